"""Whatever Python's own csv module writes, the reader reads back."""

import csv
import io
from typing import NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from data.formats.csv_text import read_text_table
from data.formats.sources import from_upload

# Characters of each encoding that tell it apart; NUL is no text, and a lone surrogate is in no encoding.
UNICODE = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")
WINDOWS = st.sampled_from([bytes([byte]).decode("cp1252", "ignore") for byte in range(1, 256)]).filter(bool)
ENCODINGS = {"utf-8": UNICODE, "utf-8-sig": UNICODE, "utf-16": UNICODE, "cp1252": WINDOWS}
NAMES = st.text("abcdefgh åé_-", min_size=1, max_size=8).map(str.strip).filter(bool)


class Saved(NamedTuple):
    """A table, and the bytes that it was saved as."""

    names: list[str]
    rows: list[list[str]]
    content: bytes


@st.composite
def saved(draw: st.DrawFn) -> Saved:
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    names = draw(st.lists(NAMES, min_size=2, max_size=5, unique=True))
    cell = st.text(ENCODINGS[encoding], max_size=12) | st.sampled_from(
        ["", " ", "a,b", 'a"b', "a;b\tc", "a\nb", "a\r\nb"]
    )
    rows = draw(st.lists(st.lists(cell, min_size=len(names), max_size=len(names)), min_size=1, max_size=12))
    # Before Python 3.13 the writer left a lone carriage return unquoted unless it was told to quote every cell.
    odd = any("\r" in text for row in rows for text in row)
    quoting = csv.QUOTE_ALL if odd else draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=draw(st.sampled_from(",;\t|")),
        lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
        quoting=quoting,
    )
    writer.writerows([names, *rows])
    content = text.getvalue().encode(encoding)
    assume(encoding != "cp1252" or content.isascii() or not is_utf8(content))  # by chance it says something else
    return Saved(names, rows, content)


def is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def as_read(rows: list[list[str]]) -> list[list[str | None]]:
    """Return what a table means: blank cells are null, blank rows at its end are none."""
    meant = [[cell if cell.strip() else None for cell in row] for row in rows]
    while meant and not any(meant[-1]):
        meant.pop()
    return meant


@given(saved())
def test_a_table_reads_back_as_it_was_written(table: Saved) -> None:
    meant = as_read(table.rows)
    if not meant:
        return
    found = read_text_table(from_upload("table.csv", table.content), table.names)
    assert found.column_names == table.names
    assert [list(row.values()) for row in found.to_pylist()] == meant
