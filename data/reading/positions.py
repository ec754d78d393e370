"""Positions of rows: longitude and latitude, or eastings and northings of the British National Grid."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
from pyproj import Transformer

from data.reading import cells
from geo.errors import InputError

BRITISH_LON: Final = (-9.0, 3.0)
BRITISH_LAT: Final = (49.0, 61.0)
GRID_EAST: Final = (0.0, 700_000.0)
GRID_NORTH: Final = (0.0, 1_300_000.0)
# Plain names (see cells.plain) by which a column is known, the most telling first.
POSITION_TELLS: Final[dict[str, tuple[str, ...]]] = {
    "longitude": ("longitude", "long", "lng", "lon"),
    "latitude": ("latitude", "lat"),
    "easting": ("easting", "eastings", "grid easting", "x"),
    "northing": ("northing", "northings", "grid northing", "y"),
}
_LARGEST_DEGREE: Final = 180.0
_TURN: Final = "name the columns the other way round or correct those rows"


def read_positions(
    table: pa.Table,
    *,
    where: str,
    lon: str | None = None,
    lat: str | None = None,
    easting: str | None = None,
    northing: str | None = None,
) -> tuple[cells.Floats, cells.Floats]:
    """Read longitude and latitude (EPSG:4326) from text columns, one pair of names given; NaN where both are blank.

    Eastings and northings (EPSG:27700, metres) are transformed; they win when both pairs are named. Raises
    ``InputError`` for text, for half a pair, for a pair that is swapped or of the other system, and for positions
    that are not on Earth or mostly outside Britain. A few positions outside Britain are kept as they are.
    """
    if easting is not None and northing is not None:
        return _from_grid(table, where, easting, northing)
    if lon is not None and lat is not None:
        return _from_degrees(table, where, lon, lat)
    raise InputError(
        f"“{where}”: positions need both longitude and latitude, or both easting and northing, but one of a "
        "pair is not named; name its column."
    )


def guess_positions(header: Sequence[str]) -> dict[str, str]:
    """Guess the columns of a position, as keywords for ``read_positions``; empty when no pair is whole."""
    found = cells.choose_each(header, POSITION_TELLS)
    if "easting" in found and "northing" in found:
        return {"easting": found["easting"], "northing": found["northing"]}
    if "longitude" in found and "latitude" in found:
        return {"lon": found["longitude"], "lat": found["latitude"]}
    return {}


def _pair(table: pa.Table, where: str, first: str, second: str) -> tuple[cells.Floats, cells.Floats]:
    """Read two columns of numbers in which each row has both or neither."""
    one = cells.numbers(table.column(first), where=where, name=first)
    two = cells.numbers(table.column(second), where=where, name=second)
    half = np.isnan(one) != np.isnan(two)
    if half.any():
        raise InputError(
            f"“{where}”: columns “{first}” and “{second}” must both be filled or both be blank, but one is blank in "
            f"{cells.say_rows(half)}; fill or blank both."
        )
    return one, two


def _from_degrees(table: pa.Table, where: str, lon: str, lat: str) -> tuple[cells.Floats, cells.Floats]:
    east, north = _pair(table, where, lon, lat)
    columns = f"“{where}”: columns “{lon}” and “{lat}” must be longitude and latitude in degrees"
    known = ~np.isnan(east)
    turned = _within(north, BRITISH_LON) & _within(east, BRITISH_LAT)
    if turned.any():
        raise InputError(f"{columns}, but they are swapped in {cells.say_rows(turned)}; {_TURN}.")
    metres = (np.abs(east) > _LARGEST_DEGREE) | (np.abs(north) > _LARGEST_DEGREE)
    if _mostly(metres, known):
        raise InputError(
            f"{columns}, but they hold metres as the National Grid does; name them as easting and northing."
        )
    impossible = (np.abs(east) > _LARGEST_DEGREE) | (np.abs(north) > _LARGEST_DEGREE / 2)
    if impossible.any():
        raise InputError(f"{columns}, but no such place exists in {cells.say_rows(impossible)}; correct or blank them.")
    _require_britain(east, north, columns, "longitude −9 to 3 and latitude 49 to 61")
    return east, north


def _from_grid(table: pa.Table, where: str, easting: str, northing: str) -> tuple[cells.Floats, cells.Floats]:
    east, north = _pair(table, where, easting, northing)
    columns = f"“{where}”: columns “{easting}” and “{northing}” must be eastings and northings in metres"
    known = ~np.isnan(east)
    if _mostly((np.abs(east) <= _LARGEST_DEGREE) & (np.abs(north) <= _LARGEST_DEGREE) & (east != 0), known):
        raise InputError(f"{columns}, but they hold degrees; name them as longitude and latitude.")
    outside = known & ~(_within(east, GRID_EAST) & _within(north, GRID_NORTH))
    turned = outside & _within(north, GRID_EAST) & _within(east, GRID_NORTH)
    bounds = "easting 0 to 700,000 and northing 0 to 1,300,000"
    if turned.any():
        raise InputError(f"{columns} ({bounds}), but they are swapped in {cells.say_rows(turned)}; {_TURN}.")
    if outside.any():
        raise InputError(
            f"{columns} ({bounds}), but they lie outside in {cells.say_rows(outside)}; correct or blank them."
        )
    lon, lat = np.full(len(east), np.nan), np.full(len(north), np.nan)
    transformer = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    lon[known], lat[known] = transformer.transform(east[known], north[known])
    _require_britain(lon, lat, columns, bounds)
    return lon, lat


def _require_britain(lon: cells.Floats, lat: cells.Floats, columns: str, bounds: str) -> None:
    outside = ~np.isnan(lon) & ~(_within(lon, BRITISH_LON) & _within(lat, BRITISH_LAT))
    if _mostly(outside, ~np.isnan(lon)):
        raise InputError(
            f"{columns} inside Britain ({bounds}), but most lie outside, in {cells.say_rows(outside)}; check which "
            "columns are named and their system."
        )


def _within(values: cells.Floats, bounds: tuple[float, float]) -> cells.Mask:
    return (values >= bounds[0]) & (values <= bounds[1])


def _mostly(some: cells.Mask, known: cells.Mask) -> bool:
    """Answer whether more than half of the known positions are among ``some``."""
    return 2 * int(np.count_nonzero(some & known)) > int(np.count_nonzero(known))
