"""Incidents of any organisation: a table with a date or month, a place and a category in columns of any name."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from data.formats.sheets import Sheet
from data.records import contributors, intervals
from data.records.left_unread import all_columns, say_unsaved
from data.records.mapping import ColumnMapping, guess_mapping
from data.records.positions import PlaceColumns, positions_of, require_pair
from data.records.problems import Faulty, Problem, problem_of
from data.records.rows import CONTRIBUTOR_FIELD, REQUIRED_FIELDS, TEXT, TIME_FIELDS, Rows
from data.records.several_categories import one_each
from data.records.whereabouts import AT_SCHOOL, BY_NAME, BY_POSTCODE, Whereabouts, locate, require_list, say_located
from geo import columns as c
from geo.arrays import Bools
from geo.errors import InputError

NO_DATE: Final = "no date"
NO_CATEGORY: Final = "no category"
NO_LOCATION: Final = "no location"

# Turns the cells of the column of categories into categories, null where blank or faulty, and says what is wrong.
Categories: TypeAlias = Callable[[cells.Column, str], tuple[pa.Array, list[cells.Fault]]]


class Requirements(NamedTuple):
    """What rows of a kind need, in the words of the message for a file that lacks it."""

    whose: str
    date: str
    category: str
    remedy: str
    place: str = "a place (longitude and latitude, easting and northing, or an area code)"


INCIDENTS: Final = Requirements(
    "incidents",
    "a date (or from and to, or a month)",
    "a category",
    "choose which column is which under “Match columns”, or rename the columns",
    "a place (longitude and latitude, easting and northing, an area code, a postcode, or the name of a place)",
)


def read_incidents(
    sheet: Sheet,
    mapping: ColumnMapping | None = None,
    *,
    today: date,
    faulty: Faulty = Faulty.REFUSE,
    whereabouts: Whereabouts | None = None,
    harms: Mapping[str, str] | None = None,
) -> Rows:
    """Return the incidents of a sheet by ``mapping``, or by a mapping guessed from its columns.

    The table has the columns of ``REQUIRED_FIELDS``; unless only months are known, ``TIME_FIELDS``; and
    ``CONTRIBUTOR_FIELD`` where a column says the school, as it is written until ``combine`` numbers it. A day without a
    time of day becomes the interval of that whole day. Rows without a date or a category are not kept, and counted.
    Only mapped columns are read; the names of the others stand in the notes. Rows without coordinates lie where
    ``whereabouts`` puts them by postcode or name. A cell that names several categories counts as one, by ``harms``
    (categories that are known, with the codes of their harm groups) and the mapping's own. Months without incidents
    are no gaps. Raises ``InputError`` where a needed column is missing, and for a value that cannot be read unless
    ``faulty`` has such rows left out: then for coordinates of the wrong kind, and when more than half of the rows are
    faulty.
    """
    mapping = mapping or guess_mapping(sheet.columns)
    placing = whereabouts or Whereabouts()
    require_columns(sheet.where, mapping, all_columns(sheet), at_site=placing.site is not None)
    require_list(sheet.where, mapping, whereabouts)
    several: list[int] = []
    known = {**(harms or {}), **mapping.harm}

    def categories(column: cells.Column, _name: str) -> tuple[pa.Array, list[cells.Fault]]:
        each = one_each(column, known)
        several.append(each.several)
        return each.categories, []

    rows = read_mapped_rows(
        sheet, mapping, all_columns(sheet), today=today, faulty=faulty, categories=categories, whereabouts=placing
    )
    return replace(rows, notes=(*rows.notes, *_say_several(several[-1])), several=several[-1])


def _say_several(rows: int) -> list[str]:
    """Say how rows that name several categories count; nothing where none does."""
    if not rows:
        return []
    name = "1 row names" if rows == 1 else f"{rows:,} rows name"
    return [f"{name} several categories: each row counts once, under the one whose harm group comes first in the list."]


def read_mapped_rows(
    sheet: Sheet,
    mapping: ColumnMapping,
    names: Sequence[str],
    *,
    today: date,
    faulty: Faulty,
    categories: Categories,
    whereabouts: Whereabouts | None = None,
) -> Rows:
    """Return the rows of the mapped columns of ``sheet``, which has them; ``names`` are all columns of its file.

    Faulty rows are left out as though they had never been in the file.
    """
    used = list(dict.fromkeys(mapping.columns().values()))
    table = sheet.table.select(used)
    where = whereabouts or Whereabouts()
    found = _read(table, mapping, sheet.where, today, categories, where)
    if faulty is Faulty.REFUSE:
        cells.refuse(found.faults, where=sheet.where, say=sheet.say)
    kept = found
    if found.faults:
        _require_mostly_valid(sheet, found.faults)
        good = ~cells.any_of(found.faults)
        kept = _read(table.filter(pa.array(good)), mapping, sheet.where, today, categories, where)
        # What stood in the way of telling that most of the file is wrong may have gone with those rows.
        cells.refuse(kept.faults, where=sheet.where, say=lambda bad: sheet.say(_spread(bad, good)))
    keep = pc.and_(pc.is_valid(kept.columns[c.MONTH]), pc.is_valid(kept.columns[c.CATEGORY]))
    fields = [
        *REQUIRED_FIELDS,
        *(TIME_FIELDS if c.START in kept.columns else ()),
        *([CONTRIBUTOR_FIELD] if mapping.contributor else ()),
    ]
    arrays = [_typed(kept.columns[field.name].filter(keep), field.type) for field in fields]
    not_kept, problems = _problems(sheet, mapping, found)
    unread = [name for name in names if name not in used]
    return Rows(
        table=pa.table(arrays, schema=pa.schema(fields)),
        read=len(table),
        not_kept=not_kept,
        notes=(
            *((say_unsaved(unread, mapping.columns_unread(unread)),) if unread else ()),
            *say_located(kept.placed),
        ),
        problems=problems,
        by_words=sum(kept.placed[how] for how in (BY_POSTCODE, BY_NAME, AT_SCHOOL)),
    )


class SheetPart(NamedTuple):
    """The rows of one file or sheet, and how it is called."""

    file: str
    where: str
    rows: Rows


def combine(parts: Sequence[SheetPart]) -> Rows:
    """Return the rows of several files or sheets as one, in their order, with a number in the place of each school.

    Where some say the school and others do not, those that do not get a number of their own.
    Raises ``InputError`` when there is none, when some know days and others only months, and as
    ``contributors.number_contributors`` does.
    """
    if not parts:
        raise InputError("Incidents need at least one file, but none was given; name the files to read.")
    if len({part.rows.has_times for part in parts}) > 1:
        by_month = next(part.where for part in parts if not part.rows.has_times)
        raise InputError(
            f"{by_month}: the files of one dataset must all know days or all only months, but this one knows months "
            "and another knows days; bring them as two datasets."
        )
    more = f" and {len(parts) - 1:,} more" if len(parts) > 1 else ""
    table = contributors.number_contributors([part.rows.table for part in parts], parts[0].where + more)
    if len(parts) == 1:
        return replace(parts[0].rows, table=table)
    return Rows(
        table=table,
        read=sum(part.rows.read for part in parts),
        not_kept=sum((part.rows.not_kept for part in parts), Counter()),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.rows.notes)),
        problems=tuple(replace(problem, file=part.file) for part in parts for problem in part.rows.problems),
        by_words=sum(part.rows.by_words for part in parts),
        several=sum(part.rows.several for part in parts),
    )


@dataclass(frozen=True, eq=False)
class _Read:
    """The columns of all rows, null where a cell is blank or faulty; what is wrong; and where there is nothing."""

    columns: dict[str, pa.Array]
    faults: list[cells.Fault]
    no_date: Bools
    no_category: Bools
    no_location: Bools
    placed: Counter[str]  # rows without coordinates by how they were placed, or why not


def _read(
    table: pa.Table, mapping: ColumnMapping, where: str, today: date, categories: Categories, whereabouts: Whereabouts
) -> _Read:
    columns, of_dates = intervals.read_months(table, mapping, today)
    columns[c.CATEGORY], of_categories = categories(table.column(str(mapping.category)), str(mapping.category))
    columns[c.STATED] = cells.texts(table.column(mapping.area)) if mapping.area else pa.nulls(len(table), pa.string())
    columns[c.LON], columns[c.LAT], of_positions = _positions(table, mapping, where)
    missing = _blank(columns[c.LON], of_positions) & cells.mask(pc.is_null(columns[c.STATED]))
    located = locate(table, mapping, missing, whereabouts)
    columns[c.LON], columns[c.LAT] = (
        pc.coalesce(columns[name], pa.array(values, pa.float64(), from_pandas=True))
        for name, values in ((c.LON, located.lon), (c.LAT, located.lat))
    )
    columns[c.STATED] = pc.coalesce(columns[c.STATED], pa.array(located.area, pa.string()))
    if mapping.contributor:
        columns[c.CONTRIBUTOR] = contributors.raw_contributors(table.column(mapping.contributor))
    no_date = _blank(columns[c.MONTH], of_dates)
    return _Read(
        columns=columns,
        faults=[*of_dates, *of_positions, *of_categories],
        no_date=no_date,
        no_category=_blank(columns[c.CATEGORY], of_categories) & ~no_date,
        no_location=_blank(columns[c.LON], of_positions) & cells.mask(pc.is_null(columns[c.STATED])),
        placed=located.tally,
    )


def _blank(column: pa.Array, faults: Sequence[cells.Fault]) -> Bools:
    """Return where ``column`` has nothing and no fault is to blame."""
    nothing = cells.mask(pc.is_null(column))
    return nothing & ~cells.any_of(faults) if faults else nothing


def _require_mostly_valid(sheet: Sheet, faults: Sequence[cells.Fault]) -> None:
    """Refuse a file that is wrong as a whole, or more than half of whose rows are faulty."""
    cells.refuse([fault for fault in faults if fault.whole], where=sheet.where, say=sheet.say)
    bad = int(np.count_nonzero(cells.any_of(faults)))
    if 2 * bad > len(sheet.table):
        worst = max(faults, key=lambda fault: np.count_nonzero(fault.bad))
        raise InputError(
            f"{sheet.where}: at most half of the {sheet.word}s may be left out, but {bad:,} of {len(sheet.table):,} "
            f"are faulty, most often with {worst.what} in “{worst.column}”; check which column is which, or "
            f"{worst.remedy}."
        )


def _problems(sheet: Sheet, mapping: ColumnMapping, found: _Read) -> tuple[Counter[str], tuple[Problem, ...]]:
    """Return the number of rows that are not kept by their first problem, and every problem with all its rows."""
    found_in: dict[tuple[str, str | None], Bools] = {}
    for what, column, bad in (
        *((fault.what, fault.column, fault.bad) for fault in found.faults),
        (NO_DATE, mapping.month or mapping.date or mapping.start, found.no_date),
        (NO_CATEGORY, mapping.category, found.no_category),
    ):
        found_in[what, column] = found_in[what, column] | bad if (what, column) in found_in else bad
    not_kept: Counter[str] = Counter()
    kept = np.ones(len(sheet.table), dtype=np.bool_)
    for (what, _), bad in found_in.items():
        not_kept[what] += int(np.count_nonzero(bad & kept))
        kept &= ~bad
    problems = [problem_of(sheet, *key, bad, "left out") for key, bad in found_in.items() if bad.any()]
    nowhere = found.no_location & kept
    if nowhere.any():
        problems.append(problem_of(sheet, NO_LOCATION, None, nowhere, "note"))
    unsaid = _without_school(found) & kept
    if unsaid.any():
        problems.append(problem_of(sheet, contributors.NO_SCHOOL, mapping.contributor, unsaid, "note"))
    return +not_kept, tuple(problems)


def _without_school(found: _Read) -> Bools:
    """Return which rows do not say their school; none where they are not asked."""
    schools = found.columns.get(c.CONTRIBUTOR)
    return np.zeros(len(found.no_date), dtype=np.bool_) if schools is None else cells.mask(pc.equal(schools, ""))


def require_columns(
    where: str,
    mapping: ColumnMapping,
    names: Sequence[str],
    requirements: Requirements = INCIDENTS,
    *,
    at_site: bool = False,
) -> None:
    """Refuse a mapping that names columns the file has not, or lacks what a row needs.

    ``at_site`` means that rows which say no place lie at a school.
    """
    columns = mapping.columns()
    found = f"the file has the columns {cells.say_names(names)}"
    absent = [name for name in columns.values() if name not in names]
    if absent:
        raise InputError(
            f"{where}: the mapping names {cells.say_names(absent)}, but {found}; correct the names in the mapping."
        )
    met = {
        requirements.date: bool({"date", "start", "month"} & set(columns)),
        requirements.place: mapping.has_place or at_site,
        requirements.category: "category" in columns,
    }
    missing = [need for need, is_met in met.items() if not is_met]
    if missing:
        raise InputError(
            f"{where}: {requirements.whose} need {cells.say_words(missing)}, but {found}; {requirements.remedy}."
        )
    if "month" in columns and {"date", "start", "end", "time"} & set(columns):
        raise InputError(
            f"{where}: {requirements.whose} need days or months, but the mapping names both; remove “month” to use the "
            "days."
        )


def _positions(table: pa.Table, place: PlaceColumns, where: str) -> tuple[pa.Array, pa.Array, list[cells.Fault]]:
    """Return longitude and latitude of each row, null where the row or the whole file has none."""
    if not any((place.longitude, place.latitude, place.easting, place.northing)):
        nothing = pa.nulls(len(table), pa.float64())
        return nothing, nothing, []
    found = positions_of(table, require_pair(where, place))
    return pa.array(found.lon, from_pandas=True), pa.array(found.lat, from_pandas=True), found.faults


def _spread(some: Bools, among: Bools) -> Bools:
    """Return a mask of the rows of ``among`` as one of all rows, false for those that are not among them."""
    whole = np.zeros(len(among), dtype=np.bool_)
    whole[among] = some
    return whole


def _typed(column: pa.Array, kind: pa.DataType) -> pa.Array:
    return column.dictionary_encode() if kind == TEXT else column
