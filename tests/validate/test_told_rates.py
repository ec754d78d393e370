"""The heart of ``make validate told power``: made-up worlds, in which searches stay calm and tell what was planted.

Seeds are fixed. A told rate may be as far above a tenth as one time in a hundred where it is a tenth in truth: 6 of 20.
What was planted may be told as much more seldom than in four worlds of five: in 12 of 20.
"""

from functools import cache

import numpy as np
import pytest
from scipy.stats import binom

from tests.validate.made_up import PROCESSES, grid, made_world
from tests.validate.planting import PLANTS, in_made_up
from tests.validate.power import LEAST, is_told
from tests.validate.told import CONSISTENT, KINDS, told
from tests.validate.told_rates import SURE, allowed

WORLDS = range(20)
SITES = {"a county": (grid(8), None), "around a school": (site := grid(11), site.schools["middle"])}
PLANTED = {plant.name: plant for plant in PLANTS}


@cache
def searches(process: str, site: str) -> list[dict[str, int]]:
    """What searches of made-up worlds tell."""
    where, school = SITES[site]
    return [told(made_world(where, PROCESSES[process], np.random.default_rng(seed)), school) for seed in WORLDS]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != CONSISTENT])
@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("process", PROCESSES)
def test_searches_of_a_world_where_nothing_is_going_on_seldom_tell_anything(process, site, kind):
    telling = sum(found[kind] > 0 for found in searches(process, site))
    assert telling <= allowed(len(WORLDS)) == 6


# Only what the best test there could be tells in nineteen worlds of twenty (``attainable``), where chance is all there
# is. Among bursts and drift it would tell 120 that are twice as many as well; ours does so in 11 worlds of 20, which
# falls short of four in five: ``make validate power`` prints it as missed.
@pytest.mark.parametrize(
    ("process", "name"),
    [
        ("season only", "cluster, 60 expected in 3 months"),
        ("season only", "step 12 months ago"),
        ("season only", "trend, 20 a month before"),
        ("season only", "trend in a hot area"),
    ],
)
def test_what_was_planted_is_told(process, name):
    where, school = SITES["around a school"]
    worlds = (
        in_made_up(where, PROCESSES[process], PLANTED[name], school, np.random.default_rng(seed)) for seed in WORLDS
    )
    assert sum(is_told(*one, school) for one in worlds) >= binom.ppf(SURE, len(WORLDS), LEAST) == 12
