"""Addresses of pages: what they hold of what is picked, and links that set pickers."""

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from pages.components.cached import loads
from pages.components.frame import elsewhere

FINDING: Final = "finding"  # names one finding, which the Area map then shows (geo.findings.reference)

PAPER: Final = "paper"  # names one stored paper by its number, which the page of papers then shows

HOTSPOT: Final = "hotspot"  # names one known hotspot, which its page then shows

KEPT: Final = ("dataset", "school", "where", "radius", elsewhere.KEY, loads.AS_BOARD)
CHOSEN: Final = ("from", "to", "harm")  # what else the sidebar holds
_OF_HOTSPOTS: Final = ("school", loads.AS_BOARD)


def hotspot_link(reference: str, name: str, kept: Collection[str] = _OF_HOTSPOTS) -> str:
    """Write a link to a known hotspot (HTML), by its name; it holds what this page has of ``kept``."""
    return link("known-hotspots", name, {HOTSPOT: reference}, kept)


def link(page: str, words: str, pickers: Mapping[str, str | Sequence[str]], kept: Collection[str] = KEPT) -> str:
    """Write a link to a page (HTML) that sets ``pickers`` by their keys, and holds what this one does of ``kept``."""
    held = {key: st.query_params.get_all(key) for key in kept if key in st.query_params}
    address = f"{page}?{urlencode({**held, **pickers}, doseq=True)}"
    return f'<a href="{escape(address)}" target="_self">{escape(words)}</a>'
