"""Unregistered: a cluster is a concern unless an entry of the same harm is within reach of it."""

import pytest

from geo.evidence.unregistered import is_cluster, unregistered
from geo.findings.finding import FindingKind
from geo.findings.landmarks import landmarks
from geo.findings.search import Search
from geo.statistics.emerging import Pattern
from tests.unit.geo.evidence.making import AREAS, at
from tests.unit.geo.findings.making import even, finding, scene

HERE = scene(even(AREAS, 36), AREAS)
KNOWN = landmarks(AREAS, {})


def concerns(*entries, found=None):
    result = Search(((found or finding(units=(0, 1)), HERE),), ())
    return unregistered(result, AREAS, KNOWN, entries, "Anytown police", of_police=True)


def test_a_cluster_without_an_entry_is_a_concern_with_its_shape_and_source():
    (one,) = concerns()
    assert one.harms == ("violence",)
    assert one.reference is None
    assert "Mill 0" in one.name
    assert "40 incidents of violence and weapons" in one.sentence
    assert one.sentence.endswith("Source: Anytown police.")
    assert one.shape.intersection(AREAS.frame.geometry[1]).area > 0.99 * AREAS.frame.geometry[1].area


@pytest.mark.parametrize("east", [500, 1000 + 240])
def test_an_entry_of_the_same_harm_within_reach_explains_it(east):
    assert concerns(at(east, 250)) == []
    assert concerns(at(east, 250, harm="asb", other_harms=("violence",))) == []


@pytest.mark.parametrize("entry", [at(1000 + 260, 250), at(500, 250, status="closed")])
def test_an_entry_out_of_reach_or_closed_explains_nothing(entry):
    (one,) = concerns(entry)
    assert "On the register near it" not in one.sentence


def test_an_entry_of_another_harm_is_named_and_explains_nothing():
    (one,) = concerns(at(500, 250, harm="asb"))
    assert one.sentence.endswith(
        "On the register near it: “Mill Park” (P1, anti-social behaviour), of another kind of harm."
    )


def test_changes_and_what_is_over_are_no_clusters():
    assert not is_cluster(finding(FindingKind.RISE))
    assert not is_cluster(finding(FindingKind.FALL))
    assert not is_cluster(finding(FindingKind.PATTERN, pattern=Pattern.HISTORICAL))
    assert is_cluster(finding(FindingKind.PATTERN, pattern=Pattern.PERSISTENT))
    assert concerns(found=finding(FindingKind.RISE)) == []
