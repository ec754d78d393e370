"""Phases are charts of their own, each as it would be if nothing were rebased later, shown up to the next start."""

from math import sqrt

import numpy as np
import pytest

from geo.errors import ThinDataError
from geo.statistics.control.limits import ControlLimits
from geo.statistics.control.phases import g_charts, side_by_side, spans
from tests.unit.geo.trends.making import NAN

EVERY_OTHER = np.array([1.0, 0] * 25)  # limits of waits of 2: 2 + 3√6
HIGH = 2 + 3 * sqrt(6)


def test_phases_go_from_one_start_to_the_next():
    assert spans((0, 4, 5), 9) == ((0, 4), (4, 5), (5, 9))
    assert spans((0,), 9) == ((0, 9),)


@pytest.mark.parametrize("starts", [(), (1,), (0, 3, 3), (0, 5, 2), (0, 9), (0, 12)])
def test_starts_that_make_no_phases_are_refused(starts):
    with pytest.raises(ValueError, match="phases begin with period 0"):
        spans(starts, 9)


def test_of_each_chart_the_periods_before_the_next_start_are_shown():
    whole, later = (
        ControlLimits(*(np.full((2, n), line) for line in lines)) for n, lines in ((5, (2, 1, 3)), (3, (8, 7, 9)))
    )
    found = side_by_side([whole, later], ((0, 2), (2, 5)))
    assert found.centre.tolist() == [[2, 2, 8, 8, 8]] * 2
    assert found.low.tolist() == [[1, 1, 7, 7, 7]] * 2
    assert found.high.tolist() == [[3, 3, 9, 9, 9]] * 2


def test_a_single_phase_is_its_chart():
    chart = ControlLimits(*[np.full((1, 4), 2.0)] * 3)
    assert side_by_side([chart], ((0, 4),)).centre.tolist() == chart.centre.tolist()


def test_incidents_of_a_phase_between_two_others_are_told_once():
    counts = np.concatenate([EVERY_OTHER, EVERY_OTHER, EVERY_OTHER])
    assert g_charts(counts, (0, 50, 100)).at.tolist() == list(range(0, 150, 2))


def test_a_phase_between_two_others_ends_where_the_next_begins():
    charts = [ControlLimits(*[np.full((1, n), float(n))] * 3) for n in (6, 4, 1)]
    assert side_by_side(charts, ((0, 2), (2, 5), (5, 6))).centre.tolist() == [[6, 6, 4, 4, 4, 1]]


def test_each_phase_has_waits_and_limits_of_its_own():
    found = g_charts(np.concatenate([EVERY_OTHER, np.zeros(40), EVERY_OTHER]), (0, 90))
    assert found.at.tolist() == [*range(0, 50, 2), *range(90, 140, 2)]
    assert np.isnan(found.wait).tolist() == ([True] + [False] * 24) * 2
    assert not found.signal.any()
    assert (found.now.mean, found.since) == (2, 1)


def test_waits_before_a_start_are_those_of_the_chart_without_it():
    counts = np.array([1.0, *[0] * 5] * 25 + [1] * 12)
    whole = g_charts(counts, (0,))
    assert (whole.signal == 1).sum() == 11  # a run of short waits, cut in two below
    parted = g_charts(counts, (0, 154))
    before = whole.at < 154
    for part in ("at", "wait", "centre", "high", "signal"):
        assert np.array_equal(getattr(parted, part)[: before.sum()], getattr(whole, part)[before], equal_nan=True)
    assert parted.now.mean == 1


def test_a_phase_without_an_incident_has_no_limits_and_says_nothing():
    found = g_charts(np.concatenate([EVERY_OTHER, np.zeros(40)]), (0, 50))
    assert np.isnan([found.since, found.now.mean, found.now.centre, found.now.high]).all()
    assert (found.now.run, found.now.trial, found.rarer_now) == (None, True, False)
    assert found.high[0] == pytest.approx(HIGH)


def test_a_phase_of_few_waits_has_no_limits():
    found = g_charts(np.concatenate([EVERY_OTHER, np.ones(4), np.zeros(40)]), (0, 50))
    assert np.isnan(found.high).tolist() == [False] * 25 + [True] * 4
    assert not found.rarer_now


def test_too_few_incidents_in_all_phases_are_refused():
    counts = np.array([1.0, 0, 1, NAN, 0, 2, 0])
    with pytest.raises(ThinDataError, match="need at least 5 incidents, and there are fewer"):
        g_charts(counts, (0, 3))
    counts[6] = 1
    assert g_charts(counts, (0, 3)).at.tolist() == [0, 2, 5, 5, 6]
