"""Layers from partners on a map, and the list of their areas that stands beside it."""

from dataclasses import replace
from html import escape
from typing import Final

import streamlit as st

from data.store.partner_layers import PartnerLayer
from geo.register.handling import HANDLINGS
from geo.register.markers import say_day
from geo.register.partner_drawing import MOST_NUMBERED
from geo.wording import how_many
from pages.components.cached import partner_layers
from pages.components.cached.cache_keys import Asker
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.maps.map_view import MapView, PartnerOnMap
from pages.routes.partner_layers import partner_url

_LETTERS: Final = "PQRSTUVWXYZ"
_COLUMNS: Final = (Column("number", "On the map"), Column("name", "Area"))
_THIRD: Final = "Handed over by partners: neither known to your register nor detected in the data."


def on(view: MapView, asking: Asker) -> MapView:
    """Return a map with the layers on it that this person sees."""
    layers = partner_layers.shown_layers(asking)
    return replace(view, partners=[_on_map(at, one) for at, one in enumerate(layers)]) if layers else view


def show_list(asking: Asker) -> None:
    """Show what the areas of each layer are called, by letter and number, folded; nothing where there is none.

    What may not be printed is left off paper.
    """
    layers = partner_layers.shown_layers(asking)
    if not layers:
        return
    listed = "".join(_listed(at, one, partner_layers.area_names(asking, one.id)) for at, one in enumerate(layers))
    kept = "" if any(HANDLINGS[one.handling].printed for one in layers) else " lc-screen"
    how = f"<summary>Layers from partners ({len(layers)})</summary>"
    st.html(f'<details class="lc-rest{kept}" open>{how}{chrome.quiet(_THIRD)}{listed}</details>')


def said(one: PartnerLayer) -> str:
    """Say what a layer is: what it shows, whose it is, its marking and its last day."""
    marking = HANDLINGS[one.handling].label
    return f"From partners: {one.title}, {one.source}, {marking}, until {say_day(one.expires_on)}"


def _on_map(at: int, one: PartnerLayer) -> PartnerOnMap:
    return PartnerOnMap(partner_url(one.digest), _letter(at), said(one), HANDLINGS[one.handling].printed)


def _letter(at: int) -> str:
    return _LETTERS[at % len(_LETTERS)]


def _listed(at: int, one: PartnerLayer, names: list[str]) -> str:
    """Write the areas of one layer as a table, or how many there are where they bear no numbers."""
    letter, caption = _letter(at), f"{_letter(at)} {said(one)}"
    if len(names) > MOST_NUMBERED:
        text = chrome.quiet(f"{caption}: {how_many(len(names), 'area', 'areas')}, which the Datasets page lists.")
    else:
        rows = [{"number": f"{letter}{number}", "name": name} for number, name in enumerate(names, start=1)]
        text = html_tables.html_table(caption, _COLUMNS, rows, search=False)
    if HANDLINGS[one.handling].printed:
        return text
    note = escape(f"{HANDLINGS[one.handling].label}: for the screen only, and left off paper.")
    return f'<div class="lc-screen">{text}<p class="lc-quiet">{note}</p></div>'
