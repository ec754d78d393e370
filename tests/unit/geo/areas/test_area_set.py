import numpy as np
import pandas as pd
import pytest
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, AreaSet, Units
from geo.errors import InputError
from tests.unit.geo.samples import squares

PARENTS = {
    "district_code": ["D1"] * 4,
    "district_name": ["All"] * 4,
    "msoa_code": ["M2", "M2", "M1", "M1"],
    "msoa_name": ["West", "West", "East", "East"],
}


def named(names, codes):
    nothing = np.full(len(names), np.nan)
    return Units("area", tuple(codes), tuple(names), nothing, nothing, np.arange(len(names)))


def test_levels_run_from_small_to_large_whatever_the_order_of_the_columns():
    assert squares(4, level="lsoa", **PARENTS).levels == ("lsoa", "msoa", "district")


def test_a_set_without_parents_has_its_own_level_only():
    assert squares(2, level="ward").levels == ("ward",)


def test_areas_keep_the_order_of_the_frame():
    areas = squares(3, residents=[30, 10, 20])
    found = areas.units("area")
    assert found.codes == areas.codes == ("A0", "A1", "A2")
    assert found.residents.tolist() == [30, 10, 20]
    assert found.member.tolist() == [0, 1, 2]
    assert found.position == {"A0": 0, "A1": 1, "A2": 2}
    assert found.name_of("A2") == "Name of A2"


def test_every_area_belongs_to_the_unit_that_its_row_names():
    found = squares(4, **PARENTS).units("msoa")
    assert (found.codes, found.names) == (("M1", "M2"), ("East", "West"))
    assert [found.codes[unit] for unit in found.member] == ["M2", "M2", "M1", "M1"]


def test_residents_of_a_larger_area_are_the_sum_of_those_inside():
    found = squares(4, residents=[1, 20, 300, 4000], **PARENTS)
    assert found.units("msoa").residents.tolist() == [4300, 21]
    assert found.units("district").residents.tolist() == [4321]


def test_residents_of_a_larger_area_are_unknown_when_any_inside_are():
    residents = pd.array([1, None, 300, 4000], dtype="Int64")
    found = squares(4, residents=residents, **PARENTS)
    assert found.units("msoa").residents.tolist() == pytest.approx([4300, np.nan], nan_ok=True)
    assert np.isnan(found.units("district").residents).all()


def test_residents_that_were_never_loaded_are_unknown_not_zero():
    found = squares(4, **PARENTS)
    assert np.isnan(found.units("area").residents).all()
    assert np.isnan(found.units("msoa").residents).all()


def test_deprivation_is_not_carried_to_larger_areas():
    found = squares(4, deprivation=[1, 2, 3, 4], **PARENTS)
    assert found.units("area").deprivation.tolist() == [1, 2, 3, 4]
    assert np.isnan(found.units("msoa").deprivation).all()


def test_a_level_that_the_set_lacks_is_refused_with_the_remedy():
    with pytest.raises(InputError, match=r"^“Squares” must know which Ward .* LSOA and MSOA; .*--parent ward=") as told:
        squares(2, level="lsoa", msoa_code=["M", "M"], msoa_name=["M", "M"]).units("ward")
    assert str(told.value).count(". ") == 0


def test_labels_are_names_in_alphabetical_order():
    found = named(["Oak", "Ash"], ["1", "2"])
    assert list(found.by_label.items()) == [("Ash", "2"), ("Oak", "1")]


def test_areas_that_share_a_name_can_be_told_apart():
    found = named(["High Street", "Ash", "High Street"], ["1", "2", "3"])
    assert found.by_label == {"Ash": "2", "High Street (1)": "1", "High Street (3)": "3"}
    assert found.label_of["3"] == "High Street (3)"


def test_a_name_that_reads_like_anothers_label_loses_no_area():
    found = named(["Ash", "Ash", "Ash (1)"], ["1", "2", "3"])
    assert sorted(found.by_label.values()) == ["1", "2", "3"]
    assert found.by_label["Ash (1)"] == "1"


WARDS = {"ward_code": ["W1", "W1", "W1", "W2"], "ward_name": ["Castle", "Castle", "Castle", "Park"]}


def test_areas_and_msoas_are_spoken_of_by_their_ward_and_wards_and_districts_by_their_names():
    areas = squares(4, level="lsoa", **PARENTS, **WARDS)
    assert areas.units("lsoa").names[2:] == ("Castle (Name of A2)", "Park (Name of A3)")
    assert areas.units("msoa").names == ("Castle (East)", "Castle (West)")
    assert areas.units("ward").names == ("Castle", "Park")
    assert areas.units("district").names == ("All",)
    assert areas.units("lsoa").plain_names[2:] == ("Name of A2", "Name of A3")
    assert areas.units("msoa").plain_names == ("East", "West")
    assert areas.shapes("lsoa")[c.NAME].tolist() == list(areas.units("lsoa").names)


def test_an_msoa_that_wards_cut_is_spoken_of_by_the_one_of_most_residents():
    areas = squares(4, level="lsoa", residents=[10, 10, 10, 90], **PARENTS, **WARDS)
    assert areas.units("msoa").names == ("Park (East)", "Castle (West)")


def test_a_neighbourhood_that_was_named_later_comes_before_that_of_the_frame_and_is_no_level():
    frame = squares(4, level="lsoa", **PARENTS, **WARDS).frame
    areas = AreaSet("Squares", "lsoa", frame, {"A2": "Old Town", "A3": "Old Town"})
    assert areas.units("lsoa").names == (
        "Castle (Name of A0)", "Castle (Name of A1)", "Old Town (Name of A2)", "Old Town (Name of A3)",
    )  # fmt: skip
    assert areas.units("msoa").names == ("Old Town (East)", "Castle (West)")
    assert areas.units("ward").names == ("Castle", "Park")
    assert areas.levels == ("lsoa", "msoa", "ward", "district")


def test_labels_stand_in_order_of_neighbourhoods():
    areas = squares(3, level="lsoa", ward_code=["2", "1", "2"], ward_name=["Park", "Castle", "Park"])
    assert list(areas.units("lsoa").by_label.values()) == ["A1", "A0", "A2"]


def test_a_label_of_before_means_the_area_that_it_named():
    units = squares(4, level="lsoa", **WARDS).units("lsoa")
    for label in ("Castle (Name of A2)", "Name of A2", "Old Castle (Name of A2)"):
        assert units.called(label) == "A2"
    assert units.called("Castle") is None
    assert units.called("Castle (Name of A9)") is None
    assert squares(4).units("area").called("Castle (Name of A2)") == "A2"


def test_shapes_come_in_the_order_of_the_units():
    areas = squares(4, **PARENTS)
    shapes = areas.shapes("msoa")
    assert shapes[c.AREA].tolist() == ["M1", "M2"]
    assert shapes[c.NAME].tolist() == ["East", "West"]
    inside = areas.frame.geometry.representative_point()
    for code, point in zip(PARENTS["msoa_code"], inside, strict=True):
        assert shapes.geometry[shapes[c.AREA] == code].iloc[0].contains(point)


def test_a_larger_area_is_its_areas_joined_without_inner_borders():
    areas = squares(4, **PARENTS)
    whole = areas.shapes("district")
    assert whole.crs == DEGREES
    assert whole.geometry.iloc[0].geom_type == "Polygon"
    assert shapely.get_num_interior_rings(whole.geometry.iloc[0]) == 0
    parts = shapely.area(areas.frame.geometry.to_numpy())
    assert shapely.area(whole.geometry.iloc[0]) == pytest.approx(parts.sum(), rel=1e-9)


def test_own_shapes_are_those_of_the_frame():
    areas = squares(3)
    assert areas.shapes("area").geometry.tolist() == areas.frame.geometry.tolist()


def test_shapes_in_metres_measure_what_they_measure_on_the_ground():
    assert squares(2).metres.area.tolist() == pytest.approx([1e6, 1e6], rel=1e-4)
