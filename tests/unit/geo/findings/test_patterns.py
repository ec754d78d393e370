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
WIDE = making.grid(12)
WIDE_CORNER = (0, 1, 12, 13)
LATELY = (Pattern.NEW, Pattern.CONSECUTIVE)


def hot(places, periods=24, times=5, first=0, last=None):
    n = making.even(GRID, periods)
    for place in places:
        n[np.ix_(place, np.arange(first, last or periods))] *= times
    return n


def found_in(n, areas=GRID, **of_cube):
    return making.told_of(patterns.find(making.scene(n, areas, **of_cube), "violence"))


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


@pytest.mark.parametrize(("first", "pattern"), [(35, Pattern.NEW), (32, Pattern.CONSECUTIVE)])
def test_what_began_lately_is_told_from_when_it_began(first, pattern):
    n = hot([CORNER], periods=36, first=first, times=8)
    sentences = [one for one in found_in(n) if one.pattern is pattern]
    assert sentences
    for one in sentences:
        begun = making.scene(n, GRID).periods.index(one.periods[0])
        assert first <= begun <= 35
        assert one.observed == n[list(one.units), begun:].sum()
        assert one.growth > 2


def test_one_month_of_18_is_never_told_however_much_it_holds():
    # Of the orders that months may have, 1 in 18 has it last: more than the 5 of 100 searches that may tell anything.
    assert found_in(hot([CORNER], periods=18, first=17, times=30)) == []
    assert found_in(hot([CORNER], periods=18, first=16, times=8))


def test_what_began_more_than_a_year_ago_is_not_new():
    begun_then, later = (found_in(hot([CORNER], periods=36, first=first, times=8)) for first in (22, 26))
    assert not [one for one in begun_then if one.pattern in LATELY]
    assert [one.pattern for one in later] == [Pattern.CONSECUTIVE]


def test_a_lasting_hot_spot_whose_share_doubled_is_told_from_when_it_did():
    corner, rng = list(WIDE_CORNER), np.random.default_rng(1)
    n = rng.poisson(6, (144, 36))
    n[corner] = rng.poisson(24, (4, 36))
    assert [one.pattern for one in found_in(n, WIDE)] == [Pattern.PERSISTENT]
    n[corner, -18:] = rng.poisson(48, (4, 18))
    (found,) = (one for one in found_in(n, WIDE) if one.pattern is Pattern.INTENSIFYING)
    assert set(corner) <= set(found.units)
    assert found.periods == making.scene(n, WIDE).periods[-18:]
    assert found.observed == n[list(found.units), -18:].sum()
    assert 1.5 < found.growth < 2


def test_a_hot_spot_that_grows_only_as_everything_does_is_told_as_lasting():
    n = np.random.default_rng(1).poisson(np.where(np.arange(36) < 18, 4, 12), (64, 36))
    n[list(CORNER)] *= 5
    assert [one.pattern for one in found_in(n)] == [Pattern.PERSISTENT]


def test_areas_that_touch_are_dated_by_the_one_that_holds_most():
    n = making.even(GRID, 36, each=5)
    n[np.ix_((0, 8), np.arange(31, 36))] *= 6
    n[np.ix_((2, 3), np.arange(33, 36))] *= 10
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
    n = np.random.default_rng(1).poisson(6, (144, 24))
    n[[52, 54, 76, 78]] *= 5  # all of them touch 65, and no other area touches more than two of them
    n[list(WIDE_CORNER)] *= 5
    sentences = found_in(n, WIDE)
    assert sentences
    assert all(one.ratio >= patterns.HELD for one in sentences)
    monkeypatch.setattr(patterns, "HELD", 0.0)
    left_out = [one for one in found_in(n, WIDE) if one not in sentences]
    assert [one.units for one in left_out] == [(65,)]
    assert left_out[0].ratio < 1


def test_fewer_than_ten_incidents_are_never_told():
    every = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        n = rng.poisson(0.35, (144, 36))
        n[np.ix_(WIDE_CORNER, (34, 35))] = rng.poisson(5, (4, 2))
        every += found_in(n, WIDE)
    assert every
    assert all(one.observed >= 10 for one in every)


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
    n[np.ix_(CORNER, np.arange(36, 48))] += 6
    sentences = found_in(n, missing=("2021-05",))
    assert sentences
    for one in sentences:
        assert not {"2021-04", "2021-05", "2021-06"} & set(one.periods)
        where = [making.scene(n, GRID).periods.index(period) for period in one.periods]
        assert one.observed == n[list(one.units)][:, where].sum()


def test_thin_data_are_refused_in_one_sentence():
    with pytest.raises(ThinDataError, match="at least 10 steps of time with figures, and there are 9"):
        found_in(making.even(GRID, 9))
