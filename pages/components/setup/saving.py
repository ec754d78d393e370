"""Saving what a plan holds, one thing after the other, and what came of it, each with its Undo."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from data.services import bringing_in, undoing
from data.services.opening import open_store
from data.services.setup_plan import SetupPlan, StepDone
from geo.errors import InputError
from geo.wording import how_many
from pages.components.cached import loads
from pages.components.frame import chrome
from pages.components.setup import dropping
from pages.components.upload import handed_over

_SIGNS: Final = {True: ("!", "lc-is-look"), False: ("✓", "lc-is-here")}
_STOPPED: Final = "Stopped. What is listed above is saved, and nothing else; drop the other files again to go on."
_NOTHING: Final = "Stopped. Nothing was saved."


def offer(plan: SetupPlan) -> None:
    """Offer to save what a plan holds; files of own incidents are handed to Upload, where their columns are matched."""
    wanted = sum(not step.known for step in plan.steps)
    if not wanted:
        if plan.steps:
            st.info("All of this is here already.")
        if plan.own and st.button("Open these incidents on Upload", type="primary", key="_setup_own"):
            _hand_over(plan)
            dropping.let_go()
            st.switch_page("upload.py")
        return
    label = "Save this" if wanted == 1 else f"Save these {wanted} things"
    before, cancel = st.container(horizontal=True), st.empty()
    wanted_now = before.button(label, type="primary", key="_setup_save")
    before.button("Leave these files", on_click=dropping.let_go, key="_setup_leave")
    if wanted_now:
        # Another click runs the page again, and the next word of progress then ends this run and what it saves.
        cancel.button("Cancel", on_click=dropping.stop, key="_setup_cancel_save")
        _save(plan)
        dropping.let_go()
        st.rerun()


def show_done() -> None:
    """Show what came of the last plan, a line for each thing, with its Undo and where to go on."""
    done: list[StepDone] = st.session_state.get(dropping.DONE, [])
    stopped = st.session_state.get(dropping.STOPPED)
    if done:
        chrome.subheading("What was done")
    for position, one in enumerate(done):
        _line(position, one)
    if stopped:
        st.info(_STOPPED if any(one.saved for one in done) else _NOTHING)
    if any(one.saved for one in done) or handed_over.names():
        _go_on(done)


def _go_on(done: Sequence[StepDone]) -> None:
    with st.container(horizontal=True, key="next_steps"):
        if names := handed_over.names():
            st.page_link("upload.py", label=f"Match the columns of {chrome.plain(' and '.join(names))} on Upload")
        if any(one.saved for one in done) and loads.all_datasets(loads.asker()):
            st.page_link("area_map.py", label="See the map")


def _line(position: int, one: StepDone) -> None:
    sign, look = _SIGNS[one.refused]
    words, button = st.columns([3, 1], vertical_alignment="center")
    with words:
        mark = f'<span class="lc-sign" aria-hidden="true">{sign}</span>'
        said = f"<strong>{escape(one.row)}.</strong> {escape(one.sentence)}"
        st.html(f'<p class="lc-done {look}">{mark} {said}</p>{_notes(one.notes)}')
    if one.delivery is not None and button.button(f"Undo {one.row}", key=f"_setup_undo_{one.delivery}"):
        undo(one.delivery, one.row, position)


def _notes(notes: Sequence[str]) -> str:
    """Write what is to be known of what was done, folded where it is long (HTML)."""
    listed = chrome.bullets(notes)
    if len(notes) < 2:
        return listed
    return f'<details class="lc-rest"><summary>What to know: {len(notes)} notes</summary>{listed}</details>'


def undo(delivery: int, row: str, position: int | None = None) -> None:
    """Undo a delivery of a row, and say in its place, or in a line of its own, what is so now."""
    try:
        said = undoing.undo(open_store(), loads.who(), delivery)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    done: list[StepDone] = st.session_state.setdefault(dropping.DONE, [])
    line = StepDone(row, said, saved=True)
    if position is None:
        done[:] = [line]
    else:
        done[position] = line
    st.rerun()


def _save(plan: SetupPlan) -> None:
    """Carry out a plan; what is done is written down step by step, so that it is known where it ended."""
    done: list[StepDone] = []
    st.session_state[dropping.DONE] = done
    dropping.forget_plan()
    bar = st.progress(0.0, f"Saving {how_many(len(plan.steps), 'thing', 'things')}")

    def tell(share: float, what: str) -> None:
        bar.progress(min(1.0, max(0.0, share)), what)

    try:
        for one in bringing_in.carry_out(open_store(), loads.who(), plan, tell):
            done.append(one)
            bar.progress(min(1.0, len(done) / len(plan.steps)), f"{one.row}: done")
    except (InputError, OSError) as fault:
        done.append(StepDone("Not saved", _said(fault), saved=False))
    _hand_over(plan)


def _said(fault: InputError | OSError) -> str:
    if isinstance(fault, OSError):
        return f"The store could not be written: {fault.strerror or 'the system refused'}; free some space and go on."
    return str(fault)


def _hand_over(plan: SetupPlan) -> None:
    own = [plan.sources[name] for name in plan.own]
    if own:
        handed_over.give([(source.name, source.content) for source in own if source.content is not None])
