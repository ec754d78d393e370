from geo.areas.area_set import AreaSet
from geo.release.nesting import nesting, parent_levels
from tests.unit.geo.release.towns import town


def known_by(*levels, level="lsoa"):
    """Return a set of two MSOAs' areas that knows these levels, each named like the districts but for MSOAs."""
    areas = town(2, districts=2)
    frame = areas.frame.drop(columns=["district_code", "district_name", "msoa_code", "msoa_name"])
    for each in levels:
        source = "msoa" if each == "msoa" else "district"
        frame[[f"{each}_code", f"{each}_name"]] = areas.frame[[f"{source}_code", f"{source}_name"]]
    return AreaSet(areas.title, level, frame)


def test_zones_stay_inside_msoas_and_the_rest_is_put_together_by_district():
    found = nesting(known_by("msoa", "ward", "district"))
    assert (found.parent.level, found.pool.level) == ("msoa", "district")


def test_without_msoas_zones_stay_inside_the_next_larger_areas():
    found = nesting(known_by("ward", "district"))
    assert (found.parent.level, found.pool.level) == ("ward", "district")
    assert nesting(known_by("lsoa", level="area")).parent.level == "lsoa"


def test_the_largest_areas_there_are_do_not_put_together_what_they_hold_apart():
    found = nesting(known_by("msoa"))
    assert (found.parent.level, found.pool) == ("msoa", None)


def test_larger_areas_that_cut_msoas_put_nothing_together():
    areas = known_by("msoa", "ward")
    assert nesting(areas).pool.level == "ward"
    areas.frame.loc[0, "ward_code"] = "another"
    assert nesting(areas).pool is None


def test_a_set_that_knows_no_larger_areas_is_one_whole():
    found = nesting(known_by())
    assert (found.parent, found.pool) == (None, None)
    assert parent_levels(known_by("msoa", level="district")) == ()


def test_levels_below_the_one_that_zones_stay_inside_are_not_sums_of_zones():
    assert parent_levels(known_by("lsoa", "msoa", "district", level="area")) == ("msoa", "district")
