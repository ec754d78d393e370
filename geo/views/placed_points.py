"""Placed points: in which area each published point lies, so that places can be listed for areas."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import shapely

from geo.areas.area_set import AreaSet, Units
from geo.arrays import Bools, Positions
from geo.counts.filters import Choice
from geo.views.busy_places import BusyPlaces, busiest_places
from geo.views.published_points import PublishedPoints

NOWHERE = -1


@dataclass(frozen=True)
class PlacedPoints:
    """Published points, and the position of the area that each counts in, [places]; −1 where it is none."""

    points: PublishedPoints
    area: Positions

    def inside(self, units: Units, chosen: Collection[int]) -> Bools:
        """Return which places lie in the areas of some units (positions), [places]."""
        areas = np.isin(units.member, list(chosen))
        return (self.area != NOWHERE) & areas[self.area]

    def busiest(
        self, units: Units, chosen: Collection[int], choice: Choice, supplied: Collection[str], most: int
    ) -> BusyPlaces:
        """Return the busiest places in some units (positions), ``most`` at most, and those for elsewhere among them.

        They are as ``busy_places.busiest_places`` returns them, none farther away than another.
        """
        inside = self.inside(units, chosen)
        return busiest_places(
            self.points, inside, np.zeros(len(inside)), choice, supplied, first=most, most=most, elsewhere=True
        )


def place_points(points: PublishedPoints, areas: AreaSet) -> PlacedPoints:
    """Return in which area the incidents of each point count: the one that they state, else the one it lies in.

    Near a border these can differ; on one, the first of the areas that meet there is taken.
    """
    at, found = shapely.STRtree(areas.metres.to_numpy()).query(shapely.points(points.xy), predicate="intersects")
    area = np.full(len(points.xy), NOWHERE, dtype=np.int64)
    order = np.lexsort((found, at))[::-1]  # so that the first area of a point is written last
    area[at[order]] = found[order]
    if points.stated is not None:
        known = {code: position for position, code in enumerate(areas.codes)}
        stated = np.array([known.get(code, NOWHERE) for code in points.stated], dtype=np.int64)
        area = np.where(stated == NOWHERE, area, stated)
    return PlacedPoints(points, area)
