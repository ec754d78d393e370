import numpy as np
import pytest

from geo.errors import ThinDataError
from geo.statistics.scan import scan

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


def rounded(counts, seed=0):
    return 5 * np.floor(counts / 5 + np.random.default_rng(seed).random(counts.shape))


BY = pytest.mark.parametrize("residents", [RESIDENTS, None], ids=["by residents", "by permutation"])


@BY
def test_planted_cluster_is_found_with_its_areas_and_its_periods(residents):
    first, *_ = scan(place(), GRID, residents=residents, seed=1)
    assert set(first.areas) == set(PLANTED)
    assert first.periods == (22, 23)
    assert first.p == 0.001
    assert first.centre == first.areas[0]
    assert first.ratio == first.observed / first.expected > 2.5


def test_expected_by_residents_is_their_share_of_the_windows_cases():
    counts = place()
    first, *_ = scan(counts, GRID, residents=RESIDENTS, seed=1)
    share = RESIDENTS[list(PLANTED)].sum() / RESIDENTS.sum()
    assert first.expected == pytest.approx(counts[:, -6:].sum() * share * 2 / 6)


def test_expected_by_permutation_is_zone_times_window_by_all():
    counts = place()
    first, *_ = scan(counts, GRID, seed=1)
    zone, window = counts[list(PLANTED)].sum(), counts[:, -2:].sum()
    assert first.expected == pytest.approx(zone * window / counts.sum())


@BY
def test_counts_by_period_are_those_of_the_cluster_and_make_up_what_was_observed(residents):
    counts = place()
    first, *_ = scan(counts, GRID, residents=residents, seed=1)
    assert first.by_period == tuple(counts[list(first.areas)][:, list(first.periods)].sum(axis=0).astype(int))
    assert first.observed == sum(first.by_period)


@BY
def test_same_seed_gives_the_same_whatever_the_threads(residents):
    def found(**how):
        return scan(place(), GRID, residents=residents, significance=1.0, replications=199, **how)

    assert found(seed=1, threads=1) == found(seed=1, threads=3)
    assert [one.p for one in found(seed=1)] != [one.p for one in found(seed=2)]


@BY
def test_order_of_the_areas_changes_nothing(residents):
    shuffled = np.random.default_rng(3).permutation(AREAS)
    counts = place()
    there = None if residents is None else residents[shuffled]
    found = scan(counts, GRID, residents=residents, significance=1.0, seed=1)
    again = scan(counts[shuffled], GRID[shuffled], residents=there, significance=1.0, seed=1)
    assert len(found) > 1
    assert [tuple(shuffled[list(one.areas)]) for one in again] == [one.areas for one in found]
    assert [(one.p, one.observed, one.periods) for one in again] == [
        (one.p, one.observed, one.periods) for one in found
    ]


@BY
def test_clusters_share_no_area_and_come_most_likely_first(residents):
    counts = place()
    counts[[0, 1, 8], -1] += 20
    found = scan(counts, GRID, residents=residents, significance=1.0, seed=1)
    areas = [area for one in found for area in one.areas]
    assert len(areas) == len(set(areas))
    assert [one.statistic for one in found] == sorted((one.statistic for one in found), reverse=True)
    assert [one.p for one in found] == sorted(one.p for one in found)
    assert sum(one.p <= 0.05 for one in found) == 2


@BY
def test_only_what_chance_rarely_makes_is_given(residents):
    everything = scan(place(), GRID, residents=residents, significance=1.0, seed=1)
    assert scan(place(), GRID, residents=residents, seed=1) == [one for one in everything if one.p <= 0.05]
    assert any(one.p > 0.05 for one in everything)


def test_unknown_periods_are_left_out_of_windows_and_of_what_is_usual():
    counts = place()
    with_gaps = np.insert(counts, [3, 23, 24], np.nan, axis=1)
    with_gaps[0, 3] = 1_000.0  # known in one area only
    whole, gaps = scan(counts, GRID, seed=1), scan(with_gaps, GRID, seed=1)
    assert [(one.areas, one.p, one.by_period) for one in gaps] == [(one.areas, one.p, one.by_period) for one in whole]
    assert whole[0].periods == (22, 23)
    assert gaps[0].periods == (23, 25)


def test_what_was_much_already_is_found_by_residents_and_not_by_permutation():
    always = place(last=PERIODS)
    assert set(scan(always, GRID, residents=RESIDENTS, seed=1)[0].areas) == set(PLANTED)
    assert scan(always, GRID, seed=1) == []


@BY
def test_a_rise_everywhere_is_no_cluster(residents):
    counts = place(more=1)
    counts[:, -3:] *= 3
    assert all(len(one.periods) > 1 or residents is None for one in scan(counts, GRID, residents=residents, seed=1))
    assert scan(place(more=1), GRID, residents=residents, seed=1) == []


@BY
def test_what_rounding_alone_makes_is_no_cluster(residents):
    places = [rounded(place(seed, 1.0, 1), seed) for seed in range(20)]
    how = {"residents": residents, "seed": 1, "replications": 99}
    assert sum(bool(scan(one, GRID, rounded_to=5, **how)) for one in places) <= 3
    assert sum(bool(scan(one, GRID, **how)) for one in places) > 15


@BY
def test_planted_cluster_is_found_in_rounded_counts(residents):
    first, *_ = scan(rounded(place(rate=8.0)), GRID, residents=residents, seed=1, rounded_to=5)
    assert set(first.areas) & set(PLANTED)
    assert first.observed % 5 == 0


def test_radius_keeps_clusters_small():
    found = scan(place(), GRID, seed=1, radius=400.0, significance=1.0)
    assert found
    assert all(len(one.areas) == 1 for one in found)


def test_progress_is_told_up_to_the_end():
    told = []
    scan(place(), GRID, seed=1, replications=250, progress=told.append)
    assert told == pytest.approx([1 / 3, 2 / 3, 1])


@BY
def test_places_without_clusters_are_seldom_flagged(residents):
    found = [scan(place(seed, more=1), GRID, residents=residents, seed=99, replications=199) for seed in range(20)]
    assert sum(map(bool, found)) <= 3


@pytest.mark.parametrize(
    ("areas", "columns", "residents", "told"),
    [
        (19, 24, None, "at least 20 areas, and there are 19"),
        (AREAS, 17, None, "at least 12 periods before the last 6, and there are 11"),
        (AREAS, 5, RESIDENTS, "needs 6 periods with counts, and there are 5"),
        (AREAS, 5, None, "needs 6 periods with counts, and there are 5"),
        (AREAS, 24, np.where(RESIDENTS < 1_050, [0, np.nan] * (AREAS // 2), RESIDENTS), "4 of 64 have none"),
    ],
)
def test_thin_data_are_refused_in_one_sentence(areas, columns, residents, told):
    with pytest.raises(ThinDataError, match=told) as refused:
        scan(place()[:areas, -columns:], GRID[:areas], residents=residents, seed=1)
    assert str(refused.value).count(".") == 1


def test_few_incidents_are_refused_without_saying_how_few():
    counts = place()
    counts[:, -6:] = 0
    counts[0, -1] = 9
    with pytest.raises(ThinDataError, match=r"at least 10 incidents in the last 6 periods, and there are fewer;"):
        scan(counts, GRID, seed=1)


@pytest.mark.parametrize(("value", "step"), [(0.5, 1), (6.0, 5), (-1.0, 1)])
def test_counts_that_cannot_be_are_refused(value, step):
    counts = rounded(place())
    counts[3, 4] = value
    with pytest.raises(ValueError, match=f"whole multiples of {step}"):
        scan(counts, GRID, seed=1, rounded_to=step)
