"""The papers that were made, newest first: when, for whom, about what, how far their decisions are, and their files."""

from datetime import date
from html import escape
from typing import Final

import streamlit as st

from data.store.papers import KeptPaper
from geo.register.markers import say_day
from geo.wording import how_many
from pages.components.briefing import decisions_view, files
from pages.components.cached import briefings, loads
from pages.components.cached.cache_keys import Asker
from pages.components.frame import addresses, chrome, html_tables
from pages.components.frame.addresses import PAPER
from pages.components.frame.html_tables import Cell, Column, MarkedText

NONE: Final = "No paper has been made yet. Each that is made stays here, as it was made."
_COLUMNS: Final = (
    Column("paper", "Paper"),
    Column("made", "Made on"),
    Column("decided", "Decisions"),
    Column("files", "Files", wide_only=True),
)


def show(asking: Asker) -> None:
    """List the papers, each with a link that opens it and links to its files; folded for whoever makes a new one."""
    listed = briefings.papers(asking)
    if not listed:
        st.html(chrome.quiet(NONE))
        return
    last = listed[0]
    said = f"{how_many(len(listed), 'paper', 'papers')} made, the last on {say_day(last.made_on)}"
    rows = [_row(one, asking.today) for one in listed]
    table = html_tables.html_table("Papers made", _COLUMNS, rows, order="newest first")
    opened = " open" if loads.is_board() else ""
    st.html(f'<details class="lc-rest lc-papers"{opened}><summary>{escape(said)}</summary>{table}</details>')


def _row(one: KeptPaper, today: date) -> dict[str, Cell]:
    kept = (*addresses.KEPT, *addresses.CHOSEN)
    opened = addresses.link("briefing", one.title, {PAPER: str(one.id)}, kept)
    return {
        "paper": MarkedText(one.title, f'{opened}<span class="lc-beside">{escape(one.place)}</span>'),
        "made": MarkedText(say_day(one.made_on), escape(say_day(one.made_on)), float(one.id)),
        "decided": decisions_view.how_far(one.decisions, today),
        "files": MarkedText("PDF, Word, web page", files.links(one, "lc-written")),
    }
