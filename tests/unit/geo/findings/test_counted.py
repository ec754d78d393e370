"""Counted: in how many kinds of harm no change is seen is said, and never instead of what is not known."""

import numpy as np

from geo.areas.proximity import Place
from geo.areas.reach import Reach
from geo.counts.filters import Choice
from geo.findings.counted import NO_KIND, NO_YEAR_BEFORE, of_areas, of_whole_areas, sentence, unchanged, where
from geo.findings.nearby import Nearby
from geo.views.extent import Extent, Where
from tests.unit.geo.findings import making

NOW = ("2019-12",)
SCHOOL = Place("Hill School", -1.4, 53.4, "100001")
DISTRICT = Extent(Where.DISTRICT, "E08", "Rotherham", (0, 1))
AROUND = Extent(Where.SCHOOL, "100001 800", "", (0, 1), (SCHOOL, Reach(800)))


def one(direction=0, judged=True, short="no real change"):
    return Nearby("violence", "Violence.", short, direction, judged)


def counted(then, now):
    n = np.full((9, 24), 20)
    n[:, 11], n[:, 23] = then, now
    return of_areas(making.cube_of({"violence": n}, making.grid(3)), Choice(NOW, ("violence",)), (0, 1))


def test_no_change_and_too_little_are_told_apart():
    assert unchanged([one(1), one(), one(), one(judged=False, short="too few")]) == (
        "No real change in 2 harm groups since a year before. Too few to say of 1 harm group."
    )


def test_where_every_kind_changed_nothing_is_left_to_say():
    assert unchanged([one(1), one(-1)]) == ""


def test_what_cannot_be_compared_is_said_to_be_so():
    assert unchanged([]) == NO_KIND
    assert unchanged([one(short="", judged=False)]) == NO_YEAR_BEFORE


def test_the_sentence_ends_with_whether_it_is_a_change():
    said = sentence(counted(20, 21), DISTRICT, 2, NOW, protected=False)
    assert said.startswith("42 incidents in Rotherham, Dec 2019; 40 in the same month a year before: no real change")
    around = sentence(counted(20, 80), AROUND, 2, NOW, protected=False)
    assert "2 areas that touch 800 m around Hill School" in around
    assert "a real rise" in around


def test_where_no_area_lies_near_nothing_is_said_of_a_change():
    nowhere = Extent(Where.SCHOOL, "100001 800", "", (), (SCHOOL, Reach(800)))
    said = sentence(counted(20, 20), nowhere, 0, NOW, protected=False)
    assert said == "No area of the map lies this close to Hill School, so nothing can be said of what is around it."


def test_what_is_counted_is_named():
    assert where(DISTRICT, by_distance=False, protected=False) == "in Rotherham"
    assert where(AROUND, by_distance=True, protected=False) == "within 800 m in a straight line"
    assert where(AROUND, by_distance=False, protected=True) == "in the zones touching 800 m"
    assert of_whole_areas(AROUND, protected=False).startswith("Small areas touching 800 m, each counted whole")
