"""Marks that young people set on a map in a safety-mapping session: where they feel safe, and where unsafe.

They come in as incidents do, are counted, kept and protected like them, and make a layer of their own. Of the session
its day is kept and no hour: when it was held says nothing of when a place feels unsafe.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict

from data.formats import cells
from data.formats.sheets import Sheet
from data.records.incidents import Requirements, read_mapped_rows, require_columns
from data.records.mapping import ColumnMapping
from data.records.positions import PlaceColumns, guess_place
from data.records.problems import Faulty
from data.records.rows import REQUIRED_FIELDS, TIME_FIELDS, Rows
from data.records.safety_marks import DATE, EASTING, NORTHING, SquareColumns, names_squares, place_marks
from geo import columns as c
from geo.errors import InputError

SAFE: Final = "Safe"
UNSAFE: Final = "Unsafe"
UNDATED: Final = "No session date: the session counts as held on the day on which this was brought in."

# Names by which a column is known, as ``cells.normalised`` writes them, the most specific first.
_ASKED_SAFE: Final = ("safe?", "is it safe?", "do you feel safe?", "feels safe?", "feel safe?", "safe")
_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "date": ("session date", "date of session", "date", "session"),
    "month": ("session month", "month of session", "month"),
    "feeling": ("safe or unsafe", "safe/unsafe", "safe unsafe", "feeling", "how it feels", "how does it feel?",
                "how does it feel", "mark", *_ASKED_SAFE),
    "map_code": ("map", "map code", "code of the map", "sheet"),
    "cell": ("cell", "square", "grid cell", "grid square"),
    "number": ("number", "how many", "number of marks", "marks"),
}  # fmt: skip
_WORDS: Final[dict[str, str]] = {
    **dict.fromkeys(("safe", "feel safe", "feels safe", "i feel safe", "happy", "green", "+"), SAFE),
    **dict.fromkeys(
        ("unsafe", "not safe", "feel unsafe", "feels unsafe", "i feel unsafe", "don't feel safe", "scared", "red", "-",
         "−"),
        UNSAFE,
    ),
}  # fmt: skip
_ANSWERS: Final = {"yes": SAFE, "y": SAFE, "no": UNSAFE, "n": UNSAFE}  # to a column that asks whether it is safe
_REQUIREMENTS: Final = Requirements(
    "young people's marks",
    "a session date or month",
    "a feeling (safe or unsafe)",
    "choose which column is which, or rename the columns",
)


class SessionColumns(BaseModel):
    """The columns that say on which ``date`` or in which ``month`` a session was held; None for those a file lacks."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    date: str | None = None
    month: str | None = None


class MarkMapping(PlaceColumns, SessionColumns):  # fields of the last base come first in JSON
    """The columns of a file of marks by meaning; every other column, such as what a young person said, is left unread.

    Beside the session and the place, ``feeling`` holds safe or unsafe. A place may be a square (``cell``) of the
    printed map whose code is ``map_code``, and ``number`` then says how many marks were set there.
    """

    feeling: str | None = None
    map_code: str | None = None
    cell: str | None = None
    number: str | None = None

    @property
    def squares(self) -> SquareColumns | None:
        """The columns of squares of a printed map; None for a file that tells places otherwise."""
        if self.map_code is None or self.cell is None or self.feeling is None:
            return None
        return SquareColumns(self.map_code, self.cell, self.feeling, self.number, self.date)

    def as_columns(self) -> ColumnMapping:
        """Return the mapping of incidents by which marks are read: what is felt is their category."""
        others = self.model_dump(exclude={"feeling", "map_code", "cell", "number"})
        return ColumnMapping(**others, category=self.feeling, unread=[])


def guess_marks(header: Sequence[str]) -> MarkMapping:
    """Return what the columns of ``header`` seem to mean, as ``guess_mapping`` does; a day wins over a month."""
    found = cells.find_columns(header, _SYNONYMS)
    if "date" in found or names_squares(found):
        found.pop("month", None)
    if not names_squares(found):
        found = {meaning: column for meaning, column in found.items() if meaning not in ("map_code", "cell", "number")}
    return MarkMapping.model_validate(found | guess_place(header).model_dump())


def read_marks(
    sheet: Sheet, mapping: MarkMapping | None = None, *, today: date, faulty: Faulty = Faulty.REFUSE
) -> Rows:
    """Return the marks of a sheet by ``mapping``, or by one guessed from its columns, each as one row.

    Rows have ``REQUIRED_FIELDS`` and, where the day of the session is known, ``TIME_FIELDS`` of that whole day.
    ``c.CATEGORY`` is ``SAFE`` or ``UNSAFE``, whichever word or sign stands for it. What is faulty, left out and raised
    is as in ``read_incidents``; a word outside the closed list is a fault too. Squares of a printed map are read as
    ``place_marks`` does, and refused as a whole.
    """
    meant = mapping or guess_marks(sheet.columns)
    if meant.squares is not None:
        return _of_squares(sheet, meant.squares, today)
    columns = meant.as_columns()
    require_columns(sheet.where, columns, sheet.columns, _REQUIREMENTS)
    rows = read_mapped_rows(sheet, columns, sheet.columns, today=today, faulty=faulty, categories=_feelings)
    return replace(rows, table=_without_hours(rows.table))


def _of_squares(sheet: Sheet, squares: SquareColumns, today: date) -> Rows:
    """Return the marks of a session that were typed in by squares of a printed map."""
    named = [one for one in (squares.code, squares.square, squares.feeling, squares.number, squares.date) if one]
    if absent := [name for name in named if name not in sheet.columns]:
        raise InputError(
            f"{sheet.where}: the mapping names {cells.say_names(absent)}, but the file has the columns "
            f"{cells.say_names(sheet.columns)}; correct the names in the mapping."
        )
    placed = place_marks(sheet, squares, today)
    columns = ColumnMapping(easting=EASTING, northing=NORTHING, date=DATE, category=squares.feeling, unread=[])
    others = [name for name in sheet.columns if name not in named]
    rows = read_mapped_rows(placed.sheet, columns, others, today=today, faulty=Faulty.REFUSE, categories=_feelings)
    table = _without_hours(rows.table).take(pa.array(np.repeat(np.arange(rows.table.num_rows), placed.number)))
    notes = (*rows.notes, UNDATED) if placed.undated else rows.notes
    return replace(rows, table=table, read=table.num_rows, not_kept=Counter(), problems=(), notes=notes)


def _without_hours(table: pa.Table) -> pa.Table:
    """Return marks with the whole day of their session, without any time of day."""
    kept = table.select([field.name for field in (*REQUIRED_FIELDS, *TIME_FIELDS) if field.name in table.column_names])
    if c.START not in table.column_names:
        return kept
    day = pc.floor_temporal(table[c.START], unit="day")
    last = pc.add(day, pa.scalar(timedelta(days=1) - timedelta(seconds=1), pa.duration("s")))
    for name, values in ((c.START, day), (c.END, last)):
        at = kept.column_names.index(name)
        kept = kept.set_column(at, kept.schema.field(at), values.cast(pa.timestamp("s")))
    return kept


def _feelings(column: cells.Column, name: str) -> tuple[pa.Array, list[cells.Fault]]:
    """Return ``SAFE`` or ``UNSAFE`` for the words and signs of a column, null where blank or faulty, and the faults."""
    written = cells.texts(column).dictionary_encode()
    words = _WORDS | _ANSWERS if cells.normalised(name) in _ASKED_SAFE else _WORDS
    meant = [words.get(" ".join(word.replace("’", "'").casefold().split())) for word in written.dictionary.to_pylist()]
    feelings = pa.array(meant, pa.string()).take(written.indices)
    bad = cells.mask(pc.and_(pc.is_null(feelings), pc.is_valid(written)))
    if not bad.any():
        return feelings, []
    must = f"column “{name}” must say safe or unsafe, but it holds"
    what, remedy = "something that says neither safe nor unsafe", "write Safe or Unsafe, or blank those cells"
    return feelings, [cells.Fault(what, name, bad, must, "something else", remedy)]
