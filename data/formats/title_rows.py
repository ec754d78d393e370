"""CSV files with titles and notes above their column names, as statistical offices export them."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Final

from data.formats.csv_text import SEPARATORS, as_utf8
from data.formats.sources import Source

HEADER_WITHIN: Final = 20  # rows
_LOOKED_AT: Final = 65_536  # bytes


def below_titles(source: Source, is_header: Callable[[Sequence[str]], bool]) -> tuple[Source, int]:
    """Return a CSV from the first of its first rows on that ``is_header``, and how many lines stand above that row.

    The file itself, and 0, when its first row is such or none is. Raises InputError for what is not text.
    """
    data = as_utf8(source.name, source.read())
    start = data[:_LOOKED_AT].decode("utf-8-sig", errors="ignore")
    for separator in SEPARATORS:
        reader, above = csv.reader(io.StringIO(start, newline=""), delimiter=separator), 0
        for _, record in zip(range(HEADER_WITHIN), reader, strict=False):
            if is_header([cell.strip() for cell in record]):
                return Source(source.name, content=_without_lines(data, above)), above
            above = reader.line_num
    return Source(source.name, content=data), 0


def _without_lines(data: bytes, lines: int) -> bytes:
    """Return text without its first lines; they are few, so each is looked for by itself."""
    stream = io.BytesIO(data)
    for _ in range(lines):
        stream.readline()
    return stream.read() if lines else data
