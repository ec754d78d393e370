import numpy as np
import pytest

from geo.release.zones import Bar
from geo.release.zones import build as zones_of
from tests.unit.geo.release.towns import by_codes, reordered, town

YEAR = "2025/26"


def build(areas, n, year, before=None, shown=None):
    """Build zones by the secret of these tests."""
    return zones_of(areas, n, year, b"a secret of the tests", before, shown)


def counts(*per_area):
    """Return counts of one contributor, area by area."""
    return np.array([per_area], dtype=np.int64)


def shown(zones, each, others=None):
    """Return what is shown of every zone of a year: ``each``, but for ``others`` by code."""
    return np.array([(others or {}).get(code, each) for code in zones.codes])


@pytest.mark.parametrize(
    ("n", "residents", "met"),
    [([10], 1_000, True), ([9], 1_000, False), ([10], 999, False), ([10], np.nan, True), ([40, 0, 0], 1_000, True)],
)
def test_the_bar_is_ten_incidents_and_a_thousand_residents(n, residents, met):
    assert Bar().is_met(np.array(n), residents) is met


@pytest.mark.parametrize(
    ("n", "of_each", "largest_two", "met"),
    [
        ([5, 5, 0], [1, 1, 1], 100, False),
        ([5, 5, 0], [1, 1, 0], 100, True),
        ([5, 5, 1], [1, 1, 2], 100, False),
        ([5, 4, 1], [1, 1, 1], 90, True),
        ([5, 5, 1], [1, 1, 1], 90, False),
        ([5, 5, 1], [1, 1, 1], 91, True),
    ],
)
def test_of_several_three_must_contribute_and_the_two_largest_not_nearly_all(n, of_each, largest_two, met):
    assert Bar(10, np.array(of_each), largest_two).is_met(np.array(n), 1_000) is met


def test_a_bar_of_several_could_have_been_met_without_any_of_the_others():
    bars = [Bar.drawn(4, bytes([at]), "M1") for at in range(200)]
    assert {int(least) for bar in bars for least in bar.of_each} == {0, 1, 2}
    assert {min(bar.largest_two for bar in bars), max(bar.largest_two for bar in bars)} == {90, 100}
    fewer = [bar.incidents for bar in bars if bar.incidents < 10]
    assert 10 < len(fewer) < 50
    assert min(fewer) <= 1


def test_a_release_keeps_plain_names_whatever_wards_are_called():
    areas = town(1)
    areas.frame["ward_code"], areas.frame["ward_name"] = "W", "Castle"
    assert build(areas, counts(5, 5, 10, 10), YEAR).names == build(town(1), counts(5, 5, 10, 10), YEAR).names


def test_areas_that_hold_enough_are_zones_of_their_own_under_their_own_names():
    found = build(town(1), counts(10, 11, 12, 13), YEAR)
    assert found.year == YEAR
    assert found.codes == ("L1A", "L1B", "L1C", "L1D")
    assert found.names == ("Hill 001A", "Hill 001B", "Hill 001C", "Hill 001D")
    assert found.member.tolist() == [0, 1, 2, 3]
    assert found.elsewhere == (False,) * 4


def test_an_area_that_holds_too_little_is_merged_with_the_neighbour_that_gives_the_smallest_zone():
    found = build(town(1), counts(3, 30, 20, 40), YEAR)
    assert found.codes == ("L1A+L1C", "L1B", "L1D")
    assert found.names == ("Hill 001A and 001C", "Hill 001B", "Hill 001D")


def test_areas_that_hold_too_little_are_merged_with_each_other_first_and_the_smallest_before_others():
    assert build(town(1), counts(3, 10, 20, 8), YEAR).codes == ("L1A+L1D", "L1B", "L1C")
    assert build(town(1), counts(7, 9, 3, 20), YEAR).codes == ("L1A+L1B+L1C", "L1D")
    assert build(town(1), counts(1, 8, 9, 3), YEAR).codes == ("M1",)


def test_neighbours_of_an_area_are_neighbours_of_the_zone_that_it_is_merged_into():
    found = build(town(2, parents=False), counts(1, 9, 30, 30, 8, 30, 30, 30), YEAR)
    assert found.codes[0] == "L1A+L1B+L2A"


def test_a_zone_stays_inside_its_msoa_even_if_the_neighbour_outside_is_smaller():
    areas = town(2)
    found = build(areas, counts(40, 9, 40, 40, 10, 40, 40, 40), YEAR)
    assert "L1A+L1B" in found.codes
    assert "L2A" in found.codes


def test_few_residents_are_merged_although_they_have_incidents():
    found = build(town(1, residents=[400, 2_000, 2_000, 2_000]), counts(30, 20, 25, 40), YEAR)
    assert found.codes == ("L1A+L1B", "L1C", "L1D")


def test_unknown_residents_are_no_reason_to_merge():
    found = build(town(1, residents=[np.nan, 1_500, 1_500, 1_500]), counts(10, 10, 10, 10), YEAR)
    assert len(found.codes) == 4


def test_a_whole_msoa_in_one_zone_has_its_code_and_name():
    found = build(town(2), counts(3, 3, 3, 3, 10, 10, 10, 10), YEAR)
    assert found.codes[-1] == "M1"
    assert found.names[-1] == "Hill 001"


def test_msoas_that_hold_too_little_are_elsewhere_once_for_each_district():
    areas = town(4, districts=2)
    n = counts(*[2] * 4, *[10] * 4, *[1] * 4, *[2] * 4)
    found = build(areas, n, YEAR)
    assert by_codes(areas, found)["elsewhere-D1"] == {"L1A", "L1B", "L1C", "L1D"}
    assert by_codes(areas, found)["elsewhere-D2"] == {f"L{msoa}{at}" for msoa in (3, 4) for at in "ABCD"}
    assert found.names[-2:] == ("Elsewhere in Borough 1", "Elsewhere in Borough 2")
    assert found.elsewhere == (False,) * 4 + (True, True)


def test_what_is_elsewhere_takes_no_zone_of_its_district_with_it():
    areas = town(4, districts=2)
    found = build(areas, counts(*[10] * 8, *[1] * 4, *[10] * 4), YEAR)
    assert by_codes(areas, found)["elsewhere-D2"] == {"L3A", "L3B", "L3C", "L3D"}
    assert by_codes(areas, found)["L4D"] == {"L4D"}


def test_what_an_msoa_has_left_over_joins_a_zone_of_its_own_not_elsewhere():
    found = build(town(1), counts(0, 0, 0, 10), YEAR)
    assert not any(found.elsewhere)


def test_a_set_without_larger_areas_is_one_whole():
    areas = town(2, parents=False)
    found = build(areas, counts(*[0] * 8), YEAR)
    assert (found.codes, found.names, found.elsewhere) == (("elsewhere",), ("Elsewhere",), (True,))
    found = build(areas, counts(5, 5, 5, 0, 0, 0, 50, 0), YEAR)
    assert found.names == ("Hill 001A and 6 other areas", "Hill 002C")
    assert found.elsewhere == (False, False)


def test_incidents_of_two_contributors_alone_can_be_counted_apart_nowhere():
    n = np.array([[30, 30, 30, 30], [20, 20, 20, 20]])
    assert all(build(town(1), n, YEAR).elsewhere)


def test_areas_of_one_dominant_contributor_are_merged_until_no_two_hold_more_than_nine_tenths():
    n = np.array([[30, 10, 10, 10], [0, 10, 10, 10], [0, 10, 10, 10]])
    found = build(town(1), n, YEAR)
    assert found.codes == ("L1A+L1B", "L1C", "L1D")
    lone = np.array([[30, 30, 30, 30], [1, 1, 1, 1], [1, 0, 0, 0]])
    assert all(build(town(1), lone, YEAR).elsewhere)


def test_contributors_without_incidents_do_not_make_a_dataset_pooled():
    n = np.array([[10, 10, 10, 10], [0, 0, 0, 0]])
    assert len(build(town(1), n, YEAR).codes) == 4


@pytest.mark.parametrize("gap", [0.4, 50, 20_000])
def test_areas_that_do_not_quite_touch_and_islands_have_neighbours(gap):
    found = build(town(1, gap=gap), counts(3, 30, 20, 40), YEAR)
    assert not any(found.elsewhere)
    assert len(found.codes) == 3


def test_the_order_of_the_areas_makes_no_difference():
    areas, n = town(3, districts=2), np.arange(12)[np.newaxis]
    order = np.random.default_rng(3).permutation(12)
    one, other = build(areas, n, YEAR), build(reordered(areas, order), n[:, order], YEAR)
    assert (one.codes, one.names, one.elsewhere) == (other.codes, other.names, other.elsewhere)
    assert one.member[order].tolist() == other.member.tolist()


def test_an_msoa_that_has_the_code_of_an_area_does_not_take_it_from_it():
    areas = town(2)
    areas.frame["msoa_code"] = ["L2A"] * 4 + ["L1A"] * 4
    found = build(areas, counts(3, 3, 3, 3, 10, 10, 10, 10), YEAR)
    assert by_codes(areas, found)["L2A"] == {"L2A"}
    assert by_codes(areas, found)["L1A+L1B+L1C+L1D"] == {"L1A", "L1B", "L1C", "L1D"}


def test_zones_are_kept_while_they_meet_the_bar():
    areas = town(3)
    before = build(areas, counts(5, 5, *[10] * 6, *[1] * 4), "2024/25")
    found = build(areas, counts(9, 2, *[11] * 6, *[1] * 4), YEAR, before, shown(before, 10))
    assert (before.codes[0], before.codes[-1]) == ("L1A+L1B", "elsewhere-D1")
    assert found.year == YEAR
    assert (found.codes, found.names, found.elsewhere) == (before.codes, before.names, before.elsewhere)
    assert found.member.tolist() == before.member.tolist()


def test_a_zone_stays_while_5_are_shown_of_it_and_is_merged_alone_when_none_is():
    areas = town(3)
    before = build(areas, counts(5, 5, *[10] * 10), "2024/25")
    assert build(areas, counts(2, 3, *[5] * 10), YEAR, before, shown(before, 5)).codes == before.codes
    after = build(areas, counts(2, 2, 5, 6, *[5] * 8), YEAR, before, shown(before, 10, {"L1A+L1B": 0, "L1D": 5}))
    assert [code for code in before.codes if code not in after.codes] == ["L1A+L1B", "L1D"]
    assert "L1A+L1B+L1D" in after.codes


def test_whether_a_zone_stays_follows_from_what_is_shown_of_it_and_not_from_what_there_was():
    before = build(town(1), counts(10, 10, 10, 10), "2024/25")
    for here in ((0, 0, 0, 0), (4, 4, 4, 4), (9, 9, 9, 9)):
        for of_first in (0, 5, 10):
            after = build(town(1), counts(*here), YEAR, before, shown(before, 20, {"L1A": of_first}))
            assert ("L1A" in after.codes) == (of_first >= 5)


def test_of_two_equal_neighbours_the_one_whose_first_code_is_less_is_joined():
    before = build(town(1), counts(3, 10, 20, 8), "2024/25")
    assert before.codes == ("L1A+L1D", "L1B", "L1C")
    after = build(town(1), counts(5, 2, 10, 5), YEAR, before, shown(before, 10, {"L1B": 0}))
    assert after.codes == ("L1A+L1B+L1D", "L1C")


def test_a_whole_msoa_stays_a_zone_while_5_are_shown_of_it():
    areas = town(1)
    before = build(areas, counts(3, 3, 3, 3), "2024/25")
    assert build(areas, counts(0, 0, 0, 1), YEAR, before, shown(before, 5)).codes == ("M1",)
    assert all(build(areas, counts(2, 2, 2, 2), YEAR, before, shown(before, 0)).elsewhere)


def test_a_zone_is_parted_as_soon_as_it_could_be_several():
    areas = town(3)
    before = build(areas, counts(5, 5, 5, 5, *[10] * 8), "2024/25")
    assert len(before.codes) == 10
    assert build(areas, counts(*[20] * 12), YEAR, before, shown(before, 20)).codes == areas.codes
    found = build(areas, counts(9, 11, *[20] * 10), YEAR, before, shown(before, 20))
    assert found.codes[:3] == ("L1A+L1B", "L1C", "L1D")


def test_a_release_that_was_all_elsewhere_gets_zones_as_soon_as_there_are_some():
    areas = town(1)
    before = build(areas, counts(0, 0, 0, 1), "2024/25")
    assert all(build(areas, counts(0, 0, 0, 2), YEAR, before, shown(before, 0)).elsewhere)
    assert build(areas, counts(3, 3, 3, 3), YEAR, before, shown(before, 0)).codes == ("M1",)
