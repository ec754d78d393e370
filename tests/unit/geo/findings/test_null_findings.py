"""In places where nothing happens, hardly anything is found."""

import numpy as np
import pytest

from geo.findings import changes, clusters, patterns
from geo.statistics.emerging import Pattern
from tests.unit.geo.findings import making

GRID = making.grid(8)
PLACES, PLACES_WHEN_THOROUGH = 40, 100


@pytest.fixture(scope="module")
def found(thorough):
    """Find everything in each of many places with fixed means, half of them with areas of all sizes."""
    every = []
    for seed in range(PLACES_WHEN_THOROUGH if thorough else PLACES):
        rng = np.random.default_rng(seed)
        mean = 6 * rng.lognormal(-0.3, 0.8, 64) if seed % 2 else np.full(64, 6.0)
        scene = making.scene(rng.poisson(mean[:, np.newaxis], (64, 48)), GRID)
        every.append(
            {
                "clusters": clusters.find(scene, ("violence",)),
                **{f"changes {n}": changes.find(scene, "violence", scene.periods[-n:]) for n in (1, 3, 12)},
                "patterns": patterns.find(scene, "violence"),
            }
        )
    return every


def rate(found, what, named=tuple(Pattern)):
    return sum(any(one.pattern in named for one in place[what]) for place in found) / len(found)


def test_a_cluster_is_found_in_one_place_of_twenty_or_fewer(found):
    assert rate(found, "clusters") <= 0.05


@pytest.mark.parametrize("months", [1, 3, 12])
def test_a_change_is_found_in_about_one_place_of_twenty_or_fewer(found, months):
    assert rate(found, f"changes {months}") <= 0.08


def test_hardly_a_new_hot_spot_is_found(found):
    assert rate(found, "patterns", (Pattern.NEW, Pattern.CONSECUTIVE)) <= 0.03
