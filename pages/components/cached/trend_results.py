"""Cached trends: counts by the periods that are looked at, and charts judged from them.

They are kept as ``loads`` says. Term dates and rebased limits belong to the store as a whole, so after every write to
it these are made again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

import streamlit as st

from data.services.opening import open_store
from data.store import actions, places, rebases
from data.store.datasets import Dataset
from data.store.rebases import Rebased
from geo.calendar.periods import Unit, larger
from geo.calendar.school_calendar import SchoolCalendar
from geo.errors import ThinDataError
from geo.trends import before_after
from geo.trends.before_after import BeforeAfter
from geo.trends.finest import Judgeable, judgeable
from geo.trends.overview import Overview
from geo.trends.period_counts import PeriodCounts, by_unit, charts, count_periods
from geo.trends.responses import Response, position, responses, taken
from geo.trends.series import Figure
from geo.views.extent import Extent
from pages.components.cached import extents, loads, statistics
from pages.components.cached.cache_keys import KEYS, SMALL, Asker, ViewKey


@dataclass(frozen=True)
class CachedPeriodCounts(PeriodCounts):
    """Counts by period, and what they are of: a view, a unit of periods, and the school whose term dates count.

    ``extent`` is the part of the map whose areas are one unit, None where each is one.
    """

    key: ViewKey
    unit: Unit
    school: str | None
    extent: Extent | None


_KEYS: Final[dict[str | type[Any], Callable[[Any], Any]]] = {
    **KEYS,
    CachedPeriodCounts: attrgetter("key", "unit", "school", "extent"),
}


@st.cache_resource(max_entries=SMALL, show_spinner="Counting by period", hash_funcs=KEYS)
def counts_by_period(
    key: ViewKey, unit: Unit, school: str | None, asking: Asker, extent: Extent | None = None
) -> CachedPeriodCounts:
    """Count by the units of a view, or in an extent as one, and by periods.

    ``school`` is the one whose term dates count (its URN).
    """
    counts = loads.counts(key.dataset, key.eyes)
    view = loads.view(key) if extent is None else extents.view(key, extent)
    made = count_periods(counts, view, key.dataset.gaps, unit, school_calendar(school, asking))
    return CachedPeriodCounts(**vars(made), key=key, unit=unit, school=school, extent=extent)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def school_calendar(school: str | None, asking: Asker) -> SchoolCalendar:
    """Load the calendar of the term dates that count for a school (its URN), or for all."""
    return places.school_calendar(open_store(), asking.principal, school)


@st.cache_resource(max_entries=SMALL, show_spinner="Drawing up limits", hash_funcs=_KEYS)
def judged_charts(
    counts: CachedPeriodCounts,
    figure: Figure,
    harms: tuple[tuple[str, ...], ...],
    units: tuple[int, ...] | None,
    chosen: tuple[int, int],
    asking: Asker,
) -> Overview:
    """Judge the course of each group of harms in each of some units (positions), or in all together (None).

    Signals are looked for in the ``chosen`` periods (first and last position).
    """
    _, judged = charts(counts, figure, harms, units, chosen, rebases_of(counts.key.dataset, asking))
    return judged


@st.cache_resource(max_entries=SMALL, show_spinner="Drawing up limits", hash_funcs=KEYS)
def judgeable_by(
    key: ViewKey, extent: Extent | None, base: Unit, harms: tuple[str, ...], school: str | None, asking: Asker
) -> tuple[Judgeable, ...]:
    """Return how many kinds of harm can be judged by each unit of periods from ``base`` on.

    They are those of a part of the map together, or of all areas of the view together.
    """
    found = []
    for unit in larger(base):
        counts = counts_by_period(key, unit, school, asking, extent)
        last = len(counts.cube.periods) - 1
        each = tuple((harm,) for harm in harms)
        found.append(judgeable(judged_charts(counts, Figure.WEEK, each, None, (last, last), asking), unit))
    return tuple(found)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def rebases_of(dataset: Dataset, asking: Asker) -> list[Rebased]:
    """List from when on the limits of a dataset are rebased, and why."""
    return rebases.rebased(open_store(), asking.principal, dataset.id)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def what_was_done(set_id: int, asking: Asker) -> list[Response]:
    """List what was done at known hotspots and other places on the map in an area set, oldest first."""
    done = taken(actions.actions(open_store(), asking.principal))
    return responses(done, loads.register(asking), loads.area_set(set_id, asking.principal))


@st.cache_resource(max_entries=SMALL, show_spinner="Comparing before and after", hash_funcs=_KEYS)
def what_followed(
    counts: CachedPeriodCounts, until: str, harms: tuple[str, ...], action: int, asking: Asker
) -> BeforeAfter:
    """Return what followed an action (its number), by the units and the periods of ``counts``.

    ``until`` is the last period that the dataset covers. Raises ThinDataError where it cannot be said.
    """
    done = next(one for one in what_was_done(counts.key.dataset.area_set_id, asking) if one.id == action)
    at = _period_of(counts, done)
    if at is None:
        raise ThinDataError(before_after.NOT_COVERED)
    here = before_after.around(statistics.scene(counts.key, until), done.areas)
    cube = counts.cube
    return before_after.before_after(by_unit(counts, harms), cube.periods, at, here, protected=cube.protected)


def _period_of(counts: CachedPeriodCounts, action: Response) -> int | None:
    """Return the position of the period that holds the day of an action; None outside all."""
    at = position(action.day, counts.firsts, counts.lasts)
    return None if at is None else round(at)
