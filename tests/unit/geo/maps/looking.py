"""Views to measure: a grid of areas whose counts, protection and places apart a test chooses."""

from dataclasses import replace

import numpy as np

from geo.areas.contiguity import graph_of
from geo.counts.filters import Choice
from geo.maps.measures import MeasureRequest, measured_by
from geo.release.kinds import Open
from geo.views.scene import scene_of
from geo.views.view import view_counts
from tests.unit.geo.findings import making

GRID = making.grid(6)
AREAS = len(GRID.codes)
MONTHS = 36
HARM = ("violence",)


def scene(n, areas=GRID, elsewhere=(), **of_cube):
    """Look at counts by area × month, as of the last month; ``elsewhere`` are the units that are no single place."""
    cube = making.cube_of({HARM[0]: n}, areas, **of_cube)
    view = view_counts(Open(cube), areas, areas.level)
    apart = replace(view, elsewhere=np.isin(np.arange(len(areas.codes)), elsewhere))
    return scene_of(apart, areas, graph_of(areas.metres.to_numpy()), cube.periods[-1])


def last(view, months=12):
    """Choose the last months of a scene."""
    return Choice(view.periods[-months:], HARM)


def measure(view, measure, choice=None, **how):
    return measured_by(view, choice or last(view), MeasureRequest(measure, **how))


def column(found, key):
    """Return the values of one further column."""
    (fact,) = (fact for fact in found.facts if fact.key == key)
    return fact.values


def hot_corner(times=5, first=0, until=MONTHS, each=6, seed=1):
    """Return Poisson counts, and more of them in four areas of the south-west from one month to another."""
    n = making.even(GRID, MONTHS, each, seed)
    n[np.ix_(CORNER, np.arange(first, until))] *= times
    return n


CORNER = (0, 1, 6, 7)
