"""The figures of the line and bar charts as tables, folded below them with their downloads."""

from typing import Any

from geo import columns as c
from geo.calendar import periods
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.frame.long_tables import YEAR, as_table, long_table
from pages.components.frame.selection import Figures, Selection


def by_period(chosen: Selection, title: str, frame: Any, pictures: str) -> str:
    """Write a frame of ``period`` and ``n`` as a folded table, newest first (HTML)."""
    listed = [{**row, c.PERIOD: periods.say(row[c.PERIOD])} for row in frame.to_dict("records")[::-1]]
    columns = (Column(c.PERIOD, periods.unit_of(frame[c.PERIOD]).capitalize()), _counts(chosen))
    shareable = chosen.figures is not Figures.EXACT
    caption = chrome.caption(chosen, title)
    table = long_table(caption, columns, listed, order="newest first", shareable=shareable, page=YEAR)
    return as_table(title, table, pictures)


def by_harm(chosen: Selection, title: str, frame: Any, pictures: str) -> str:
    """Write a frame of ``harm`` (in words) and ``n`` as a folded table (HTML)."""
    columns = (Column("harm", "Harm group"), _counts(chosen))
    table = html_tables.html_table(chrome.caption(chosen, title), columns, frame.to_dict("records"))
    return as_table(title, table, pictures)


def _counts(chosen: Selection) -> Column:
    return Column(c.COUNT, chrome.counted(chosen), 0, about=chosen.about)
