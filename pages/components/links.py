"""Links from one page to a view of another: same dataset, school and eyes, with pickers set as the link says."""

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from pages.components import cached

KEPT: Final = ("dataset", "school", cached.AS_BOARD)
CHOSEN: Final = ("from", "to", "harm")  # what the sidebar holds besides


def link(page: str, words: str, asked: Mapping[str, str | Sequence[str]], kept: Collection[str] = KEPT) -> str:
    """Write a link to a page (HTML) whose pickers hold what is ``asked``, and what the address holds of ``kept``."""
    held = {key: st.query_params.get_all(key) for key in kept if key in st.query_params}
    address = f"{page}?{urlencode({**held, **asked}, doseq=True)}"
    return f'<a href="{escape(address)}" target="_self">{escape(words)}</a>'
