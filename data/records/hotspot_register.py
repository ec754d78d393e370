"""Known hotspots of the local register, from any kind of file that holds a table or shapes."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from data.formats import cells
from data.formats.layers import Layer
from data.formats.shapes import DEGREES, repair, to_degrees
from data.formats.sheet_reader import choose_layer, choose_sheet, read_layers, read_sheets
from data.formats.sheets import Sheet
from data.formats.sources import Source
from data.records import dates
from data.records.positions import guess_place, positions_of
from geo import columns as c
from geo.arrays import Bools, Shapes
from geo.errors import InputError
from geo.harms import HARM_GROUPS, OTHER
from geo.register.place_types import (
    AREA_ONLY,
    LAST_REPORTED,
    NEXT_REVIEW,
    PLACE_TYPES,
    STATUSES,
    WATCHED_BY,
    place_type_of,
    status_of,
)

_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    c.REFERENCE: ("reference", "ref", "id"),
    c.NAME: ("name", "place name", "place", "hotspot", "location"),
    c.PLACE_TYPE: ("type", "place type", "type of place"),
    c.HARM: ("harm group", "harm", "harm type"),
    c.STATUS: ("status",),
    LAST_REPORTED: ("last reported", "last report"),
    NEXT_REVIEW: ("next review", "review date", "review"),
    WATCHED_BY: ("watched by", "guardian", "guardianship"),
}
# Columns of a register whose text names places: a person's name in them is that of a street or a park.
NAMING_COLUMNS: Final = frozenset(_SYNONYMS[c.NAME])
_NEEDED: Final = (c.NAME, c.PLACE_TYPE, c.HARM, c.STATUS)
_WKT: Final = ("wkt", "geometry", "geom")
_DRAWN: Final = frozenset(shapely.GeometryType) - {
    shapely.GeometryType.MISSING, shapely.GeometryType.GEOMETRYCOLLECTION, shapely.GeometryType.LINEARRING,
}  # fmt: skip
_GROUND: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True)
class _Register:
    """What a file holds: text columns, one geometry a row, and how its rows are called."""

    where: str
    table: pa.Table
    geometries: Shapes
    say: Callable[[Bools], str]


def read_hotspots(source: Source, sheet: str | None = None) -> gpd.GeoDataFrame:
    """Return hotspots from a table with positions (longitude and latitude, easting and northing, or WKT) or of shapes.

    ``sheet`` names one of several sheets or layers; the first that has rows when None. The columns are ``c.REFERENCE``
    (made from name and place where blank), ``c.NAME``, ``c.PLACE_TYPE`` and ``c.STATUS`` (as in
    geo.register.place_types), ``c.HARM`` (code of geo.harms), last report and next review (datetime64[s] days, NaT
    where blank), who watches (missing where blank) and points, lines or polygons in EPSG:4326. Raises ``InputError`` as
    ``read_sheets`` does, for columns that are missing, words outside the closed lists, a place without a position, and
    a home drawn as a point.
    """
    layers = read_layers(source)
    if layers and choose_layer(layers, sheet).drawn:
        register = _of_layer(choose_layer(layers, sheet))
    else:
        sheets = [layer.sheet() for layer in layers] or read_sheets(source)
        register = _of_sheet(choose_sheet(sheets, sheet))
    columns = _columns(register)
    frame = pd.DataFrame({c.NAME: _filled(register, columns[c.NAME])})
    frame[c.PLACE_TYPE] = _coded(register, columns[c.PLACE_TYPE], place_type_of, PLACE_TYPES)
    frame[c.HARM] = _coded(register, columns[c.HARM], _harm_of, HARM_GROUPS)
    frame[c.STATUS] = _coded(register, columns[c.STATUS], status_of, STATUSES)
    for name in (LAST_REPORTED, NEXT_REVIEW):
        frame[name] = _days(register, columns.get(name))
    frame[WATCHED_BY] = _texts(register, columns.get(WATCHED_BY))
    places = _places(register, frame[c.PLACE_TYPE])
    frame.insert(0, c.REFERENCE, _references(register, columns.get(c.REFERENCE), frame[c.NAME], places))
    return gpd.GeoDataFrame(frame, geometry=places, crs=DEGREES)


def _of_layer(layer: Layer) -> _Register:
    return _Register(_named(layer.sheet().where), layer.table, layer.shapes, layer.say)


def _of_sheet(sheet: Sheet) -> _Register:
    names = sheet.columns
    wkt, pair = cells.find_column(names, _WKT), guess_place(names).pair
    if wkt is None and pair is None:
        raise InputError(
            f"{sheet.where}: hotspots need longitude and latitude, easting and northing, or a column “WKT”, but "
            f"the file has the columns {cells.say_names(names)}; add or rename what is missing."
        )
    geometries = np.full(len(sheet.table), None, dtype=object)
    if pair is not None:
        found = positions_of(sheet.table, pair)
        cells.refuse(found.faults, where=sheet.where, say=sheet.say)
        known = ~np.isnan(found.lon)
        geometries[known] = shapely.points(found.lon[known], found.lat[known])
    if wkt is not None:
        drawn = _from_wkt(sheet, wkt)
        geometries = np.where(shapely.is_missing(drawn), geometries, drawn)
    return _Register(_named(sheet.where), sheet.table, geometries, sheet.say)


def _named(where: str) -> str:
    """Return the name of a file (and sheet) without its outer quotation marks, which every sentence adds itself."""
    return where.removeprefix("“").removesuffix("”")


def _from_wkt(sheet: Sheet, column: str) -> Shapes:
    texts = cells.texts(sheet.table.column(column)).to_numpy(zero_copy_only=False)
    shapes: Shapes = shapely.from_wkt(texts, on_invalid="ignore")
    unread = shapely.is_missing(shapes) & ~pd.isna(texts)
    if unread.any():
        raise InputError(
            f"{sheet.where}: column “{column}” must hold shapes such as POINT (-1.47 53.38), but it holds something "
            f"else in {sheet.say(unread)}; correct those cells."
        )
    return to_degrees(_named(sheet.where), shapes)


def _columns(register: _Register) -> dict[str, str]:
    """Return the column of each meaning; raises InputError where a needed one is missing."""
    names = register.table.column_names
    found = cells.find_columns(names, _SYNONYMS)
    missing = [meaning for meaning in _NEEDED if meaning not in found]
    if missing:
        raise InputError(
            f"“{register.where}”: hotspots need the columns {cells.say_names(_NEEDED)}, but "
            f"{cells.say_missing(missing, names)}; add or rename what is missing."
        )
    return found


def _texts(register: _Register, column: str | None) -> pd.Series:
    if column is None:
        return pd.Series([None] * len(register.table), dtype="str")
    return pd.Series(cells.texts(register.table.column(column)).to_pylist(), dtype="str")


def _filled(register: _Register, column: str) -> pd.Series:
    texts = _texts(register, column)
    blank = texts.isna().to_numpy()
    if blank.any():
        raise InputError(
            f"“{register.where}”: every hotspot must have something in “{column}”, but it is blank in "
            f"{register.say(blank)}; fill it."
        )
    return texts


def _coded(register: _Register, column: str, code_of: Callable[[str], str | None], allowed: Iterable[str]) -> pd.Series:
    """Return the codes of a closed list for the words of a column."""
    codes = _filled(register, column).map(code_of)
    unknown = codes.isna().to_numpy()
    if unknown.any():
        raise InputError(
            f"“{register.where}”: “{column}” must be one of {cells.say_names(allowed, 'or')}, but it "
            f"is none of them in {register.say(unknown)}; choose the nearest."
        )
    return codes.astype("str")


def _harm_of(label: str) -> str | None:
    plain = " ".join(label.casefold().split())
    named = next((code for code, name in HARM_GROUPS.items() if plain in (code, name.casefold())), None)
    # Registers from before the group of violence lost a word of its name have that word still.
    before = (code for code, name in HARM_GROUPS.items() if code != OTHER and plain.endswith(f" {name.casefold()}"))
    return named or next(before, None)


def _days(register: _Register, column: str | None) -> pd.Series:
    """Return days; a review lies ahead, and a reader knows no clock to hold a report against."""
    texts = _texts(register, column)
    moments = dates.parse_moments(texts, where=register.where, column=column or "", today=None, say=register.say)
    return moments.astype("datetime64[s]").dt.floor("D")


def _references(register: _Register, column: str | None, names: pd.Series, places: Shapes) -> list[str]:
    """Return the reference of every hotspot: its own, or else one made of its name and place.

    So the same hotspot brought again finds itself on the register, and another file's does not take its place.
    """
    given = _texts(register, column)
    again = (given.duplicated() & given.notna()).to_numpy()
    if again.any():
        raise InputError(
            f"“{register.where}”: every hotspot must have its own “{column}”, but one that came before comes again in "
            f"{register.say(again)}; change it."
        )
    taken = set(given.dropna())
    references: list[str] = []
    for reference, known, name, place in zip(given, given.notna(), names, places, strict=True):
        own = reference if known else _made(f"{name} {shapely.to_wkt(place, rounding_precision=5)}", taken)
        taken.add(own)
        references.append(own)
    return references


def _made(text: str, taken: set[str]) -> str:
    made = f"H-{hashlib.sha256(text.encode()).hexdigest()[:6]}"
    return made if made not in taken else next(f"{made}-{n}" for n in count(2) if f"{made}-{n}" not in taken)


def _places(register: _Register, types: pd.Series) -> Shapes:
    """Return valid shapes, refusing hotspots without one and homes that are not drawn as an area."""
    found = register.geometries
    nowhere = shapely.is_missing(found) | shapely.is_empty(found) | ~np.isin(shapely.get_type_id(found), list(_DRAWN))
    if nowhere.any():
        raise InputError(
            f"“{register.where}”: every hotspot must be a point, a line or a polygon, but there is none in "
            f"{register.say(nowhere)}; add its position."
        )
    shapes, _ = repair(register.where, found)
    shown = types.isin(AREA_ONLY).to_numpy() & ~np.isin(shapely.get_type_id(shapes), _GROUND)
    if shown.any():
        raise InputError(
            f"“{register.where}”: a residential address must be kept as an area only, but it is a point or line in "
            f"{register.say(shown)}; draw a polygon around the streets instead."
        )
    return shapes
