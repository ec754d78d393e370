import numpy as np
import pytest
import shapely

from geo.errors import InputError
from geo.release import zoning
from geo.release.zones import Zones, build
from geo.release.zoning import ZONE, Zoning
from tests.unit.geo.release.test_zones import counts
from tests.unit.geo.release.towns import by_codes, town

FIRST, SECOND, THIRD = "2023/24", "2024/25", "2025/26"
BOTH = (FIRST, SECOND)


def zoned(areas, *years):
    """Return the zoning of years, each built from the counts of its areas."""
    return Zoning(
        tuple(build(areas, counts(*n), year, b"secret") for year, n in zip((FIRST, SECOND, THIRD), years, strict=False))
    )


def test_levels_are_zones_and_the_larger_areas_from_small_to_large():
    assert zoning.levels(town(1)) == (ZONE, "msoa", "district")
    assert zoning.levels(town(1, parents=False)) == (ZONE,)


def test_the_units_of_one_year_are_its_zones():
    areas = town(2)
    made = zoned(areas, [5, 5, 10, 10, *[10] * 4])
    found = zoning.units(made, areas, ZONE, [FIRST])
    zones = made.years[0]
    assert (found.units.level, found.units.codes, found.units.names) == (ZONE, zones.codes, zones.names)
    assert found.units.member.tolist() == zones.member.tolist()
    assert found.unit_of[FIRST].tolist() == list(range(len(zones.codes)))
    assert not found.elsewhere.any()


def test_areas_that_share_a_zone_in_any_year_are_in_one_unit():
    areas = town(1)
    made = zoned(areas, [5, 10, 6, 10], [10, 5, 10, 6])
    assert made.years[0].codes == ("L1A+L1C", "L1B", "L1D")
    assert made.years[1].codes == ("L1A", "L1B+L1D", "L1C")
    found = zoning.units(made, areas, ZONE, BOTH)
    assert by_codes(areas, found.units) == {"L1A+L1C": {"L1A", "L1C"}, "L1B+L1D": {"L1B", "L1D"}}
    assert found.units.names == ("Hill 001A and 001C", "Hill 001B and 001D")
    assert found.unit_of[FIRST].tolist() == [0, 1, 1]
    assert found.unit_of[SECOND].tolist() == [0, 1, 0]


def test_only_the_years_of_a_view_join_its_units():
    areas = town(1)
    made = zoned(areas, [10] * 4, [5, 5, 10, 10])
    assert len(zoning.units(made, areas, ZONE, [FIRST]).units.codes) == 4
    assert len(zoning.units(made, areas, ZONE, [SECOND]).units.codes) == 3


def test_zones_that_overlap_from_year_to_year_come_together_in_one_unit():
    areas = town(1)
    made = zoned(areas, [10, 10, 5, 6], [10, 5, 6, 10], [5, 6, 10, 10])
    found = zoning.units(made, areas, ZONE, (FIRST, SECOND, THIRD))
    assert (found.units.codes, found.units.names) == (("M1",), ("Hill 001",))


def test_what_is_elsewhere_in_a_district_in_any_year_is_one_unit():
    areas = town(4, districts=2)
    made = zoned(areas, [*[1] * 4, *[10] * 12], [*[10] * 4, *[1] * 4, *[10] * 8])
    found = zoning.units(made, areas, ZONE, BOTH)
    inside = by_codes(areas, found.units)
    assert inside["elsewhere-D1"] == {f"L{msoa}{at}" for msoa in (1, 2) for at in "ABCD"}
    assert found.units.name_of("elsewhere-D1") == "Elsewhere in Borough 1"
    assert len(inside) == 9
    assert [code for code, apart in zip(found.units.codes, found.elsewhere, strict=True) if apart] == ["elsewhere-D1"]


def test_what_is_elsewhere_in_two_districts_is_two_units_and_takes_no_zone_with_it():
    areas = town(4, districts=2)
    made = zoned(areas, [*[1] * 4, *[10] * 4, *[1] * 4, *[10] * 4])
    inside = by_codes(areas, zoning.units(made, areas, ZONE, [FIRST]).units)
    assert inside["elsewhere-D1"] == {"L1A", "L1B", "L1C", "L1D"}
    assert inside["elsewhere-D2"] == {"L3A", "L3B", "L3C", "L3D"}
    assert inside["L4D"] == {"L4D"}


def test_what_is_elsewhere_in_a_set_without_larger_areas_is_one_unit():
    areas = town(2, parents=False)
    found = zoning.units(zoned(areas, [1] * 8), areas, ZONE, [FIRST])
    assert (found.units.codes, found.elsewhere.tolist()) == (("elsewhere",), [True])


def test_msoas_are_sums_of_their_zones_and_elsewhere_stays_apart():
    areas = town(3)
    made = zoned(areas, [5, 5, 10, 10, *[10] * 4, *[1] * 4])
    found = zoning.units(made, areas, "msoa", [FIRST])
    assert (found.units.level, found.units.codes) == ("msoa", ("M1", "M2", "elsewhere-D1"))
    assert found.units.names == ("Hill 001", "Hill 002", "Elsewhere in Borough 1")
    assert found.elsewhere.tolist() == [False, False, True]


def test_what_is_elsewhere_belongs_to_its_district():
    areas = town(4, districts=2)
    made = zoned(areas, [*[1] * 4, *[10] * 12])
    found = zoning.units(made, areas, "district", [FIRST])
    assert found.units.codes == ("D1", "D2")
    assert by_codes(areas, found.units)["D1"] == {f"L{msoa}{at}" for msoa in (1, 2) for at in "ABCD"}
    assert not found.elsewhere.any()


def test_zones_are_spoken_of_by_the_ward_of_most_residents_and_elsewhere_by_its_district():
    areas = wards(town(3), ["W", "W", "E", "E", *["E"] * 8])
    made = zoned(areas, [5, 5, 10, 10, *[10] * 4, *[1] * 4])
    zones, found = made.years[0], zoning.units(made, areas, ZONE, [FIRST]).units
    assert found.codes == zones.codes
    assert found.names[:3] == ("Ward W (Hill 001A and 001B)", "Ward E (Hill 001C)", "Ward E (Hill 001D)")
    assert found.names[-1] == "Elsewhere in Borough 1"
    assert found.plain_names == zones.names
    msoas = zoning.units(made, areas, "msoa", [FIRST]).units
    assert msoas.names == ("Ward E (Hill 001)", "Ward E (Hill 002)", "Elsewhere in Borough 1")
    assert msoas.plain_names == ("Hill 001", "Hill 002", "Elsewhere in Borough 1")


def wards(areas, codes):
    areas.frame["ward_code"], areas.frame["ward_name"] = codes, [f"Ward {code}" for code in codes]
    return areas


@pytest.mark.parametrize(
    ("residents", "home"),
    [
        ([1_000, 4_000, 1_000, 1_000], "E"),
        ([1_000, np.nan, 1_000, 1_000], "W"),
        ([np.nan, 4_000, 1_000, 1_000], "W"),
        ([0, 1, 0, 0], "E"),
        ([0] * 4, "W"),
    ],
)
def test_a_zone_that_a_ward_cuts_goes_to_the_ward_of_most_of_its_residents_or_areas(residents, home):
    areas = wards(town(1, residents=residents), ["W", "E", "W", "W"])
    whole = Zoning((Zones(FIRST, ("M1",), ("Hill 001",), np.zeros(4, dtype=np.int64), (False,)),))
    assert zoning.units(whole, areas, "ward", [FIRST]).units.codes == (home,)


def test_residents_are_summed_and_unknown_where_those_of_an_area_are():
    areas = town(1, residents=[1_000, 2_000, np.nan, 4_000])
    found = zoning.units(zoned(areas, [5, 5, 10, 10]), areas, ZONE, [FIRST])
    assert found.units.codes == ("L1A+L1B", "L1C", "L1D")
    assert found.units.residents.tolist() == pytest.approx([3_000, np.nan, 4_000], nan_ok=True)
    assert np.isnan(found.units.deprivation).all()


def test_shapes_are_those_of_the_areas_inside_in_the_order_of_the_units():
    areas = town(2)
    found = zoning.units(zoned(areas, [5, 5, 10, 10, *[1] * 4]), areas, ZONE, [FIRST])
    shapes = zoning.shapes(areas, found.units)
    assert shapes["area"].tolist() == list(found.units.codes)
    assert shapes["name"].tolist() == list(found.units.names)
    for area, unit in enumerate(found.units.member):
        assert shapes.geometry.iloc[unit].contains(areas.frame.geometry.iloc[area].representative_point())
    assert shapely.area(shapes.geometry.to_numpy()).sum() == pytest.approx(
        shapely.area(areas.frame.geometry.to_numpy()).sum()
    )


def test_a_level_that_is_no_sum_of_zones_is_refused_in_one_sentence():
    areas = town(1)
    with pytest.raises(InputError, match=r"^“Town” can be shown by zone, msoa, district .*“lsoa”") as told:
        zoning.units(zoned(areas, [10] * 4), areas, "lsoa", [FIRST])
    assert str(told.value).count(". ") == 0


def test_a_year_without_zones_has_no_units():
    areas = town(1)
    with pytest.raises(KeyError):
        zoning.units(zoned(areas, [10] * 4), areas, ZONE, BOTH)
