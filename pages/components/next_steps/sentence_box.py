"""A sentence to copy, for a staff meeting or a message to a partner: released figures only, with source and period."""

from html import escape
from typing import Final

import streamlit as st

from geo.register.concern import Concern
from pages.components.frame import chrome

EXACT: Final = (
    "These figures are exact, so there is no sentence to copy: turn “See it as a board would” on, and copy that."
)


def show(concern: Concern) -> None:
    """Show the sentence of a concern with a button that copies it, or why there is none.

    The page's script (``pages/assets/copy_text.js``) makes the button work; without it the sentence can be marked.
    """
    chrome.subheading("A sentence for the staff meeting")
    if not concern.sentence:
        st.html(chrome.quiet(EXACT))
        return
    st.html(box(concern.sentence))


def box(sentence: str, which: str = "") -> str:
    """Write a sentence with the button that copies it (HTML); ``which`` tells it from others for those who hear it."""
    unseen = f'<span class="lc-unseen"> {escape(which)}</span>' if which else ""
    return (
        f'<div class="lc-copy"><p class="lc-copied" tabindex="0">{escape(sentence)}</p>'
        f'<button type="button" class="lc-copy-button">Copy this sentence{unseen}</button> '
        '<span class="lc-quiet" role="status"></span></div>'
    )
