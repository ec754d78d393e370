"""Local Context as an ASGI app: ``streamlit run dashboard.py`` or ``uvicorn dashboard:app``."""

from datetime import date
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request

from access.gate import Gate
from data import private_files
from data.principal import LOCAL_USER
from data.services import partner_layers as layers
from data.services.opening import open_store
from data.store.area_sets import packed_drawing
from data.store.base_maps import tile_archive
from pages.components.frame.chrome import style_text
from pages.components.frame.error_page import say_fault
from pages.routes import (
    assets,
    chart_images,
    downloads,
    examples,
    left_sessions,
    my_school,
    papers,
    partner_layers,
    search,
    session_sheets,
    table_rows,
    templates,
    tiles,
)
from pages.routes.transient_files import offered, session_of
from pages.routes.upload_quota import UploadQuota


def _geometry(digest: str, request: Request) -> bytes | None:
    return offered(digest, session_of(request)) or packed_drawing(open_store(), LOCAL_USER, digest)


def _archive(digest: str) -> bytes | None:
    return tile_archive(open_store(), LOCAL_USER, digest)


def _layer(digest: str) -> bytes | None:
    return layers.packed_drawing(open_store(), LOCAL_USER, digest, date.today())


private_files.from_now_on()
app = st.App(
    Path(__file__).parent / "pages" / "navigation.py",
    routes=[
        *downloads.routes(),
        *templates.routes(),
        *session_sheets.routes(),
        *examples.routes(),
        *my_school.routes(),
        *search.routes(),
        *tiles.routes(_archive),
        *papers.routes(),
        *partner_layers.routes(_layer),
        *table_rows.routes(),
        *chart_images.routes(),
        *assets.routes(_geometry),
    ],
    middleware=[Middleware(Gate, styles=(style_text(),)), Middleware(UploadQuota)],
    on_script_error=say_fault,
    lifespan=left_sessions.lifespan,
)
