"""The checklist: each row with how it stands, why it matters, which file it is, what is here, and undoing it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from data.services.setup_checklist import ChecklistRow, Holding, RowFacts, RowState
from pages.components.cached import loads
from pages.components.frame import chrome
from pages.components.setup import saving
from pages.components.setup.official_files import WORDS, OfficialFile
from pages.routes.examples import example_url

_SIGNS: Final = {RowState.HERE: "✓", RowState.MISSING: "–", RowState.LOOK: "!"}
_LOOKS: Final = {RowState.HERE: "lc-is-here", RowState.MISSING: "lc-is-missing", RowState.LOOK: "lc-is-look"}
_OPEN: Final = {True: " open", False: ""}


def overview(rows: Mapping[ChecklistRow, RowFacts]) -> str:
    """Write the rows as a short list (HTML), each with how it stands and a link to its part of the page."""
    items = "".join(
        f'<li class="{_LOOKS[facts.state]}">{_sign(facts.state)} <a href="#{_anchor(row)}" target="_self">'
        f"{escape(row)}</a> <small>{escape(facts.short or facts.state)}</small></li>"
        for row, facts in rows.items()
    )
    return f'<ol class="lc-overview" aria-label="What a place needs">{items}</ol>'


def show(rows: Mapping[ChecklistRow, RowFacts], following: ChecklistRow | None) -> None:
    """Show each row; the one that is missing next is unfolded."""
    chrome.subheading("What a place needs, row by row")
    with st.container(key="checklist"):
        for number, (row, facts) in enumerate(rows.items()):
            with st.container(key=f"checklist_row_{number}", gap=None):
                st.html(_row(facts, row is following))
                _undo(facts)


def _row(facts: RowFacts, unfolded: bool) -> str:
    """Write one row (HTML)."""
    words = WORDS[facts.row]
    short = f" · {facts.short}" if facts.short else ""
    state = f'<span class="lc-state">{escape(facts.state)}{escape(short)}</span>'
    missing = chrome.quiet(words.without) if facts.state is RowState.MISSING else ""
    parts = (
        f'<h3 id="{_anchor(facts.row)}">{_sign(facts.state)} {escape(facts.row)} {state}</h3>',
        f"<p>{escape(words.why)}</p>",
        missing,
        "".join(map(chrome.notice, facts.look)),
        _loaded(facts.holdings),
        _files(facts, words.files, unfolded),
    )
    return f'<section class="lc-block lc-row {_LOOKS[facts.state]}">{"".join(parts)}</section>'


def _loaded(holdings: Sequence[Holding]) -> str:
    """Write what is here for a row (HTML)."""
    items = "".join(
        f"<li><strong>{escape(one.title)}</strong> {escape(' · '.join(one.facts))}{_more(one)}</li>" for one in holdings
    )
    return f'<ul class="lc-loaded">{items}</ul>' if items else ""


def _more(one: Holding) -> str:
    """Write what was noted when a thing came in, folded, and why it cannot be undone (HTML)."""
    stays = f'<br><span class="lc-sure">{escape(one.stays)}</span>' if one.stays else ""
    notes = chrome.bullets(one.notes)
    return stays + (f"<details><summary>What was noted when it came in</summary>{notes}</details>" if notes else "")


def _files(facts: RowFacts, files: Sequence[OfficialFile], unfolded: bool) -> str:
    """Write which files a row is made of, folded, with how to bring them in (HTML)."""
    here = facts.state is not RowState.MISSING
    heading = f"{facts.row}: replace or add" if here else f"{facts.row}: which file, where to find it, an example"
    told = "A newer file takes the place of what is here. " if here else ""
    drop = f'<p>{told}<a href="#drop-files" target="_self">Drop it at the top of this page</a>.</p>'
    drop = "" if loads.is_board() else drop
    return f"<details{_OPEN[unfolded]}><summary>{escape(heading)}</summary>{''.join(map(_file, files))}{drop}</details>"


def _file(one: OfficialFile) -> str:
    """Write where one file is found (HTML), and the link to its example."""
    facts = {"From": one.publisher, "Where": one.where, "Licence": one.licence}
    listed = "".join(f"<dt>{escape(term)}</dt><dd>{escape(said)}</dd>" for term, said in facts.items())
    example = ""
    if one.example is not None:
        label = escape(f"Download an example of “{one.name.split(' (')[0]}”")
        example = (
            f'<a class="lc-download" href="{escape(example_url(one.example))}" target="_self" download '
            f'aria-label="{label}">Download an example</a>'
        )
    return f'<div class="lc-file"><p><strong>{escape(one.name)}</strong></p><dl>{listed}</dl>{example}</div>'


def _undo(facts: RowFacts) -> None:
    """Offer to undo what can be, each thing by a button of its own that is seen only when it is asked for."""
    able = [one for one in facts.holdings if one.delivery is not None and one.stays is None]
    if not able or loads.is_board():
        return
    with st.popover(f"{facts.row}: undo", key=f"_setup_row_{facts.row.name}"):
        st.markdown("What it brought goes, and what stood before comes back where it was kept.")
        for one in able:
            title = chrome.plain(one.title)
            if st.button(f"Undo “{title}”", key=f"_setup_back_{one.delivery}") and one.delivery is not None:
                saving.undo(one.delivery, facts.row.value)


def _sign(state: RowState) -> str:
    return f'<span class="lc-sign" aria-hidden="true">{_SIGNS[state]}</span>'


def _anchor(row: ChecklistRow) -> str:
    return f"row-{row.name.lower().replace('_', '-')}"
