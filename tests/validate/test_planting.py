"""What is planted is there: as many as are said, from when it is said, in neighbouring areas near the school."""

from dataclasses import replace

import numpy as np
import pytest

from tests.validate.attainable import attainable
from tests.validate.made_up import LIVELY, SEASON_ONLY, grid
from tests.validate.planting import HARM, NEAR, PLANTS, in_made_up

SITE = grid(11)
SCHOOL = SITE.schools["middle"]
FLAT = replace(SEASON_ONLY, season=0.0)
PLANTED = {plant.name: plant for plant in PLANTS}


@pytest.mark.parametrize("plant", PLANTS, ids=PLANTED)
def test_planted_areas_hold_what_is_said(plant):
    made = [in_made_up(SITE, FLAT, plant, SCHOOL, np.random.default_rng(seed)) for seed in range(8)]
    series = np.array([world.n[areas, :, HARM].sum(axis=0) for world, areas in made])
    before, after = series[:, : -plant.months].mean(), series[:, -plant.months :].sum(axis=1).mean()
    assert before == pytest.approx(plant.usual, rel=0.12)
    assert after == pytest.approx((plant.usual * plant.course).sum(), rel=0.12)


def test_planted_areas_are_neighbours_near_the_school():
    for seed in range(8):
        world, areas = in_made_up(SITE, FLAT, PLANTS[0], SCHOOL, np.random.default_rng(seed))
        assert len(set(areas.tolist())) == 3
        assert all(world.graph[areas[0], other] for other in areas[1:])
        middle = world.areas.metres.centroid.iloc[areas[0]]
        assert np.hypot(middle.x - SCHOOL[0], middle.y - SCHOOL[1]) <= NEAR


def test_bursts_and_many_places_make_what_is_planted_harder_to_tell():
    plant = PLANTED["cluster, 40 expected in 3 months"]
    assert attainable(LIVELY, plant, 33) < attainable(SEASON_ONLY, plant, 33) - 0.1
    assert attainable(LIVELY, plant, 284) < attainable(LIVELY, plant, 33) - 0.1
