"""Laws of control charts as pages show them: sums stay, gaps stay gaps, falls mirror rises, and none is lost."""

import re
from dataclasses import fields
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.errors import ThinDataError
from geo.statistics.control.limits import BASELINE_POINTS, ControlLimits
from geo.statistics.control.phases import g_charts
from geo.statistics.control.rules import Signals
from geo.trends import chart_data
from geo.trends.control_charts import control_charts
from geo.trends.episodes import episodes
from geo.trends.narrative import narrate
from geo.trends.overview import overview
from geo.trends.series import Figure
from geo.trends.trend_table import table
from tests.unit.geo.trends.making import course

MIRRORED = {
    "rise": "fall", "above": "below", "each higher": "each lower", "the upper": "the lower",
    "fall": "rise", "below": "above", "each lower": "each higher", "the lower": "the upper",
}  # fmt: skip


@st.composite
def counts(draw, means=(0.4, 3, 12, 60, 900), gaps=(0.0, 0.1, 0.4), least=2):
    """Counts of one series at random, in steps so that there is something to tell."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    length, steps = draw(st.integers(least, 60)), rng.choice([1, 1, 1, 2, 0.5], 12)
    values = rng.poisson(draw(st.sampled_from(means)) * np.repeat(steps, 5)[:length]).astype(float)
    values[rng.random(length) < draw(st.sampled_from(gaps))] = np.nan
    return values


def rounded(values):
    return 5 * np.round(values / 5)


def starts(draw, length):
    return (0, draw(st.integers(1, length - 1))) if draw(st.booleans()) else (0,)


@given(counts(), st.data())
def test_the_counts_of_rows_add_up_to_those_of_the_series(values, data):
    found = control_charts(course(values), starts(data.draw, len(values)))
    listed = chart_data.rows(found, 0, {})
    told_of = [row["n"] for row in listed]
    assert [n == "no figures" for n in told_of] == np.isnan(values)[::-1].tolist()
    assert sum(int(n.replace(",", "")) for n in told_of if n != "no figures") == np.nansum(values)
    assert chart_data.frame(found, 0)["value"].sum() == np.nansum(values)


@given(counts(), st.data())
def test_a_gap_has_no_figure_no_sign_and_is_crossed_by_no_signal(values, data):
    found = control_charts(course(values), starts(data.draw, len(values)))
    drawn = chart_data.frame(found, 0)
    gaps = np.flatnonzero(np.isnan(values))
    assert drawn["value"].isna().to_numpy().nonzero()[0].tolist() == gaps.tolist()
    assert not drawn["course"].iloc[gaps].any()
    for one in episodes(found, 0):
        assert not np.isnan(values[one.first : one.last + 1]).any()
        for start in found.starts[1:]:
            assert not one.first < start <= one.last


@st.composite
def rebase_at(draw, length):
    """Return a period, and starts before it followed by two choices of starts in it and after it."""
    at = draw(st.integers(1, length - 1))
    before = draw(st.sets(st.integers(1, at - 1), max_size=2)) if at > 1 else set()
    one, other = (draw(st.sets(st.integers(at, length - 1), max_size=2)) for _ in range(2))
    return at, (0, *sorted(before | one)), (0, *sorted(before | other))


def same(one, other):
    np.testing.assert_array_equal(one, other)


@given(st.lists(counts(least=12), min_size=1, max_size=3), st.sampled_from(Figure), st.booleans(), st.data())
def test_a_range_that_begins_anew_changes_nothing_before_it(series, figure, protected, data):
    length = min(map(len, series))
    n = np.array([rounded(one[:length]) if protected else one[:length] for one in series])
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    exposure = None if figure is Figure.COUNT else rng.choice([0.0, 2.5, 6.0, 7.0, 8.5], length)
    at, *starts = data.draw(rebase_at(length))
    whole = course(n, first="2010/11-1", protected=protected, figure=figure, exposure=exposure)
    one, other = (control_charts(whole, each) for each in starts)
    for part, kind in (("limits", ControlLimits), ("signals", Signals)):
        for line in (field.name for field in fields(kind)):
            same(*(getattr(getattr(found, part), line)[:, :at] for found in (one, other)))
    same(one.trial[:, :at], other.trial[:, :at])
    if not protected:
        assert one.states == other.states
    for row in range(len(n)):
        pd.testing.assert_frame_equal(*(chart_data.frame(found, row)[:at] for found in (one, other)), check_exact=True)
        assert chart_data.rows(one, row, {})[-at:] == chart_data.rows(other, row, {})[-at:]
        ranges, of_other = (
            [each for each in chart_data.spans(found, row, {}) if each.start < at] for found in (one, other)
        )
        assert ranges == of_other
        listed, those = (episodes(found, row) for found in (one, other))
        # One that reaches the last period before a start may be cut there; it begins where it began.
        assert [each for each in listed if each.stretch[1] < at - 1] == [
            each for each in those if each.stretch[1] < at - 1
        ]
        assert [(each.stretch[0], each.side) for each in listed if each.stretch[0] < at] == [
            (each.stretch[0], each.side) for each in those if each.stretch[0] < at
        ]


@given(counts(means=(0.2, 0.7, 1.5)), st.data())
def test_a_range_that_begins_anew_changes_no_wait_before_it(values, data):
    at, *starts = data.draw(rebase_at(len(values)))
    if np.nansum(values) < 5:
        with pytest.raises(ThinDataError):
            g_charts(values, starts[0])
        return
    one, other = (g_charts(values, each) for each in starts)
    before = one.at < at
    assert before.sum() == (other.at < at).sum()
    for part in ("at", "wait", "centre", "high", "signal"):
        same(getattr(one, part)[before], getattr(other, part)[: before.sum()])


@given(counts(), st.data())
def test_each_phase_is_the_chart_of_its_periods_alone_up_to_the_next_start(values, data):
    _, _, starts = data.draw(rebase_at(len(values)))
    found = control_charts(course(values), starts)
    for first, end in found.phases:
        alone = control_charts(course(values[first:]))
        if alone.states == found.states == ("charted",):
            same(found.limits.high[:, first:end], alone.limits.high[:, : end - first])
            same(found.sides[:, first:end], alone.sides[:, : end - first])


@given(counts(), st.data())
def test_every_sign_belongs_to_one_episode_on_its_side(values, data):
    found = control_charts(course(values), starts(data.draw, len(values)))
    listed = episodes(found, 0)
    stretches = [at for one in listed for at in range(one.stretch[0], one.stretch[1] + 1)]
    assert stretches == np.flatnonzero(found.sides[0]).tolist()
    for one in listed:
        assert (found.sides[0, one.stretch[0] : one.stretch[1] + 1] == one.side).all()
        assert one.stretch[0] <= one.first <= one.last <= one.stretch[1]
        assert set(one.outside) <= set(range(one.first, one.last + 1))
    assert all(first.stretch[1] < second.stretch[0] for first, second in pairwise(listed))


@given(counts(means=(12, 60), gaps=(0.0,), least=6), st.data())
def test_a_sign_in_the_chosen_periods_is_what_makes_a_sentence_a_change(values, data):
    found = control_charts(course(values))
    last = data.draw(st.integers(0, len(values) - 1))
    first = data.draw(st.integers(0, last))
    assert (narrate(found, 0, (first, last)).side != 0) == found.sides[0, first : last + 1].any()


@given(counts(means=(100, 400), gaps=(0.0, 0.1), least=8), st.data())
def test_what_goes_the_other_way_is_told_the_other_way(values, data):
    found = control_charts(course(values))
    baseline = values[~np.isnan(values)][:BASELINE_POINTS]
    assume(len(baseline) >= 6 and found.limits.low.min() > 0)
    other = control_charts(course(2 * found.limits.centre[0, 0] - values))
    # Counts are skewed, so that a point may be too odd to set limits on one side and not on the other.
    assume(np.array_equal(found.left_out, other.left_out))
    last = data.draw(st.integers(0, len(values) - 1))
    first = data.draw(st.integers(0, last))
    one, opposite = (narrate(each, 0, (first, last)) for each in (found, other))
    assert opposite.side == -one.side
    words = re.compile("|".join(MIRRORED))
    assert words.sub(lambda hit: MIRRORED[hit[0]], one.sentence) == opposite.sentence
    assert len(opposite.others) == len(one.others)


@given(st.lists(counts(least=30), min_size=1, max_size=8), st.data())
def test_every_chart_is_there_once_those_with_a_signal_first(series, data):
    length = min(map(len, series))
    values = [one[:length] for one in series]
    first = data.draw(st.integers(0, length - 1))
    seen = overview(course(values), (first, length - 1), {})
    assert sorted(one.row for one in seen.charts) == list(range(len(values)))
    kinds = [0 if one.narrative.side else 1 if one.speaks else 2 for one in seen.charts]
    assert kinds == sorted(kinds)


@given(counts(means=(3, 12, 60)), st.sampled_from([Figure.COUNT, Figure.WEEK]))
def test_no_protected_figure_under_ten_is_told_or_drawn_as_itself(values, figure):
    exposure = None if figure is Figure.COUNT else np.resize([6.0, 7.0, 8.5], len(values))
    n = rounded(values)
    hidden = n < 10
    found = control_charts(course(n, first="2010/11-1", protected=True, figure=figure, exposure=exposure))
    drawn, listed = chart_data.frame(found, 0), chart_data.rows(found, 0, {})[::-1]
    assert drawn["few"].tolist() == hidden.tolist()
    assert all(drawn["told"][hidden] == "fewer than 10 incidents")
    assert all(row["n"] == "fewer than 10" for row, few in zip(listed, hidden, strict=True) if few)
    against = 1.0 if exposure is None else exposure
    assert np.allclose((drawn["value"] * against)[hidden], 5.0)
    shown = drawn["told"][~hidden & ~np.isnan(n)]
    assert shown.str.startswith("about ").all()


@given(counts(means=(3, 12, 60), least=BASELINE_POINTS + 2), st.sampled_from(Figure), st.data())
def test_of_protected_figures_under_ten_nothing_tells_one_from_another(values, figure, data):
    """What sets the limits stays as it is, and of what comes after it each 0 may be a 5 and each 5 a 0."""
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    exposure = None if figure is Figure.COUNT else rng.choice([0.0, 2.5, 4.0, 6.0, 7.0, 8.5], len(values))
    n = rounded(values)
    n[:BASELINE_POINTS] += 15
    charted = (~np.isnan(n) & (exposure is None or exposure > 0)).cumsum() > BASELINE_POINTS
    other = np.where(charted & (n < 10), rng.choice([0.0, 5.0], len(n)), n)
    one, same = (
        control_charts(course(each, first="2010/11-1", protected=True, figure=figure, exposure=exposure))
        for each in (n, other)
    )
    pd.testing.assert_frame_equal(chart_data.frame(one, 0), chart_data.frame(same, 0))
    assert chart_data.rows(one, 0, {}) == chart_data.rows(same, 0, {})
    assert episodes(one, 0) == episodes(same, 0)
    last = data.draw(st.integers(0, len(n) - 1))
    first = data.draw(st.integers(0, last))
    assert narrate(one, 0, (first, last)) == narrate(same, 0, (first, last))
    pd.testing.assert_frame_equal(table(one, 0, {}), table(same, 0, {}))
    ranks = [overview(each.series_set, (first, last), {}).charts[0].rank for each in (one, same)]
    assert ranks[0] == ranks[1]
