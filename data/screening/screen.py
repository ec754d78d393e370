"""The screening of a file: every cell, column name, sheet name, comment and property, before anything is stored."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa

from data.formats import cells
from data.formats.sheets import SAVED_BY, Sheet
from data.screening import births, detectors, distinct, free_text, hidden_characters
from data.screening.distinct import Distinct
from data.screening.identifier_kinds import Confidence, IdentifierKind
from geo.arrays import Bools
from geo.errors import InputError

_MAX_LISTED: Final = 3  # findings that a message names one by one


# Names of columns of latitudes and of whole positions, as files of places and incidents have them; a home's says so.
_NAMED_POSITION: Final = re.compile(
    r"^(?:incident |offence |location |start |end |centroid |school |wgs ?84 |geo ?)?"
    r"(?:lat|latitude|y|ycoord|point y|wkt|geometry|geom|the geom|shape|point|position|coordinates?|"
    r"lat ?/? ?(?:lon|long|lng))(?: ?(?:wgs ?84|degrees?|deg|dd|\d{4,5}))?$"
)


@dataclass(frozen=True)
class _Mapped:
    """The columns that hold the incident's own days, names of places, positions, and places with numbers."""

    dates: frozenset[str]
    places: frozenset[str]
    positions: frozenset[str]
    numbered: frozenset[str]

    def spared(self, name: str) -> list[IdentifierKind]:
        """Return the kinds that a column is not searched for, since it holds what looks like them."""
        is_position = name in self.positions or _NAMED_POSITION.search(cells.normalised(name)) is not None
        named = [kind for kind in detectors.KINDS if kind.names_persons and self.names_places(name)]
        homes = [detectors.ADDRESSES, detectors.KIN] if name in self.numbered else []
        return [*named, *homes, *([detectors.POSITIONS] if is_position else [])]

    def names_places(self, name: str) -> bool:
        """Return whether a column names places, some of which are called after people."""
        return name in self.places or name in self.numbered


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
    sheets: Sequence[Sheet],
    *,
    dates: Collection[str] = (),
    places: Collection[str] = (),
    positions: Collection[str] = (),
    numbered: Collection[str] = (),
) -> list[IdentifierFound]:
    """Return the identifiers of people in sheets: in all columns, mapped or not, in names and in annotations.

    There is one for each kind in each column or annotation, in the order of the sheets; none for a clean file.
    ``dates`` are the columns that hold the incident's own days or months: they are never dates of birth by their
    distance, and others are measured against them. ``places`` are columns whose text names places; they are not
    searched for names of people nor for free text. ``positions`` are columns that say where the incident was: those,
    and columns that are named as such, may hold as many decimals as they like. ``numbered`` are columns of places too,
    which may begin with the number of a house or name a relative's home: a public body has published them, or each is
    judged by itself and no home is kept (``data.screening.place_texts``).
    """
    mapped = _Mapped(*map(frozenset, (dates, places, positions, numbered)))
    return [found for position, sheet in enumerate(sheets, start=1) for found in _screen_sheet(sheet, position, mapped)]


def require_clean(
    sheets: Sequence[Sheet],
    *,
    dates: Collection[str] = (),
    places: Collection[str] = (),
    positions: Collection[str] = (),
    numbered: Collection[str] = (),
    can_leave: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Refuse sheets that hold identifiers of people.

    ``can_leave`` are columns that can be chosen to be left unread, by where their sheet is. Raises ``InputError`` that
    names file, sheet, column, row and kind of the first findings and never a value.
    """
    found = screen(sheets, dates=dates, places=places, positions=positions, numbered=numbered)
    if not found:
        return
    first = found[0].where
    hidden = [each.what for each in found].count(hidden_characters.WHAT)
    must = "hold nothing that tells who a person is, but this one seems to hold"
    if hidden == len(found):
        must = "hold only characters that can be seen, since others can hide who a person is, but this one holds"
    named = [str(each) if each.where == first else f"{each} ({each.where})" for each in found[:_MAX_LISTED]]
    more = len(found) - len(named)
    listed = cells.say_words([*named, f"{more:,} more"] if more else named)
    raise InputError(f"{first}: a file must {must} {listed}; {_remedy(found, can_leave=can_leave)}.")


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


def _screen_sheet(sheet: Sheet, position: int, mapped: _Mapped) -> Iterator[IdentifierFound]:
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
    incidents = births.incident_days(columns, mapped.dates)
    for number, (name, column) in enumerate(columns.items(), start=1):
        shown = f"(column {number})" if name in own else name
        yield from (IdentifierFound(sheet.where, what, shown, None, 0) for what in own.get(name, ()))
        rows_of = dict(_screen_column(column, cells.normalised(name), mapped.spared(name)))
        if mapped.names_places(name):
            rows_of.pop(detectors.FREE_TEXT, None)
        if incidents is not None and name not in mapped.dates and detectors.BIRTHS.what not in rows_of:
            rows_of[detectors.BIRTHS.what] = births.births_by_distance(column, cells.normalised(name), incidents)
        yield from (_found(sheet, what, shown, rows) for what, rows in rows_of.items() if rows.any())


def _screen_column(column: Distinct, header: str, spared: Collection[IdentifierKind]) -> Iterator[tuple[str, Bools]]:
    """Yield each kind of identifier that a column holds, with a mask of its rows."""
    if column.hidden.any():
        yield hidden_characters.WHAT, column.hidden
    for kind in detectors.KINDS:
        if kind not in spared and (texts := kind.flagged(column, header)).any():
            yield kind.what, column.holding(texts)
    if (texts := free_text.find_free_text(column, header)).any():
        yield detectors.FREE_TEXT, column.holding(texts)


def _found(sheet: Sheet, what: str, column: str, rows: Bools) -> IdentifierFound:
    first = sheet.first + int(np.argmax(rows))
    return IdentifierFound(sheet.where, what, column, first, int(np.count_nonzero(rows)), word=sheet.word)


def kinds_in(texts: Sequence[str], threshold: Confidence = Confidence.LIKELY) -> list[list[str]]:
    """Return the kinds of identifiers that each of some single texts seems to hold, from this confidence on.

    Names of people need to be likely ones, since half of them are words too, and a date is one of birth only where it
    says so.
    """
    normal = [distinct.normalise(text) for text in texts]
    column = Distinct.of(pa.array(normal, pa.string()))
    enough = {kind: Confidence.LIKELY if kind in detectors.NEVER_BARE else threshold for kind in detectors.KINDS}
    found_in = {kind.what: kind.confidences(column) >= least for kind, least in enough.items()}
    found_in[detectors.FREE_TEXT] = free_text.stories(column)
    return [
        [
            *([hidden_characters.WHAT] if hidden_characters.holds_hidden(text) else []),
            *(what for what, found in found_in.items() if at >= 0 and found[at]),
        ]
        for text, at in zip(texts, column.rows.tolist(), strict=True)
    ]


def _screen_texts(texts: Sequence[str]) -> dict[str, list[str]]:
    """Return the kinds found in names of sheets and columns, and in annotations, by text; clean ones are left out."""
    return {text: kinds for text, kinds in zip(texts, kinds_in(texts), strict=True) if kinds}
