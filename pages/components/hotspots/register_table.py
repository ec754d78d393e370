"""The register as a table: each known hotspot with what it is, how pressing it is, and what data say of it (HTML)."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from geo.harms import HARM_GROUPS
from geo.register.closed_lists import LEADS, RAGS, RELIABILITIES
from geo.register.register_list import ListedHotspot, Pressing, harm_words
from geo.wording import capital, say_metres
from pages.components.frame.addresses import hotspot_link
from pages.components.frame.html_tables import Cell, Column, MarkedText, html_table

COMPARING: Final = "comparing…"
_LOOKS: Final = {Pressing.OVERDUE: "lc-overdue", Pressing.SOON: "lc-soon"}
_AFTER_ALL: Final = 10_000  # days: behind every day that is set
_RAG_ORDER: Final = tuple(RAGS)


def table_html(listed: Sequence[ListedHotspot], kept: Sequence[str], *, compared: bool) -> str:
    """Write the entries as a table; ``kept`` are the pickers that a link to a place holds, so that Back finds them."""
    away = any(one.metres is not None for one in listed)
    columns = (
        Column("name", "Known hotspot"),
        Column("review", "Next review"),
        Column("rag", "RAG"),
        Column("status", "Status and lead", wide_only=True),
        Column("state", "Data"),
        *((Column("away", "Away", wide_only=True),) if away else ()),
    )
    rows = (_row(one, kept, compared=compared) for one in listed)
    table = html_table("Known hotspots", columns, rows, order="most pressing first", search=False)
    return f'<div class="lc-register">{table}</div>'


def review_html(one: ListedHotspot) -> str:
    """Write when the review is due, marked by a colour where it is pressing, and always in words."""
    look = _LOOKS.get(one.pressing)
    return f'<span class="{look or "lc-day"}">{escape(one.review)}</span>'


def rag_html(one: ListedHotspot, *, reason: bool = True) -> str:
    """Write the RAG as a word in its colour, with its reason."""
    entry = one.entry
    if entry.rag is None:
        return "–"
    why = f'<small class="lc-there">{escape(entry.rag_reason)}</small>' if reason and entry.rag_reason else ""
    return f'<span class="lc-rag lc-rag-{entry.rag}">{entry.rag.capitalize()}</span>{why}'


def state_html(one: ListedHotspot, *, compared: bool) -> str:
    """Write the state in one word, with its sentence on opening."""
    if one.pressing is Pressing.CLOSED:
        return "–"
    if not compared:
        return COMPARING
    if one.state_word is None:
        return "–"
    sentence = escape(one.sentence or "")
    return f"<details><summary>{escape(one.state_word)}</summary><p>{sentence}</p></details>"


def _row(one: ListedHotspot, kept: Sequence[str], *, compared: bool) -> dict[str, Cell]:
    entry = one.entry
    what = f"{capital(entry.place_type)} · {harm_words(entry)}"
    phone = f"{capital(entry.status)}{f' · {say_metres(round(one.metres))} away' if one.metres is not None else ''}"
    name = (
        f"{hotspot_link(entry.reference, entry.name, kept)}"
        f'<small class="lc-there">{escape(what)}</small><small class="lc-there lc-phone">{escape(phone)}</small>'
    )
    status = entry.status.capitalize()
    besides = (LEADS.get(entry.led_by or ""), RELIABILITIES.get(entry.reliability or ""))
    smaller = "".join(f'<small class="lc-there">{escape(said)}</small>' for said in besides if said)
    said = COMPARING if not compared else one.state_word
    return {
        "name": MarkedText(f"{entry.name} {HARM_GROUPS[entry.harm]}", name),
        "review": MarkedText(one.review, review_html(one), float(_AFTER_ALL if one.days is None else one.days)),
        "rag": MarkedText(
            entry.rag or "–",
            rag_html(one),
            float(_RAG_ORDER.index(entry.rag) if entry.rag else len(_RAG_ORDER)),
        ),
        "status": MarkedText(status, f"{escape(status)}{smaller}"),
        "state": MarkedText(said or "–", state_html(one, compared=compared)),
        "away": None if one.metres is None else say_metres(round(one.metres)).replace(" ", "\u00a0"),
    }


def show_table(listed: Sequence[ListedHotspot], kept: Sequence[str], *, compared: bool) -> None:
    """Show the entries as a table."""
    st.html(table_html(listed, kept, compared=compared))
