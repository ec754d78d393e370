"""The register as files: the buttons that add an entry or bring a file, an example, and what is handed out."""

from html import escape
from typing import Final

import streamlit as st

from data.services.register_exports import FORMATS
from pages.components.hotspots import add_view
from pages.routes.examples import example_url
from pages.routes.register_downloads import register_url

BRING: Final = "Bring a file in"
_HANDED_OUT: Final = "The whole register as a file, to keep or to bring into another system:"


def show_buttons(*, has_entries: bool) -> None:
    """Show the buttons that add a hotspot, by hand or from a file."""
    with st.container(horizontal=True, vertical_alignment="center", key="register_buttons"):
        label = "Add a known hotspot" if has_entries else "Add the first hotspot"
        if st.button(label, type="primary", key="add_hotspot_open"):
            add_view.open_form()
            st.rerun()
        st.page_link("upload.py", label=BRING)


def show_example() -> None:
    """Offer an example of a file of known hotspots."""
    address = escape(example_url("hotspots"))
    st.html(f'<a class="lc-download" href="{address}" target="_self" download>Example file</a>')


def show_links() -> None:
    """Offer the register as files, with all that it says."""
    links = "".join(
        f'<a class="lc-download" href="{escape(register_url(form))}" target="_self" download>{words}</a> '
        for form, words in FORMATS.items()
    )
    st.html(f'<p class="lc-quiet">{_HANDED_OUT}</p>{links}')
