"""What was detected, as a page shows it: findings in order of use to a school, each with a link to its map."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from geo.areas.proximity import Place
from geo.calendar import periods
from geo.findings.reference import refer_to
from geo.findings.report import Entry, nothing, refusals
from geo.findings.search import FAR, Search
from geo.harms import HARM_GROUPS, spoken
from geo.views.view import View
from geo.wording import how_many
from pages.components.area_map import finding_view
from pages.components.cached import loads, statistics
from pages.components.cached.cache_keys import eyes_of
from pages.components.frame import chrome
from pages.components.frame.addresses import FINDING, link
from pages.components.frame.selection import Selection, label_of
from pages.components.next_steps import next_steps

SHOWN: Final = 3


def show(chosen: Selection, school: Place) -> None:
    """Show what was detected around a school, the most useful first, each with what to do next folded under it."""
    result = _search(chosen, school)
    entries = finding_view.report_around(chosen, school, result)
    until = chosen.choice.periods[-1]
    none = nothing(chosen.choice.harms, periods.say(until), FAR, result.refused)
    if not entries:
        st.html(f'<p class="lc-told">{escape(none)}</p>')
    for number, one in enumerate(entries[:SHOWN], start=1):
        st.html(_list([_item(chosen, school, one)]))
        next_steps.show(finding_view.concern_from(chosen, one, _view(chosen, one, until)), f"found_{number}")
    refused = "".join(map(chrome.quiet, refusals(result.refused, chosen.choice.harms)))
    st.html(_more([_item(chosen, school, one) for one in entries[SHOWN:]]) + refused)


def _view(chosen: Selection, one: Entry, until: str) -> View:
    """Return the view that a finding was searched in: of a release, its units depend on the periods looked at."""
    searched = [period for period in chosen.covered if period <= until]
    return loads.view(chosen.view_key(one.finding.level, searched))


def _search(chosen: Selection, school: Place) -> Search:
    """Search one harm group after the other, and say which: a click in between ends it."""
    doing = st.empty()

    def say(number: int, harm: str) -> None:
        number_of = f"{number} of {len(chosen.choice.harms)}"
        doing.html(chrome.quiet(f"Looking at {spoken(HARM_GROUPS[harm])} ({number_of}) …"))

    found = statistics.search_around(
        chosen.dataset, chosen.choice.harms, chosen.choice.periods, school, eyes_of(chosen.dataset, chosen.asking), say
    )
    doing.empty()
    return found


def _list(items: Sequence[str]) -> str:
    return f'<ul class="lc-findings">{"".join(items)}</ul>' if items else ""


def _item(chosen: Selection, school: Place, one: Entry) -> str:
    """Write one finding (HTML): what, where and when; how sure; folded, what else it could be; and its map."""
    look = "lc-more" if one.finding.rising else "lc-less"
    return (
        f'<li class="{look}"><p>{escape(one.sentences.sentence)}</p>{finding_view.sureness(one.sentences)}'
        f"{_link(chosen, school, one)}</li>"
    )


def _link(chosen: Selection, school: Place, one: Entry) -> str:
    """Write the link to the map of a finding (HTML); it holds all that this page's address does, for the way back."""
    dataset = label_of(chosen.dataset, chosen.asking)
    reference = refer_to(one, chosen.choice.periods, chosen.choice.harms, school.urn or "", dataset)
    return link("area-map", "See it on the map", {FINDING: str(reference)}, kept=list(st.query_params))


def _more(items: Sequence[str]) -> str:
    """Write the other findings, folded, and how far was looked (HTML)."""
    checked = chrome.quiet(f"We checked within {FAR / 1000:.0f} km; the Area map shows the rest.")
    if not items:
        return checked
    words = how_many(len(items), "more finding", "more findings")
    return f'<details class="lc-rest"><summary>{words}</summary>{_list(items)}</details>{checked}'
