"""Proposing a hotspot: a finding goes to the register's own page, where the form that adds an entry is prefilled."""

from typing import Final

import streamlit as st

from geo.register.concern import Concern

PROPOSAL: Final = "proposal"  # the concern that the form on Known hotspots is prefilled from


def propose(concern: Concern) -> None:
    """Keep a concern for the form that adds a hotspot, and go to it."""
    st.session_state[PROPOSAL] = concern
    st.switch_page("known_hotspots.py")
