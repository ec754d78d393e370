"""A person's own words for a paper that is not made yet: kept through reruns and on other pages.

They are kept by whose paper it is and which place it is about; a block that nobody changed says what is prepared.
"""

from collections.abc import Callable
from typing import Final

import streamlit as st

from data.store.papers import LONGEST
from geo.briefing.paper import Edits, Section, Words

_WORDS: Final = "_paper_words"
_LEFT_OUT: Final = "_paper_left_out"

Whose = tuple[str, str]  # the audience, and the place


def edits(whose: Whose) -> Edits:
    """Return what a person has changed so far."""
    return Edits(dict(_words(whose)), frozenset(_left_out(whose)))


def put_back(whose: Whose) -> None:
    """Let go of all that was changed: the paper is as it was prepared."""
    _words(whose).clear()
    _left_out(whose).clear()


def pick_whether(whose: Whose, section: Section) -> bool:
    """Draw the box that leaves a section out; return whether it is left out."""
    key = f"left_out_{'_'.join(whose)}_{section.key}"
    st.session_state[key] = section.key in _left_out(whose)

    def keep() -> None:
        kept = _left_out(whose)
        (kept.add if st.session_state[key] else kept.discard)(section.key)

    return st.checkbox(f"Leave out “{section.heading}”", key=key, on_change=keep)


def edit(whose: Whose, block: Words) -> None:
    """Draw the box in which words are edited, with what is asked for there as its label."""
    key = f"words_{'_'.join(whose)}_{block.key}"
    st.session_state[key] = _words(whose).get(block.key, block.text)
    asked = f"{block.asked} (said aloud)" if block.spoken else block.asked
    st.text_area(asked, key=key, max_chars=LONGEST, height="content", on_change=_keeper(whose, block, key))


def _keeper(whose: Whose, block: Words, key: str) -> Callable[[], None]:
    def keep() -> None:
        typed = st.session_state[key] or ""
        if typed == block.text:
            _words(whose).pop(block.key, None)
        else:
            _words(whose)[block.key] = typed

    return keep


def _words(whose: Whose) -> dict[str, str]:
    kept: dict[Whose, dict[str, str]] = st.session_state.setdefault(_WORDS, {})
    return kept.setdefault(whose, {})


def _left_out(whose: Whose) -> set[str]:
    kept: dict[Whose, set[str]] = st.session_state.setdefault(_LEFT_OUT, {})
    return kept.setdefault(whose, set())
