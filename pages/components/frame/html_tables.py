"""Tables as real HTML, so that a screen reader, a printer and a tired eye can all read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from geo import disclosure

Cell = str | float | int | None


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


def html_table(caption: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]]) -> str:
    """Write rows as an HTML table; every text is escaped, a missing number is an en dash."""
    head = "".join(f'<th scope="col"{_align(column)}>{escape(column.heading)}</th>' for column in columns)
    body = "".join(f"<tr>{_cells(columns, row)}</tr>" for row in rows)
    return (
        f'<div class="lc-scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="lc-table">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def show_table(caption: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]]) -> None:
    """Show rows as an HTML table."""
    st.html(html_table(caption, columns, rows))


def download_link(label: str, path: str, parameters: Mapping[str, str | Sequence[str]]) -> str:
    """Write a link to a file that the app's own route writes, as HTML."""
    address = f"{path}?{urlencode(parameters, doseq=True)}"
    return f'<a class="lc-download" href="{escape(address)}" target="_self" download>{escape(label)}</a>'


def _cells(columns: Sequence[Column], row: Mapping[str, Cell]) -> str:
    first, *others = (f"{_text(row[column.key], column)}" for column in columns)
    rest = "".join(f"<td{_align(column)}>{text}</td>" for column, text in zip(columns[1:], others, strict=True))
    return f'<th scope="row"{_align(columns[0])}>{first}</th>{rest}'


def _text(value: Cell, column: Column) -> str:
    if column.decimals is None:
        return escape("–" if value is None else str(value))
    # NaN and pandas' missing integer are both unequal to, or not comparable with, themselves.
    if not isinstance(value, (int, float)) or value != value:
        return "–"
    return disclosure.say(value) if column.about else f"{value:,.{column.decimals}f}"


def _align(column: Column) -> str:
    names = ["lc-number"] * (column.decimals is not None) + ["lc-wide"] * column.wide_only
    return f' class="{" ".join(names)}"' if names else ""
