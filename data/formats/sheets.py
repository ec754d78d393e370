"""The one shape in which every table comes in, whatever its file: named columns of text, rows that people can find.

A CSV holds one sheet, a workbook one or more, a file of shapes one whose rows are features. Annotations (comments,
the properties of the document) come along, so that they can be screened; they are never kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa

from geo.arrays import Bools

SAVED_BY: Final = "who saved the document"  # spreadsheets write it by themselves: a member of staff, not a child


@dataclass(frozen=True)
class Annotation:
    """A text of a file outside the cells: ``where`` is "a comment at C7" or "a property of the document"."""

    where: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    ``table`` has unique column names and text, null where blank; blank rows between others are kept, so that rows are
    numbered as people see them. ``name`` is None where a file has one table only. ``first`` is the number of the first
    row (2 under a header in row 1; 1 for features), ``word`` what a row is called.
    """

    file: str
    name: str | None
    table: pa.Table
    first: int = 2
    word: str = "row"
    annotations: Sequence[Annotation] = field(default=())

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self.table.column_names)

    @property
    def where(self) -> str:
        """The file and, where it has several tables, the sheet, as a sentence names them: “log.xlsx”, sheet “May”."""
        return f"“{self.file}”" if self.name is None else f"“{self.file}”, sheet “{self.name}”"

    def say(self, bad: Bools) -> str:
        """Return the rows of ``bad`` as people see them: "row 7" or "3 rows (the first is row 7)"."""
        count, first = int(np.count_nonzero(bad)), self.first + int(np.argmax(bad))
        return f"{self.word} {first}" if count == 1 else f"{count:,} {self.word}s (the first is {self.word} {first})"
