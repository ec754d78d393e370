"""Moderated dispersion: an area's own scatter, drawn towards that of all, the more so the less they differ."""

import numpy as np
import pytest

from geo.statistics.moderated_dispersion import moderated_dispersion

AREAS = 60


def dispersion(counts):
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / max(counts.sum(), 1)
    return moderated_dispersion(counts[:, :, None], expected[:, :, None])[:, 0]


def counts(shape, seed=0, periods=36, mean=12.0):
    rng = np.random.default_rng(seed)
    gamma = rng.gamma(shape, 1 / shape, (AREAS, periods)) if shape else 1.0
    return rng.poisson(mean * gamma * np.ones((AREAS, periods))).astype(float)


def test_where_chance_is_all_there_is_no_area_is_said_to_scatter_much():
    found = dispersion(counts(None))
    assert found.min() >= 1
    assert found.max() < 1.5


def test_areas_that_scatter_alike_get_about_the_figure_they_were_made_with():
    found = dispersion(counts(4, periods=120))  # variance over mean of a negative binomial: 1 + 12 / 4
    assert np.median(found) == pytest.approx(4, rel=0.2)
    own = np.diff(counts(4, periods=120), axis=1).var(axis=1) / 2 / 12
    assert found.std() < 0.6 * own.std()


def test_an_area_of_bursts_among_calm_ones_keeps_most_of_its_own_and_is_drawn_in():
    made = counts(None)
    made[3] = np.where(np.arange(36) % 6, 4, 52)
    moves = np.diff(made[3])
    found = dispersion(made)
    assert 0.6 * (moves**2).mean() / 2 / made[3].mean() < found[3] < (moves**2).mean() / 2 / made[3].mean()
    assert np.delete(found, 3).max() < 3


def test_a_change_that_lasts_is_no_scatter():
    made = counts(None)
    made[3] = np.random.default_rng(2).poisson(np.where(np.arange(36) < 18, 12, 48))
    assert dispersion(made)[3] < 2.5
    assert made[3].var() / made[3].mean() > 10


def test_each_series_is_judged_by_itself():
    calm, wild = counts(None), counts(2)
    both = np.stack([calm, wild], axis=2)
    expected = np.stack([np.outer(one.sum(axis=1), one.sum(axis=0)) / one.sum() for one in (calm, wild)], axis=2)
    found = moderated_dispersion(both, expected)
    assert found[:, 0] == pytest.approx(dispersion(calm))
    assert found[:, 1] == pytest.approx(dispersion(wild))


@pytest.mark.parametrize(
    "made", [np.zeros((5, 12)), np.ones((5, 2)), np.zeros((0, 12))], ids=["none", "short", "empty"]
)
def test_where_nothing_can_be_seen_nothing_is_allowed_for(made):
    assert dispersion(made).tolist() == [1.0] * len(made)


def test_an_area_without_incidents_has_no_figure_of_its_own_and_is_no_error():
    made = counts(4)
    made[7] = 0
    assert np.isfinite(dispersion(made)).all()
    assert dispersion(made)[7] >= 1
