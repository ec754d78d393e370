"""Layers from partners on the Datasets page: what is here and until when, bringing one in, and removing it."""

from collections.abc import Callable
from datetime import date, timedelta
from html import escape
from typing import Final

import streamlit as st

from data.formats.sources import Source, from_upload
from data.services import known_again, partner_layers
from data.services.opening import open_store
from data.services.partner_layers import LayerRequest
from data.store import partner_layers as stored
from data.store.partner_layers import PartnerLayer
from data.store.store import AlreadyThereError
from geo.errors import InputError
from geo.register.handling import HANDLINGS, LONGEST_DAYS
from geo.register.markers import say_day
from geo.wording import how_many
from pages.components.cached import loads
from pages.components.cached.partner_layers import all_layers, area_names
from pages.components.datasets.versions_view import SAID
from pages.components.frame import chrome

OVER: Final = "Expired: ask for a new one or remove."
_TYPES: Final = ("geojson", "json", "gpkg")
_BOX: Final = "_partner_box"  # number of the form: an empty one takes the place of one that is done with
_USUAL: Final = timedelta(days=182)
_HELP: Final = "Polygons or hexagons, GeoJSON or GeoPackage. Only the name and the shape of each are saved."


def show() -> None:
    """Show the layers that this person may see, and let one be brought in or removed by who may."""
    asking = loads.asker()
    layers = all_layers(asking)
    if layers or not loads.is_board():
        chrome.subheading("Layers from partners")
    for one in layers:
        over = one.is_over(asking.today)
        st.html(card(one, [] if over else area_names(asking, one.id), over=over))
        if not loads.is_board():
            _offer_to_remove(one)
    if not loads.is_board():
        _offer_to_bring_in(asking.today)


def card(one: PartnerLayer, names: list[str], *, over: bool) -> str:
    """Write one layer's card as HTML; every text is escaped. One that may not be printed is left off paper."""
    marking = HANDLINGS[one.handling]
    facts = [
        one.source,
        marking.label,
        f"until {say_day(one.expires_on)}",
        how_many(one.size, "area", "areas"),
        f"added {say_day(one.added_at[:10])} by {one.added_by}",
        f"layer {one.id}",
    ]
    items = "".join(f"<li>{escape(name)}</li>" for name in names)
    parts = [
        f"<h3>{escape(one.title)}</h3>",
        f'<p class="lc-quiet">{escape(" · ".join(facts))}</p>',
        chrome.notice(OVER) if over else "",
        chrome.quiet(marking.said),
        f"<details><summary>Its areas</summary><ol>{items}</ol></details>" if names else "",
    ]
    return f'<section class="lc-block lc-card{"" if marking.printed else " lc-screen"}">{"".join(parts)}</section>'


def _offer_to_remove(one: PartnerLayer) -> None:
    with st.expander(f"Remove “{chrome.plain(one.title)}”"):
        sure = st.checkbox("It goes for good, from every map and from the disk.", key=f"_partner_sure_{one.id}")
        if st.button("Remove the layer", disabled=not sure, key=f"_partner_remove_{one.id}"):
            _done(lambda: _remove(one))


def _remove(one: PartnerLayer) -> str:
    stored.remove_layer(open_store(), loads.who(), one.id)
    return f"Layer {one.id} is removed."


def _offer_to_bring_in(today: date) -> None:
    number = st.session_state.setdefault(_BOX, 0)
    with st.expander("A layer from partners"), st.form(f"_partner_form_{number}", border=False):
        file = st.file_uploader("File", type=list(_TYPES), help=_HELP, key=f"_partner_file_{number}")
        title = st.text_input("What it shows", max_chars=100, key=f"_partner_title_{number}")
        source = st.text_input("Who handed it over", max_chars=100, key=f"_partner_source_{number}")
        handling = st.selectbox(
            "Handling marking, as its giver says",
            list(HANDLINGS),
            index=None,
            format_func=lambda code: f"{HANDLINGS[code].label}: {HANDLINGS[code].said}",
            placeholder="Choose the marking",
            key=f"_partner_handling_{number}",
        )
        expires_on = st.date_input(
            "Last day it may be used",
            value=today + _USUAL,
            min_value=today,
            max_value=today + timedelta(days=LONGEST_DAYS),
            format="DD/MM/YYYY",
            key=f"_partner_until_{number}",
        )
        if not st.form_submit_button("Bring the layer in"):
            return
    if file is None or handling is None:
        st.error("A layer from partners needs a file and a marking, and one of them is missing; choose it.")
        return
    given, asked = from_upload(file.name, file.getvalue()), LayerRequest(title, source, handling, expires_on)
    _done(lambda: _bring_in(given, asked, today))


def _bring_in(file: Source, asked: LayerRequest, today: date) -> str:
    known = known_again.said(open_store(), loads.who(), [file])
    try:
        number, notes = partner_layers.bring_in(open_store(), loads.who(), file, asked, today)
    except AlreadyThereError as there:
        raise InputError(known or str(there)) from None
    st.session_state[_BOX] += 1
    return " ".join((f"Layer {number} is brought in, until {say_day(asked.expires_on)}.", *notes))


def _done(act: Callable[[], str]) -> None:
    """Do something and say on the page, run anew, what came of it; or why it could not be done."""
    try:
        said = act()
    except (InputError, PermissionError) as fault:
        st.error(chrome.plain(str(fault)))
        return
    st.session_state[SAID] = said
    st.rerun()
