"""Pieces of maps for print, in metres (EPSG:27700): areas, the register's signs, busy places, what is seen."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import shapely

from data.papers.print_spec import PrintedPlace, PrintedSign
from data.principal import Principal
from data.services import extent_counts, open_points, walking
from data.store import hotspots
from data.store.datasets import Dataset
from data.store.store import Store
from geo.areas import proximity
from geo.areas.area_set import METRES, AreaSet
from geo.areas.proximity import RINGS, point_of
from geo.arrays import Shapes
from geo.counts.filters import Choice
from geo.findings import clusters
from geo.findings.place_sentences import NEAR
from geo.findings.search import FAR
from geo.register.markers import markers
from geo.release import zoning
from geo.views import busy_places, circle
from geo.views.extent import Extent, Where
from geo.views.published_points import PublishedPoints
from geo.views.scene import Scene
from geo.views.view import View
from geo.walking.walking_area import walking_area
from geo.wording import how_many

_PLACES: Final = 5  # that a map numbers
_MARGIN: Final = 500  # metres around a district
_OF_ONS: Final = re.compile(r"[EWSN]\d{8}")
_ONS_OWED: Final = (
    "Areas: Office for National Statistics, Open Government Licence v3.0; contains OS data © Crown copyright and "
    "database right"
)


def shapes_of(areas: AreaSet, view: View) -> Shapes:
    """Return the shapes of a view's units, in their order."""
    if view.units.codes == areas.codes:
        return np.asarray(areas.metres.to_numpy(), dtype=object)
    return np.asarray(zoning.shapes(areas, view.units).to_crs(METRES).geometry.to_numpy(), dtype=object)


def seen(areas: AreaSet, part: Extent, metres: float) -> tuple[float, float, float, float]:
    """Return what a map of a part shows: ``metres`` around its school, or all of its areas and some ground around."""
    if part.circle is not None:
        around = point_of(part.circle[0]).buffer(metres * 1.03).bounds
        return tuple(map(float, around))  # type: ignore[return-value]
    of = areas.metres if part.where is Where.EVERYWHERE else areas.metres.iloc[list(part.areas)]
    west, south, east, north = of.total_bounds.tolist()
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN


def signs(store: Store, principal: Principal, areas: AreaSet, today: date) -> list[PrintedSign]:
    """List the known hotspots in and just around an area set."""
    inside = proximity.hotspots_inside(areas, hotspots.hotspots(store, principal))
    shapes = inside.geometry.to_crs(METRES)
    return [PrintedSign(one.name, one.status, shape) for one, shape in zip(markers(inside, today), shapes, strict=True)]


def places(
    store: Store,
    principal: Principal,
    dataset: Dataset,
    areas: AreaSet,
    part: Extent,
    choice: Choice,
    points: PublishedPoints | None = None,
) -> list[PrintedPlace]:
    """List the busiest places around a school by number, as Local context does; none where no place may be named.

    ``points`` are those of the dataset where they are loaded already.
    """
    if part.circle is None or not part.points:
        return []
    points = open_points.all_points(store, principal, dataset) if points is None else points
    if points.names is None:
        return []
    school, reach = part.circle
    away = extent_counts.away_on_foot(store, principal, areas, part, points)
    near, metres = circle.within_reach(points, school, reach, away)
    supplied = frozenset(dataset.months) - frozenset(dataset.gaps)
    found = busy_places.busiest_places(
        points, near, metres, choice, supplied, first=_PLACES, most=_PLACES, elsewhere=part.elsewhere
    )
    return [
        PrintedPlace(number, f"{NEAR} {one.title}", how_many(one.n), shapely.Point(*one.xy))
        for number, one in enumerate(found.places, start=1)
    ]


def reached(store: Store, principal: Principal, areas: AreaSet, part: Extent) -> shapely.Geometry | None:
    """Return what a walk from a school reaches, where one is looked at."""
    if part.circle is None or not part.circle[1].on_foot:
        return None
    school, reach = part.circle
    ways = walking.ways_of_areas(store, principal, areas)
    return walking_area(walking.walks_of(ways, school, reach.metres))


def outlines(scene: Scene, choice: Choice, part: Extent, shapes: Shapes) -> list[shapely.Geometry]:
    """Return the outlines of what is detected now, around a school or everywhere.

    Raises ThinDataError where there is too little to go by.
    """
    where = scene
    if part.circle is not None:
        at = point_of(part.circle[0])
        where = scene.around(np.array([at.x, at.y]), FAR)
    found = [one for group in clusters.find(where, choice.harms, choice.category) for one in group.found]
    return [shapely.union_all(shapes[list(one.units)]) for one in found]


def owed(areas: AreaSet) -> list[str]:
    """Say to whom the shapes of areas are owed: the ONS where its codes name them; else what they are called."""
    of_ons = all(_OF_ONS.fullmatch(code) for code in areas.codes)
    return [_ONS_OWED if of_ons else f"Areas: {areas.title}"]


def rings_of(part: Extent, *, every: bool) -> Sequence[int]:
    """Return the distances drawn around a school: every usual one, or the one that is looked at; none for a walk."""
    if part.circle is None or part.circle[1].on_foot:
        return ()
    return RINGS if every else (part.circle[1].metres,)
