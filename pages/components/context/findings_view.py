"""What was detected, as a page shows it: findings in order of use to a school, each with a link to its map."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from geo.areas.proximity import Place
from geo.calendar import periods
from geo.findings import landmarks
from geo.findings.finding import FindingKind
from geo.findings.report import Entry, Seeker, nothing, refusals, report
from geo.findings.search import FAR, Search, together
from geo.harms import HARM_GROUPS
from geo.maps.measure import Measure
from geo.wording import how_many
from pages.components.cached import statistics
from pages.components.cached.cache_keys import eyes_of
from pages.components.frame import chrome
from pages.components.frame.addresses import LEVEL_WORDS, MEASURE_WORDS, link
from pages.components.frame.selection import Selection

SHOWN: Final = 5
_MAPS: Final = {
    FindingKind.CLUSTER: Measure.COUNT,
    FindingKind.PATTERN: Measure.PATTERN,
    FindingKind.RISE: Measure.CHANGE,
    FindingKind.FALL: Measure.CHANGE,
}


def around(chosen: Selection, school: Place) -> str:
    """Write what was detected around a school, the most useful first (HTML)."""
    result = _search(chosen, school)
    (point,) = landmarks.in_metres([school])
    entries = report(
        result,
        statistics.known_places(chosen.dataset.area_set_id, chosen.asking),
        Seeker(point),
        of_police=chosen.dataset.kind == "police",
    )
    until = periods.say(chosen.choice.periods[-1])
    none = nothing(chosen.choice.harms, until, FAR, result.refused)
    sentences = _list(entries[:SHOWN]) or f'<p class="lc-told">{escape(none)}</p>'
    refused = "".join(map(chrome.quiet, refusals(result.refused, chosen.choice.harms)))
    return sentences + _rest(len(entries) - SHOWN) + refused


def _search(chosen: Selection, school: Place) -> Search:
    """Search one harm group after the other, and say which: a click in between ends it."""
    eyes, harms = eyes_of(chosen.dataset, chosen.asking), chosen.choice.harms
    doing, results = st.empty(), []
    for number, harm in enumerate(harms, start=1):
        doing.html(chrome.quiet(f"Looking at {HARM_GROUPS[harm].lower()} ({number} of {len(harms)}) …"))
        results.append(statistics.search_around(chosen.dataset, harm, chosen.choice.periods, school, eyes))
    doing.empty()
    return together(results)


def _list(entries: Sequence[Entry]) -> str:
    items = "".join(_item(one) for one in entries)
    return f'<ul class="lc-findings">{items}</ul>' if items else ""


def _item(one: Entry) -> str:
    look = "lc-more" if one.finding.rising else "lc-less"
    sentences = one.sentences
    return (
        f'<li class="{look}">{escape(sentences.sentence)} <span class="lc-sure">{escape(sentences.sure)} '
        f"{escape(sentences.doubt)} "
        f"{_link(one)}</span></li>"
    )


def _link(one: Entry) -> str:
    """Write the link to the map view that shows a finding (HTML)."""
    finding = one.finding
    held: Mapping[str, str | Sequence[str]] = {
        "measure": MEASURE_WORDS[_MAPS[finding.kind]],
        "level": LEVEL_WORDS[finding.level],
        "harm": [HARM_GROUPS[code] for code in finding.harms],
        "from": periods.say(finding.periods[0]),
        "to": periods.say(finding.periods[-1]),
        **({"clusters": "true"} if finding.kind is FindingKind.CLUSTER else {}),
        "area": one.label,
        "zoom": "false" if finding.kind is FindingKind.CLUSTER else "true",
    }
    return link("area-map", "See it on the map", held)


def _rest(more: int) -> str:
    checked = f"We checked within {FAR / 1000:.0f} km; the Area map shows the rest."
    return chrome.quiet(f"And {how_many(more, 'more finding', 'more findings')}. {checked}" if more > 0 else checked)
