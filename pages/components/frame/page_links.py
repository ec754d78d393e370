"""The list of pages at the top of the sidebar, by task; the page's script makes a list of a navigation of it.

Streamlit's own list has items outside of any list, which leaves those who hear it without how many there are.
"""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st


def show(pages: Mapping[str, Sequence[st.Page]]) -> None:
    """Show a link to each page, below the name of its group."""
    with st.sidebar, st.container(key="pages"):
        for number, (group, listed) in enumerate(pages.items()):
            st.html(f'<div class="lc-group">{escape(group)}</div>')
            with st.container(key=f"pages_{number}", gap=None):
                for page in listed:
                    st.page_link(page)
