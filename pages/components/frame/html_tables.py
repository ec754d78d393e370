"""Tables as real HTML, so that a screen reader, a printer and a tired eye can all read them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from geo import disclosure
from pages.components.frame.sort_values import sort_values
from pages.routes import download_parts


@dataclass(frozen=True)
class MarkedText:
    """A cell with markup that the page made itself: what it says, as HTML, and the number that sorts it, if any."""

    text: str
    html: str
    by: float | None = None


Cell = str | float | int | MarkedText | None
Written = tuple[list[str], list[float | None] | None]  # a column's texts, and what sorts them where they do not

MOST_AT_A_GLANCE: Final = 8  # rows that need no box to filter them


@dataclass(frozen=True)
class Column:
    """One column: the key of its values, its heading, and how many decimals its numbers have (None: words).

    A column that is ``wide_only`` is left out on a phone. One that is ``about`` holds protected figures.
    """

    key: str
    heading: str
    decimals: int | None = None
    wide_only: bool = False
    about: bool = False


@dataclass(frozen=True)
class EveryRow:
    """Where all rows of a long table are, and how many there are."""

    address: str
    total: int


def html_table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Cell]],
    *,
    order: str = "",
    every: EveryRow | None = None,
    search: bool = True,
) -> str:
    """Write rows as an HTML table; every text is escaped, a missing number is an en dash.

    The page's script (``pages/assets/tables.js``) makes its headings sort; without it the table still reads.

    Parameters
    ----------
    order
        In which order the rows are, for example "highest first": the caption says it until a reader sorts them.
    every
        Where all rows are, when ``rows`` are the first of them only.
    search
        Whether a table of more than a few rows has a box that filters them.
    """
    lines = list(rows)
    written = _written(columns, lines)
    head = "".join(f'<th scope="col"{_align(column)}>{escape(column.heading)}</th>' for column in columns)
    body = "".join(_line(columns, written, at, line) for at, line in enumerate(lines))
    said = escape(caption) + (f'<span class="lc-given">, {escape(order)}</span>' if order else "")
    inside = f"<caption>{said}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    table = f'<table class="{_looks(columns)}">{inside}</table>'
    long = search and (every is not None or len(lines) > MOST_AT_A_GLANCE)
    tools = '<div class="lc-tools"></div>' if long else ""
    below = "" if every is None else f'<div class="lc-pages">Rows 1–{len(lines)} of {every.total:,}</div>'
    where = "" if every is None else f' data-rows="{escape(every.address)}"'
    return f'<div class="lc-tabled"{where}>{tools}<div class="lc-scroll">{table}</div>{below}</div>'


def rows_json(columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """Write rows as the page's script reads them, a column after the other, which packs best.

    A column is a list of texts, or a pair of such a list and a list of the numbers that sort them.
    """
    written = _written(columns, list(rows))
    held = [texts if keys is None else {"texts": texts, "keys": keys} for texts, keys in written]
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()


def show_table(caption: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]], *, order: str = "") -> None:
    """Show rows as an HTML table."""
    st.html(html_table(caption, columns, rows, order=order))


def download_link(label: str, path: str, parameters: Mapping[str, str | Sequence[str]]) -> str:
    """Write a link to a file that the app's own route writes, as HTML."""
    return _link(escape(label), path, parameters)


def table_links(label: str, path: str, parameters: Mapping[str, str | Sequence[str]]) -> str:
    """Write the links to a table that the app's own route writes, as CSV (its ``path``) and for Excel, as HTML."""
    return f"{csv_link(label, path, parameters)} {excel_link(label, path, parameters)}"


def csv_link(label: str, path: str, parameters: Mapping[str, str | Sequence[str]]) -> str:
    """Write the link to a table as CSV, as HTML."""
    return download_link(f"{label} (CSV)", path, parameters)


def excel_link(label: str, path: str, parameters: Mapping[str, str | Sequence[str]]) -> str:
    """Write the link to a table for Excel, whose ``path`` is that of its CSV, as HTML."""
    words = f'<span class="lc-unseen">{escape(label)} for </span>Excel'
    return _link(words, download_parts.in_form(path, "xlsx"), parameters)


def _link(words: str, path: str, parameters: Mapping[str, str | Sequence[str]]) -> str:
    address = f"{path}?{urlencode(parameters, doseq=True)}"
    return f'<a class="lc-download" href="{escape(address)}" target="_self" download>{words}</a>'


def _written(columns: Sequence[Column], rows: Sequence[Mapping[str, Cell]]) -> list[Written]:
    """Write each column as people read it, with the numbers that sort it where its texts alone would not do."""
    written: list[Written] = []
    for column in columns:
        cells = [row[column.key] for row in rows]
        texts = [_text(cell, column) for cell in cells]
        sorted_by = [cell.by for cell in cells if isinstance(cell, MarkedText) and cell.by is not None]
        if len(sorted_by) > 1:
            written.append((texts, [cell.by if isinstance(cell, MarkedText) else None for cell in cells]))
            continue
        in_words = column.decimals is None or column.about
        written.append((texts, sort_values(texts) if in_words and len(texts) > 1 else None))
    return written


def _line(columns: Sequence[Column], written: Sequence[Written], at: int, row: Mapping[str, Cell]) -> str:
    """Write one row. The first column of words names it; looks of cells are those that the table's classes give."""
    names = next((number for number, column in enumerate(columns) if column.decimals is None), 0)
    parts: list[str] = []
    for number, (texts, keys) in enumerate(written):
        begin, end = ('th scope="row"', "th") if number == names else ("td", "td")
        key = None if keys is None else keys[at]
        by = "" if key is None else f' data-v="{key:.12g}"'
        cell = row[columns[number].key]
        inside = cell.html if isinstance(cell, MarkedText) else escape(texts[at])
        parts.append(f"<{begin}{by}>{inside}</{end}>")
    return f"<tr>{''.join(parts)}</tr>"


def _text(value: Cell, column: Column) -> str:
    if isinstance(value, MarkedText):
        return value.text
    if column.decimals is None:
        return "–" if value is None else str(value)
    # NaN and pandas' missing integer are both unequal to, or not comparable with, themselves.
    if not isinstance(value, (int, float)) or value != value:
        return "–"
    return disclosure.say(value) if column.about else f"{value:,.{column.decimals}f}"


def _align(column: Column) -> str:
    names = ["lc-number"] * (column.decimals is not None) + ["lc-wide"] * column.wide_only
    return f' class="{" ".join(names)}"' if names else ""


def _looks(columns: Sequence[Column]) -> str:
    """Return the classes that tell which columns are numbers and which a phone leaves out, for all cells at once."""
    numbers = [f"lc-n{at}" for at, column in enumerate(columns, 1) if column.decimals is not None]
    wide = [f"lc-w{at}" for at, column in enumerate(columns, 1) if column.wide_only]
    return " ".join(["lc-table", *numbers, *wide])
