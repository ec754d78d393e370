"""Minutes: a paper's sentences to copy, one by one or all at once, each with its figure, certainty and source."""

import streamlit as st

from geo.briefing.paper import Paper, Told
from pages.components.frame import chrome
from pages.components.next_steps import sentence_box


def show(paper: Paper) -> None:
    """Show the sentences for the minutes with buttons that copy them; nothing for a paper that has none."""
    if not paper.minutes:
        return
    chrome.subheading("For the minutes")
    boxes = [sentence_box.box(said(one), f"number {number}") for number, one in enumerate(paper.minutes, 1)]
    every = (
        '<div><button type="button" class="lc-copy-button">Copy all sentences</button> '
        '<span class="lc-quiet" role="status"></span></div>'
    )
    st.html(f'<div class="lc-copies">{every if len(boxes) > 1 else ""}{"".join(boxes)}</div>')


def said(told: Told) -> str:
    """Write a sentence as minutes hold it: with how certain it is and where it is from."""
    source = f"Source: {told.source}." if told.source else ""
    return " ".join(filter(None, (told.sentence, told.certainty, source)))
