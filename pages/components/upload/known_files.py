"""Files that came in before, said as soon as they are chosen and before they are checked."""

import streamlit as st

from data.services import known_again
from data.services.opening import open_store
from geo.errors import InputError
from pages.components.cached import loads
from pages.components.frame import chrome
from pages.components.upload.upload_choice import UploadRequest


def show(upload: UploadRequest) -> None:
    """Say that chosen files are here already, or were and are undone; nothing for files that are new."""
    try:
        said = known_again.said(open_store(), loads.who(), upload.sources)
    except InputError:
        return  # what cannot be opened is said when it is checked
    if said is not None:
        st.info(chrome.plain(said))
