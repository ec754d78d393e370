"""Tables of more rows than a change of a page may send, and tables of the figures of a chart, folded below it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from pages.components.frame import html_tables
from pages.components.frame.html_tables import Cell, Column, EveryRow
from pages.routes.table_rows import rows_url
from pages.routes.transient_files import offer_unmade

ROWS_A_PAGE: Final = 20
YEAR: Final = 12  # months


def long_table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Cell]],
    *,
    order: str,
    shareable: bool,
    page: int = ROWS_A_PAGE,
) -> str:
    """Write the first rows, a ``page``, as a table (HTML); all of them are fetched once somebody sorts or filters it.

    Rows that are not ``shareable``, exact figures of protected data, go to nobody by an address: all stand in the page.
    """
    if not shareable or len(rows) <= page:
        return html_tables.html_table(caption, columns, rows, order=order)
    name = offer_unmade(lambda: html_tables.rows_json(columns, rows), caption, repr(columns), repr(rows))
    every = EveryRow(rows_url(name), len(rows))
    return html_tables.html_table(caption, columns, rows[:page], order=order, every=every)


def as_table(of: str, table: str, above: str = "") -> str:
    """Fold the table ``of`` a chart, below what stands ``above`` it, behind words that open it (HTML)."""
    words = "Show as table, download" if "<a " in above else "Show as table"
    summary = f'<summary>{words}<span class="lc-unseen">: {escape(of)}</span></summary>'
    return f'<details class="lc-keep lc-as-table">{summary}{above}{table}</details>'
