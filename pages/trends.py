"""Trends: period by period, for chosen areas and harm groups; a missing month is a gap."""

import streamlit as st

from geo import periods
from pages.components import charts, chrome, selection, tables, trend_view

chosen = selection.current()
top = st.container()
with st.container(horizontal=True, key="trend_pickers"):
    asked = trend_view.pick(chosen)
found = trend_view.gather(chosen, asked)

with top:
    told = (chrome.provenance(chosen, found.absent, found.wide), chrome.gaps(chosen))
    chrome.headline(f"Trends · {found.where}", found.sentence, *told)
if asked.by == trend_view.BY_AREA and not asked.areas:
    st.html('<p class="lc-quiet">Choose up to six areas above to see a line for each.</p>')
title = f"Incidents a {periods.unit_of(chosen.covered)}, {found.where}"
charts.trends(found.lines, found.shaded, title, about=chosen.about)
for sentence in found.each:
    st.markdown(sentence)
st.caption(
    "Two counts side by side do not say whether a change is real: small numbers move by chance. "
    f"The shaded {periods.unit_of(chosen.covered)}s are those chosen in the sidebar."
)
with st.expander("Show as table"):
    tables.show_table(chrome.caption(chosen, title), found.columns, found.rows)
chrome.together(chrome.police_note(chosen))
