"""Where rows lie: their place columns, and the positions in them, as degrees or on the British National Grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from pydantic import BaseModel, ConfigDict
from pyproj import Transformer

from data.formats import cells, shapes
from geo.arrays import Bools, Floats
from geo.errors import InputError

GRID_EAST: Final = (0.0, 700_000.0)
GRID_NORTH: Final = (0.0, 1_300_000.0)
# Names by which a column is known, as ``cells.normalised`` writes them, the most specific first.
PLACE_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "longitude": ("longitude", "long", "lng", "lon"),
    "latitude": ("latitude", "lat"),
    "easting": ("easting", "eastings", "grid easting", "x"),
    "northing": ("northing", "northings", "grid northing", "y"),
    "area": (
        "lsoa code", "area code", "lsoa21cd", "lsoa11cd", "lsoa21 code", "lsoa11 code", "lsoa 2021 code",
        "lsoa 2011 code", "lsoa", "area",
    ),
}  # fmt: skip
_LARGEST_DEGREE: Final = 180.0
_TURN: Final = "name the columns the other way round or correct those rows"
_BRITISH: Final = "longitude −9 to 3 and latitude 49 to 61"
_GRID: Final = "easting 0 to 700,000 and northing 0 to 1,300,000"


@dataclass(frozen=True)
class Pair:
    """The two columns of a position: the one that counts eastwards first, and whether they are of the National Grid."""

    east: str
    north: str
    grid: bool

    @property
    def columns(self) -> str:
        """Both columns as a list of problems names them."""
        return f"{self.east}, {self.north}"

    @property
    def named(self) -> str:
        """Both columns as a sentence names them."""
        return f"columns {cells.say_names((self.east, self.north))}"


class PlaceColumns(BaseModel):
    """The columns that say where a row lies; None for those that a file lacks.

    A place is ``longitude`` with ``latitude`` (EPSG:4326), or ``easting`` with ``northing`` (EPSG:27700), or the code
    of an ``area``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    longitude: str | None = None
    latitude: str | None = None
    easting: str | None = None
    northing: str | None = None
    area: str | None = None

    @property
    def pair(self) -> Pair | None:
        """The two columns of a position to read, those of the National Grid first; None where no pair is whole."""
        if self.easting is not None and self.northing is not None:
            return Pair(self.easting, self.northing, grid=True)
        if self.longitude is not None and self.latitude is not None:
            return Pair(self.longitude, self.latitude, grid=False)
        return None


@dataclass(frozen=True, eq=False)
class Positions:
    """Longitude and latitude (EPSG:4326) of rows, NaN where a row has none or a faulty one, and what is wrong."""

    lon: Floats
    lat: Floats
    faults: list[cells.Fault]


def read_positions(table: pa.Table, pair: Pair, *, where: str) -> tuple[Floats, Floats]:
    """Return longitude and latitude (EPSG:4326) of each row from two text columns; NaN where both are blank.

    Eastings and northings (EPSG:27700, metres) are transformed. A few positions outside Britain are kept as they are.
    Raises ``InputError``, naming the file ``where``, for text, for half a pair, for a pair that is swapped or of the
    other system, and for positions that are not on Earth or mostly outside Britain.
    """
    positions = positions_of(table, pair)
    cells.refuse(positions.faults, where=f"“{where}”", say=cells.say_rows)
    return positions.lon, positions.lat


def require_pair(where: str, place: PlaceColumns) -> Pair:
    """Return the pair of columns to read; raises ``InputError`` when no pair is whole.

    ``where`` begins the sentence, the file in quotation marks.
    """
    if place.pair is None:
        raise InputError(
            f"{where}: positions need both longitude and latitude, or both easting and northing, but one of a "
            "pair is not named; name its column."
        )
    return place.pair


def positions_of(table: pa.Table, pair: Pair) -> Positions:
    """Return the positions of ``pair`` as ``read_positions`` does, with what is wrong instead of raising it."""
    east, north, faults = _numbers(table, pair)
    if pair.grid:
        return _from_grid(east, north, pair, faults)
    return _from_degrees(east, north, pair, faults)


def guess_place(header: Sequence[str]) -> PlaceColumns:
    """Return the place columns that ``header`` seems to have: at most one pair, a whole one, and that of an area."""
    found = PlaceColumns(**cells.find_columns(header, PLACE_SYNONYMS))
    grid = {"easting": found.easting, "northing": found.northing}
    degrees = {"longitude": found.longitude, "latitude": found.latitude}
    pair = grid if all(grid.values()) else degrees if all(degrees.values()) else {}
    # Mapping programs call degrees x and y too; where degrees stand beside them by name, the name decides.
    if pair is grid and all(degrees.values()) and {cells.normalised(str(name)) for name in grid.values()} & {"x", "y"}:
        pair = degrees
    return PlaceColumns(**pair, area=found.area)


def _numbers(table: pa.Table, pair: Pair) -> tuple[Floats, Floats, list[cells.Fault]]:
    """Return two columns of numbers in which each row has both or neither; NaN in both where it is not so."""
    east, no_east = cells.read_numbers(table.column(pair.east), pair.east)
    north, no_north = cells.read_numbers(table.column(pair.north), pair.north)
    faults = [*no_east, *no_north]
    half = np.isnan(east) != np.isnan(north)
    named = half & ~cells.any_of(faults) if faults else half
    if named.any():
        must = f"{pair.named} must both be filled or both be blank, but"
        faults.append(
            cells.Fault("half of a position", pair.columns, named, must, "one is blank", "fill or blank both")
        )
    if half.any():
        east, north = np.where(half, np.nan, east), np.where(half, np.nan, north)
    return east, north, faults


def _from_degrees(east: Floats, north: Floats, pair: Pair, faults: list[cells.Fault]) -> Positions:
    must = f"{pair.named} must be longitude and latitude in degrees"
    known = ~np.isnan(east)
    turned = _within(north, shapes.BRITISH_LON) & _within(east, shapes.BRITISH_LAT)
    metres = (np.abs(east) > _LARGEST_DEGREE) | (np.abs(north) > _LARGEST_DEGREE)
    impossible = (metres | (np.abs(north) > _LARGEST_DEGREE / 2)) & ~turned
    outside = known & ~turned & ~impossible & ~(_within(east, shapes.BRITISH_LON) & _within(north, shapes.BRITISH_LAT))
    found = [
        cells.Fault("longitude and latitude swapped", pair.columns, turned, f"{must}, but", "they are swapped", _TURN),
        cells.Fault("coordinates in metres", pair.columns, metres & _mostly(metres, known), f"{must}, but",
                    "they hold metres as the National Grid does", "name them as easting and northing", whole=True),
        cells.Fault("a place that does not exist", pair.columns, impossible, f"{must}, but",
                    "no such place exists", "correct or blank them"),
        _abroad(outside, known & ~turned & ~impossible, pair, f"{must} inside Britain ({_BRITISH}), but"),
    ]  # fmt: skip
    bad = turned | impossible
    return Positions(_without(east, bad), _without(north, bad), faults + [fault for fault in found if fault.bad.any()])


def _from_grid(east: Floats, north: Floats, pair: Pair, faults: list[cells.Fault]) -> Positions:
    must = f"{pair.named} must be eastings and northings in metres"
    known = ~np.isnan(east)
    degrees = (np.abs(east) <= _LARGEST_DEGREE) & (np.abs(north) <= _LARGEST_DEGREE) & (east != 0)
    beyond = known & ~(_within(east, GRID_EAST) & _within(north, GRID_NORTH))
    turned = beyond & _within(north, GRID_EAST) & _within(east, GRID_NORTH)
    inside = known & ~beyond
    lon, lat = np.full(len(east), np.nan), np.full(len(north), np.nan)
    transformer = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    lon[inside], lat[inside] = transformer.transform(east[inside], north[inside])
    outside = inside & ~(_within(lon, shapes.BRITISH_LON) & _within(lat, shapes.BRITISH_LAT))
    found = [
        cells.Fault("coordinates in degrees", pair.columns, degrees & _mostly(degrees, known), f"{must}, but",
                    "they hold degrees", "name them as longitude and latitude", whole=True),
        cells.Fault("easting and northing swapped", pair.columns, turned, f"{must} ({_GRID}), but",
                    "they are swapped", _TURN),
        cells.Fault("a place outside the National Grid", pair.columns, beyond & ~turned, f"{must} ({_GRID}), but",
                    "they lie outside", "correct or blank them"),
        _abroad(outside, inside, pair, f"{must} inside Britain ({_GRID}), but"),
    ]  # fmt: skip
    return Positions(lon, lat, faults + [fault for fault in found if fault.bad.any()])


def _abroad(outside: Bools, known: Bools, pair: Pair, must: str) -> cells.Fault:
    """Return the fault that most positions lie outside Britain; a few are none."""
    found, remedy = "most lie outside,", "check which columns are named and their system"
    return cells.Fault(
        "a place outside Britain", pair.columns, outside & _mostly(outside, known), must, found, remedy, whole=True
    )


def _without(values: Floats, bad: Bools) -> Floats:
    return np.where(bad, np.nan, values) if bad.any() else values


def _within(values: Floats, bounds: tuple[float, float]) -> Bools:
    return (values >= bounds[0]) & (values <= bounds[1])


def _mostly(some: Bools, known: Bools) -> bool:
    """Return whether more than half of the known positions are among ``some``."""
    return 2 * int(np.count_nonzero(some & known)) > int(np.count_nonzero(known))
