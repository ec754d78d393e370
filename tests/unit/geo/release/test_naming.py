import numpy as np
import pytest

from geo.release.naming import named
from geo.release.nesting import nesting
from tests.unit.geo.release.towns import town


def names(areas, *member):
    return named(areas, nesting(areas), np.array(member), [False] * (max(member) + 1))[1]


def test_a_name_lists_up_to_three_areas_and_says_what_they_share_once():
    assert names(town(1), 0, 0, 1, 1) == ("Hill 001A and 001B", "Hill 001C and 001D")
    assert names(town(1), 0, 1, 1, 1) == ("Hill 001A", "Hill 001B, 001C and 001D")


def test_names_that_share_nothing_with_their_larger_area_are_told_in_full():
    areas = town(1)
    areas.frame["name"] = ["Ash", "Beech", "Hill 001C", "Hill 001D"]
    assert names(areas, 0, 0, 1, 1) == ("Ash and Beech", "Hill 001C and 001D")
    areas.frame["name"] = ["Hill 002A", "Beech", "Hill 001C", "Hill 002D"]
    assert names(areas, 0, 1, 2, 2)[2] == "Hill 001C and Hill 002D"
    areas.frame["msoa_name"] = "Hill"
    areas.frame["name"] = ["Ash", "Beech", "Hill 001C", "Hill 001D"]
    assert names(areas, 0, 0, 1, 1)[1] == "Hill 001C and Hill 001D"


def test_many_areas_are_told_by_their_number():
    areas = town(2)
    areas.frame["msoa_code"], areas.frame["msoa_name"] = "M", "Hill Top"
    assert names(areas, 0, 0, 0, 0, 1, 1, 1, 2) == (
        "4 areas of Hill Top",
        "Hill 002A, Hill 002B and Hill 002C",
        "Hill 002D",
    )
    assert names(town(2, parents=False), *[0] * 8) == ("Hill 001A and 7 other areas",)


def test_without_larger_areas_a_name_lists_up_to_three_areas_too():
    assert names(town(1, parents=False), 0, 0, 0, 1) == ("Hill 001A, Hill 001B and Hill 001C", "Hill 001D")


def test_an_area_that_is_its_larger_area_keeps_its_own_code_and_two_that_are_have_that_of_the_larger():
    areas = town(1)
    areas.frame["msoa_code"], areas.frame["msoa_name"] = ["M1", "M2", "M2", "M3"], ["One", "Two", "Two", "Three"]
    codes, found = named(areas, nesting(areas), np.array([0, 1, 1, 2]), [False] * 3)
    assert codes == ("L1A", "M2", "L1D")
    assert found == ("Hill 001A", "Two", "Hill 001D")


def test_names_that_two_groups_would_share_list_their_areas():
    areas = town(2)
    areas.frame["msoa_code"], areas.frame["msoa_name"] = "M", "Hill 00"
    assert names(areas, 0, 0, 0, 0, 1, 1, 1, 1) == (
        "Hill 001A, 001B, 001C and 001D",
        "Hill 002A, 002B, 002C and 002D",
    )


def test_areas_that_share_a_name_are_told_apart_by_their_codes():
    areas = town(1)
    areas.frame["name"] = "High Street"
    assert names(areas, 0, 1, 2, 2) == (
        "High Street (L1A)",
        "High Street (L1B)",
        "High Street and High Street",
    )


def test_the_order_of_groups_is_that_of_their_positions():
    assert named(town(1), nesting(town(1)), np.array([1, 1, 0, 2]), [False] * 3)[0] == ("L1C", "L1A+L1B", "L1D")


@pytest.mark.parametrize(("districts", "code", "name"), [(1, "D1", "Borough 1"), (2, "D2", "Borough 2")])
def test_what_fits_in_no_zone_is_named_after_its_district(districts, code, name):
    areas = town(2, districts=districts)
    found = named(areas, nesting(areas), np.array([0, 1, 2, 3, 4, 4, 4, 4]), [False] * 4 + [True])
    assert (found[0][-1], found[1][-1]) == (f"elsewhere-{code}", f"Elsewhere in {name}")


def test_a_single_area_that_fits_in_no_zone_is_named_after_its_district():
    areas = town(1)
    assert named(areas, nesting(areas), np.arange(4), [False] * 3 + [True])[0][-1] == "elsewhere-D1"
