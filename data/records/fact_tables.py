"""Tables of figures by area, as offices publish them: CSV, with titles above or without, and large workbooks."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from data.formats.byte_streams import start_of
from data.formats.csv_text import header, read_text_table
from data.formats.sheets import Sheet
from data.formats.sources import Source
from data.formats.title_rows import below_titles
from data.formats.workbook_cuts import cut_sheet
from geo.arrays import Floats
from geo.errors import InputError

Find = Callable[[Sequence[str]], str | None]  # the column of figures among the names of a table

_ZIP: Final = b"PK\x03\x04"
_MOSTLY: Final = 0.5  # of a sample: a column of a workbook whose cells are text can hold codes


@dataclass(frozen=True)
class FactTable:
    """The table of a file, and the column of it that holds the figures (None where no column is known to)."""

    sheet: Sheet
    column: str | None

    def figures(self, column: str) -> Floats:
        """Return the figures of a column, NaN where blank. Raises ``InputError`` for text and negative figures."""
        values, faults = cells.read_numbers(self.sheet.table.column(column), column)
        cells.refuse(faults, where=self.sheet.where, say=self.sheet.say)
        negative = values < 0
        if negative.any():
            raise InputError(
                f"{self.sheet.where}: column “{column}” must hold figures of zero or more, but they are negative in "
                f"{self.sheet.say(negative)}; correct them or name another column."
            )
        return values

    def key(self, codes: Collection[str]) -> str:
        """Return which column holds most of the codes; the first of equals. Raises ``InputError`` when none does."""
        wanted = pa.array(list(codes), pa.string())
        matches: dict[str, int] = {
            name: pc.sum(pc.is_in(wanted, value_set=cells.texts(column))).as_py() or 0
            for name, column in zip(self.sheet.columns, self.sheet.table.columns, strict=True)
        }
        best = max(matches, key=lambda name: matches[name])
        if not matches[best]:
            raise InputError(
                f"{self.sheet.where}: a column must hold the codes of the areas, but none of "
                f"{cells.say_names(matches)} does; bring a file of the same edition of areas."
            )
        return best

    def by_code(self, key: str, columns: Sequence[str], codes: Collection[str]) -> pd.DataFrame:
        """Return columns of text by code; several rows of one of ``codes`` must agree, as where an area was split."""
        table = self.sheet.table
        frame = pd.DataFrame({name: cells.texts(table.column(name)).to_pylist() for name in columns}, dtype="str")
        frame.index = pd.Index(cells.texts(table.column(key)).to_pylist(), dtype="str")
        wanted = frame.index.isin(list(codes))
        same = frame.reset_index().duplicated().to_numpy()
        differs = wanted & ~same & frame.index.duplicated()
        if differs.any():
            raise InputError(
                f"{self.sheet.where}: each area must have one {cells.say_names(columns)}, but an area that came before "
                f"has another in {self.sheet.say(differs)}; bring a lookup in which each area has one row."
            )
        return frame[wanted & ~frame.index.duplicated()]


def read_facts(source: Source, find: Find, more: Find = lambda _: None) -> FactTable:
    """Return the table of a CSV or a workbook, under the first row in which ``find`` finds the column of figures.

    Of a workbook it is the sheet whose name has the latest year, and only the columns of text, that of the figures
    and the one that ``more`` finds. Raises ``InputError`` for a file that cannot be used, and for a workbook in which
    no sheet has such a column.
    """
    if start_of(source, len(_ZIP)) == _ZIP:
        return _of_workbook(source, find, more)
    given, above = below_titles(source, lambda names: find(names) is not None)
    names = header(given)
    return FactTable(Sheet(source.name, None, read_text_table(given), first=above + 2), find(names))


def _of_workbook(source: Source, find: Find, more: Find) -> FactTable:
    def choose(names: Sequence[str], below: Sequence[Sequence[str | None]]) -> list[int] | None:
        figures = find(names)
        if figures is None:
            return None
        wanted = [at for at, name in enumerate(names) if name and _could_be_codes([row[at] for row in below])]
        extra = (figures, more(names))
        return list(dict.fromkeys([*wanted, *(names.index(name) for name in extra if name is not None)]))

    sheet = cut_sheet(source, choose)
    if sheet is None:
        raise InputError(
            f"“{source.name}”: a sheet must have a column named as the figures that are wanted, such as “Total” or "
            "“IMD Score”, within its first rows, but none has; bring the table that was published, or save it as CSV."
        )
    return FactTable(sheet, find(sheet.columns))


def _could_be_codes(sample: Sequence[str | None]) -> bool:
    """Return whether most of the filled cells of a sample are something other than numbers."""
    filled = [text for text in sample if text]
    words = sum(not text.replace(".", "", 1).replace(",", "").isdecimal() for text in filled)
    return bool(filled) and words > _MOSTLY * len(filled)
