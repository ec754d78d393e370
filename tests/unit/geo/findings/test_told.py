"""Told: a finding's p is that of a search as a whole, and what chance does in more of them than it may is not told."""

from dataclasses import replace

import numpy as np
import pytest

from geo.findings.finding import FindingKind
from geo.findings.told import SIGNIFICANCE, Detected, Family, told
from tests.unit.geo.findings import making

SCENE = making.scene(making.even(making.grid(5), 12), making.grid(5))
NONE = np.zeros(0)


def detected(*scores, strongest=NONE, family=Family.CHANGE, p=0.001):
    found = tuple(making.finding(FindingKind.RISE, score=score, p=p) for score in scores)
    return Detected(family, SCENE, found, np.asarray(strongest, dtype=float))


def ps(every):
    return [[one.p for one, _ in of_harm] for of_harm in told(every)]


CALM = np.linspace(0, 2, 999)
WILD = np.where(np.arange(999) < 19, 6.0, 0.0)  # as much as 6 in 19 of 999 replications


def test_p_is_the_part_of_all_replications_that_are_as_strong_what_was_seen_included():
    assert ps([[detected(5.0, strongest=CALM)]]) == [[0.001]]
    assert ps([[detected(5.0, strongest=WILD)]]) == [[0.02]]
    assert ps([[detected(-5.0, strongest=WILD)]]) == [[0.02]]  # of falls too


def test_anything_of_its_kind_in_any_harm_group_counts():
    assert ps([[detected(5.0, strongest=CALM)], [detected(strongest=WILD)]]) == [[0.02], []]
    both = np.roll(WILD, 100)  # other replications than those of WILD
    assert ps([[detected(5.0, strongest=WILD)], [detected(5.0, strongest=both)]]) == [[0.039], [0.039]]
    assert ps([[detected(5.0, strongest=WILD), detected(5.0, strongest=both)]]) == [[0.039, 0.039]]


def test_another_kind_does_not_count():
    assert ps([[detected(5.0, strongest=CALM), detected(strongest=WILD, family=Family.CLUSTER)]]) == [[0.001]]


def test_what_is_unlikely_by_itself_and_not_beside_all_that_was_looked_at_is_not_told():
    often = np.where(np.arange(999) < 60, 6.0, 0.0)
    assert ps([[detected(5.0, 7.0, strongest=CALM)], [detected(strongest=often)]]) == [[0.001], []]


def test_what_needs_no_replications_keeps_its_p_and_is_told_up_to_the_same_level():
    lasting = detected(1.0, family=Family.LASTING, p=SIGNIFICANCE)
    rare = detected(1.0, family=Family.LASTING, p=SIGNIFICANCE + 0.001)
    assert ps([[lasting, rare]]) == [[SIGNIFICANCE]]


def test_what_is_told_keeps_its_order_its_scene_and_all_but_its_p():
    first, second = detected(5.0, 6.0, strongest=WILD), detected(4.0, strongest=CALM, family=Family.CLUSTER)
    ((*found,),) = told([[first, second]])
    assert [scene for _, scene in found] == [SCENE] * 3
    assert [one for one, _ in found] == [
        *(replace(one, p=0.02) for one in first.found),
        replace(second.found[0], p=0.001),
    ]


@pytest.mark.parametrize("every", [[], [[]], [[detected()]]], ids=["nothing", "no method", "nothing found"])
def test_where_nothing_was_detected_nothing_is_told(every):
    assert told(every) == [[]] * len(every)
