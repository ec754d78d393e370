"""A school whose list says no town is called after the place where it stands."""

import pandas as pd

from geo.areas.localities import with_towns
from tests.unit.geo.samples import degrees, squares

PARENTS = {
    "msoa_code": ["M1", "M1", "M2"],
    "msoa_name": ["Rotherham 017", "Rotherham 017", "Rotherham 018"],
    "district_code": ["D"] * 3,
    "district_name": ["Rotherham"] * 3,
}


def towns(*area_sets, said=(None, None, None, "Barnsley")):
    points = [degrees(500, 500), degrees(2500, 500), degrees(-9000, 0), degrees(500, 500)]
    rows = [(point.x, point.y, town) for point, town in zip(points, said, strict=True)]
    listed = with_towns(pd.DataFrame(rows, columns=["lon", "lat", "town"]), area_sets)
    return listed["town"].fillna("–").tolist()


def test_a_town_that_the_list_says_stays():
    assert towns(squares(3, level="lsoa", **PARENTS))[3] == "Barnsley"


def test_without_a_town_the_place_is_the_larger_area_around_the_school():
    assert towns(squares(3, level="lsoa", **PARENTS))[:3] == ["Rotherham 017", "Rotherham 018", "–"]


def test_a_ward_is_a_better_known_name_and_stands_with_its_district():
    wards = {"ward_code": ["W1", "W1", "W2"], "ward_name": ["Boston Castle", "Boston Castle", "Rotherham East"]}
    assert towns(squares(3, level="lsoa", **PARENTS, **wards))[:2] == ["Boston Castle, Rotherham", "Rotherham East"]


def test_a_school_outside_all_wards_is_called_after_the_next_larger_area():
    wards = {"ward_code": ["W1", "none", "none"], "ward_name": ["Boston Castle", "No ward", "No ward"]}
    assert towns(squares(3, level="lsoa", **PARENTS, **wards))[:2] == ["Boston Castle, Rotherham", "Rotherham 018"]


def test_areas_that_know_no_larger_ones_give_their_own_name_and_the_first_set_is_believed():
    assert towns(squares(3), squares(3, level="lsoa", **PARENTS))[0] == "Name of A0"
    districts = {key: names for key, names in PARENTS.items() if key.startswith("district")}
    assert towns(squares(3, level="lsoa", **districts))[0] == "Rotherham"


def test_without_areas_no_town_is_made_up():
    assert towns() == ["–", "–", "–", "Barnsley"]
