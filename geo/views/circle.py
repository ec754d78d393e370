"""Circle: the published incidents within reach of a place, counted as a view of their own.

A point counts if it lies at most that far away, in metres on the British National Grid (EPSG:27700): in a straight line
or, for a walk, on foot (``geo.walking.walks``). Counts by distance and counts of areas are different things: areas that
touch a circle reach beyond it. Points of places that record for elsewhere (``geo.areas.place_names``) are a unit of
their own, and so is all that lies beyond.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from geo import columns as c
from geo.areas.area_set import Units
from geo.areas.proximity import Place, point_of
from geo.areas.reach import Reach
from geo.arrays import Bools, Floats
from geo.counts.cube import Cube
from geo.harms import HARM_GROUPS
from geo.views.published_points import PublishedPoints
from geo.views.view import View

RECORDED_ELSEWHERE: Final = "recorded_elsewhere"
CIRCLE: Final = "circle"  # the level of a circle's units
WITHIN, ELSEWHERE, BEYOND = range(3)  # positions of the units of ``circle_and_rest``
_CODES: Final = ("within", "elsewhere", "beyond")


def circle_and_rest(
    points: PublishedPoints,
    place: Place,
    reach: Reach,
    periods: Sequence[str],
    missing: Sequence[str],
    away: Floats | None = None,
) -> View:
    """Return the counts within reach of a place, those there recorded for elsewhere, and all others.

    The three units are at ``WITHIN``, ``ELSEWHERE`` and ``BEYOND``. ``periods`` are all months of the dataset and
    ``missing`` those it lacks. Together the units hold every incident that has a point. ``away`` is how far each place
    is on foot, [places] in metres; a walk needs it.
    """
    near, _ = within_reach(points, place, reach, away)
    unit = np.where(near, np.where(points.elsewhere, ELSEWHERE, WITHIN), BEYOND)
    order = sorted(range(len(points.categories)), key=points.categories.__getitem__)
    n = np.zeros((len(_CODES), len(periods), len(order)), dtype=np.int64)
    month = pd.Index(periods).get_indexer(pd.Index(points.months, dtype=object))
    np.add.at(n, (unit[points.place], month[points.month], np.argsort(order)[points.category]), points.n)
    cube = Cube(
        areas=_CODES,
        periods=tuple(periods),
        categories=tuple(points.categories[at] for at in order),
        harm=tuple(points.harm[at] for at in order),
        missing=frozenset(missing),
        n=n,
    )
    return View(_units(place, reach), cube, np.zeros(len(_CODES), dtype=np.bool_))


def only_within(view: View) -> View:
    """Return what ``circle_and_rest`` counts within the distance, without the rest: a view of one unit."""
    units = view.units
    one = replace(
        units,
        codes=units.codes[:1],
        names=units.names[:1],
        plain=units.plain[:1],
        residents=units.residents[:1],
        deprivation=units.deprivation[:1],
    )
    cube = replace(view.cube, areas=view.cube.areas[:1], n=view.cube.n[:1])
    return View(one, cube, view.elsewhere[:1])


def list_within(view: View, periods: Sequence[str], *, named: bool) -> pd.DataFrame:
    """List what ``circle_and_rest`` counts within the distance in some of its periods.

    The columns are ``harm`` (code), ``category``, ``recorded_elsewhere`` and ``n``; only non-empty cells are listed, in
    the order of harm groups. ``recorded_elsewhere`` is "yes" or "no", and "unknown" where the dataset has no names of
    places (``named``).
    """
    cube = view.cube
    sums = cube.n[:, cube.period_slice(periods)].sum(axis=1)
    words = {WITHIN: "no" if named else "unknown", ELSEWHERE: "yes"}
    rows = [
        (cube.harm[at], cube.categories[at], words[unit], int(sums[unit, at]))
        for at in sorted(range(len(cube.categories)), key=lambda at: list(HARM_GROUPS).index(cube.harm[at]))
        for unit in words
        if sums[unit, at]
    ]
    return pd.DataFrame(rows, columns=[c.HARM, c.CATEGORY, RECORDED_ELSEWHERE, c.COUNT])


def metres_from(points: PublishedPoints, place: Place) -> Floats:
    """Return how far each place of some points is from another, [places], in metres in a straight line."""
    at = point_of(place)
    return np.asarray(np.hypot(points.xy[:, 0] - at.x, points.xy[:, 1] - at.y), dtype=np.float64)


def within_reach(
    points: PublishedPoints, place: Place, reach: Reach, away: Floats | None = None
) -> tuple[Bools, Floats]:
    """Return which places of some points lie within reach of another, and how far each is away, [places] in metres.

    Raises ValueError for a walk without how far it is on foot.
    """
    if away is None:
        if reach.on_foot:
            raise ValueError("A walk needs how far it is to each place on foot.")
        away = metres_from(points, place)
    return away <= reach.metres, away


def _units(place: Place, reach: Reach) -> Units:
    within = f"Within {reach.words} of {place.name}"
    unknown = np.full(len(_CODES), np.nan)
    names = (within, f"{within}, recorded for elsewhere", "Everywhere else")
    return Units(CIRCLE, _CODES, names, unknown, unknown, np.zeros(0, dtype=np.int64))
