"""Known hotspots of the local register, from any kind of file that holds a table or shapes."""

from functools import partial
from typing import Final

import geopandas as gpd
import pandas as pd

from data.formats import cells
from data.formats.shapes import DEGREES
from data.formats.sources import Source
from data.records.register_rows import CodeOf, RegisterRows, rows_of
from geo import columns as c
from geo.arrays import Shapes
from geo.errors import InputError
from geo.harms import HARM_GROUPS, OTHER
from geo.register.closed_lists import code_of
from geo.register.fields import BY_COLUMN, FIELDS, GIVEN, REPORTS, SHAPE, RegisterField
from geo.register.place_types import LAST_REPORTED, NEXT_REVIEW, WATCHED_BY, place_type_of, status_of
from geo.register.references import make_reference

# What files call a column, besides its own name and its label.
_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    c.REFERENCE: ("reference", "ref", "id"),
    c.NAME: ("name", "place name", "place", "hotspot", "location"),
    c.PLACE_TYPE: ("type", "place type", "type of place"),
    c.HARM: ("harm group", "harm", "harm type"),
    c.STATUS: ("status",),
    LAST_REPORTED: ("last reported", "last report"),
    NEXT_REVIEW: ("next review", "review date", "review"),
    WATCHED_BY: ("watched by", "guardian", "guardianship"),
    "precision": ("position precision", "how exact"),
    "other_harms": ("other harms", "further harm groups"),
    "unsafe_because": ("why unsafe", "unsafe because"),
    "safer_because": ("what would make it safer", "safer because"),
    "age_band": ("age group",),
    "times": ("times of day",),
    "sources": ("source agencies",),
    "reliability": ("reliability of the information",),
    "first_reported": ("first report",),
    REPORTS: ("reports", "report count"),
    "rag": ("rag rating",),
    "rag_reason": ("rag reason", "reason for rag"),
    "led_by": ("led by", "lead role"),
    "closing_reason": ("closing reason", "why closed"),
}
_NEEDED: Final = (c.NAME, c.PLACE_TYPE, c.HARM, c.STATUS)
_FIRST: Final = (*_NEEDED, LAST_REPORTED, NEXT_REVIEW, WATCHED_BY)
_READ: Final = (*_FIRST, *(one.column for one in FIELDS if one.column not in (*_FIRST, SHAPE)))
# Columns of a register whose text names places: a person's name in them is that of a street or a park.
NAMING_COLUMNS: Final = frozenset(_SYNONYMS[c.NAME])


def _names_of(column: str) -> tuple[str, ...]:
    """Return what files call a column, in the spelling of ``cells.normalised``."""
    own = (BY_COLUMN[column].label,) if column in BY_COLUMN else ()
    return tuple(dict.fromkeys(cells.normalised(name) for name in (*_SYNONYMS[column], *own, column)))


_CALLED: Final = {column: _names_of(column) for column in _SYNONYMS}
# Columns of sentences about places. What stands there is looked at cell by cell, and not as a column.
NOTE_COLUMNS: Final = frozenset(
    name
    for column in ("unsafe_because", "safer_because", "rag_reason", "closing_reason")
    for name in _CALLED[column]
)  # fmt: skip


def read_hotspots(source: Source, sheet: str | None = None) -> gpd.GeoDataFrame:
    """Return hotspots from a table with positions (longitude and latitude, easting and northing, or WKT) or of shapes.

    ``sheet`` names one of several sheets or layers; the first that has rows when None. The columns are ``c.REFERENCE``
    (made from name and place where blank), those of ``geo.register.fields`` with codes as values (several in one text,
    with spaces between; days as datetime64[s]; missing where blank, or where the file has no such column),
    ``GIVEN`` (the columns that the file has), and points, lines or polygons in EPSG:4326. Raises ``InputError`` as
    ``read_sheets`` does, for columns that are missing, words outside the closed lists, a place without a position, and
    a home drawn as a point.
    """
    rows = rows_of(source, sheet)
    columns = _columns(rows)
    frame = pd.DataFrame({name: _values(rows, BY_COLUMN[name], columns.get(name)) for name in _READ})
    frame[GIVEN] = " ".join(name for name in _READ if name in columns)
    places = rows.places(frame[c.PLACE_TYPE])
    frame.insert(0, c.REFERENCE, _references(rows, columns.get(c.REFERENCE), frame[c.NAME], places))
    return gpd.GeoDataFrame(frame, geometry=places, crs=DEGREES)


def _columns(rows: RegisterRows) -> dict[str, str]:
    """Return the column of each meaning; raises InputError where a needed one is missing."""
    names = rows.table.column_names
    found = cells.find_columns(names, _CALLED)
    missing = [meaning for meaning in _NEEDED if meaning not in found]
    if missing:
        raise InputError(
            f"“{rows.where}”: hotspots need the columns {cells.say_names(_NEEDED)}, but "
            f"{cells.say_missing(missing, names)}; add or rename what is missing."
        )
    return found


def _values(rows: RegisterRows, field: RegisterField, column: str | None) -> pd.Series:
    """Return the values of a field, of whatever kind it is."""
    if field.is_day:
        return rows.days(column)
    if field.column == REPORTS:
        return rows.numbers(column)
    if column is None or not field.words:
        return rows.texts(column) if column is None or field.column not in _NEEDED else rows.filled(column)
    own: dict[str, CodeOf] = {c.PLACE_TYPE: place_type_of, c.STATUS: status_of}
    meaning = own.get(field.column, _harm_of if field.words is HARM_GROUPS else partial(code_of, words=field.words))
    allowed = field.words if field.column in _NEEDED else field.words.values()
    if field.several:
        return rows.several(column, meaning, field.words, allowed)
    texts = rows.filled(column) if field.column in _NEEDED else rows.texts(column)
    return rows.coded(column, texts, meaning, allowed)


def _harm_of(label: str) -> str | None:
    plain = " ".join(label.casefold().split())
    named = next((code for code, name in HARM_GROUPS.items() if plain in (code, name.casefold())), None)
    # Registers from before the group of violence lost a word of its name have that word still.
    before = (code for code, name in HARM_GROUPS.items() if code != OTHER and plain.endswith(f" {name.casefold()}"))
    return named or next(before, None)


def _references(rows: RegisterRows, column: str | None, names: pd.Series, places: Shapes) -> list[str]:
    """Return the reference of every hotspot: its own, or else one made of its name and place.

    So the same hotspot brought again finds itself on the register, and another file's does not take its place.
    """
    given = rows.texts(column)
    again = (given.duplicated() & given.notna()).to_numpy()
    if again.any():
        raise InputError(
            f"“{rows.where}”: every hotspot must have its own “{column}”, but one that came before comes again in "
            f"{rows.say(again)}; change it."
        )
    taken = set(given.dropna())
    references: list[str] = []
    for reference, known, name, place in zip(given, given.notna(), names, places, strict=True):
        own = reference if known else make_reference(name, place, taken)
        taken.add(own)
        references.append(own)
    return references
