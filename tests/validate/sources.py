"""Sources: the worlds that searches are tried in, by name: nulls of real counts, made-up ones, and the real one."""

from functools import cache
from typing import Final

import numpy as np

from tests.validate import made_up, south_yorkshire
from tests.validate.around_school import CHANGE_TOUCHED
from tests.validate.nulls import NULLS
from tests.validate.told import CONSISTENT
from tests.validate.world import World

REAL: Final = "as it is"
POINTS: Final = "points' months shuffled"
MADE_SIDE: Final = 20  # of a made-up county, where the real one is absent

# Lasting places stay when months are shuffled or thinned, and are there in made-up worlds: they are true there. The
# real totals of months move from year to year, and so do areas near a school: a change that is told there is true.
_NOT_JUDGED: Final = {
    CONSISTENT: {"months shuffled", "Poisson-thinned", *made_up.PROCESSES},
    CHANGE_TOUCHED: {"Poisson-thinned", "areas shuffled"},
}


def nulls_there() -> tuple[str, ...]:
    """Return the names of the nulls that can be made here: of real counts only where they are."""
    real = (*NULLS, POINTS) if south_yorkshire.there() else ()
    return (*real, *made_up.PROCESSES)


def judged(null: str, kind: str) -> bool:
    """Return whether what is told of a kind in a null is told by chance."""
    return null not in _NOT_JUDGED.get(kind, ())


def world_of(name: str, seed: int) -> World:
    """Return one world of a null, or the real one."""
    site, rng = site_there(), np.random.default_rng(seed)
    if name == REAL:
        return site
    if name in NULLS:
        return site.holding(NULLS[name](site.n, site.known, rng))
    return made_up.made_world(site, made_up.PROCESSES[name], rng)


@cache
def site_there() -> World:
    """Return the areas to look in: the real ones where they are."""
    return south_yorkshire.world() if south_yorkshire.there() else made_up.grid(MADE_SIDE)
