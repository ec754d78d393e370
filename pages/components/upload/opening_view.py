"""Rows that were released as protected and would be open from now on: why, and the word that confirms it."""

from dataclasses import replace
from typing import Final

import streamlit as st

from data.screening.short_texts import MAX_LENGTH
from data.services.importing import PreparedImport
from data.services.one_release import WORD
from pages.components.frame import chrome

_WHY: Final = "Why are these rows opened?"
_HELP: Final = "It is kept for good, with your name and the day. Say nothing of a person."


def ask(prepared: PreparedImport) -> PreparedImport:
    """Say what an import would open, ask for a reason and the word, and return the import with both; others as is."""
    if not prepared.released.opened:
        return prepared
    st.warning(chrome.plain(prepared.released.sentence))
    of_these = prepared.description.fingerprint
    why_column, word_column = st.columns([2, 1])
    reason = why_column.text_input(_WHY, max_chars=MAX_LENGTH, help=_HELP, key=f"_upload_reason_{of_these}")
    word = word_column.text_input(f"Type {WORD} to confirm", key=f"_upload_word_{of_these}")
    request = replace(prepared.request, reason=reason.strip() or None, confirmation=word.strip())
    return replace(prepared, request=request)


def is_refused(prepared: PreparedImport) -> bool:
    """Return whether an import opens protected rows and lacks the reason or the word."""
    request = prepared.request
    return bool(prepared.released.opened) and not (request.reason and request.confirmation == WORD)
