"""Largest part: which larger area holds most of the ground of each area, where no table says which it belongs to."""

import numpy as np
import shapely

from geo.arrays import Positions, Shapes

NONE = -1


def holding_most(areas: Shapes, larger: Shapes) -> Positions:
    """Return the position of the larger area that holds the largest part of each area; ``NONE`` where it lies in none.

    Both are valid polygons in metres (EPSG:27700). What lies in no larger area is a part, too: an area that most of
    lies outside them all belongs to none, whatever its border touches. The first of equals counts.
    """
    number = len(areas)
    area, other = shapely.STRtree(larger).query(areas, predicate="intersects")
    part = shapely.area(shapely.intersection(areas[area], larger[other]))
    inside = np.zeros(number)
    np.add.at(inside, area, part)
    found, most = np.full(number, NONE, dtype=np.int64), shapely.area(areas) - inside
    for at, position, size in sorted(zip(area.tolist(), other.tolist(), part.tolist(), strict=True)):
        if size > most[at]:
            found[at], most[at] = position, size
    return found
