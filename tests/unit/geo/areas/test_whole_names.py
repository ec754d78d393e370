"""Whole names: a set of areas is called what people call the place, and nothing that it does not hold."""

import pytest

from geo.areas import whole_names as w
from geo.areas.area_set import AreaSet
from tests.unit.geo.findings import making

SOUTH_YORKSHIRE = ("Barnsley", "Doncaster", "Rotherham", "Sheffield")


def areas(*districts, title="lsoa11"):
    """Return a set of 16 areas of which each district holds some."""
    names = [districts[at % len(districts)] for at in range(16)] if districts else []
    columns = {"district_code": [f"D{name}" for name in names], "district_name": names} if districts else {}
    plain = making.grid(4, **columns)
    return AreaSet(title, plain.level, plain.frame)


@pytest.mark.parametrize(
    ("districts", "said"),
    [
        (SOUTH_YORKSHIRE, "South Yorkshire"),
        (SOUTH_YORKSHIRE[1:], "Doncaster, Rotherham and Sheffield"),
        ((*SOUTH_YORKSHIRE, "Leeds"), "these areas"),
        (("Leeds", "Wakefield"), "Leeds and Wakefield"),
        (("Leeds",), "Leeds"),
        ((), "these areas"),
    ],
)
def test_districts_name_the_whole_where_they_are_few_or_make_up_a_county(districts, said):
    assert w.name_of_whole(areas(*districts)) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Castlebrook (fictional)", "Castlebrook"),
        ("Kent", "Kent"),
        ("Stoke-on-Trent", "Stoke-on-Trent"),
        ("Tyne and Wear", "Tyne and Wear"),
        ("LSOAs of 2021, Leeds", "Leeds"),
        ("lsoa21_leeds", "Leeds"),
        ("Boundaries", "Leeds"),
        ("Small areas", "Leeds"),
        ("LSOA 2011", "Leeds"),
    ],
)
def test_a_title_names_the_whole_only_where_it_is_the_name_of_a_place(title, said):
    assert w.name_of_whole(areas("Leeds", title=title)) == said


def test_what_was_cut_out_round_a_place_is_no_whole_district():
    cut = w.title_of_cut("LSOAs of 2021", 7500.0)
    assert cut == "LSOAs of 2021, within 7.5 km"
    assert w.name_of_whole(areas("Leeds", title=f"{cut}, Leeds")) == "these areas"
