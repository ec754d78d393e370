"""Adjacent patterns are one finding, with the counts of its months compared with what areas hold on average."""

import numpy as np
import pytest

from geo.errors import ThinDataError
from geo.findings import patterns
from geo.findings.finding import FindingKind
from geo.statistics.emerging import Pattern, emerging
from tests.unit.geo.findings import making

GRID = making.grid(8)
CORNER, OTHER = (0, 1, 8, 9), (54, 55, 62, 63)


def hot(places, periods=24, times=5, first=0, last=None):
    n = making.even(GRID, periods)
    for place in places:
        n[np.ix_(place, np.arange(first, last or periods))] *= times
    return n


def found_in(n, **of_cube):
    return patterns.find(making.scene(n, GRID, **of_cube), "violence")


def test_areas_that_touch_are_one_finding_and_places_apart_are_two():
    lasting = [one for one in found_in(hot([CORNER, OTHER])) if one.pattern is Pattern.PERSISTENT]
    assert len(lasting) == 2
    for one, place in zip(lasting, (CORNER, OTHER), strict=True):
        assert set(one.units) <= set(place)


def test_a_lasting_hot_spot_is_told_by_its_last_year_and_the_average_of_all_areas():
    n = hot([CORNER])
    (found,) = (one for one in found_in(n) if one.pattern is Pattern.PERSISTENT)
    assert found.kind is FindingKind.PATTERN
    assert found.periods == tuple(f"2019-{month:02}" for month in range(1, 13))
    assert found.observed == n[list(found.units), -12:].sum()
    assert found.expected == pytest.approx(n[:, -12:].mean() * 12 * len(found.units))
    assert found.ratio == pytest.approx(found.observed / found.expected)
    held = n[list(found.units), -12:].sum(axis=1)
    assert held.tolist() == sorted(held, reverse=True)


def test_a_lasting_hot_spot_of_a_short_time_is_told_by_all_of_it():
    (found,) = (one for one in found_in(hot([CORNER], periods=11)) if one.pattern is Pattern.PERSISTENT)
    assert len(found.periods) == 11


@pytest.mark.parametrize(("first", "pattern"), [(23, Pattern.NEW), (20, Pattern.CONSECUTIVE)])
def test_what_began_lately_is_told_from_when_it_began(first, pattern):
    n = hot([CORNER], first=first, times=8)
    sentences = [one for one in found_in(n) if one.pattern is pattern]
    assert sentences
    for one in sentences:
        begun = making.scene(n, GRID).periods.index(one.periods[0])
        assert first <= begun <= 23
        assert one.observed == n[list(one.units), begun:].sum()


def test_areas_that_touch_are_dated_by_the_one_that_holds_most():
    n = making.even(GRID, 36, each=5)
    n[np.ix_(CORNER, np.arange(26, 36))] *= 8
    n[np.ix_((2, 3, 10, 11), np.arange(32, 36))] *= 30
    scene = making.scene(n, GRID)
    states = emerging(n.astype(float), scene.graph).states
    (found,) = (one for one in found_in(n) if one.pattern is Pattern.CONSECUTIVE)
    begun = {at: int(np.flatnonzero(states[at] == 1)[0]) for at in found.units}
    most = max(found.units, key=lambda at: n[at].sum())
    assert min(begun.values()) < begun[most]
    assert found.periods == scene.periods[begun[most] :]


def test_a_hot_spot_that_is_over_is_told_by_all_the_time_however_little_is_left():
    n = hot([CORNER], times=6, periods=40, last=38)
    n[list(CORNER), 38:] = 0
    (found,) = (one for one in found_in(n) if one.pattern is Pattern.HISTORICAL)
    assert set(found.units) & set(CORNER)
    assert len(found.periods) == 40
    assert found.observed == n[list(found.units)].sum()


def test_areas_that_are_hot_mostly_for_what_lies_beside_them_are_not_told(monkeypatch):
    n = hot([(27, 28)], times=8)
    beside = np.ix_((19, 20, 34, 35, 36, 37), np.arange(14, 24))
    n[beside] = n[beside] * 3 // 2
    sentences = found_in(n)
    assert sentences
    assert all(one.ratio >= patterns.HELD for one in sentences)
    monkeypatch.setattr(patterns, "HELD", 0.0)
    left_out = [one for one in found_in(n) if one not in sentences]
    assert left_out
    assert all(1 < one.ratio < 2 for one in left_out)


def test_nothing_is_found_where_nothing_lies_together():
    assert found_in(making.even(GRID, 24)) == []


def test_a_step_with_a_missing_month_is_in_neither_the_counts_nor_the_months():
    n = hot([CORNER])
    sentences = found_in(n, missing=("2019-11",))
    assert sentences
    for one in sentences:
        assert "2019-11" not in one.periods
        where = [making.scene(n, GRID).periods.index(period) for period in one.periods]
        assert one.observed == n[list(one.units)][:, where].sum()


def test_months_of_a_joined_step_that_is_incomplete_are_left_out_whole():
    n = np.random.default_rng(5).poisson(0.3, (64, 48))
    n[np.ix_(CORNER, np.arange(30, 48))] += 6
    sentences = found_in(n, missing=("2021-05",))
    assert sentences
    for one in sentences:
        assert not {"2021-04", "2021-05", "2021-06"} & set(one.periods)
        where = [making.scene(n, GRID).periods.index(period) for period in one.periods]
        assert one.observed == n[list(one.units)][:, where].sum()


def test_thin_data_are_refused_in_one_sentence():
    with pytest.raises(ThinDataError, match="at least 10 steps of time with figures, and there are 9"):
        found_in(making.even(GRID, 9))
