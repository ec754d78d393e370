"""Local Context as an ASGI app: ``streamlit run dashboard.py`` or ``uvicorn dashboard:app``."""

from pathlib import Path

import streamlit as st

from data.opening import open_store
from data.principal import LOCAL_USER
from data.store.area_sets import packed_drawing
from pages import downloads, routes
from pages.components.faults import say_fault
from pages.handed import handed


def _geometry(digest: str) -> bytes | None:
    return handed(digest) or packed_drawing(open_store(), LOCAL_USER, digest)


app = st.App(
    Path(__file__).parent / "pages" / "navigation.py",
    routes=[*downloads.routes(), *routes.routes(_geometry)],
    on_script_error=say_fault,
)
