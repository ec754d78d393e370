from dataclasses import fields
from math import sqrt

import numpy as np
import pytest

from geo.errors import ThinDataError
from geo.statistics.control.g_chart import RARE, GChart, g_chart, however_few

NAN = np.nan
HIGH = 2 + 3 * sqrt(6)  # of waits with mean 2: 9.35


def after(*gaps, rest=0):
    """Counts of 25 incidents two periods apart, then of others after so many periods, and ``rest`` periods without."""
    at = np.cumsum([0, *[2] * 24, *gaps])
    return np.bincount(at, minlength=at[-1] + 1 + rest).astype(float)


def regular(mean):
    """Counts whose first 24 waits have this mean: an incident in the first period, and as many in each later one."""
    return np.array([1.0, *[round(1 / mean)] * 30])


def test_waits_run_from_one_incident_to_the_next():
    # Incidents in periods 0, 3, 5, 6, 6 and 10, waits 3, 2, 1, 0, 4 with mean 2, and nine periods after the last.
    found = g_chart(np.array([1.0, 0, 0, 1, 0, 1, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    assert found.at.tolist() == [0, 3, 5, 6, 6, 10]
    assert np.isnan(found.wait[0])
    assert found.wait[1:].tolist() == [3, 2, 1, 0, 4]
    assert (found.now.mean, found.since) == (2, 9)
    assert found.now.centre == pytest.approx(1.386)
    assert found.now.high == pytest.approx(HIGH)
    assert found.centre.tolist() == [found.now.centre] * 6
    assert found.high.tolist() == [found.now.high] * 6
    assert not found.signal.any()


def test_a_wait_above_its_limit_says_that_incidents_are_rarer():
    found = g_chart(after(9, 10))
    assert found.signal.tolist() == [0] * 26 + [-1]


def test_a_wait_that_still_goes_on_says_so_as_soon_as_it_is_above_the_limit():
    assert not g_chart(after(rest=9)).rarer_now
    assert g_chart(after(rest=10)).rarer_now
    assert g_chart(after(rest=10)).since == 10


def test_a_run_below_the_centre_as_unlikely_as_seven_says_that_incidents_come_more_often():
    # Under 1.386 are 0 and 1: 1 - (2/3)² = 5/9 of the waits. (5/9)⁸ is more than 1/128, (5/9)⁹ is less.
    assert g_chart(after()).now.run == 9
    assert not g_chart(after(*[1] * 8)).signal.any()
    assert g_chart(after(*[1] * 9)).signal.tolist() == [0] * 25 + [1] * 9


def test_a_wait_of_the_centre_or_more_and_an_unknown_one_end_a_run():
    assert not g_chart(after(*[1] * 8, 2, *[1] * 8)).signal.any()
    broken = after(*[1] * 8, 2, *[1] * 8)
    broken[57] = NAN
    assert not g_chart(broken).signal.any()


@pytest.mark.parametrize(("mean", "run"), [(1, 7), (1 / 2, 12), (1 / 4, 22)])
def test_runs_are_longer_the_more_waits_are_below_the_centre(mean, run):
    # Only 0 is below, as 1 / (1 + mean) of the waits are: 1/2, 2/3, 4/5.
    assert g_chart(regular(mean)).now.run == run


def test_no_run_says_anything_where_nearly_all_waits_are_below_the_centre():
    assert g_chart(regular(1 / 5)).now.run is None


@pytest.mark.parametrize(("counts", "run"), [([4, 4, 3, 3], 24), ([4, 4, 4, 3], None)])
def test_a_run_is_no_longer_than_a_baseline(counts, run):
    # Waits of 0 but for three of 1: 13 of them make a run of 24, and 14 would make one of 25.
    assert g_chart(np.array(counts, dtype=float)).now.run == run


def test_waits_are_for_fewer_than_two_incidents_a_period():
    assert RARE == 2


def test_the_first_24_waits_say_what_is_usual():
    found = g_chart(after(*[9] * 20))
    assert found.now.mean == 2
    assert not found.now.trial


@pytest.mark.parametrize(("incidents", "trial"), [(12, True), (13, False)])
def test_fewer_than_twelve_waits_are_on_trial(incidents, trial):
    assert g_chart(np.ones(incidents)).now.trial == trial


def test_a_wait_with_a_missing_period_is_unknown():
    counts = np.array([1, 0, NAN, 1, 1, 1, 1, 1, 0, 0])
    found = g_chart(counts)
    assert np.isnan(found.wait).tolist() == [True, True, False, False, False, False]
    assert found.now.mean == 1
    assert found.since == 2
    counts[9] = NAN
    assert np.isnan(g_chart(counts).since)
    assert not g_chart(counts).rarer_now


def test_without_an_incident_there_are_no_limits_and_nothing_is_said():
    found = however_few(np.zeros(40))
    assert not found.at.size
    assert np.isnan([found.since, found.now.mean, found.now.centre, found.now.high]).all()
    assert (found.now.run, found.now.trial, found.rarer_now) == (None, True, False)


def test_few_waits_have_no_limits():
    found = however_few(np.array([*[1.0] * 4, *[0] * 40]))
    assert found.wait[1:].tolist() == [1, 1, 1]
    assert np.isnan(found.high).all()
    assert (found.since, found.rarer_now) == (40, False)


def test_enough_waits_are_the_same_however_they_are_asked_for():
    one, other = however_few(after(9, 10, rest=3)), g_chart(after(9, 10, rest=3))
    for part in (field.name for field in fields(GChart)):
        np.testing.assert_array_equal(getattr(one, part), getattr(other, part))


def test_incidents_of_a_single_period_make_no_limits():
    found = g_chart(np.array([0.0, 6, 0, 0, 0]))
    assert found.since == 3
    assert np.isnan(found.now.high)
    assert not found.rarer_now


@pytest.mark.parametrize("counts", [[0.0] * 30, [1.0, 0, 2, NAN, 1], [NAN, NAN]])
def test_too_few_incidents_are_refused_in_one_sentence_that_does_not_count_them(counts):
    with pytest.raises(
        ThinDataError, match=r"^The waits between incidents need at least 5 incidents, and there are f"
    ) as e:
        g_chart(np.array(counts))
    assert str(e.value).count(".") == 1
