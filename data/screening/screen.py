"""The screening of a file: every cell, column name, sheet name, comment and property, before anything is stored."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa

from data.formats import cells
from data.formats.sheets import SAVED_BY, Sheet
from data.screening import births, detectors, distinct, free_text
from data.screening.distinct import Distinct
from data.screening.identifier_kinds import Confidence
from geo.arrays import Bools
from geo.errors import InputError

_MAX_LISTED: Final = 3  # findings that a message names one by one


@dataclass(frozen=True)
class IdentifierFound:
    """Identifiers of one kind in one place of a file; nothing here holds a value.

    ``where`` is the sheet's own; ``what`` names the kind in plain words. ``column`` is None for an annotation; a column
    whose name is an identifier itself is called by its position. ``row`` is the first of ``rows`` rows, numbered as
    people see them, or None where it stands in no row; ``word`` is what a row is called. ``annotation`` says which text
    outside the cells it is.
    """

    where: str
    what: str
    column: str | None
    row: int | None
    rows: int
    annotation: str | None = None
    word: str = "row"

    def __str__(self) -> str:
        if self.annotation is not None:
            return f"{self.what} in {self.annotation}"
        if self.row is None:
            return f"{self.what} in the name of the column “{self.column}”"
        rows = f"{self.word} {self.row}"
        if self.rows > 1:
            rows = f"{self.rows:,} {self.word}s (the first is {rows})"
        return f"{self.what} in column “{self.column}”, {rows}"


def screen(
    sheets: Sequence[Sheet], *, dates: Collection[str] = (), places: Collection[str] = ()
) -> list[IdentifierFound]:
    """Return the identifiers of people in sheets: in all columns, mapped or not, in names and in annotations.

    There is one for each kind in each column or annotation, in the order of the sheets; none for a clean file.
    ``dates`` are the columns that hold the incident's own days or months: they are never dates of birth by their
    distance, and others are measured against them. ``places`` are columns whose text names places; they are not
    searched for names of people nor for free text.
    """
    return [
        found
        for position, sheet in enumerate(sheets, start=1)
        for found in _screen_sheet(sheet, position, frozenset(dates), frozenset(places))
    ]


def require_clean(
    sheets: Sequence[Sheet],
    *,
    dates: Collection[str] = (),
    places: Collection[str] = (),
    can_leave: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Refuse sheets that hold identifiers of people.

    ``can_leave`` are columns that can be chosen to be left unread, by where their sheet is. Raises ``InputError`` that
    names file, sheet, column, row and kind of the first findings and never a value.
    """
    found = screen(sheets, dates=dates, places=places)
    if not found:
        return
    first = found[0].where
    named = [str(each) if each.where == first else f"{each} ({each.where})" for each in found[:_MAX_LISTED]]
    more = len(found) - len(named)
    listed = cells.say_words([*named, f"{more:,} more"] if more else named)
    raise InputError(
        f"{first}: a file must hold nothing that tells who a person is, but this one seems to hold {listed}; "
        f"{_remedy(found, can_leave=can_leave)}."
    )


def _remedy(found: Sequence[IdentifierFound], *, can_leave: Mapping[str, Collection[str]] | None) -> str:
    annotated = any(each.annotation is not None for each in found)
    if annotated and all(each.annotation is not None for each in found):
        where = "a workbook's properties and comments under File, Info, Inspect Document"
        return f"remove them ({where}) and bring the file again"
    columns = "remove those columns, or those rows"
    again = f"{columns}, and what stands beside the cells" if annotated else columns
    able = all(each.column in (can_leave or {}).get(each.where, ()) for each in found)
    chosen = "choose those columns under “Leave these columns unread”, or " if able else ""
    return f"{chosen}{again} and bring the file again"


def _screen_sheet(
    sheet: Sheet, position: int, dates: frozenset[str], places: frozenset[str]
) -> Iterator[IdentifierFound]:
    own = _screen_texts([sheet.name or "", *sheet.columns, *(annotation.text for annotation in sheet.annotations)])
    named = own.get(sheet.name or "", ())
    if named:  # its name is a value, then
        sheet = replace(sheet, name=f"(sheet {position})")
    yield from (IdentifierFound(sheet.where, what, None, None, 0, "the name of the sheet") for what in named)
    for annotation in sheet.annotations:
        kinds = own.get(annotation.text, ())
        reported = [what for what in kinds if annotation.where != SAVED_BY or what != detectors.PERSONS.what]
        yield from (IdentifierFound(sheet.where, what, None, None, 0, annotation.where) for what in reported)
    columns = {name: Distinct.of(sheet.table.column(name)) for name in sheet.columns}
    incidents = births.incident_days(columns, dates)
    for number, (name, column) in enumerate(columns.items(), start=1):
        shown = f"(column {number})" if name in own else name
        yield from (IdentifierFound(sheet.where, what, shown, None, 0) for what in own.get(name, ()))
        rows_of = dict(_screen_column(column, cells.normalised(name), is_place=name in places))
        if incidents is not None and name not in dates and detectors.BIRTHS.what not in rows_of:
            rows_of[detectors.BIRTHS.what] = births.births_by_distance(column, cells.normalised(name), incidents)
        yield from (_found(sheet, what, shown, rows) for what, rows in rows_of.items() if rows.any())


def _screen_column(column: Distinct, header: str, *, is_place: bool) -> Iterator[tuple[str, Bools]]:
    """Yield each kind of identifier that a column holds, with a mask of its rows."""
    for kind in detectors.KINDS:
        if is_place and kind.names_persons:
            continue
        texts = kind.flagged(column, header)
        if texts.any():
            yield kind.what, column.holding(texts)
    if not is_place and (texts := free_text.find_free_text(column, header)).any():
        yield detectors.FREE_TEXT, column.holding(texts)


def _found(sheet: Sheet, what: str, column: str, rows: Bools) -> IdentifierFound:
    first = sheet.first + int(np.argmax(rows))
    return IdentifierFound(sheet.where, what, column, first, int(np.count_nonzero(rows)), word=sheet.word)


def _screen_texts(texts: Sequence[str]) -> dict[str, list[str]]:
    """Return the kinds found in each of some single texts: names of sheets and columns, and annotations."""
    normal = [distinct.normalise(text) for text in texts]
    column = Distinct.of(pa.array(normal, pa.string()))
    found_in = {kind.what: kind.confidences(column) >= Confidence.LIKELY for kind in detectors.KINDS}
    found_in[detectors.FREE_TEXT] = free_text.stories(column)
    kinds: dict[str, list[str]] = {}
    for text, at in zip(texts, column.rows.tolist(), strict=True):
        if at >= 0 and (found := [what for what, likely in found_in.items() if likely[at]]):
            kinds[text] = found
    return kinds
