"""Shapes of any file: its coordinate system, made longitude and latitude inside Britain, and shapes repaired."""

from typing import Final, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from data.formats import cells
from geo.arrays import Bools, Shapes
from geo.errors import InputError

Bounds: TypeAlias = tuple[float, float, float, float]  # west, south, east, north

DEGREES: Final = "EPSG:4326"
BRITISH_LON: Final = (-9.0, 3.0)
BRITISH_LAT: Final = (49.0, 61.0)
MAX_POINTS_TO_REPAIR: Final = 5_000  # points of one shape; an outline of a whole district has about as many
_GRID: Final = "EPSG:27700"
_WORLD: Final = (-180.0, -90.0, 180.0, 90.0)
_GRID_BOUNDS: Final = (-100_000.0, -100_000.0, 800_000.0, 1_400_000.0)  # the National Grid with its coastal waters


def require_system(where: str, name: str) -> str:
    """Return which of the two coordinate systems is meant by ``name``; raises ``InputError`` for any other."""
    if name.endswith((":CRS84", ":4326")):
        return DEGREES
    if name.endswith(":27700"):
        return _GRID
    raise InputError(
        f"“{where}”: coordinates must be in EPSG:4326 or EPSG:27700, but the file states another system; export the "
        "layer in EPSG:4326."
    )


def to_degrees(where: str, geometries: Shapes, stated: str | None = None) -> Shapes:
    """Return 2-D geometries in EPSG:4326, from the coordinate system ``stated`` or else the one their bounds fit.

    Raises ``InputError`` for bounds that the system cannot have, and for geometries that lie wholly outside Britain.
    """
    flat: Shapes = shapely.force_2d(geometries)
    if not len(flat):
        return flat
    bounds = shapely.total_bounds(flat)
    if np.isnan(bounds).all():
        return flat
    crs = stated or (DEGREES if _inside(bounds, _WORLD) else _GRID)
    if not _inside(bounds, _WORLD if crs == DEGREES else _GRID_BOUNDS) or (crs == _GRID and _inside(bounds, _WORLD)):
        raise InputError(
            f"“{where}”: coordinates must be longitude and latitude, or else the British National Grid and said to be "
            "so, but they are not; export the layer in EPSG:4326."
        )
    placed: Shapes = gpd.GeoSeries(flat, crs=crs).to_crs(DEGREES).to_numpy() if crs == _GRID else flat
    _require_britain(where, placed)
    return placed


def within(bounds: Bounds, stated: str | None) -> Bounds:
    """Return bounds in degrees as bounds in the coordinate system ``stated``."""
    if stated != _GRID:
        return bounds
    west, south, east, north = gpd.GeoSeries([shapely.box(*bounds)], crs=DEGREES).to_crs(_GRID).total_bounds.tolist()
    return west, south, east, north


def repair(where: str, geometries: Shapes) -> tuple[Shapes, Bools]:
    """Return valid geometries, and which of them had to be repaired; polygons stay polygons, or become empty.

    Raises ``InputError`` for a shape that is invalid and has so many points that repairing it could take minutes.
    """
    invalid: Bools = ~shapely.is_valid(geometries)
    intricate = invalid & (shapely.get_num_coordinates(geometries) > MAX_POINTS_TO_REPAIR)
    if intricate.any():
        raise InputError(
            f"“{where}”: a shape that crosses itself can have at most {MAX_POINTS_TO_REPAIR:,} points, and there are "
            f"more in {cells.say_features(intricate)}; repair it in the mapping program."
        )
    repaired = geometries.copy()
    repaired[invalid] = [_covering(shape) for shape in shapely.make_valid(geometries[invalid])]
    return repaired, invalid


def _covering(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the polygons of a repaired polygon; repairs can leave points and lines beside them."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)


def from_wkb(where: str, binary: Shapes, say: cells.Say = cells.say_features) -> Shapes:
    """Return the shapes of well-known binary (bytes, None where blank), refusing what cannot be read."""
    found: Shapes = shapely.from_wkb(binary, on_invalid="ignore")
    require_read(where, found, np.array([shape is not None for shape in binary], dtype=np.bool_), say)
    return found


def require_read(where: str, found: Shapes, stated: Bools, say: cells.Say = cells.say_features) -> None:
    """Raise ``InputError`` for ``stated`` geometries that could not be read; ``say`` names the rows."""
    unread = shapely.is_missing(found) & stated
    if unread.any():
        raise InputError(
            f"“{where}”: a geometry must be closed rings, lines or points of numbers, but not so {say(unread)}; repair "
            "it in the mapping program."
        )


def _require_britain(where: str, geometries: Shapes) -> None:
    west, south, east, north = shapely.total_bounds(geometries)
    if np.isnan(west) or (_overlaps(west, east, BRITISH_LON) and _overlaps(south, north, BRITISH_LAT)):
        return
    swapped = _overlaps(west, east, BRITISH_LAT) and _overlaps(south, north, BRITISH_LON)
    found = "latitude stands before longitude" if swapped else "they lie elsewhere"
    raise InputError(f"“{where}”: coordinates must lie in Britain, but {found}; export the layer in EPSG:4326.")


def _overlaps(low: float, high: float, bounds: tuple[float, float]) -> bool:
    return low <= bounds[1] and high >= bounds[0]


def _inside(bounds: npt.NDArray[np.float64], limits: tuple[float, float, float, float]) -> bool:
    return bool((bounds[:2] >= limits[:2]).all() and (bounds[2:] <= limits[2:]).all())
