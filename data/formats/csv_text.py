"""The one reader of CSV: any encoding, separator and line ending that a spreadsheet saves, into an Arrow table.

Rows are numbered as a spreadsheet shows them: the header is row 1. Built on pyarrow.csv; Python's csv module reads the
first records only, to find the separator and the header.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv

from data.formats.headers import DATUM, list_names, made_name, without_blank_end
from data.formats.sources import UTF_16, Source, require_text
from geo.errors import InputError

SEPARATORS: Final = (",", ";", "\t", "|")
_UTF_8_BOM: Final = b"\xef\xbb\xbf"
_SNIFFED_BYTES: Final = 65_536
_SNIFFED_RECORDS: Final = 20
_BLOCK: Final = 8 << 20  # bytes parsed at a time, and so the longest possible row


@dataclass(frozen=True)
class _Csv:
    """A file ready to parse: UTF-8 bytes, and what its first records tell."""

    name: str
    data: bytes
    separator: str
    columns: tuple[str, ...]

    @property
    def has_odd_quote(self) -> bool:
        """Whether some quotation mark has no partner: it stands for itself, or is never closed."""
        # Most files have none, and looking for one is much faster than counting.
        return b'"' in self.data and self.data.count(b'"') % 2 == 1


def row_number(index: int) -> int:
    """Return the row number that a spreadsheet shows for a row of a table: index 0 is row 2, under the header."""
    return index + 2


def header(source: Source) -> list[str]:
    """List the column names, without byte-order mark and surrounding spaces.

    A column without a name is called “(column 3)” by its position. Raises InputError for a file that is empty or not
    text, and for names that occur twice.
    """
    return list(_opened(source).columns)


def read_text_table(source: Source, columns: Sequence[str] | None = None) -> pa.Table:
    """Return a CSV as a table with every cell as text; a blank cell, or one of spaces only, is null.

    ``columns`` chooses columns and their order; all when None. Blank rows at the end are left out; a blank row between
    others is kept as nulls, so that row numbers stay those of a spreadsheet. Raises InputError for a file that is
    empty, not text or without rows, for a wanted column that is missing, for column names that occur twice, and for a
    row with too few or too many cells.
    """
    opened = _opened(source, columns or ())
    wanted = _require_columns(opened, opened.columns if columns is None else columns)
    table = _parsed(opened, dict.fromkeys(opened.columns, pa.string()))
    table = without_blank_end(pa.table({name: _blank_as_null(table[name]) for name in opened.columns}))
    if table.num_rows == 0:
        raise _no_rows(opened.name)
    _require_closed_quotes(opened, table)
    return table.select(wanted)


def read_typed_table(
    source: Source, types: Mapping[str, pa.DataType], optional: Collection[str] = ()
) -> tuple[pa.Table | None, int]:
    """Return only the columns of ``types``, as these types, read fast; and the number of bytes read.

    A file may lack those of its columns that are ``optional``. The table is None when some cell does not fit its type;
    reading the same columns as text then finds which. Blank rows are not removed. Raises InputError as
    ``read_text_table`` does.
    """
    opened = _opened(source, [name for name in types if name not in optional])
    _require_columns(opened, [name for name in types if name not in optional])
    types = {name: type_ for name, type_ in types.items() if name in opened.columns}
    if opened.has_odd_quote:
        return None, len(opened.data)
    try:
        table = _parsed(opened, types)
    except pa.ArrowInvalid:
        table = None
    if table is not None and table.num_rows == 0:
        raise _no_rows(opened.name)
    return table, len(opened.data)


def _opened(source: Source, wanted: Sequence[str] = ()) -> _Csv:
    data = as_utf8(source.name, source.read())
    start = data[:_SNIFFED_BYTES].removeprefix(_UTF_8_BOM)
    if not start.strip():
        raise InputError(f"“{source.name}” must hold a header and rows, and it is empty; save or download it again.")
    text = start.decode("utf-8", errors="ignore")
    whole = len(data) <= _SNIFFED_BYTES
    separator, records = _sniffed(text, whole, wanted)
    columns = tuple(
        name.strip() or made_name(position) for position, name in enumerate(records[0] if records else (), start=1)
    )
    require_names(source.name, columns)
    if whole and len(records) == 1:
        raise _no_rows(source.name)
    return _Csv(source.name, data, separator, columns)


def as_utf8(name: str, data: bytes) -> bytes:
    """Return the text in UTF-8: as it is, or from UTF-16 with its mark, or from Windows-1252 (so also Latin-1)."""
    if data.startswith(UTF_16):
        try:
            data = data.decode("utf-16").encode("utf-8")
        except UnicodeError:
            raise InputError(
                f"“{name}” must be text, and its UTF-16 encoding is broken; save it again as CSV UTF-8."
            ) from None
    require_text(name, data)
    if data.isascii() or _is_utf8(data):
        return data
    try:
        return data.decode("cp1252").encode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1").encode("utf-8")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _sniffed(text: str, whole: bool, wanted: Sequence[str]) -> tuple[str, list[list[str]]]:
    """Return the separator, and the first records split by it.

    The best separator is one that yields the wanted columns; then one by which all records have as many cells as the
    header, more than one; then the one that yields most columns.
    """

    def fit(records: list[list[str]]) -> tuple[bool, bool, int]:
        names = records[0] if records else []
        stripped = {name.strip() for name in names}
        even = len(names) > 1 and all(len(record) in (0, len(names)) for record in records)
        return bool(wanted) and stripped.issuperset(wanted), even, len(names)

    split = {separator: _records(text, whole, separator) for separator in SEPARATORS}
    return max(split.items(), key=lambda item: fit(item[1]))


def _records(text: str, whole: bool, separator: str) -> list[list[str]]:
    """Return the first records, leaving out one that the end of the excerpt may have cut."""
    records: list[list[str]] = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        records.append(record)
        if len(records) > _SNIFFED_RECORDS:
            break
    return records if whole or len(records) == 1 else records[:-1]


def require_names(name: str, columns: Sequence[str]) -> None:
    """Raise InputError for a first row that holds no names, or the same one twice."""
    if not columns:
        raise InputError(
            f"“{name}” must have its column names in row 1, and that row is blank; delete blank rows above."
        )
    if any(DATUM.fullmatch(column) for column in columns):
        # Names are repeated in messages; the values of a first row must not be.
        raise InputError(
            f"“{name}” must have its column names in row 1, and row 1 looks like data; add a row of names above it."
        )
    repeated = [column for column, times in Counter(columns).items() if times > 1]
    if repeated:
        raise InputError(
            f"“{name}” must have column names that differ, and {list_names(repeated)} occurs more than once in row 1; "
            "rename or remove one."
        )


def _require_columns(opened: _Csv, wanted: Sequence[str]) -> list[str]:
    missing = [column for column in wanted if column not in opened.columns]
    if missing:
        raise InputError(
            f"“{opened.name}” must have the column{'s' if len(missing) > 1 else ''} {list_names(missing)}, and it has "
            f"{list_names(opened.columns)}; add or rename what is missing, or choose another file."
        )
    return list(wanted)


def _parsed(opened: _Csv, types: Mapping[str, pa.DataType]) -> pa.Table:
    """Parse the file; raises InputError for ragged or endless rows, and ArrowInvalid for cells unlike their type."""
    ragged: list[pc_csv.InvalidRow] = []

    def stop_at(row: pc_csv.InvalidRow) -> str:
        ragged.append(row)
        return "error"

    try:
        return pc_csv.read_csv(
            pa.BufferReader(opened.data),
            # The header is skipped, not read: its names are known and unique by now.
            read_options=pc_csv.ReadOptions(
                use_threads=False, block_size=_BLOCK, column_names=opened.columns, skip_rows_after_names=1
            ),
            parse_options=pc_csv.ParseOptions(
                delimiter=opened.separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=stop_at,
            ),
            convert_options=pc_csv.ConvertOptions(
                include_columns=list(types),
                column_types=dict(types),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid as error:
        if not ragged and "straddling" not in str(error):
            raise
    raise _ragged(opened.name, ragged[0]) if ragged else _open_quote(opened.name)


def _blank_as_null(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.equal(pc.utf8_trim_whitespace(column), ""), None, column)


def _require_closed_quotes(opened: _Csv, table: pa.Table) -> None:
    """Refuse a quotation mark that is never closed: all that follows it would become one cell of the last row."""
    if opened.has_odd_quote and any("\n" in (column[-1].as_py() or "") for column in table.columns):
        raise _open_quote(opened.name)


def _ragged(name: str, row: pc_csv.InvalidRow) -> InputError:
    return InputError(
        f"“{name}” must have as many cells in every row as names in row 1 ({row.expected_columns}), and row "
        f"{row.number} has {row.actual_columns}; correct that row."
    )


def _open_quote(name: str) -> InputError:
    return InputError(
        f"“{name}” must close every quotation mark that it opens, and one is left open; save it again as CSV."
    )


def _no_rows(name: str) -> InputError:
    return InputError(f"“{name}” must hold rows, and it holds a header and no rows; check that the export is complete.")
