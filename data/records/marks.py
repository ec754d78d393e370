"""Marks that young people set on a map in a safety-mapping session: where they feel safe, and where unsafe.

They come in as incidents do, are counted, kept and protected like them, and make a layer of their own. Only
the month of the session is kept: when a session was held says nothing of the hour at which a place feels unsafe.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict

from data.formats import cells
from data.formats.sheets import Sheet
from data.records.incidents import Requirements, read_mapped_rows, require_columns
from data.records.mapping import ColumnMapping
from data.records.positions import PlaceColumns, guess_place
from data.records.problems import Faulty
from data.records.rows import REQUIRED_FIELDS, Rows

SAFE: Final = "Safe"
UNSAFE: Final = "Unsafe"

# Names by which a column is known, as ``cells.normalised`` writes them, the most specific first.
_ASKED_SAFE: Final = ("safe?", "is it safe?", "do you feel safe?", "feels safe?", "feel safe?", "safe")
_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "date": ("session date", "date of session", "date", "session"),
    "month": ("session month", "month of session", "month"),
    "feeling": ("safe or unsafe", "safe/unsafe", "safe unsafe", "feeling", "how it feels", "how does it feel?",
                "how does it feel", "mark", *_ASKED_SAFE),
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

    Beside the session and the place, ``feeling`` holds safe or unsafe.
    """

    feeling: str | None = None

    def as_columns(self) -> ColumnMapping:
        """Return the mapping of incidents by which marks are read: what is felt is their category."""
        return ColumnMapping(**self.model_dump(exclude={"feeling"}), category=self.feeling, unread=[])


def guess_marks(header: Sequence[str]) -> MarkMapping:
    """Return what the columns of ``header`` seem to mean, as ``guess_mapping`` does; a day wins over a month."""
    found = cells.find_columns(header, _SYNONYMS)
    if "date" in found:
        found.pop("month", None)
    return MarkMapping.model_validate(found | guess_place(header).model_dump())


def read_marks(
    sheet: Sheet, mapping: MarkMapping | None = None, *, today: date, faulty: Faulty = Faulty.REFUSE
) -> Rows:
    """Return the marks of a sheet by ``mapping``, or by one guessed from its columns, with ``REQUIRED_FIELDS`` alone.

    ``c.MONTH`` is that of the session, ``c.CATEGORY`` is ``SAFE`` or ``UNSAFE``, whichever word or sign stands for it.
    What is faulty, left out and raised is as in ``read_incidents``; a word outside the closed list is a fault too.
    """
    columns = (mapping or guess_marks(sheet.columns)).as_columns()
    require_columns(sheet.where, columns, sheet.columns, _REQUIREMENTS)
    rows = read_mapped_rows(sheet, columns, sheet.columns, today=today, faulty=faulty, categories=_feelings)
    return replace(rows, table=rows.table.select([field.name for field in REQUIRED_FIELDS]))


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
