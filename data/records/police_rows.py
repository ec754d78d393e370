"""The rows of one street file of data.police.uk: read fast when it is as published, and with care when it is not.

Column meanings: https://data.police.uk/about/#columns. Coordinates are degrees (EPSG:4326), moved to snap points; files
of about 2012 have eastings and northings (EPSG:27700) instead, and neither Crime IDs nor area codes.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from data.formats.csv_text import header, read_text_table, read_typed_table, row_number
from data.formats.shapes import BRITISH_LAT, BRITISH_LON
from data.formats.sources import Source
from data.records.positions import Pair, read_positions
from data.records.rows import FORCE_FIELD, PLACE_FIELD, REQUIRED_FIELDS, TEXT
from data.records.street_names import force_of, read_street_name
from geo import columns as c
from geo.calendar.months import is_month
from geo.errors import InputError

CRIME_ID, MONTH, LON, LAT, LSOA, CRIME_TYPE = (
    "Crime ID",
    "Month",
    "Longitude",
    "Latitude",
    "LSOA code",
    "Crime type",
)
LOCATION: Final = "Location"
FALLS_WITHIN: Final = "Falls within"
STREET_COLUMNS: Final = (CRIME_ID, MONTH, LON, LAT, LSOA, CRIME_TYPE)
_EAST, _NORTH = "Easting", "Northing"
_EARLY_COLUMNS: Final = (MONTH, _EAST, _NORTH, CRIME_TYPE)  # of about 2012
FIRST_MONTH: Final = "2010-12"  # the first month that data.police.uk published
_TYPES: Final = {
    CRIME_ID: pa.string(),
    MONTH: TEXT,
    LON: pa.float64(),
    LAT: pa.float64(),
    LSOA: TEXT,
    CRIME_TYPE: TEXT,
}
_PUBLISHED: Final = r"^On or near .{0,199}\S\s*$"  # how data.police.uk names a place; any other text is none
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BY_EXCEL: Final = re.compile(rf"({'|'.join(_MONTHS)})-(\d\d)", re.IGNORECASE)  # what it makes of 2025-02
_FIELDS: Final = {c.MONTH: MONTH, c.CATEGORY: CRIME_TYPE, c.STATED: LSOA, c.LON: LON, c.LAT: LAT}


@dataclass(frozen=True)
class PolicePart:
    """What one file holds.

    ``table`` has the columns of ``REQUIRED_FIELDS``, ``PLACE_FIELD`` if names of places are asked for, and
    ``FORCE_FIELD``; ``ids`` has the Crime ID of each of its rows, null where blank; ``ids_differ`` says that none is
    repeated in the file. ``outside`` counts the rows of months not asked for, which are in neither. ``size`` is the
    length of the unpacked file in bytes. ``edition`` is that of the archive it came in; None for a file by itself.
    """

    source: Source
    table: pa.Table
    ids: pa.ChunkedArray
    ids_differ: bool
    outside: int
    size: int
    edition: str | None = None

    @property
    def months(self) -> list[str]:
        """The months that occur."""
        return [str(month) for month in self.table[c.MONTH].unique().to_pylist()]


def read_part(
    source: Source,
    first: str | None,
    last: str | None,
    today: date,
    *,
    place_names: bool = False,
    edition: str | None = None,
) -> PolicePart:
    """Return one street file with the rows from month ``first`` to ``last`` (both included; None: no bound).

    With ``place_names`` its column “Location” is read, where it has one, and kept where it is as published. Its force
    is that of its name, else what “Falls within” says.

    Raises InputError, naming file, column and row: for a blank or unreadable month, a month before ``FIRST_MONTH`` or
    after ``today``, a blank crime type, coordinates that ``read_positions`` refuses, and as ``read_text_table`` does.
    """
    named = read_street_name(source.name)
    more = [*([LOCATION] if place_names else []), *([] if named else [FALLS_WITHIN])]
    rows, size = _read_fast(source, more)
    if rows is not None:
        rows = rows.unify_dictionaries().combine_chunks()
    if rows is None or not _as_published(rows):
        rows = _read_with_care(source, more)
    _require_months(source.name, rows[MONTH].chunk(0), today)
    kept = _of_months(rows, first, last)
    ids = kept[CRIME_ID]
    differ = pc.count_distinct(ids, mode="only_valid").as_py() == len(ids) - ids.null_count
    table = pa.table([kept[_FIELDS[field.name]] for field in REQUIRED_FIELDS], schema=pa.schema(REQUIRED_FIELDS))
    if place_names:
        table = table.append_column(PLACE_FIELD, _place_names(kept))
    table = table.append_column(FORCE_FIELD, _forces(kept, named.force if named else None))
    return PolicePart(source, table, ids, differ, rows.num_rows - kept.num_rows, size, edition)


def _read_fast(source: Source, more: Sequence[str]) -> tuple[pa.Table | None, int]:
    """Return the columns of a file as published, and its size; None for the table of a file that needs more care."""
    try:
        return read_typed_table(source, _TYPES | dict.fromkeys(more, TEXT), optional=more)
    except InputError:
        if not set(_EARLY_COLUMNS) <= set(header(source)):
            raise
        return None, len(source.read())


def constant(text: str | None, rows: int) -> pa.Array:
    """Return a dictionary-encoded column that says the same in every row, or nothing."""
    if text is None:
        return pa.nulls(rows, TEXT)
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, dtype=np.int32)), pa.array([text], pa.string()))


def forces_within(source: Source) -> set[str]:
    """Return the forces that the rows of one street file fall within; none where it does not say. Not for archives."""
    if source.is_zip or FALLS_WITHIN not in header(source):
        return set()
    rows, _ = read_typed_table(source, {FALLS_WITHIN: TEXT})
    words = [] if rows is None else rows[FALLS_WITHIN].cast(pa.string()).unique().to_pylist()
    return {force for word in words if word is not None and (force := force_of(word))}


def _forces(rows: pa.Table, named: str | None) -> pa.Array:
    """Return the force of each row: that of the file's name, else the one that it falls within."""
    if named is not None or FALLS_WITHIN not in rows.column_names:
        return constant(named, rows.num_rows)
    position = rows[FALLS_WITHIN].unify_dictionaries().combine_chunks()
    said = position.chunk(0) if isinstance(position, pa.ChunkedArray) else position
    forces = pa.array([None if word is None else force_of(word) for word in said.dictionary.to_pylist()], pa.string())
    return forces.take(said.indices).dictionary_encode()


def _as_published(rows: pa.Table) -> bool:
    """Return whether every cell is as data.police.uk writes it, so that nothing needs to be trimmed or explained."""
    if rows[MONTH].null_count or rows[CRIME_TYPE].null_count:
        return False
    if any(_BY_EXCEL.fullmatch(month) for month in rows[MONTH].chunk(0).dictionary.to_pylist()):
        return False
    for name in (MONTH, LSOA, CRIME_TYPE):
        words = rows[name].chunk(0).dictionary
        if not pc.utf8_trim_whitespace(words).equals(words):
            return False
    lon, lat = (rows[name].to_numpy() for name in (LON, LAT))
    inside = (lon >= BRITISH_LON[0]) & (lon <= BRITISH_LON[1]) & (lat >= BRITISH_LAT[0]) & (lat <= BRITISH_LAT[1])
    no_location = cells.mask(rows[LON].is_null()) & cells.mask(rows[LAT].is_null())
    return bool(np.all(inside | no_location))


def _place_names(rows: pa.Table) -> pa.Array:
    """Return what the place of each row is called, null where nothing is or not as published.

    The dictionary keeps no word of what is left out.
    """
    if LOCATION not in rows.column_names:
        return pa.nulls(rows.num_rows, TEXT)
    names = rows[LOCATION].cast(pa.string())
    published = pc.match_substring_regex(names, _PUBLISHED, ignore_case=True)
    return pc.if_else(published, names, None).combine_chunks().dictionary_encode()


def _read_with_care(source: Source, more: Sequence[str]) -> pa.Table:
    """Return the columns of ``STREET_COLUMNS`` read as text, and those of ``more`` that there are.

    It costs more than reading them typed, and can say what is wrong and where.
    """
    names = header(source)
    there = [name for name in more if name in names]
    early = LON not in names and set(_EARLY_COLUMNS) <= set(names)
    text = read_text_table(source, (*(_EARLY_COLUMNS if early else STREET_COLUMNS), *there))
    for name in (MONTH, CRIME_TYPE):
        blank = cells.mask(text[name].is_null())
        if blank.any():
            raise InputError(
                f"“{source.name}” must have a value in the column “{name}” in every row, and it is blank in "
                f"{cells.say_rows(blank)}; download the file again or complete it."
            )
    pair = Pair(_EAST, _NORTH, grid=True) if early else Pair(LON, LAT, grid=False)
    lon, lat = read_positions(text, pair, where=source.name)
    columns = {
        name: cells.texts(text[name]) if name in text.column_names else pa.nulls(text.num_rows, pa.string())
        for name in (CRIME_ID, MONTH, LSOA, CRIME_TYPE)
    }
    columns[MONTH] = _as_months(columns[MONTH])
    columns |= {LON: pa.array(lon, from_pandas=True), LAT: pa.array(lat, from_pandas=True)}
    table = pa.table([columns[name].cast(type_) for name, type_ in _TYPES.items()], names=list(_TYPES))
    for name in there:
        table = table.append_column(name, cells.texts(text[name]).cast(TEXT))
    return table


def _as_months(texts: pa.StringArray) -> pa.Array:
    """Return months, those that Excel has rewritten ("Feb-25") as they were published ("2025-02")."""
    words = texts.dictionary_encode()
    read = [_month(word) for word in words.dictionary.to_pylist()]
    return pa.array(read, pa.string()).take(words.indices)


def _month(word: str) -> str:
    found = _BY_EXCEL.fullmatch(word)
    return f"20{found[2]}-{_MONTHS.index(found[1].lower()) + 1:02d}" if found else word


def _require_months(name: str, column: pa.DictionaryArray, today: date) -> None:
    """Refuse what is no month, or one that cannot have been published."""
    this_month = f"{today:%Y-%m}"
    faults: dict[str, Callable[[str], bool]] = {
        "a month such as 2021-09": lambda month: not is_month(month),
        "months that have begun": lambda month: month > this_month,
        "months from December 2010 on": lambda month: month < FIRST_MONTH,
    }
    words = column.dictionary.to_pylist()
    for requirement, is_fault in faults.items():
        wrong = [position for position, word in enumerate(words) if is_fault(word)]
        if wrong:
            row = row_number(int(np.flatnonzero(np.isin(column.indices.to_numpy(), wrong))[0]))
            raise InputError(
                f"“{name}” must hold {requirement} in the column “{MONTH}”, and row {row} holds something else; "
                "download the file again or correct that row."
            )


def _of_months(rows: pa.Table, first: str | None, last: str | None) -> pa.Table:
    """Return the rows of the months asked for; the dictionary keeps no word of the others."""
    words = rows[MONTH].chunk(0).dictionary.to_pylist()
    wanted = [word for word in words if (first or word) <= word <= (last or word)]
    if len(wanted) == len(words):
        return rows
    kept = rows.filter(pc.is_in(rows[MONTH].cast(pa.string()), pa.array(wanted, pa.string())))
    plain = pa.schema([(field.name, pa.string() if field.type == TEXT else field.type) for field in kept.schema])
    return kept.cast(plain).cast(kept.schema).combine_chunks()
