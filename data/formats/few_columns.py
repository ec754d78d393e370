"""A few columns of a CSV of any size: of a small one read whole and patiently, of a large one piece by piece."""

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from data.formats import csv_stream, csv_text
from data.formats.sources import GZIP, MB, Source

STREAMED_FROM: Final = 10 * MB  # a list of all schools has 60 MB, a table of all small areas 30 MB
_PACKED: Final = 5  # how many times larger than itself a packed file is taken to be


def is_streamed(source: Source) -> bool:
    """Return whether a CSV is too large to be read whole."""
    packed = source.name.lower().endswith(".gz") or (source.content or b"").startswith(GZIP)
    return source.size * (_PACKED if packed else 1) > STREAMED_FROM


def names_of(source: Source) -> list[str]:
    """List the column names in the first row. Raises InputError as ``csv_text.header`` does."""
    if is_streamed(source) and (names := csv_stream.first_record(source)):
        csv_text.require_names(source.name, names)
        return names
    return csv_text.header(source)


def read_few(source: Source, columns: Sequence[str]) -> pa.Table:
    """Return some of a file's columns as text, a blank cell as null, in the order given.

    Rows of a small file are numbered as ``csv_text.read_text_table`` has them; of a large one blank rows are left out.
    Raises InputError as ``csv_text.read_text_table`` and ``csv_stream.stream_columns`` do.
    """
    names = names_of(source)
    if not is_streamed(source) or set(columns) - set(names):
        return csv_text.read_text_table(source, columns)
    table = csv_stream.stream_columns(source, names, columns, True, lambda piece: piece).select(list(columns))
    blank = [pc.equal(pc.utf8_trim_whitespace(column), "") for column in table.columns]
    return pa.table(
        [pc.if_else(empty, None, column) for empty, column in zip(blank, table.columns, strict=True)], names=columns
    )
