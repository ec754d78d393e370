"""What a person sees, and what is logged, when a page fails: never a traceback, never a value of a row."""

import logging
import traceback

import streamlit as st

from geo.errors import InputError, RefusedError

_log = logging.getLogger(__name__)


def say_fault(fault: Exception) -> bool:
    """Show one sentence; log only what failed and where, since a message may carry a value. Answer True: handled."""
    if isinstance(fault, (InputError, RefusedError)):
        st.error(str(fault))
        return True
    place = traceback.extract_tb(fault.__traceback__)[-1]
    _log.error("A page failed: %s at %s:%s", type(fault).__name__, place.filename, place.lineno)
    st.error(
        "This page could not be shown. Reload it; if that does not help, tell the person who looks after Local Context "
        "which page it was and what you had chosen."
    )
    return True
