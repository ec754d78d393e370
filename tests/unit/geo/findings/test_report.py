"""Report: every finding once, in order of use to a school, with its distance; and what could not be looked for."""

import numpy as np
import pandas as pd
import pytest

from geo.findings.finding import FindingKind
from geo.findings.landmarks import in_metres, landmarks
from geo.findings.ranking import ranked
from geo.findings.report import Seeker, middle, nothing, refusals, report, where_of
from geo.findings.search import FAR, Refusal, Search
from geo.views.placed_points import place_points
from geo.views.published_points import publish_points
from tests.unit.geo.findings import making
from tests.unit.geo.samples import SOUTH, WEST, place

WARDS = [f"W{at % 8 // 4}" for at in range(64)]
GRID = making.grid(8, ward_code=WARDS, ward_name=["West End" if ward == "W0" else "Eastmoor" for ward in WARDS])
SCENE = making.scene(making.even(GRID, 24), GRID)
KNOWN = landmarks(GRID, {})
FOUND = [
    making.finding(units=(36, 35)),
    making.finding(FindingKind.FALL, units=(0,), ratio=0.4),
    making.finding(FindingKind.RISE, units=(9,)),
    making.finding(units=(0, 1)),
]
RESULT = Search(tuple((one, SCENE) for one in FOUND), ())
SCHOOL = Seeker(in_metres([place(0, 0)])[0], "Hill School")


def test_every_finding_is_told_once_and_in_the_order_of_ranking():
    entries = report(RESULT, KNOWN, SCHOOL, of_police=True)
    metres = [float(np.hypot(*(middle(one, SCENE) - SCHOOL.point))) for one in FOUND]
    assert [one.finding for one in entries] == [FOUND[at] for at in ranked(FOUND, metres)]
    assert [one.metres for one in entries] == [metres[at] for at in ranked(FOUND, metres)]


def test_what_is_near_comes_before_what_is_as_strong_and_far():
    entries = report(RESULT, KNOWN, SCHOOL, of_police=True)
    assert entries[0].finding is FOUND[3]
    assert entries[-1].finding is FOUND[0]


def test_with_a_school_only_what_lies_within_five_kilometres_is_told():
    away = [making.finding(units=(at,)) for at in (0, 54, 55, 62, 63)]
    result = Search(tuple((one, SCENE) for one in away), ())
    metres = [float(np.hypot(*(middle(one, SCENE) - SCHOOL.point))) for one in away]
    assert sum(far > FAR for far in metres) in range(1, 5)
    sentences = report(result, KNOWN, SCHOOL, of_police=True)
    assert {one.finding.units for one in sentences} == {
        one.units for one, far in zip(away, metres, strict=True) if far <= FAR
    }
    assert len(report(result, KNOWN, Seeker(), of_police=True)) == len(away)


def test_without_a_school_there_is_no_distance():
    entries = report(RESULT, KNOWN, Seeker(), of_police=True)
    assert {one.metres for one in entries} == {0.0}
    assert not any(" km " in one.sentences.sentence for one in entries)


def test_a_place_is_named_by_its_area_its_neighbourhood_and_its_distance():
    first = report(RESULT, KNOWN, SCHOOL, of_police=True)[0]
    assert first.sentences.sentence.startswith(
        "West End (Mill 0 and 1 area near it), 560 m north-east of Hill School: 40 "
    )
    assert first.area == "A0"
    unnamed = report(RESULT, KNOWN, Seeker(SCHOOL.point), of_police=True)[0]
    assert unnamed.sentences.sentence.startswith("West End (Mill 0 and 1 area near it), 560 m north-east: 40 ")


def test_the_middle_of_a_finding_is_that_of_its_units():
    assert np.allclose(middle(FOUND[3], SCENE), SCENE.points[:2].mean(axis=0))
    assert where_of(FOUND[2], SCENE, KNOWN) == "West End (Mill 9)"


def test_whose_records_they_are_shows_in_the_doubts():
    for of_police, said in ((True, "fuller reporting."), (False, "more being written down than before.")):
        assert report(RESULT, KNOWN, SCHOOL, of_police=of_police)[0].sentences.doubt.endswith(said)


def test_each_reason_is_said_once_with_the_harm_groups_it_is_true_of():
    both = ("violence", "substances", "asb")
    refused = [
        Refusal("violence", "current clusters", "Too thin."),
        Refusal("violence", "hot spots over time", "Too short."),
        Refusal("substances", "current clusters", "Too thin."),
        Refusal("substances", "hot spots over time", "Too short."),
        Refusal("asb", "hot spots over time", "Too short."),
    ]
    assert refusals(refused, both) == [
        "We couldn’t check current clusters in violence and weapons, and drugs and alcohol, because too thin.",
        "We couldn’t check hot spots over time, because too short.",
    ]
    assert refusals([], both) == []


@pytest.mark.parametrize(
    ("harms", "named"),
    [
        (("asb",), "anti-social behaviour"),
        (("substances", "asb"), "drugs and alcohol, or anti-social behaviour"),
        (("violence", "peer", "asb"), "violence and weapons, harm between children, or anti-social behaviour"),
        (("violence", "peer", "asb", "other"), "the chosen harm groups"),
    ],
)
def test_nothing_is_said_as_the_good_answer_that_it_is(harms, named):
    assert nothing(harms, "Sep 2021") == (
        f"Nothing in {named} stands out from chance as of Sep 2021: a good answer, and no proof of safety."
    )
    assert " within 5 km as of Sep 2021" in nothing(harms, "Sep 2021", 5000.0)


def test_nothing_is_no_good_answer_where_not_all_could_be_looked_for():
    said = nothing(("asb",), "Sep 2021", refused=[Refusal("asb", "current clusters", "Too thin.")])
    assert "good answer" not in said
    assert "stands out from chance" not in said
    assert said.endswith("but we couldn’t check everything: no answer yet.")


def placed(*lines):
    """Return points that lie so many metres east and north in the grid, with names and incidents of May 2019."""
    frame = pd.DataFrame(lines, columns=["x", "y", "place", "n"])
    frame = frame.assign(x=frame["x"] + WEST, y=frame["y"] + SOUTH, month="2019-05", category="Violence")
    return place_points(publish_points(frame, {"Violence": "violence"}), GRID)


def test_a_finding_names_the_places_that_hold_a_telling_share_of_it():
    one = making.finding(units=(0, 1), periods=("2019-05",), observed=100.0)
    points = placed(
        (10.0, 10.0, "On or near Bus/Coach Station", 31),
        (990.0, 490.0, "On or near Hospital", 20),
        (20.0, 90.0, "On or near High Street", 19),
        (10.0, 5.0, "On or near ", 25),
        (1900.0, 10.0, "On or near Mill Lane", 90),
    )
    (entry,) = report(Search(((one, SCENE),), ()), KNOWN, Seeker(), of_police=True, placed=points)
    assert entry.sentences.places == (
        "Of these, 31 on or near Bus/Coach Station, near High Street and 20 on or near Hospital (which records for "
        "elsewhere)."
    )
    assert entry.sentences.places in entry.sentences.whole


def test_few_incidents_name_no_place_and_none_holds_more_than_the_finding():
    points = placed((10.0, 10.0, "On or near High Street", 9), (20.0, 10.0, "On or near Mill Lane", 31))
    few = making.finding(units=(0,), periods=("2019-05",), observed=12.0)
    (entry,) = report(Search(((few, SCENE),), ()), KNOWN, Seeker(), of_police=True, placed=points)
    assert entry.sentences.places == ""


def test_of_protected_counts_no_place_is_named():
    protected = making.scene(making.even(GRID, 24), GRID, protected=True)
    one = making.finding(units=(0,), periods=("2019-05",), observed=100.0)
    points = placed((10.0, 10.0, "On or near High Street", 50))
    (entry,) = report(Search(((one, protected),), ()), KNOWN, Seeker(), of_police=True, placed=points)
    assert entry.sentences.places == ""
