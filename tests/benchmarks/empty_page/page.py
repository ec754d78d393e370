"""One picker and one line of text that changes with it: the least that a filter change can cost here."""

import streamlit as st

OPTIONS = [f"Choice {number}" for number in range(1, 16)]  # as many as the Area map's “Police category” has

st.set_page_config(page_title="Empty page", layout="wide")
chosen = st.selectbox("Police category", OPTIONS, key="category", bind="query-params")
st.html(f'<h1 class="lc-headline">{chosen}</h1>')
