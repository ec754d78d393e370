"""One known hotspot: what is known of it, what was done about it, every change of it, and what it asks for."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from geo.register.fields import FIELDS, FREE_TEXTS, say, say_shape
from geo.register.hotspot import CHANGES, Hotspot, HotspotChange
from geo.register.markers import say_day
from geo.register.register_list import ListedHotspot
from pages.components.actions import action_rows, owed_list
from pages.components.cached import hotspot_entries
from pages.components.cached.cache_keys import Asker
from pages.components.frame import chrome, html_tables
from pages.components.frame.addresses import HOTSPOT, link
from pages.components.frame.html_tables import Cell, Column, MarkedText
from pages.components.hotspots.register_table import rag_html, review_html

PAGE: Final = "known-hotspots"
GONE: Final = "This hotspot is not on the register any more, or its reference is another one; choose it from the list."
HIDDEN: Final = "What people wrote of it, and who made a change, are for those who keep the register, not for a board."
_FACTS: Final = tuple(one for one in FIELDS if one.attribute not in ("name", "rag", "rag_reason", "next_review"))


def back() -> str:
    """Write the way back to the list as it was (HTML)."""
    kept = [key for key in st.query_params if key != HOTSPOT]
    return f'<p class="lc-back">{link(PAGE, "Back to all known hotspots", {}, kept)}</p>'


def show_standing(one: ListedHotspot, *, compared: bool) -> None:
    """Show when the review is due, its RAG with the reason, and what recent data say."""
    said = escape(one.sentence or one.state_word or "–") if compared else "Comparing with the data…"
    lines = {"Next review": review_html(one), "RAG": rag_html(one), "Recent data": said}
    items = "".join(f"<div><dt>{what}</dt><dd>{text}</dd></div>" for what, text in lines.items())
    st.html(f'<dl class="lc-lines">{items}</dl>')


def show_facts(entry: Hotspot) -> None:
    """Show every field of an entry that says something."""
    chrome.subheading("What is known")
    items = "".join(
        f"<div><dt>{escape(field.label)}</dt><dd>{escape(text)}</dd></div>"
        for field in _FACTS
        if (text := _said(entry, field.attribute))
    )
    st.html(f'<dl class="lc-lines lc-facts-of">{items}</dl>')


def show_actions(entry: Hotspot, asking: Asker, *, board: bool) -> None:
    """Show what was done and is owed at a known hotspot, what followed, and what can be done about each."""
    chrome.subheading("What we did and owe here")
    own = [one for one in owed_list.gather(asking).actions if one.action.reference == entry.reference]
    if own:
        action_rows.show(own, writes=not board)
    else:
        st.html(chrome.quiet("No action is recorded here yet; “What next?” below records one."))


def show_history(entry: Hotspot, asking: Asker, *, board: bool) -> None:
    """Show every change of an entry, newest first: when, who, what it was and what it became, and the note."""
    chrome.subheading("Every change")
    listed = hotspot_entries.history(entry.reference, asking)
    who = () if board else (Column("by", "Who", wide_only=True),)
    note = () if board else (Column("note", "Note"),)
    columns = (Column("at", "When (UTC)"), *who, Column("what", "What"), Column("changes", "Before → after"), *note)
    hidden = tuple(one.label for one in FREE_TEXTS) if board else ()
    rows = [_change(one, hidden) for one in listed]
    html_tables.show_table("Changes of this entry", columns, rows, order="newest first")
    if board:
        st.html(chrome.quiet(HIDDEN))


def _said(entry: Hotspot, name: str) -> str | None:
    field = next(one for one in FIELDS if one.attribute == name)
    value = getattr(entry, name)
    if name == "shape":
        return say_shape(value)
    return say(field.column, " ".join(value) if field.several else value)


def _change(one: HotspotChange, hidden: Sequence[str]) -> dict[str, Cell]:
    parts = [
        f"<li>{escape(label)}: {escape(before or 'blank')} → {escape(after or 'blank')}</li>"
        for label, (before, after) in one.changes.items()
        if label not in hidden
    ]
    text = f'<ul class="lc-changes">{"".join(parts)}</ul>' if parts else "–"
    if parts and all(before is None for before, _ in one.changes.values()):
        text = f"<details><summary>As it was added</summary>{text}</details>"
    at = f"{say_day(one.at[:10])}, {one.at[11:16]}"
    return {
        "at": MarkedText(at, f'<time datetime="{escape(one.at)}">{escape(at)}</time>', _moment(one.at)),
        "by": one.by,
        "what": CHANGES[one.what],
        "changes": MarkedText("", text),
        "note": one.note,
    }


def _moment(at: str) -> float:
    return float("".join(sign for sign in at[:19] if sign.isdigit()))
