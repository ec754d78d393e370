"""What is new since this person last looked at the datasets, as one notice that stays for their visit."""

from typing import Final

import streamlit as st

from data.services import news
from data.services.opening import open_store
from pages.components.cached import loads
from pages.components.frame import chrome

_KEY: Final = "_datasets_news"
_BOARD: Final = "_datasets_news_of_board"


def show() -> None:
    """Show what came in since this person last looked; nothing where nothing did."""
    key = _BOARD if loads.is_board() else _KEY
    if key not in st.session_state:
        st.session_state[key] = news.since_last_look(open_store(), loads.viewer())
    listed: list[str] = st.session_state[key]
    if listed:
        said = "\n".join(f"- {chrome.plain(sentence)}" for sentence in listed)
        st.info(f"**New since you last looked**\n\n{said}")
