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
from geo.wording import how_many
from pages.components.area_map import finding_view
from pages.components.cached import statistics
from pages.components.cached.cache_keys import eyes_of
from pages.components.frame import chrome
from pages.components.frame.addresses import FINDING, link
from pages.components.frame.selection import Selection, label_of

SHOWN: Final = 3


def around(chosen: Selection, school: Place) -> str:
    """Write what was detected around a school, the most useful first (HTML)."""
    result = _search(chosen, school)
    entries = finding_view.report_around(chosen, school, result)
    until = periods.say(chosen.choice.periods[-1])
    none = nothing(chosen.choice.harms, until, FAR, result.refused)
    items = [_item(chosen, school, one) for one in entries]
    sentences = _list(items[:SHOWN]) or f'<p class="lc-told">{escape(none)}</p>'
    refused = "".join(map(chrome.quiet, refusals(result.refused, chosen.choice.harms)))
    return sentences + _more(items[SHOWN:]) + refused


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
