"""Space-time scan: what was planted is found, what chance, bursts and rounding make is seldom, the thin is refused."""

import numpy as np
import pytest

from geo.errors import ThinDataError
from geo.statistics.scan import Cluster, scan

SIDE = 8
AREAS = SIDE * SIDE
GRID = 1_000.0 * np.indices((SIDE, SIDE)).reshape(2, -1).T + np.random.default_rng(0).uniform(-300, 300, (AREAS, 2))
RESIDENTS = np.linspace(1_000, 2_000, AREAS)
PLANTED = tuple(np.argsort(np.hypot(*(GRID - GRID[27]).T))[:3])  # in the middle
PERIODS = 24


def place(seed=0, rate=6.0, more=4.0, last=2):
    """Make counts, with more than usual in the planted areas in the last periods."""
    usual = np.repeat(RESIDENTS[:, None] / RESIDENTS.mean() * rate, PERIODS, axis=1)
    usual[list(PLANTED), PERIODS - last :] *= more
    return np.random.default_rng(seed).poisson(usual).astype(float)


def scanned(counts, points=GRID, **how):
    return list(scan(counts, points, **how).clusters)


def rounded(counts, seed=0):
    return 5 * np.floor(counts / 5 + np.random.default_rng(seed).random(counts.shape))


def test_planted_cluster_is_found_with_its_areas_and_its_periods():
    first, *_ = scanned(place(), seed=1)
    assert set(first.areas) == set(PLANTED)
    assert first.periods == (22, 23)
    assert first.p <= 0.01  # 1 of 276 orders of 24 months has these two in its end
    assert first.centre == first.areas[0]
    assert first.ratio == first.observed / first.expected > 2.5


def test_observed_is_what_the_cluster_holds_and_expected_what_it_held_moved_as_all_others():
    counts = place()
    first, *_ = scanned(counts, seed=1)
    inside = np.isin(np.arange(AREAS), first.areas)
    now, before = counts[:, -2:].sum(axis=1), counts[:, :-2].sum(axis=1)
    assert first.observed == now[inside].sum()
    moved = now[~inside].sum() / before[~inside].sum()
    assert first.expected == pytest.approx(before[inside].sum() * moved, rel=1e-5)


def test_same_seed_gives_the_same():
    def found(seed):
        return scanned(place(), significance=1.0, replications=199, seed=seed)

    assert found(1) == found(1)
    assert [one.p for one in found(1)] != [one.p for one in found(2)]


def test_order_of_the_areas_changes_nothing():
    shuffled = np.random.default_rng(3).permutation(AREAS)
    counts = place()
    found = scanned(counts, significance=1.0, seed=1)
    again = scanned(counts[shuffled], GRID[shuffled], significance=1.0, seed=1)
    assert len(found) > 1
    assert [tuple(shuffled[list(one.areas)]) for one in again] == [one.areas for one in found]
    assert [(one.p, one.observed, one.periods) for one in again] == [
        (one.p, one.observed, one.periods) for one in found
    ]


def test_clusters_share_no_area_and_come_most_likely_first():
    counts = place()
    counts[[0, 1, 8], -1] += 20
    found = scanned(counts, significance=1.0, seed=1)
    areas = [area for one in found for area in one.areas]
    assert len(areas) == len(set(areas))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert [one.p for one in found] == sorted(one.p for one in found)
    assert all(one.observed >= 10 for one in found)


def test_only_what_chance_rarely_makes_is_given():
    everything = scanned(place(), significance=1.0, seed=1)
    assert scanned(place(), seed=1) == [one for one in everything if one.p <= 0.05]
    assert any(one.p > 0.05 for one in everything)


def test_a_cluster_that_is_hardly_more_than_expected_is_left_out():
    everything = scanned(place(), significance=1.0, times=1.5, seed=1)
    assert everything
    assert all(one.ratio >= 1.5 for one in everything)


def test_unknown_periods_are_left_out_of_windows_and_of_what_is_usual():
    counts = place()
    with_gaps = np.insert(counts, [3, 23, 24], np.nan, axis=1)
    with_gaps[0, 3] = 1_000.0  # known in one area only
    whole, gaps = scanned(counts, seed=1), scanned(with_gaps, seed=1)
    assert [(one.areas, one.p, one.observed) for one in gaps] == [(one.areas, one.p, one.observed) for one in whole]
    assert whole[0].periods == (22, 23)
    assert gaps[0].periods == (23, 25)


def test_what_was_much_already_is_no_cluster():
    assert scanned(place(last=PERIODS), GRID, seed=1) == []


def test_a_rise_everywhere_is_no_cluster():
    usual = np.where(np.arange(PERIODS) < PERIODS - 3, 6.0, 18.0) * RESIDENTS[:, None] / RESIDENTS.mean()
    places = [np.random.default_rng(seed).poisson(usual).astype(float) for seed in range(12)]
    assert sum(bool(scanned(one, seed=1, replications=199)) for one in places) <= 1


def test_a_month_of_bursts_is_no_cluster_where_bursts_are_usual():
    rng = np.random.default_rng(4)
    counts = place(more=1)
    counts[rng.random(counts.shape) < 0.02] *= 6
    counts[27, -1] = 60
    assert scanned(counts, seed=1) == []


def test_what_rounding_alone_makes_is_no_cluster():
    places = [rounded(place(seed, 1.0, 1), seed) for seed in range(12)]
    assert sum(bool(scanned(one, seed=1, replications=199)) for one in places) <= 2


def test_planted_cluster_is_found_in_rounded_counts():
    first, *_ = scanned(rounded(place(rate=8.0)), GRID, seed=1)
    assert set(first.areas) & set(PLANTED)
    assert first.observed % 5 == 0


def test_radius_keeps_clusters_small():
    found = scanned(place(), seed=1, radius=400.0, significance=1.0)
    assert found
    assert all(len(one.areas) == 1 for one in found)


def test_places_without_clusters_are_seldom_flagged():
    found = [scanned(place(seed, more=1), GRID, seed=99, replications=199) for seed in range(20)]
    assert sum(map(bool, found)) <= 3


@pytest.mark.parametrize(
    ("areas", "columns", "told"),
    [
        (19, 24, "at least 20 areas, and there are 19"),
        (AREAS, 17, "at least 12 periods before the last 6, and there are 11"),
        (AREAS, 5, "at least 12 periods before the last 6, and there are 0"),
    ],
)
def test_thin_data_are_refused_in_one_sentence(areas, columns, told):
    with pytest.raises(ThinDataError, match=told) as refused:
        scanned(place()[:areas, -columns:], GRID[:areas], seed=1)
    assert str(refused.value).count(".") == 1


def test_few_incidents_are_refused_without_saying_how_few():
    counts = place()
    counts[:, -6:] = 0
    counts[0, -1] = 9
    with pytest.raises(ThinDataError, match=r"at least 10 incidents in the last 6 periods, and there are fewer;"):
        scanned(counts, seed=1)


def test_counts_under_none_are_refused():
    counts = place()
    counts[3, 4] = -1
    with pytest.raises(ValueError, match="0 or more"):
        scanned(counts, seed=1)


def test_a_cluster_where_nothing_was_expected_has_an_infinite_ratio():
    assert Cluster((0,), (1,), observed=12, expected=0.0, score=3.0, p=0.001).ratio == float("inf")
