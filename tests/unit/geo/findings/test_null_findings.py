"""In places where nothing happens, a search tells anything of one kind in about 5 of 100 of them, whatever it seeks."""

import numpy as np
import pytest

from geo.findings import changes, clusters, patterns
from geo.findings.told import Family
from tests.unit.geo.findings import making

GRID = making.grid(8)
PLACES, PLACES_WHEN_THOROUGH = 40, 100


@pytest.fixture(scope="module")
def scenes(thorough):
    """Look at many places with fixed means, half of them with areas of all sizes."""
    made = []
    for seed in range(PLACES_WHEN_THOROUGH if thorough else PLACES):
        rng = np.random.default_rng(seed)
        mean = 6 * rng.lognormal(-0.3, 0.8, 64) if seed % 2 else np.full(64, 6.0)
        made.append(making.scene(rng.poisson(mean[:, np.newaxis], (64, 48)), GRID))
    return made


@pytest.fixture(scope="module")
def hot_spots(scenes):
    return [patterns.find(scene, "violence") for scene in scenes]


def rate(searches, family):
    """Return the part of the searches that tell anything of a kind."""
    return np.mean([any(making.told_of([one]) for one in each if one.family is family) for each in searches])


def test_a_cluster_is_found_in_about_one_place_of_twenty_or_fewer(scenes):
    assert rate([clusters.find(scene, ("violence",)) for scene in scenes], Family.CLUSTER) <= 0.1


@pytest.mark.parametrize("months", [1, 3, 12])
def test_a_change_is_found_in_about_one_place_of_twenty_or_fewer(scenes, months):
    searches = [changes.find(scene, "violence", scene.periods[-months:]) for scene in scenes]
    assert rate(searches, Family.CHANGE) <= 0.1


@pytest.mark.parametrize("kind", [Family.NEW, Family.GROWN, Family.OVER, Family.LASTING])
def test_a_hot_spot_of_one_kind_is_found_in_about_one_place_of_twenty_or_fewer(hot_spots, kind):
    assert rate(hot_spots, kind) <= 0.1
