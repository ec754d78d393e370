"""The jobs that read whole files in the sandbox: inspect them, or read and screen their rows.

Each runs in a process of its own (``data.sandbox``), takes a function to report its progress as its last argument, and
raises InputError for what cannot be used. Nothing is stored here.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells, sheet_reader
from data.formats.sheets import Sheet
from data.formats.sources import Source
from data.records import marks
from data.records.action_list import action_day_columns, action_place_columns, read_actions
from data.records.boundaries import area_columns
from data.records.hotspot_register import NAMING_COLUMNS, NOTE_COLUMNS, read_hotspots
from data.records.incidents import SheetPart, combine, read_incidents, require_columns
from data.records.left_unread import all_columns, without
from data.records.locality import Locality
from data.records.mapping import ColumnMapping, guess_mapping
from data.records.marks import MarkMapping
from data.records.period_tables import read_period_table
from data.records.police import forces_in, months_in, read_police
from data.records.police_rows import CRIME_TYPE, LOCATION, forces_within
from data.records.problems import Faulty
from data.records.rows import DatasetKind, Rows
from data.records.schools import read_schools
from data.records.term_dates import read_calendar, term_day_columns
from data.records.whereabouts import (
    MAX_NAMES,
    NamesFound,
    Whereabouts,
    names_of,
    require_list,
    without_postcodes,
)
from data.screening import require_clean
from data.screening.kept_words import require_clean_kept
from data.screening.register_texts import require_clean_register
from geo import columns as c
from geo.errors import InputError

Progress = Callable[[float, str], None]  # share done from 0 to 1, what is being done
_DATES: Final = ("date", "start", "end", "month", "time")  # a date there is that of an incident, not of a birth
# "St Bernard's" is a school; numbers take its place before rows are returned. Names of places are judged one by one.
_PLACES: Final = ("contributor",)
_PLACES_JUDGED: Final = ("place",)
_POSITIONS: Final = ("longitude", "latitude", "easting", "northing")
MAX_CATEGORIES: Final = 400  # a column of categories has dozens; one of hundreds is something else


@dataclass(frozen=True)
class Reading:
    """Which rows are to be read, and how; ``place_names`` of police files are for open datasets only.

    ``whereabouts`` says where incidents lie that have no coordinates.
    """

    kind: DatasetKind
    sources: Sequence[Source]
    mapping: ColumnMapping | MarkMapping | None = None
    sheet: str | None = None
    forces: Sequence[str] = ()
    first: str | None = None
    last: str | None = None
    faulty: Faulty = Faulty.REFUSE
    today: date = field(default_factory=date.today)
    place_names: bool = False
    whereabouts: Whereabouts | None = None
    harms: Mapping[str, str] = field(default_factory=dict)  # categories that are known, and the codes of their groups


@dataclass(frozen=True)
class Inspection:
    """What files hold, before their rows are read: sheets, the columns of one, and the forces and months of a .zip."""

    sheets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    months: tuple[str, ...] = ()


def inspect_rows(source: Source, sheet: str | None, _progress: Progress) -> Inspection:
    """Return the sheets and columns of a file of incidents, marks or hotspots."""
    sheets = sheet_reader.read_sheets(source)
    chosen = sheet_reader.choose_sheet(sheets, sheet)
    return Inspection(tuple(one.name for one in sheets if one.name is not None), tuple(chosen.columns))


def inspect_areas(source: Source, _progress: Progress) -> Inspection:
    """Return the columns of a file of areas that could be their code and name."""
    return Inspection(columns=tuple(area_columns(source)))


def inspect_police(sources: Sequence[Source], _progress: Progress) -> Inspection:
    """Return the forces and months that the archives among files of police data hold."""
    archives = [source for source in sources if source.is_zip]
    forces = {force for source in archives for force in forces_in(source)}
    months = {month for source in archives for month in months_in(source)}
    return Inspection(forces=tuple(sorted(forces)), months=tuple(sorted(months)))


def police_forces(sources: Sequence[Source], chosen: Sequence[str], _progress: Progress) -> list[str]:
    """Return the forces that files of police data are of, by their names or else by their rows; of ``chosen`` if any.

    Empty when a file does not say its force.
    """
    found: set[str] = set()
    for source in sources:
        forces = set(forces_in(source)) or forces_within(source)
        if not forces:
            return []
        found |= forces
    return sorted(found & set(chosen) if chosen else found)


def read_rows(reading: Reading, progress: Progress) -> Rows:
    """Return the rows of a request, screened.

    Raises InputError when there are none, for identifiers of people, and for what the readers refuse.
    """
    rows = _police(reading, progress) if reading.kind is DatasetKind.POLICE else _table(reading, progress)
    if not rows.table.num_rows:
        raise InputError(
            f"An import needs rows, and no row of {names(reading.sources)} could be kept; check the file and how its "
            "columns are named."
        )
    _require_few_categories(rows, reading)
    require_clean_kept(f"{names(reading.sources)}: a category", _occurring(rows, c.CATEGORY).to_pylist())
    require_clean_kept(f"{names(reading.sources)}: the code of an area", _occurring(rows, c.STATED).to_pylist())
    return rows


def read_place_names(reading: Reading, progress: Progress) -> NamesFound:
    """Return what the places of incidents are called in files, screened; nothing where no column names places.

    Raises InputError for identifiers of people, for what incidents need and lack, and for a column of more names than
    places have.
    """
    found: Counter[str] = Counter()
    refused = 0
    for number, source in enumerate(reading.sources):
        sheet = _screened(reading, source, partial(progress, number / len(reading.sources)))
        mapping = _mapping(reading, sheet)
        if not isinstance(mapping, ColumnMapping) or mapping.place is None or mapping.place not in sheet.columns:
            continue
        require_columns(sheet.where, mapping, all_columns(sheet))
        known = reading.whereabouts.known if reading.whereabouts else frozenset()
        named, bad = names_of(sheet.table.column(mapping.place), known)
        found, refused = found + named, refused + bad
    if len(found) > MAX_NAMES:
        raise InputError(
            f"Places must have few enough names to look through, at most {MAX_NAMES}, and {names(reading.sources)} has "
            f"{len(found):,}; choose the column that says the place in a word or two, or none."
        )
    return NamesFound(tuple(found.most_common()), refused)


def read_registers(sources: Sequence[Source], sheet: str | None, progress: Progress) -> gpd.GeoDataFrame:
    """Return the known hotspots of several files, screened, in the order of the files; columns as ``read_hotspots``.

    Raises InputError for what ``read_hotspots`` refuses, for people's identifiers, and for a reference that two files
    use.
    """
    taken: set[str] = set()
    registers = []
    for number, source in enumerate(sources):
        progress(number / len(sources), f"Reading {source.name}")
        sheets = sheet_reader.read_sheets(source)
        require_clean(sheets, places=_naming_places(sheets))
        register = read_hotspots(source, sheet)
        require_clean_register(register)
        if taken & set(register[c.REFERENCE]):
            raise InputError(
                f"“{source.name}”: every hotspot must have its own reference, but a file that came before uses some of "
                "the same; give them references that differ."
            )
        taken |= set(register[c.REFERENCE])
        registers.append(register)
    return gpd.GeoDataFrame(pd.concat(registers, ignore_index=True))


def read_school_list(source: Source, locality: Locality | None, progress: Progress) -> tuple[pd.DataFrame, list[str]]:
    """Return the schools of a list and notes, as ``read_schools`` does."""
    progress(0.0, f"Reading {source.name}")
    return read_schools(source, locality)


def read_term_dates(source: Source, progress: Progress) -> pd.DataFrame:
    """Return the term dates of a calendar (.ics) or of a file's first table that has rows, screened.

    The columns are those of ``read_calendar``. Raises InputError for what ``read_period_table`` and ``read_calendar``
    refuse, and for people's identifiers.
    """
    progress(0.0, f"Reading {source.name}")
    chosen, sheets = read_period_table(source)
    require_clean(sheets, dates=term_day_columns(chosen))
    return read_calendar(chosen)


def read_action_lists(
    sources: Sequence[Source], sheet: str | None, references: Collection[str], today: date, progress: Progress
) -> pd.DataFrame:
    """Return the actions of several files, screened, in the order of the files; columns as ``read_actions``.

    ``references`` are those of the register. Raises InputError for what ``read_actions`` refuses, and for people's
    identifiers.
    """
    lists = []
    for number, source in enumerate(sources):
        progress(number / len(sources), f"Reading {source.name}")
        sheets = sheet_reader.read_sheets(source)
        chosen = sheet_reader.choose_sheet(sheets, sheet)
        require_clean(sheets, dates=action_day_columns(chosen), places=action_place_columns(chosen))
        lists.append(read_actions(chosen, references, today))
    return pd.concat(lists, ignore_index=True)


def names(sources: Sequence[Source]) -> str:
    """Return the names of files in words: the first, and how many more."""
    first = sources[0].name
    return first if len(sources) == 1 else f"{first} and {len(sources) - 1} more files"


def _police(reading: Reading, progress: Progress) -> Rows:
    """Return the rows of police data, few columns of which are read; crime types and names of places are screened."""
    rows = read_police(
        reading.sources,
        forces=reading.forces,
        first=reading.first,
        last=reading.last,
        progress=lambda done, of: progress(0.9 * done / of, f"Reading file {done} of {of}"),
        place_names=reading.place_names,
    )
    progress(0.95, "Looking for identifiers of people")
    for header, column in ((CRIME_TYPE, c.CATEGORY), (LOCATION, c.PLACE)):
        if column in rows.table.column_names:
            words = pa.table({header: _occurring(rows, column)})
            require_clean([Sheet(names(reading.sources), None, words)], numbered=[LOCATION])
    return rows


def _table(reading: Reading, progress: Progress) -> Rows:
    """Return incidents or marks of any format, every sheet of which is screened before one of them is read."""
    parts = []
    for number, source in enumerate(reading.sources):
        share = number / len(reading.sources)
        progress(share, f"Reading {source.name}")
        sheet = _screened(reading, source, partial(progress, share + 0.4 / len(reading.sources)))
        progress(share + 0.8 / len(reading.sources), f"Reading the rows of {source.name}")
        parts.append(SheetPart(sheet.file, sheet.where, _rows(reading, sheet)))
    return combine(parts)


def _screened(reading: Reading, source: Source, tell: Callable[[str], None]) -> Sheet:
    """Return the sheet of a file that is to be read, without the columns that are left unread, all of it screened.

    Those columns go before anything is looked at. A full postcode in the column of postcodes is what it is there for;
    whatever else stands in that column is screened.
    """
    sheets = sheet_reader.read_sheets(source)
    tell(f"Looking for identifiers of people in {source.name}")
    whole = sheet_reader.choose_sheet(sheets, reading.sheet)
    mapping = _mapping(reading, whole)
    if not isinstance(mapping, ColumnMapping):
        require_clean(
            sheets,
            dates=_named(mapping, _DATES),
            places=_named(mapping, _PLACES),
            positions=_named(mapping, _POSITIONS),
        )
        return whole
    sheet = without(whole, mapping.columns_unread(whole.columns))
    require_list(sheet.where, mapping, reading.whereabouts)
    shown = without_postcodes(sheet, mapping)
    rest = [shown if one is whole else one for one in sheets]
    free = {sheet.where: set(sheet.columns) - set(mapping.columns().values())}
    require_clean(
        rest,
        dates=_named(mapping, _DATES),
        places=_named(mapping, _PLACES),
        positions=_named(mapping, _POSITIONS),
        numbered=_named(mapping, _PLACES_JUDGED),
        can_leave=free,
    )
    return sheet


def _mapping(reading: Reading, sheet: Sheet) -> ColumnMapping | MarkMapping:
    guess = marks.guess_marks if reading.kind is DatasetKind.MARKS else guess_mapping
    return reading.mapping or guess(sheet.columns)


def _rows(reading: Reading, sheet: Sheet) -> Rows:
    mapping = _mapping(reading, sheet)
    if isinstance(mapping, MarkMapping):
        return marks.read_marks(sheet, mapping, today=reading.today, faulty=reading.faulty)
    return read_incidents(
        sheet,
        mapping,
        today=reading.today,
        faulty=reading.faulty,
        whereabouts=reading.whereabouts,
        harms=reading.harms,
    )


def _named(mapping: ColumnMapping | MarkMapping, roles: Sequence[str]) -> Collection[str]:
    """Return the columns that have one of these meanings."""
    named = (getattr(mapping, role, None) for role in roles)
    return [column for column in named if column is not None]


def _naming_places(sheets: Sequence[Sheet]) -> set[str]:
    named = NAMING_COLUMNS | NOTE_COLUMNS
    return {column for sheet in sheets for column in sheet.columns if cells.normalised(column) in named}


def _occurring(rows: Rows, column: str) -> pa.Array:
    return pc.unique(rows.table[column].cast(pa.string())).drop_null()


def _require_few_categories(rows: Rows, reading: Reading) -> None:
    found = len(_occurring(rows, c.CATEGORY))
    if found > MAX_CATEGORIES:
        raise InputError(
            f"Categories must be few enough to choose among, at most {MAX_CATEGORIES}, and {names(reading.sources)} "
            f"has {found:,}; choose the column that says what kind of incident each is."
        )
