"""The facts of the Area map as a table of the areas that are looked at, a page at a time."""

from typing import Final

import streamlit as st

from geo.maps.measure import Measure, Measured
from geo.views.extent import Where
from geo.wording import how_many
from pages.components.area_map.measured_areas import MeasuredAreas
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import BOUND, Selection

ROWS_A_PAGE: Final = 20


def table(chosen: Selection, areas: MeasuredAreas) -> str:
    """Draw the picker of a page of rows, and write that page of the same facts as the map as a table (HTML)."""
    measured, inside = areas.near, set(areas.inside)
    order = [at for at in measured.order.tolist() if at in inside]
    pages = -(-len(order) // ROWS_A_PAGE)
    # Another level can have fewer pages than the one that was turned to.
    page = min(pages, st.pagination(pages, key="rows", bind=BOUND)) if pages > 1 else 1
    rows = measured.rows(order[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE])
    where = "" if areas.extent.where is Where.EVERYWHERE else f" {areas.extent.said}"
    caption = chrome.caption(chosen, f"All {how_many(len(order), 'area', 'areas')}{where}, highest first")
    return html_tables.html_table(caption, _columns(chosen, measured), rows)


def _columns(chosen: Selection, measured: Measured) -> tuple[Column, ...]:
    about = chosen.about
    # The code of a zone is the codes of its areas: too long to read, and in the download.
    code = () if about else (Column("area", "Code", wide_only=True),)
    facts = [Column(fact.key, fact.label, fact.decimals) for fact in measured.facts]
    of_rate = measured.measure is Measure.RATE  # its interval stands next to it, and not next to the count
    return (
        Column("rank", "Rank", 0),
        Column("name", "Area"),
        *code,
        Column("n", chrome.counted(chosen), 0, about=about),
        *([] if of_rate else facts),
        Column("residents", "Residents", 0, wide_only=True),
        Column("rate", "About, per 1,000 residents" if about else "Per 1,000 residents", 1),
        *(facts if of_rate else []),
    )
