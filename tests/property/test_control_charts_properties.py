"""Laws of control charts: gaps split a series, and neither unit, side nor other series change what is said."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.errors import ThinDataError
from geo.statistics.control.g_chart import g_chart
from geo.statistics.control.limits import ControlLimits, of_counts, of_rates, rates, u, xmr
from geo.statistics.control.rules import Signals, signals

RULES = [rule.name for rule in fields(Signals)]
LINES = [line.name for line in fields(ControlLimits)]
figures = st.one_of(st.integers(0, 12), st.integers(0, 300), st.just(np.nan)).map(float)
short = arrays(np.float64, st.tuples(st.integers(1, 2), st.integers(1, 12)), elements=figures)


@st.composite
def drawn(draw, least=1, gaps=(0.0, 0.05, 0.3)):
    """Counts at random, drawn at once: many points one by one take long."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    mean, shape = draw(st.sampled_from([0.3, 3, 40])), (draw(st.integers(1, 4)), draw(st.integers(least, 60)))
    # Steps, so that there are patterns.
    values = rng.poisson(mean * np.repeat(rng.choice([1, 2, 4], shape[1] // 10 + 1), 10)[: shape[1]], shape).astype(
        float
    )
    values[rng.random(shape) < draw(st.sampled_from(gaps))] = np.nan
    return values


series = st.one_of(short, drawn())
long = drawn(least=26, gaps=(0.0,))
ties = st.sampled_from([0.0, 0.5, 2.0])
KINDS = pytest.mark.parametrize("of", [xmr, of_counts])


def same(one, other):
    for line in (*LINES, "near_low", "near_high"):
        assert getattr(one, line) == pytest.approx(getattr(other, line), rel=1e-9, nan_ok=True)


def alike(one, other, times=1):
    for rule in (*RULES, "any"):
        assert np.array_equal(getattr(one, rule), times * getattr(other, rule))


@given(series, ties)
@KINDS
def test_many_series_say_together_what_each_says_alone(of, values, tie):
    together = of(values)
    found = signals(values, together, tie)
    for at in range(len(values)):
        one = of(values[at : at + 1])
        same(one, ControlLimits(*(getattr(together, line)[at : at + 1] for line in LINES)))
        alike(signals(values[at : at + 1], one, tie), Signals(*(getattr(found, rule)[at : at + 1] for rule in RULES)))


@given(series, st.data())
def test_what_is_found_before_a_gap_does_not_depend_on_what_comes_after_it(values, data):
    gap = data.draw(st.integers(0, values.shape[1] - 1))
    values[:, gap] = np.nan
    limits = of_counts(values)
    other = values.copy()
    other[:, gap + 1 :] = data.draw(st.integers(0, 300))
    one, two = signals(values, limits), signals(other, limits)
    alike(*(Signals(*(getattr(found, rule)[:, :gap] for rule in RULES)) for found in (one, two)))
    assert not one.any[:, gap].any()


@given(long, st.integers(1, 400))
@KINDS
def test_more_points_after_the_baseline_move_no_limit(of, values, later):
    more = np.concatenate([values, np.full((len(values), 3), float(later))], axis=1)
    limits = of(more)
    same(of(values), ControlLimits(*(getattr(limits, line)[:, : values.shape[1]] for line in LINES)))


@given(series, ties)
def test_a_mirrored_series_has_the_mirrored_signals(values, tie):
    # Far from zero, where no limit is cut off there.
    values = values + 5_000
    limits = xmr(values)
    assert not (limits.low <= 0).any()
    mirrored = 10_000 - values
    other = xmr(mirrored)
    assert other.centre == pytest.approx(10_000 - limits.centre, nan_ok=True)
    assert other.high == pytest.approx(10_000 - limits.low, nan_ok=True)
    there, here = signals(mirrored, other, tie), signals(values, limits, tie)
    alike(there, here, -1)


@given(series, ties, st.sampled_from([0.01, 3, 7.7, 1_000]))
def test_another_unit_changes_the_figures_and_no_signal(values, tie, times):
    one, other = xmr(values), xmr(times * values)
    same(other, ControlLimits(*(times * getattr(one, line) for line in LINES)))
    alike(signals(times * values, other, times * tie), signals(values, one, tie))


@given(series, st.sampled_from([0.5, 3, 90]))
def test_rates_of_equal_exposures_have_the_limits_of_counts_by_chance(values, days):
    found, wide = u(values, days), of_rates(values, days, np.zeros(values.shape, dtype=np.bool_))
    half = 3 * np.sqrt(found.centre * days)
    assert (found.high - found.centre) * days == pytest.approx(half, nan_ok=True)
    assert (wide.high >= found.high).all(where=~np.isnan(found.high))
    assert found.centre * days == pytest.approx(xmr(values).centre, nan_ok=True)


@given(series, st.data())
def test_signals_of_rates_do_not_depend_on_the_unit_of_exposure(values, data):
    days = data.draw(arrays(np.float64, values.shape[1], elements=st.integers(0, 92).map(float)))
    found = signals(rates(values, days), of_rates(values, days))
    alike(signals(rates(values, days * 1_000), of_rates(values, days * 1_000)), found)


@given(series, ties)
def test_marks_are_of_whole_patterns(values, tie):
    found = signals(values, of_counts(values), tie)
    for rule, least in (("shift", 7), ("trend", 6), ("two_of_three", 2)):
        marks = getattr(found, rule)
        for row, known in zip(marks, ~np.isnan(values), strict=True):
            assert not row[~known].any()
            for side in (1, -1):
                assert (row == side).sum() == 0 or (row == side).sum() >= least


@given(arrays(np.float64, st.integers(1, 60), elements=st.sampled_from([0.0, 0, 0, 1, 1, 2, np.nan])))
def test_every_incident_has_a_wait_but_the_first_and_those_across_a_gap(values):
    try:
        found = g_chart(values)
    except ThinDataError:
        assert np.nansum(values) < 5
        return
    assert np.array_equal(np.bincount(found.at, minlength=len(values)), np.nan_to_num(values))
    known = ~np.isnan(found.wait)
    missing = np.isnan(values).cumsum()[found.at]
    assert known.tolist() == (np.diff(missing, prepend=-1) == 0).tolist()
    assert np.array_equal(found.wait[known], np.diff(found.at, prepend=0)[known])
    assert not found.signal[~known].any()
    assert np.isnan(found.since) or found.since == len(values) - 1 - found.at[-1]
