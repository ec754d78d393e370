"""Lists of places that people search for: the stops of NaPTAN, and postcodes as the ONS and the OS publish them.

Only the columns that are needed are read, piece by piece, so that a national list costs little memory.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyproj import Transformer

from data.formats import cells, shapes
from data.formats.csv_stream import first_record, stream_columns
from data.formats.sources import Source, entry_names, members
from geo import columns as c
from geo.areas.name_clusters import join_names
from geo.arrays import Floats
from geo.errors import InputError

STOP: Final = "stop"
STATION: Final = "station"
POSTCODE_PLACE: Final = "postcode"

Bounds = tuple[float, float, float, float]

_CODE, _COMMON, _STREET, _INDICATOR, _TYPE, _STATUS = "code", "common", "street", "indicator", "type", "status"
_EAST, _NORTH, _ENDED = "easting", "northing", "ended"
_POSITION: Final[dict[str, tuple[str, ...]]] = {
    c.LON: ("longitude", "long", "lon", "lng"),
    c.LAT: ("latitude", "lat"),
    _EAST: ("easting", "eastings", "oseast1m", "east1m", "x"),
    _NORTH: ("northing", "northings", "osnrth1m", "north1m", "y"),
}
_STOPS: Final[dict[str, tuple[str, ...]]] = {
    _CODE: ("atcocode", "atco code"),
    _COMMON: ("commonname", "common name", "name", "stopname", "stop name"),
    _STREET: ("street",),
    _INDICATOR: ("indicator",),
    _TYPE: ("stoptype", "stop type"),
    _STATUS: ("status",),
    **_POSITION,
}
_POSTCODES: Final[dict[str, tuple[str, ...]]] = {
    c.POSTCODE: ("pcds", "pcd8", "pcd2", "pcd7", "pcd", "postcode"),
    _ENDED: ("doterm",),
    **_POSITION,
}
_NAMED: Final = ("urn", "name", "school", "establishmentname", "establishment name", "crime type")  # not of postcodes
_CODE_POINT: Final = (
    "Postcode", "Positional_quality_indicator", "Eastings", "Northings", "Country_code", "NHS_regional_HA_code",
    "NHS_HA_code", "Admin_county_code", "Admin_district_code", "Admin_ward_code",
)  # fmt: skip
_PARTS: Final = "multi_csv"  # the folder of the ONS that holds the rows of its list again, by area
_EXPLAINS: Final = re.compile(r"(?:^|/)(?:doc|documents|user guide)s?/|column_headers", re.IGNORECASE)
_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? *\d[A-Z]{2}")
_ACTIVE: Final = ("active", "act")
_BRITAIN: Final = (shapes.BRITISH_LON[0], shapes.BRITISH_LAT[0], shapes.BRITISH_LON[1], shapes.BRITISH_LAT[1])
_PLACES: Final = pa.schema([(c.NAME, pa.string()), (c.KIND, pa.string()), (c.LON, pa.float64()), (c.LAT, pa.float64())])
_STATIONS: Final = (
    "BCE", "BCS", "BCQ", "BST", "RSE", "RLY", "RPL", "TMU", "MET", "PLT", "FTD", "FER", "FBT", "GAT", "AIR",
)  # fmt: skip
_NEITHER: Final = ("TXR", "STR", "SDA")  # ranks of taxis, and where cars set down
_INNER: Final = re.compile(r"( Supertram)? Platform( to .*)?$| to .*$", re.IGNORECASE)
_BAY: Final = re.compile(r"(?:stop|stand|bay) +(\w{1,3})", re.IGNORECASE)


def read_places(source: Source, within: Bounds | None = None) -> pd.DataFrame | None:
    """Return the places of a list: ``name``, ``kind`` ("stop", "station" or "postcode"), ``lon`` and ``lat``.

    Stops are those of NaPTAN's ``Stops.csv``, or of a list with ``ATCOCode``, a name and a position: active ones, by
    their common name, with the street where that says more; bays and entrances of one station are one. Postcodes are
    those of NSPL, ONSPD, Code-Point Open (with or without its line of names) or of plain columns ``pcds``, ``lat``
    and ``long``: live ones that have a position, written "S60 2UH". Degrees are EPSG:4326; eastings and northings
    (EPSG:27700) stand in where they are blank. ``within`` (west, south, east, north, in degrees) leaves out what lies
    elsewhere. A .zip as it is downloaded gives the list inside it, or all of Code-Point Open's, read as it is unpacked.
    None for a file that is neither. Raises InputError for a list without a single place, and for one that is damaged.
    """
    found = _zipped_places(source, within) if source.is_zip else _places(source, within)
    if found is not None and found.empty:
        raise InputError(
            f"“{source.name}” must list active stops or live postcodes with their positions in Britain, and lists "
            "none that is wanted; download it again, or bring the list of another region."
        )
    return found


def _places(source: Source, within: Bounds | None) -> pd.DataFrame | None:
    """Return the places of one list, which may be none; None for a file that is no list of places."""
    columns = first_record(source)
    if columns is not None and _is_code_point(columns):
        named = _columns(_CODE_POINT, _POSTCODES, (c.POSTCODE,))
        return _once(_read(source, _CODE_POINT, named, _postcodes, within, first_is_names=False))
    if columns is None or len(set(columns)) != len(columns):
        return None
    if named := _columns(columns, _STOPS, (_CODE, _COMMON)):
        return _joined(_read(source, columns, named, _stops, within))
    if any(cells.normalised(name) in _NAMED for name in columns):
        return None
    named = _columns(columns, _POSTCODES, (c.POSTCODE,))
    return _once(_read(source, columns, named, _postcodes, within)) if named else None


def _zipped_places(source: Source, within: Bounds | None) -> pd.DataFrame | None:
    """Return the places of the lists inside a .zip; None where it holds no such list."""
    names = [
        name for name in entry_names(source, nested=True)
        if name.lower().endswith((".csv", ".txt")) and not _EXPLAINS.search(name)
    ]  # fmt: skip
    whole = [name for name in names if _PARTS not in name.lower()] or names
    lists = members(source, lambda inside: inside in whole, streamed=True)
    found = [places for one in lists if (places := _places(one, within)) is not None]
    return pd.concat(found, ignore_index=True) if found else None


def _columns(columns: Sequence[str], meanings: dict[str, tuple[str, ...]], needed: Sequence[str]) -> dict[str, str]:
    """Return the columns by meaning; none where one that is needed is missing, or a position."""
    found = cells.find_columns(columns, meanings)
    placed = {c.LON, c.LAT} <= found.keys() or {_EAST, _NORTH} <= found.keys()
    return found if placed and found.keys() >= set(needed) else {}


def _is_code_point(first: Sequence[str]) -> bool:
    """Return whether a first row is already one of Code-Point Open: a postcode, its quality and whole metres."""
    return (
        len(first) == len(_CODE_POINT)
        and _POSTCODE.fullmatch(first[0]) is not None
        and all(cell.isdecimal() for cell in first[1:4])
    )


def _read(
    source: Source,
    columns: Sequence[str],
    named: dict[str, str],
    places_of: Callable[[pa.Table], pd.DataFrame],
    within: Bounds | None,
    first_is_names: bool = True,
) -> pd.DataFrame:
    """Return the places that ``places_of`` makes of the rows that are active or live and lie ``within``."""
    meanings = {column: meaning for meaning, column in named.items()}

    def keep(table: pa.Table) -> pa.Table:
        rows = table.rename_columns([meanings[name] for name in table.column_names])
        if _STATUS in named:
            status = pc.utf8_lower(pc.fill_null(rows[_STATUS], _ACTIVE[0]))
            rows = rows.filter(pc.is_in(status, pa.array(_ACTIVE)))
        if _ENDED in named:
            rows = rows.filter(pc.is_null(rows[_ENDED]))
        found = places_of(rows)
        west, south, east, north = within or _BRITAIN
        inside = found[c.LON].between(west, east) & found[c.LAT].between(south, north)
        return pa.Table.from_pandas(found[inside], schema=_PLACES, preserve_index=False)

    return stream_columns(source, columns, list(meanings), first_is_names, keep).to_pandas()


def _stops(rows: pa.Table) -> pd.DataFrame:
    lon, lat = _positions(rows)
    text = {name: _texts(rows, name) for name in (_COMMON, _STREET, _INDICATOR, _TYPE)}
    kind = np.where(text[_TYPE].isin(_STATIONS), STATION, STOP)
    called = [_called(*each) for each in zip(text[_COMMON], text[_STREET], text[_INDICATOR], kind, strict=True)]
    stops = pd.DataFrame({c.NAME: called, c.KIND: kind, c.LON: lon, c.LAT: lat})
    return stops[(stops[c.NAME] != "") & ~text[_TYPE].isin(_NEITHER)]


def _joined(stops: pd.DataFrame) -> pd.DataFrame:
    """Return stops with the bays and entrances of each station as one."""
    stations = np.flatnonzero(stops[c.KIND] == STATION)
    named, lon, lat = (stops[name].to_numpy()[stations] for name in (c.NAME, c.LON, c.LAT))
    one_each = stations[join_names(named.tolist(), lon, lat)]
    others = np.flatnonzero(stops[c.KIND] == STOP)
    return stops.iloc[np.sort(np.append(others, one_each))].reset_index(drop=True)


def _called(common: str, street: str, indicator: str, kind: str) -> str:
    """Return what people call a stop: its name, and its street or the letter of its stand where that says more."""
    if kind == STATION:  # "Rotherham Interchange/A1" is a bay, "Birley Lane Platform to Halfway" a platform
        whole = _INNER.sub("", common)
        return whole.removesuffix(indicator).rstrip(" /,(-") if indicator and whole.endswith(f"/{indicator}") else whole
    said = [common]
    if len(street) > 1 and not _words(street) & _words(common):
        said.append(street)
    bay = _BAY.fullmatch(indicator)
    if bay is not None and not _words(bay[1]) & _words(common):
        said.append(indicator)
    return ", ".join(said) if common else ""


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - {"road", "street", "lane", "avenue", "the"}


def _postcodes(rows: pa.Table) -> pd.DataFrame:
    lon, lat = _positions(rows)
    compact = _texts(rows, c.POSTCODE).str.upper().str.replace(r"\s", "", regex=True)
    name = compact.str[:-3] + " " + compact.str[-3:]
    found = pd.DataFrame({c.NAME: name, c.KIND: POSTCODE_PLACE, c.LON: lon, c.LAT: lat})
    return found[compact.str.fullmatch(_POSTCODE.pattern)]


def _once(postcodes: pd.DataFrame) -> pd.DataFrame:
    return postcodes.drop_duplicates(c.NAME, ignore_index=True)


def _positions(rows: pa.Table) -> tuple[Floats, Floats]:
    """Return the position of each row, by degrees where it has them and else by the grid; outside Britain for none."""
    lon, lat = _numbers(rows, c.LON), _numbers(rows, c.LAT)
    west, south, east, north = _BRITAIN
    without = ~((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    if without.any() and {_EAST, _NORTH} <= set(rows.column_names):
        metres = np.column_stack([_numbers(rows, _EAST), _numbers(rows, _NORTH)])[without]
        metres[(metres <= 0).any(axis=1)] = np.nan  # where a postcode has no position both are 0
        to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
        lon[without], lat[without] = to_degrees.transform(*metres.T)
    return lon, lat


def _numbers(table: pa.Table, name: str) -> Floats:
    """Return a column of numbers, NaN where it is missing, blank or something else."""
    if name not in table.column_names:
        return np.full(table.num_rows, np.nan)
    return pd.to_numeric(table[name].to_pandas(), errors="coerce").to_numpy(dtype=np.float64, copy=True)


def _texts(table: pa.Table, name: str) -> "pd.Series[str]":
    """Return a column of trimmed text, empty where it is missing or blank."""
    if name not in table.column_names:
        return pd.Series([""] * table.num_rows, dtype="str")
    return table[name].to_pandas().astype("str").fillna("").str.strip()
