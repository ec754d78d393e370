"""Place sentences: counts and changes as people say them, and no share of a finding without its worth."""

from dataclasses import replace

import numpy as np
import pytest

from geo.findings import place_sentences
from geo.findings.place_sentences import of_these
from geo.views.busy_places import BusyPlace, BusyPlaces
from tests.unit.geo.samples import SOUTH, WEST, place

PLACE = BusyPlace(
    at=0,
    name="High Street",
    near="",
    n=24,
    in_year=40,
    before=9,
    certain=True,
    mix=(("violence", 20), ("asb", 4)),
    metres=500.0,
    xy=np.array([WEST + 300.0, SOUTH - 400.0]),
    lon=-1.5,
    lat=53.4,
)
YEAR = tuple(f"2021-{month:02d}" for month in range(1, 13))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "24 incidents, up from 9. Unlikely to be chance."),
        ({"before": 21, "certain": False}, "24 incidents, up from 21. Could be chance."),
        ({"n": 1, "before": 9, "certain": True}, "1 incident, down from 9. Unlikely to be chance."),
        ({"n": 8, "before": 1, "certain": None}, "8 incidents, up from 1. Too few to say whether that is a change."),
        ({"before": 24, "certain": False}, "24 incidents, as many as a year before."),
        ({"before": None, "certain": None}, "24 incidents."),
    ],
)
def test_a_change_is_said_with_its_certainty_in_one_sentence(changed, said):
    assert place_sentences.change(replace(PLACE, **changed)) == said


def test_the_mix_is_said_in_words():
    assert place_sentences.mix(PLACE) == "Violence and weapons 20, anti-social behaviour 4"


def test_how_far_and_where_is_said_even_of_what_is_near():
    assert place_sentences.way(PLACE, place(0, 0)) == "500 m south-east"
    assert place_sentences.way(replace(PLACE, metres=80.0), place(300, -480)) == "80 m north"
    assert place_sentences.way(replace(PLACE, metres=1240.0), place(0, 0)) == "1.2 km south-east"
    assert place_sentences.direction(PLACE, place(300, -480)) == "north"


def test_twelve_months_say_how_many_of_them_are_held():
    found = BusyPlaces((PLACE,), 0, YEAR, 12)
    assert place_sentences.year_said(found) == "last 12 months, to Dec 2021"
    assert place_sentences.year_said(replace(found, held=7)) == "last 12 months, to Dec 2021, of which 7 are held"


@pytest.mark.parametrize(
    ("tied", "said"), [(0, None), (1, "1 more place has 24 incidents."), (7, "7 more places have 24 incidents each.")]
)
def test_how_many_more_tie_is_said(tied, said):
    assert place_sentences.more(BusyPlaces((PLACE,), tied, YEAR, 12)) == said


def test_a_finding_says_how_many_of_its_incidents_are_where():
    station = replace(PLACE, name="Supermarket", near="Mill Lane", n=31)
    assert of_these(()) == ""
    assert of_these((station,)) == "Of these, 31 on or near Supermarket, near Mill Lane."
    assert of_these((station, replace(PLACE, name="Hospital", n=25), PLACE)) == (
        "Of these, 31 on or near Supermarket, near Mill Lane, 25 on or near Hospital (which records for elsewhere) and "
        "24 on or near High Street."
    )
