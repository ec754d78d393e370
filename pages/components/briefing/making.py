"""Making a paper: whose it is, what it will say, one's own words, and the button that makes and saves it."""

from contextlib import suppress
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.services import briefing
from data.services.opening import open_store
from geo.briefing.facts import Facts
from geo.briefing.paper import Audience, Paper, Words
from geo.calendar import periods
from geo.errors import InputError, RefusedError
from pages.components.briefing import own_words, sections_view
from pages.components.briefing.asked import AUDIENCE, AUDIENCES, Asked, asked_for
from pages.components.briefing.own_words import Whose
from pages.components.cached import briefings, loads
from pages.components.frame import chrome
from pages.components.frame.addresses import PAPER
from pages.components.frame.selection import BOUND, Selection

RELEASED: Final = "Papers hold released figures only."
READS_ONLY: Final = (
    "This is what a board would see: it reads and downloads papers, and makes, changes and removes none. Turn the "
    "switch off to do so."
)


def show(chosen: Selection, head: DeltaGenerator, rest: DeltaGenerator) -> None:
    """Show the paper that the sidebar asks for as it will stand, to be put in one's own words and made.

    What it is and the button that makes it stand in ``head``, and what it says in ``rest``.
    """
    with head:
        top = st.container()
        picked = st.segmented_control(
            "Whose paper", list(AUDIENCES), default=Audience.BOARD, format_func=AUDIENCES.__getitem__,
            key=AUDIENCE, required=True, bind=BOUND,
        )  # fmt: skip
        making = st.empty()
    audience = Audience(picked or Audience.BOARD)
    try:
        asked = asked_for(chosen)
        with top:
            _say_what(asked, audience)
        found = _gather(asked, making.container())
    except (RefusedError, InputError) as refusal:
        with top:
            chrome.headline("Briefing", str(refusal))
        making.empty()
        return
    paper = briefing.outlined(open_store(), loads.who(), found, asked.request, audience, asked.board.asking.today)
    whose = (audience.value, asked.place)
    if loads.is_board():
        making.empty()
        with rest:
            chrome.subheading("What it will say")
            st.html(sections_view.whole(paper))
        return
    with making.container():
        _offer(asked, paper, whose)
    with rest:
        chrome.subheading("Read it and put it in your own words")
        _edit(paper, whose)


def _say_what(asked: Asked, audience: Audience) -> None:
    told = f"{AUDIENCES[audience]} about {asked.about}, {periods.say_range(asked.request.periods)}."
    notes = "".join(map(chrome.quiet, (RELEASED, *asked.notes)))
    reads = chrome.notice(READS_ONLY) if loads.is_board() else ""
    chrome.headline("Briefing", told, reads, notes, chrome.provenance(asked.board, []))


def _gather(asked: Asked, place: DeltaGenerator) -> Facts:
    """Gather what the paper says, and show how far that is."""
    doing = place.empty()

    def tell(part: float, what: str) -> None:
        doing.progress(min(max(part, 0.0), 1.0), f"{what} …")

    return briefings.facts(asked.request, asked.board.asking, tell)


def _offer(asked: Asked, paper: Paper, whose: Whose) -> None:
    """Draw the button that makes the paper; what is refused is said, and no word is lost."""
    edits = own_words.edits(whose)
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button("Make the paper", type="primary", key="make_paper")
        if edits.words or edits.left_out:
            st.button("Put the prepared words back", key="put_back", on_click=own_words.put_back, args=(whose,))
    if not pressed:
        return
    doing = st.empty()
    doing.progress(0.1, "Saving the paper and its figures …")
    try:
        number = briefing.make(open_store(), loads.who(), asked.request, paper, edits)
    except InputError as fault:
        doing.error(chrome.plain(str(fault)))
        return
    st.query_params[PAPER] = str(number)
    doing.progress(0.4, "Writing the PDF …")
    with suppress(InputError):  # its link says then why it cannot be written
        briefing.paper_file(open_store(), loads.who(), number, "pdf")
    st.rerun()


def _edit(paper: Paper, whose: Whose) -> None:
    for section in paper.sections:
        with st.container(border=True):
            st.html(sections_view.heading(section))
            if own_words.pick_whether(whose, section):
                continue
            for block in section.blocks:
                if isinstance(block, Words):
                    own_words.edit(whose, block)
                else:
                    st.html(sections_view.block_html(block))
