"""The shared switch that counts what is recorded for elsewhere, as at a hospital, with what is around a school."""

from typing import Final

import streamlit as st

from data.store.datasets import Dataset
from geo.views.extent import Extent, with_elsewhere
from pages.components.cached import circles
from pages.components.cached.cache_keys import Asker, eyes_of

KEY: Final = "elsewhere"
_BOUND: Final = "query-params"
_HELP: Final = (
    "What the police record at a hospital, a police station, a prison or a court often happened elsewhere. Around a "
    "school it is counted apart unless you switch this on. Figures of whole areas count it in any case."
)


def pick(dataset: Dataset, part: Extent, asking: Asker) -> Extent:
    """Draw the switch where points with names of places are counted, and return the extent as it says."""
    if not part.points or not circles.has_place_names(dataset, eyes_of(dataset, asking)):
        return part
    counts = st.toggle("Count what is recorded for elsewhere too", key=KEY, bind=_BOUND, help=_HELP)
    return with_elsewhere(part) if counts else part
