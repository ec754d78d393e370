"""Where: the areas in which one harm has changed, and those in which something was done, each with its own chart."""

from typing import Final

import streamlit as st

from geo.wording import how_many
from pages.components.cached import trend_results
from pages.components.frame import chrome
from pages.components.frame.selection import Selection
from pages.components.trends import pickers, trend_view
from pages.components.trends.pickers import AREA, LEVEL, TrendRequest
from pages.components.trends.trend_view import TrendContent

MOST: Final = 6
_SIGNS: Final = {1: "▲", -1: "▼"}


def show(chosen: Selection, request: TrendRequest, content: TrendContent) -> None:
    """List the areas worth a look, a button each."""
    level = chosen.levels[0]
    counts = trend_view.count(chosen, request, level)
    units = trend_view.places_in(chosen, counts)
    overview = trend_results.judged_charts(counts, request.figure, request.harms, units, content.shaded, chosen.asking)
    done = trend_results.what_was_done(chosen.dataset.area_set_id, chosen.asking)
    acted: dict[int, str] = {}
    for one in done:
        for unit in {int(counts.view.units.member[area]) for area in one.areas}:
            acted[unit] = f"{acted[unit]}, {one.letter}" if unit in acted else one.letter
    changed = {units[one.row]: one.narrative.side for one in overview.charts if one.narrative.side}
    listed = [unit for unit in changed if unit in acted] + [unit for unit in changed if unit not in acted]
    listed += [unit for unit in acted if unit not in changed and not counts.view.elsewhere[unit]]
    chrome.subheading("Where")
    st.html(chrome.quiet(overview.sentence))
    with st.container(horizontal=True, key="trend_where"):
        for unit in listed[:MOST]:
            name = counts.view.units.names[unit]
            what = " ".join(filter(None, (_SIGNS.get(changed.get(unit, 0)), name, _acted(acted.get(unit)))))
            keys = {LEVEL: level, AREA: counts.view.units.label_of[counts.view.units.codes[unit]]}
            keys |= {pickers.HARM: pickers.harm_label(request.harms[0])}
            st.button(chrome.plain(what), key=f"where_{unit}", on_click=pickers.look_at(**keys))
    more = len(listed) - MOST
    if more > 0:
        word = pickers.level_word(level)
        st.html(chrome.quiet(f"And {how_many(more, 'more', 'more')}: choose {word} above to see a chart of each."))


def _acted(letters: str | None) -> str:
    return f"(we did {letters})" if letters else ""
