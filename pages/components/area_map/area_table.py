"""The facts of the Area map as a table of the areas that are looked at, of which the first are sent with a change."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from geo.maps.measure import Measure, Measured
from geo.views.extent import Where
from geo.wording import how_many
from pages.components.area_map.measured_areas import MeasuredAreas
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column, EveryRow
from pages.components.frame.long_tables import ROWS_A_PAGE
from pages.components.frame.selection import BOUND, Figures, Selection
from pages.routes.table_rows import rows_url
from pages.routes.transient_files import offer_unmade

MOST_EXACT: Final = 100  # exact rows that are sent with every change
_EVERY: Final = "All rows in the table"


def table(chosen: Selection, areas: MeasuredAreas) -> str:
    """Write the same facts as the map as a table (HTML): its first rows, and where all of them are fetched.

    Exact figures of protected data go to nobody by an address, so that all their rows stand in the page itself; where
    they are many, once they are asked for.
    """
    measured, inside = areas.near, set(areas.inside)
    order = [at for at in measured.order.tolist() if at in inside]
    columns, total = _columns(chosen, measured), len(order)
    where = "" if areas.extent.where is Where.EVERYWHERE else f" {areas.extent.said}"
    few, every = order[:ROWS_A_PAGE], None
    what = f"All {how_many(total, 'area', 'areas')}"
    if total > ROWS_A_PAGE and chosen.figures is not Figures.EXACT:
        told_by = (areas.key, areas.wide.choice, areas.request, areas.extent.said, order)
        every = EveryRow(rows_url(offer_unmade(_every(columns, measured, order), *map(repr, told_by))), total)
    elif total <= MOST_EXACT or st.toggle(_EVERY, key="every_row", bind=BOUND):
        few = order
    else:
        what = f"{ROWS_A_PAGE} of {how_many(total, 'area', 'areas')}"
    caption = chrome.caption(chosen, f"{what}{where}")
    return html_tables.html_table(caption, columns, measured.rows(few), order="highest first", every=every)


def _every(columns: tuple[Column, ...], measured: Measured, order: list[int]) -> Callable[[], bytes]:
    return lambda: html_tables.rows_json(columns, measured.rows(order))


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
