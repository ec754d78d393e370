"""The picker of one area, which addresses know by how it is spoken of, or was when they were made."""

from typing import Literal

import streamlit as st

from geo.areas.area_set import Units
from pages.components.frame.selection import BOUND


def pick_area(units: Units, key: str, none: str, width: int | Literal["stretch"] = "stretch") -> str | None:
    """Draw the picker of one of some units, kept in the address by ``key``; return its code, or None for ``none``.

    It starts with the unit that the address means, even where it does not name the neighbourhood, or names another one.
    """
    _recall(units, key)
    return units.by_label.get(st.selectbox("Area", [none, *units.by_label], key=key, bind=BOUND, width=width))


def _recall(units: Units, key: str) -> None:
    """Put the label of today in the place of an older one, which the picker would not know."""
    drawn = key in st.session_state
    asked = st.session_state[key] if drawn else st.query_params.get(key)
    code = None if asked is None or asked in units.by_label else units.called(asked)
    if code is None:
        return
    if drawn:
        st.session_state[key] = units.label_of[code]
        return
    # A picker that is drawn for the first time believes the address that the run began with, and nothing else.
    st.query_params[key] = units.label_of[code]
    st.rerun()
