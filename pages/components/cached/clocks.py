"""Cached clocks: when the incidents of a dataset happened, and clocks made from them.

They are kept as ``loads`` says. Term dates belong to the store as a whole, so after every write to it the clocks are
made again; the times of an open dataset stay.
"""

import streamlit as st

from data.records.rows import DatasetKind
from data.services import incident_times, visibility
from data.services.opening import open_store
from data.store.datasets import Access, Dataset
from geo.clock.clock_sentences import MONTHS_ONLY
from geo.clock.slots import BY_BAND, BY_HOUR
from geo.clock.timed_counts import Timed, clock_of
from geo.clock.week_clock import Clock
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.views.extent import Extent
from pages.components.cached import trend_results
from pages.components.cached.cache_keys import KEYS, LARGE, SMALL, Asker, eyes_of


def times(dataset: Dataset, asking: Asker) -> Timed | None:
    """Load when the incidents of a dataset happened, for an open one and for custodians; None for months alone.

    Raises PermissionError as ``data.services.incident_times.timed`` does.
    """
    if dataset.kind == DatasetKind.POLICE:  # such files know months only, and are the longest there are
        return None
    return _times(dataset, eyes_of(dataset, asking))


@st.cache_resource(max_entries=LARGE, show_spinner="Loading times", hash_funcs=KEYS)
def _times(dataset: Dataset, eyes: Asker) -> Timed | None:
    try:
        return incident_times.timed(open_store(), eyes.principal, dataset)
    except ThinDataError:
        return None


@st.cache_resource(max_entries=SMALL, show_spinner="Setting the clock", hash_funcs=KEYS)
def clock(dataset: Dataset, choice: Choice, extent: Extent, hours: bool, school: str | None, asking: Asker) -> Clock:
    """Make a clock of the incidents in the areas of an extent; ``school`` is whose terms count.

    Incidents that belong to no area are in none, as on every other page. Raises ThinDataError where only months are
    known, and others as ``times`` does.
    """
    timed = times(dataset, asking)
    if timed is None:
        raise ThinDataError(MONTHS_ONLY)
    calendar = trend_results.school_calendar(school, asking)
    return clock_of(timed, choice, calendar, extent.areas, BY_HOUR if hours else BY_BAND)


@st.cache_resource(max_entries=SMALL, show_spinner="Setting the clock", hash_funcs=KEYS)
def released(dataset: Dataset, years: tuple[str, ...], asking: Asker) -> Clock:
    """Load the clock of a release by the term dates of all schools.

    Raises as ``incident_times.released_clock`` does.
    """
    return incident_times.released_clock(
        open_store(), asking.principal, dataset, years, trend_results.school_calendar(None, asking)
    )


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def released_years(dataset: Dataset, asking: Asker) -> tuple[str, ...]:
    """List the school years of which a clock is released. Raises as ``incident_times.released_years`` does."""
    return incident_times.released_years(open_store(), asking.principal, dataset)


def has_clock(dataset: Dataset, asking: Asker) -> bool:
    """Return whether a dataset has times that this person may see a clock of."""
    try:
        if dataset.access is Access.PROTECTED and not visibility.is_custodian(asking.principal, dataset):
            return bool(released_years(dataset, asking))
        return times(dataset, asking) is not None
    except PermissionError:
        return False
