"""An area is called by the place that people know, once, and then by the name that tells it from its neighbours."""

import numpy as np
import pandas as pd
import pytest

from geo.areas.spoken_names import NOWHERE, neighbourhoods, of_most, spoken

LSOAS = ["Rotherham 017B", "Rotherham 017C", "Rotherham 018A"]


def areas(names=LSOAS, **parents):
    columns = {"name": list(names)}
    for level, larger in parents.items():
        columns |= {f"{level}_code": [f"{level}-{name}" for name in larger], f"{level}_name": larger}
    return pd.DataFrame(columns)


@pytest.mark.parametrize(
    ("neighbourhood", "name", "said"),
    [
        ("Boston Castle", "Rotherham 017B", "Boston Castle (Rotherham 017B)"),
        ("", "Rotherham 017B", "Rotherham 017B"),
        ("Rotherham", "Rotherham 017B", "Rotherham 017B"),
        ("boston castle", "Boston Castle & Canklow", "Boston Castle & Canklow"),
        ("Otley & Yeadon", "North Otley and Yeadon", "Otley & Yeadon (North Otley and Yeadon)"),
        ("Castle", "Castlebrook 005C", "Castle (Castlebrook 005C)"),
        ("<b>&", "“Co”", "<b>& (“Co”)"),
    ],
)
def test_a_neighbourhood_stands_before_a_name_that_does_not_say_it_already(neighbourhood, name, said):
    assert spoken(neighbourhood, name) == said


def test_wards_come_before_the_official_names_of_neighbourhoods():
    wards, official = ["Boston Castle"] * 3, ["Clifton", "Clifton", "Canklow"]
    assert neighbourhoods(areas(ward=wards, msoa=official), "lsoa") == ("Boston Castle",) * 3
    assert neighbourhoods(areas(msoa=official), "lsoa") == ("Clifton", "Clifton", "Canklow")


def test_a_name_that_is_made_of_numbers_or_begins_the_areas_own_is_no_neighbourhood():
    assert neighbourhoods(areas(msoa=["Rotherham 017", "Rotherham 017", "Rotherham 112"]), "lsoa") == ("",) * 3
    assert neighbourhoods(areas(["Hill A", "Hill B", "Hilltop"], msoa=["Hill"] * 3), "lsoa") == ("", "", "Hill")


def test_a_code_in_the_place_of_a_name_is_no_neighbourhood_and_neither_is_no_ward():
    frame = areas(ward=["Boston Castle", "E05000001", "No ward"])
    frame["ward_code"] = ["E05000002", "E05000001", NOWHERE]
    assert neighbourhoods(frame, "lsoa") == ("Boston Castle", "", "")


@pytest.mark.parametrize("level", ["ward", "district"])
def test_wards_and_districts_keep_their_own_names(level):
    assert neighbourhoods(areas(ward=["Boston Castle"] * 3), level) == ("",) * 3


def test_without_larger_areas_nothing_is_known():
    assert neighbourhoods(areas(), "lsoa") == ("",) * 3
    assert of_most(("",) * 3, np.array([0, 1, 1]), np.ones(3)) == ["", ""]


@pytest.mark.parametrize(
    ("residents", "most"),
    [
        ([100, 300, 100, 10], "East"),
        ([100, 100, 100, 10], "West"),
        ([np.nan, 900, 100, 10], "West"),
        ([50, 100, 50, 10], "East"),
    ],
    ids=[
        "most residents",
        "most residents of two areas",
        "most areas where residents are unknown",
        "the first by name",
    ],
)
def test_a_larger_area_is_known_by_the_neighbourhood_that_holds_most_of_it(residents, most):
    names = ("West", "East", "West", "")
    assert of_most(names, np.array([0, 0, 0, 1]), np.array(residents, dtype=float)) == [most, ""]
