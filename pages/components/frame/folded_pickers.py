"""A page's own pickers: a row of them or, on a phone, behind one button that says what it opens.

The button is a native one of HTML, and the style sheet folds what follows it: a phone and a wide screen get the same
page, and opening it costs no run of the page.
"""

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_BUTTON: Final = '<details class="lc-fold"><summary>Choose what is shown</summary></details>'


def folded_pickers(key: str) -> DeltaGenerator:
    """Begin the row that a page draws its pickers in."""
    st.html(_BUTTON)
    return st.container(horizontal=True, vertical_alignment="bottom", key=key)
