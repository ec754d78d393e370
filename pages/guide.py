"""Guide: the words, how figures are made, what they cannot show, and what to do with a worry about a child."""

from pathlib import Path

import streamlit as st

from pages.components import chrome

chrome.headline("Guide", "How to read these pages, and what they cannot tell you.")
st.markdown((Path(__file__).parent.parent / "docs" / "guide" / "reading-the-pages.md").read_text(encoding="utf-8"))
