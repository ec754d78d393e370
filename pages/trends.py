"""Trends: month by month, for chosen areas and harm groups; a missing month is a gap."""

import streamlit as st

from pages.components import charts, chrome, selection, tables, trend_view

chosen = selection.current()
top = st.container()
with st.container(horizontal=True, key="trend_pickers"):
    asked = trend_view.pick(chosen)
found = trend_view.gather(chosen, asked)

with top:
    told = (chrome.provenance(chosen, found.absent), chrome.gaps(chosen))
    chrome.headline(f"Trends · {found.where}", found.sentence, *told)
if asked.by == trend_view.BY_AREA and not asked.areas:
    st.html('<p class="lc-quiet">Choose up to six areas above to see a line for each.</p>')
charts.trends(found.lines, found.shaded, f"Incidents a month, {found.where}")
for sentence in found.each:
    st.markdown(sentence)
st.caption(
    "Two counts side by side do not say whether a change is real: small numbers move by chance. "
    "The shaded months are those chosen in the sidebar."
)
with st.expander("Show as table"):
    tables.show_table(f"Incidents a month, {found.where}", found.columns, found.rows)
chrome.together(chrome.police_note(chosen))
