"""CSV files too large to hold: a few of their columns, read piece by piece and thinned out on the way.

A national list of postcodes has a gigabyte, of which a few columns of the rows near by are wanted. Other CSV files are
read whole and more patiently by ``csv_text``.
"""

import csv
import io
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Final

import pyarrow as pa
import pyarrow.csv as pc_csv

from data.formats.byte_streams import ByteStream, start_of
from data.formats.sources import Source
from geo.errors import InputError

MAX_KEPT: Final = 3_000_000  # rows; Britain has 1.8 million postcodes
_BLOCK: Final = 8 << 20  # bytes parsed at a time, and so the longest possible row
_UTF_8_BOM: Final = b"\xef\xbb\xbf"
_ENCODINGS: Final = ("utf8", "cp1252", "latin-1")  # the last reads any byte

Keep = Callable[[pa.Table], pa.Table]


def first_record(source: Source) -> list[str] | None:
    """Return the cells of a file's first row, split at commas and trimmed; None for a file that is not text.

    Raises InputError for a file that cannot be opened or is damaged.
    """
    head = start_of(source).removeprefix(_UTF_8_BOM)
    if not head.strip() or b"\0" in head:
        return None
    record = next(csv.reader(io.StringIO(head.decode("utf-8", errors="replace"), newline="")), [])
    return [cell.strip() for cell in record]


def stream_columns(source: Source, columns: Sequence[str], wanted: Sequence[str], named: bool, keep: Keep) -> pa.Table:
    """Return the ``wanted`` of a file's ``columns`` as text, of the rows that ``keep`` leaves of each piece.

    ``named`` says whether the first row holds names. Cells are as they stand, empty ones null. Raises InputError for a
    file that is cut, ragged or too large, and where more than ``MAX_KEPT`` rows are left.
    """
    convert = pc_csv.ConvertOptions(
        include_columns=list(wanted),
        column_types=dict.fromkeys(wanted, pa.string()),
        null_values=[""],
        strings_can_be_null=True,
    )
    for encoding in _ENCODINGS:
        read = pc_csv.ReadOptions(
            use_threads=False,
            block_size=_BLOCK,
            column_names=list(columns),
            skip_rows_after_names=int(named),
            encoding=encoding,
        )
        try:
            with closing(ByteStream(source)) as file:
                parse = pc_csv.ParseOptions(newlines_in_values=True)
                return _kept(pc_csv.open_csv(file, read, parse, convert), source.name, keep)
        except UnicodeDecodeError:
            continue
        except pa.ArrowInvalid as error:
            if "UTF8" not in str(error):
                break
    raise InputError(
        f"“{source.name}” must hold rows, each with as many cells as the first, and it does not; download it again."
    )


def _kept(reader: pc_csv.CSVStreamingReader, name: str, keep: Keep) -> pa.Table:
    kept, rows = [], 0
    for batch in reader:
        kept.append(keep(pa.Table.from_batches([batch])))
        rows += kept[-1].num_rows
        if rows > MAX_KEPT:
            raise InputError(
                f"“{name}” must leave at most {MAX_KEPT:,} rows to keep, and it leaves more; bring a smaller list."
            )
    return pa.concat_tables(kept)
