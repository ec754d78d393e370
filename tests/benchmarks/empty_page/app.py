"""The empty page as an ASGI app, served as the real one is."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).parent / "page.py")
