"""Coarsening: positions of protected incidents to the middle of a 100 m cell of the National Grid, inside their area.

What is counted stays as it was: a row is placed in the same area afterwards. What is lost is where in the cell, or near
a border where in the area, an incident was; nothing that the product shows of protected data depends on it.
"""

from typing import Final

import numpy as np
import shapely
from pyproj import Transformer

from geo.areas.area_set import DEGREES, METRES
from geo.areas.placing import NOWHERE, locate
from geo.arrays import Floats, Positions, Shapes

CELL: Final = 100.0  # metres
_TO_METRES: Final = Transformer.from_crs(DEGREES, METRES, always_xy=True)
_DECIMALS: Final = 7  # of degrees, about 1 cm: so that the middle of a cell is always written alike


def coarsen(lon: Floats, lat: Floats, area: Positions, shapes: Shapes) -> tuple[Floats, Floats]:
    """Return coarse positions of rows (degrees, EPSG:4326), NaN where a row has none or lies in no area.

    ``area`` is the position of each row's area among ``shapes`` (EPSG:4326), −1 for none. A row gets the middle of its
    100 m cell where that is placed in the same area, else one point of the area that all such rows of it share. What is
    coarse already stays where it is.
    """
    east, north = np.full(len(lon), np.nan), np.full(len(lat), np.nan)
    kept = np.flatnonzero(~np.isnan(lon) & ~np.isnan(lat) & (area != NOWHERE))
    if not len(kept):
        return east, north
    middle = _middles(lon[kept], lat[kept])
    astray = locate(*middle, shapes) != area[kept]
    for position in np.unique(area[kept][astray]).tolist():
        here = astray & (area[kept] == position)
        for axis, value in zip(middle, _shared_point(position, shapes), strict=True):
            axis[here] = value
    east[kept], north[kept] = middle
    return east, north


def cells(lon: Floats, lat: Floats) -> tuple[Positions, Positions]:
    """Return the numbers of the cells that points (degrees, EPSG:4326) lie in, counted eastwards and northwards."""
    metres = np.asarray(_TO_METRES.transform(lon, lat))
    east, north = np.floor(metres / CELL).astype(np.int64)
    return east, north


def _middles(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return the middles of the cells that points lie in, in degrees."""
    east, north = ((number + 0.5) * CELL for number in cells(lon, lat))
    middle = _TO_METRES.transform(east, north, direction="INVERSE")
    return np.round(middle[0], _DECIMALS), np.round(middle[1], _DECIMALS)


def _shared_point(position: int, shapes: Shapes) -> tuple[float, float]:
    """Return one point that is placed in an area: the middle of a cell, or else a point well inside the area."""
    tree = shapely.STRtree(shapes)
    overlapping = tree.query(shapes[position], predicate="overlaps")
    before = shapes[overlapping[overlapping < position]]  # where areas overlap, the first has the point
    own = shapely.difference(shapes[position], shapely.union_all(before)) if len(before) else shapes[position]
    inside = shapely.point_on_surface(shapes[position] if own.is_empty else own)
    lon, lat = _middles(np.array([inside.x]), np.array([inside.y]))
    if locate(lon, lat, shapes)[0] == position:
        return float(lon[0]), float(lat[0])
    return round(inside.x, _DECIMALS), round(inside.y, _DECIMALS)
