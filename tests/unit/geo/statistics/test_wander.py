"""Wander: how far places usually move, by what they hold; those that truly changed count for nothing."""

import numpy as np
import pytest

from geo.statistics.wander import beyond_chance, wander

GROUPS, COMPARISONS = 300, 40
EXPECTED = np.random.default_rng(0).lognormal(3.5, 0.8, GROUPS)[:, None] * np.ones((1, COMPARISONS))


def scores(drift, seed=1):
    return np.random.default_rng(seed).normal(0, np.sqrt(1 + drift * EXPECTED))


def test_scores_that_spread_as_chance_has_it_show_no_wander():
    assert wander(scores(0.0), EXPECTED) == pytest.approx(0, abs=0.002)


@pytest.mark.parametrize("drift", [0.01, 0.05])
def test_wander_is_what_scores_were_made_with(drift):
    assert wander(scores(drift), EXPECTED) == pytest.approx(drift, rel=0.2)


@pytest.mark.parametrize("groups", [60, GROUPS])
def test_the_largest_that_truly_changed_count_for_nothing(groups):
    changed, expected = scores(0.0)[:groups], EXPECTED[:groups]
    changed[np.argsort(-expected[:, 0])[: groups // 30]] = -6
    assert wander(changed, expected) < 0.005


def test_of_few_groups_and_of_small_numbers_nothing_is_said():
    wild = 3 * scores(0.0)
    assert wander(wild[:9], EXPECTED[:9]) == 0
    assert wander(wild, np.full(EXPECTED.shape, 2.9)) == 0


def test_only_what_is_clearly_more_than_chance_makes_it_look_is_kept():
    by_chance = [0.01, 0.03]  # 0.02, give or take 0.01
    assert beyond_chance(0.0, by_chance) == 0
    assert beyond_chance(0.03, by_chance) == pytest.approx(0)
    assert beyond_chance(0.04, by_chance) == pytest.approx(0.02 * (1 - 0.25))
    assert beyond_chance(0.5, by_chance) == pytest.approx(0.48, rel=0.001)
