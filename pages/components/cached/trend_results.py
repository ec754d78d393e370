"""Cached trends: counts by the periods that are looked at, and charts judged from them.

They are kept as the loads of ``cached`` are, which says how, and for whom. Term dates and limits set anew belong to the
store as a whole, so every write of it makes these anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Final

import streamlit as st

from data.services.opening import open_store
from data.store import hotspot_actions, places, rebases
from data.store.datasets import Dataset
from data.store.rebases import Rebased
from geo.calendar import periods
from geo.calendar.school_calendar import SchoolCalendar
from geo.errors import ThinDataError
from geo.trends import before_after
from geo.trends import period_counts as of_counts
from geo.trends.before_after import BeforeAfter
from geo.trends.overview import Overview
from geo.trends.responses import ActionTaken, Response, position, responses
from geo.trends.series import Figure, SeriesSet
from pages.components.cached import loads, statistics
from pages.components.cached.loads import Asker


@dataclass(frozen=True)
class CachedPeriodCounts(of_counts.PeriodCounts):
    """Counts by period as ``geo.trends.period_counts`` makes them; ``key`` says what they are counts of."""

    key: str


KEYS: Final[dict[str | type[Any], Callable[[Any], Any]]] = {**loads.KEYS, CachedPeriodCounts: attrgetter("key")}


def counted(
    dataset: Dataset, level: str, covered: tuple[str, ...], unit: periods.Unit, school: str | None, asking: Asker
) -> CachedPeriodCounts:
    """Count by the units of a level and by periods, all that is ``covered``; ``school`` is whose term dates count."""
    return _count_periods(dataset, level, loads.years_of(dataset, covered, asking), unit, school, asking)


@st.cache_resource(max_entries=loads.SMALL, show_spinner="Counting by period", hash_funcs=loads.KEYS)
def _count_periods(
    dataset: Dataset, level: str, years: tuple[str, ...], unit: periods.Unit, school: str | None, asking: Asker
) -> CachedPeriodCounts:
    eyes = loads.eyes_of(dataset, asking)
    seen = loads.view_of(dataset, level, years, eyes)
    calendar = school_calendar(school, asking)
    made = of_counts.count_periods(loads.counts_of(dataset, eyes), seen, dataset.gaps, unit, calendar)
    key = repr((dataset.seal, level, years, unit, school))
    return CachedPeriodCounts(**vars(made), key=key)


@st.cache_resource(max_entries=loads.SMALL, show_spinner=False, hash_funcs=loads.KEYS)
def school_calendar(school: str | None, asking: Asker) -> SchoolCalendar:
    """Load the calendar of the term dates that count for a school (its URN), or for all."""
    return places.school_calendar(open_store(), asking.principal, school)


@st.cache_resource(max_entries=loads.SMALL, show_spinner="Drawing up limits", hash_funcs=KEYS)
def charts(
    dataset: Dataset,
    found: CachedPeriodCounts,
    figure: Figure,
    harms: tuple[tuple[str, ...], ...],
    units: tuple[int, ...] | None,
    chosen: tuple[int, int],
    asking: Asker,
) -> tuple[SeriesSet, Overview]:
    """Judge the course of each group of harms in each of some units (positions), or in all together (None).

    Signals are looked for in the ``chosen`` periods (first and last position).
    """
    return of_counts.charts(found, figure, harms, units, chosen, rebases_of(dataset, asking))


@st.cache_resource(max_entries=loads.SMALL, show_spinner=False, hash_funcs=loads.KEYS)
def rebases_of(dataset: Dataset, asking: Asker) -> list[Rebased]:
    """List from when on limits were set anew for a dataset, and why."""
    return rebases.rebased(open_store(), asking.principal, dataset.id)


@st.cache_resource(max_entries=loads.SMALL, show_spinner=False, hash_funcs=loads.KEYS)
def what_was_done(set_id: int, asking: Asker) -> list[Response]:
    """List what was done at known hotspots in an area set, oldest first."""
    listed = hotspot_actions.actions(open_store(), asking.principal)
    done = [
        ActionTaken(one.id, one.reference, one.what, date.fromisoformat(one.done_on)) for one in listed if one.done_on
    ]
    return responses(done, loads.register(asking), loads.area_set(set_id, asking.principal))


@st.cache_resource(max_entries=loads.SMALL, show_spinner="Comparing before and after", hash_funcs=KEYS)
def what_followed(
    dataset: Dataset,
    found: CachedPeriodCounts,
    covered: tuple[str, ...],
    harms: tuple[str, ...],
    action: int,
    asking: Asker,
) -> BeforeAfter:
    """Return what followed an action (its number), by the units and the periods of ``found``.

    Raises ThinDataError where it cannot be said.
    """
    done = next(one for one in what_was_done(dataset.area_set_id, asking) if one.id == action)
    at = responses_at(found, done)
    if at is None:
        raise ThinDataError(
            "What followed an action needs figures from before it and after it, and the data do not cover its day; "
            "choose another dataset."
        )
    scene = statistics.scene(dataset, found.seen.units.level, covered, covered[-1], asking)
    counts = of_counts.by_unit(found, harms)
    here = before_after.around(scene, done.areas)
    return before_after.before_after(counts, found.cube.periods, at, here, protected=found.cube.protected)


def responses_at(found: CachedPeriodCounts, one: Response) -> int | None:
    """Return the position of the period that holds the day of an action; None outside all."""
    at = position(one.day, found.firsts, found.lasts)
    return None if at is None else round(at)
