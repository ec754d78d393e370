"""Extents: what part of the map is looked at, around a school, in its district or everywhere, and its counts as one."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import numpy as np
import shapely

from geo.areas.area_set import AreaSet, Units
from geo.areas.proximity import Place, areas_touching, areas_within, nearest_area
from geo.areas.reach import Reach
from geo.arrays import Bools
from geo.counts.cube import Cube
from geo.views.recorded_elsewhere import COUNTED_IN
from geo.views.view import View

_DISTRICT: Final = "district"
EVERYWHERE: Final = "all areas"


class Where(StrEnum):
    """What a person looks at."""

    SCHOOL = "Around my school"
    DISTRICT = "My district"
    EVERYWHERE = "Everywhere"


@dataclass(frozen=True)
class Extent:
    """A part of the map. ``areas`` are the positions of its areas, and ``name`` says what is counted as one there.

    Around a school ``circle`` is the school and how far around it is looked; where ``points`` are counted it is what
    lies within that reach, and else the areas that it touches. What is recorded there for elsewhere counts in only if
    ``elsewhere`` (``geo.views.recorded_elsewhere``).
    """

    where: Where
    code: str
    name: str
    areas: tuple[int, ...] = field(repr=False)
    circle: tuple[Place, Reach] | None = None
    points: bool = False
    elsewhere: bool = False

    @property
    def said(self) -> str:
        """The areas of the extent, after a number of them: "in Rotherham", "touching 800 m around Oakwood High"."""
        return f"in {self.name}" if self.circle is None else _touching(*self.circle)


def _touching(school: Place, reach: Reach) -> str:
    return f"touching {reach.words} around {school.name}"


def everywhere(areas: AreaSet) -> Extent:
    """Return the extent of all areas of a set."""
    return Extent(Where.EVERYWHERE, "", EVERYWHERE, tuple(range(len(areas.codes))))


def around(
    areas: AreaSet, school: Place, reach: Reach, *, points: bool, walked: shapely.Geometry | None = None
) -> Extent:
    """Return the extent of what is within reach of a school; its areas are those that the reach touches.

    ``points`` is whether points are counted there, and not those areas. ``walked`` is the area that a walk reaches, in
    metres (EPSG:27700); without it the circle of its metres is taken.
    """
    name = f"within {reach.words} of {school.name}" if points else f"areas {_touching(school, reach)}"
    code = f"{school.urn or school.name} {reach.address}"
    touched = areas_within(areas, school, reach.metres) if walked is None else areas_touching(areas, walked)
    return Extent(Where.SCHOOL, code, name, tuple(touched), (school, reach), points)


def with_elsewhere(part: Extent) -> Extent:
    """Return an extent of points that counts what is recorded for elsewhere too, and says so by its name."""
    return replace(part, name=f"{part.name}, {COUNTED_IN}", elsewhere=True)


def district_of(areas: AreaSet, school: Place) -> Extent | None:
    """Return the extent of the district that a school lies in; None where the set knows none, or only that one."""
    if _DISTRICT not in areas.levels or areas.level == _DISTRICT:
        return None
    units = areas.units(_DISTRICT)
    if len(units.codes) < 2:
        return None
    unit = int(units.member[nearest_area(areas, school)])
    inside = tuple(np.flatnonzero(units.member == unit).tolist())
    return Extent(Where.DISTRICT, units.codes[unit], units.names[unit], inside)


def units_in(view: View, extent: Extent) -> list[int]:
    """Return the positions of the units of a view that the areas of an extent belong to.

    What a release gathers as elsewhere lies all over its district, so around a school it is left out where any unit is
    nearer.
    """
    units = sorted(set(view.units.member[list(extent.areas)].tolist()))
    if extent.where is not Where.SCHOOL:
        return units
    return [unit for unit in units if not view.elsewhere[unit]] or units


def as_one(view: View, extent: Extent) -> View:
    """Return the counts of the units of an extent's areas as a view of one unit, each figure the sum of theirs."""
    positions = units_in(view, extent)
    n = view.cube.n[positions].sum(axis=0, keepdims=True)
    residents = view.units.residents[positions].sum()
    return _named(replace(view.cube, n=n), extent, np.isin(view.units.member, positions), residents)


def of_circle(view: View, extent: Extent, areas: int) -> View:
    """Return the counts within a circle (``geo.views.circle.only_within``) as an extent's, among a number of areas."""
    touched = np.isin(np.arange(areas), extent.areas)
    return _named(view.cube, extent, touched, np.nan)


def _named(cube: Cube, extent: Extent, inside: Bools, residents: float) -> View:
    units = Units(
        level=extent.where.name.lower(),
        codes=(extent.code,),
        names=(extent.name,),
        residents=np.array([residents]),
        deprivation=np.array([np.nan]),
        member=np.where(inside, 0, -1),
    )
    return View(units, replace(cube, areas=units.codes), np.zeros(1, dtype=np.bool_))
