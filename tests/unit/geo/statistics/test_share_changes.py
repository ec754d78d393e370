"""Changes of shares: scores as written, and p as often as chance tells as much."""

import numpy as np
import pytest
from scipy.sparse import csr_array, eye_array

from geo.statistics.moderated_dispersion import moderated_dispersion
from geo.statistics.share_changes import FALL, RISE, Contrast, latest, share_changes

AREAS, PERIODS = 30, 24
EACH = csr_array(eye_array(AREAS, dtype=np.float32))
LAST = latest([3], PERIODS)


def even(seed=0, mean=12.0):
    return np.random.default_rng(seed).poisson(mean, (AREAS, PERIODS)).astype(float)


def changed(at=4, times=3.0, seed=0):
    counts = even(seed)
    counts[at, -3:] = np.round(counts[at, -3:] * times)
    return counts


def test_windows_are_set_against_all_periods_before():
    assert latest([1, 2], 5) == [Contrast((4,), (0, 1, 2, 3)), Contrast((3, 4), (0, 1, 2))]


def test_figures_are_those_of_the_group_and_of_all_others():
    counts = changed()
    pair = csr_array(np.isin(np.arange(AREAS), [4, 7])[None].astype(np.float32))
    found = share_changes(counts, pair, LAST, seed=1, replications=19)
    now, then = counts[:, -3:].sum(axis=1), counts[:, :-3].sum(axis=1)
    inside = [4, 7]
    elsewhere = (now.sum() - now[inside].sum()) / (then.sum() - then[inside].sum())
    assert found.observed.item() == now[inside].sum()
    assert found.elsewhere.item() == pytest.approx(elsewhere, rel=1e-5)
    assert found.expected.item() == pytest.approx(elsewhere * then[inside].sum(), rel=1e-5)


def test_a_score_is_the_difference_of_square_roots_in_standard_deviations():
    found = share_changes(changed(), EACH, LAST, seed=1, ways=(RISE, FALL), replications=19)
    apart = 2 * (np.sqrt(found.observed) - np.sqrt(found.expected))
    expected = apart / np.sqrt((1 + found.elsewhere) * found.dispersion)
    told = found.score != 0
    assert told.any()
    assert found.score[told] == pytest.approx(expected[told], rel=1e-4)
    assert (found.dispersion >= 1).all()


def test_dispersion_of_a_group_is_that_of_its_areas_by_what_they_hold():
    counts = even()
    counts[3] *= np.where(np.arange(PERIODS) % 2, 2, 0)
    usual = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    own = moderated_dispersion(counts[:, :, None], usual[:, :, None])[:, 0]
    assert own[3] > 3 * np.median(own)
    groups = csr_array(np.array([np.isin(np.arange(AREAS), at) for at in ([3], [3, 4], [5])], dtype=np.float32))
    found = share_changes(counts, groups, [Contrast((23,), (11,))], seed=1, replications=19)
    held = counts.sum(axis=1)
    both = (own[3] * held[3] + own[4] * held[4]) / (held[3] + held[4])
    assert found.dispersion[:, 0] / found.dispersion[2, 0] * own[5] == pytest.approx([own[3], both, own[5]], rel=0.15)


def test_what_changed_is_unlikely_and_the_rest_is_not():
    found = share_changes(changed(), EACH, LAST, seed=1)
    assert found.p[4, 0] == 0.001
    assert (np.delete(found.p[:, 0], 4) > 0.05).all()


def test_rises_and_falls_are_told_only_where_asked_for():
    counts = changed(times=0.1)
    assert share_changes(counts, EACH, LAST, seed=1).p[4, 0] == 1
    fell = share_changes(counts, EACH, LAST, seed=1, ways=(FALL,))
    assert fell.score[4, 0] < 0
    assert fell.p[4, 0] == 0.001
    both = share_changes(counts, EACH, LAST, seed=1, ways=(RISE, FALL))
    assert both.p[4, 0] == 0.001


def test_groups_that_are_left_out_are_not_told_and_make_the_others_no_less_likely():
    counts, only = changed(), np.arange(AREAS) == 5
    found = share_changes(counts, EACH, LAST, seed=1, only=only)
    assert (found.p[~only] == 1).all()
    assert (found.score[~only] == 0).all()
    all_of_them = share_changes(counts, EACH, LAST, seed=1)
    assert found.p[5, 0] <= all_of_them.p[5, 0]


def test_nothing_is_told_of_fewer_than_ten_incidents():
    counts = even(mean=0.4)
    counts[4, -3:] = 3
    assert share_changes(counts, EACH, LAST, seed=1).p[4, 0] == 1
    counts[4, -1] = 4
    assert share_changes(counts, EACH, LAST, seed=1).p[4, 0] < 1


def test_where_nothing_happened_nothing_is_told():
    found = share_changes(np.zeros((AREAS, PERIODS)), EACH, LAST, seed=1, replications=19)
    assert (found.p == 1).all()
    assert not np.isnan(found.score).any()


def test_where_nothing_is_going_on_five_of_a_hundred_searches_tell_something():
    told = [(share_changes(even(seed), EACH, LAST, seed=seed, replications=99).p <= 0.05).any() for seed in range(100)]
    assert np.mean(told) <= 0.12  # three standard errors above


def bursting(seed):
    rng = np.random.default_rng(seed)
    mean = np.where(rng.random((AREAS, PERIODS)) < 0.02, 48.0, 6.0)
    return rng.poisson(mean).astype(float)


def wandering(seed):
    rng = np.random.default_rng(seed)
    return rng.poisson(40 * np.exp(np.cumsum(rng.normal(0, 0.03, (AREAS, PERIODS)), axis=1))).astype(float)


@pytest.mark.parametrize("world", [bursting, wandering])
def test_months_of_bursts_and_slow_moves_are_allowed_for(world):
    told = [
        (share_changes(world(seed), EACH, latest([1, 3, 6], PERIODS), seed=seed, replications=99).p <= 0.05).any()
        for seed in range(40)
    ]
    assert np.mean(told) <= 0.2  # thirty areas tell little of how places wander
