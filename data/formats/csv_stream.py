"""CSV files too large to hold: a few of their columns, read piece by piece and thinned out on the way.

A national list of postcodes has a gigabyte, of which a few columns of the rows near by are wanted. Other CSV files are
read whole and more patiently by ``csv_text``.
"""

import csv
import io
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from typing import IO, Final

import pyarrow as pa
import pyarrow.csv as pc_csv
from isal import igzip, igzip_lib

from data.formats.sources import GZIP, MB, Source
from geo.errors import InputError

MAX_STREAMED: Final = 2_000 * MB  # unpacked; the national list of postcodes has about 1,000 MB
MAX_KEPT: Final = 3_000_000  # rows; Britain has 1.8 million postcodes
_HEAD: Final = 65_536
_BLOCK: Final = 8 << 20  # bytes parsed at a time, and so the longest possible row
_UTF_8_BOM: Final = b"\xef\xbb\xbf"
_ENCODINGS: Final = ("utf8", "cp1252")

Keep = Callable[[pa.Table], pa.Table]


class _Bounded(io.RawIOBase):
    """The bytes of a source, unpacked as they are read, and no more of them than ``MAX_STREAMED``."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._left = MAX_STREAMED
        self._raw = _opened(source)
        packed = self._raw.read(len(GZIP)) == GZIP
        self._raw.seek(0)
        self._file: IO[bytes] = igzip.open(self._raw) if packed else self._raw  # type: ignore[no-untyped-call]

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        try:
            found = self._file.read(self._left + 1 if size < 0 else size)
        except (OSError, EOFError, igzip_lib.IsalError):  # type: ignore[misc]  # its stub declares an object
            raise InputError(
                f"“{self._name}” must be whole, and it is damaged or cut short; download or save it again."
            ) from None
        self._left -= len(found)
        if self._left < 0:
            raise InputError(
                f"“{self._name}” must be at most {MAX_STREAMED // MB:,} MB when unpacked, and it is larger; bring a "
                "list of fewer places."
            )
        return found

    def close(self) -> None:
        self._file.close()
        self._raw.close()
        super().close()


def first_record(source: Source) -> list[str] | None:
    """Return the cells of a file's first row, split at commas and trimmed; None for a file that is not text.

    Raises InputError for a file that cannot be opened or is damaged.
    """
    with closing(_Bounded(source)) as file:
        head = file.read(_HEAD).removeprefix(_UTF_8_BOM)
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
            with closing(_Bounded(source)) as file:
                parse = pc_csv.ParseOptions(newlines_in_values=True)
                return _kept(pc_csv.open_csv(file, read, parse, convert), source.name, keep)
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


def _opened(source: Source) -> IO[bytes]:
    if source.entry is not None:
        return source.entry.archive.open(source.entry.info)
    if source.content is not None:
        return io.BytesIO(source.content)
    with suppress(OSError):
        if source.path is not None:
            return source.path.open("rb")
    raise InputError(
        f"“{source.name}” must be a file that can be read, and it cannot be opened; check its permissions."
    )
