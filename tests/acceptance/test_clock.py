"""The school-day clock on the City of London's stops, and on the demonstration town through both lenses."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services import incident_times
from data.store import datasets, places
from data.store.store import Store
from geo.calendar.school_calendar import NATIONAL_PATTERN, SchoolCalendar
from geo.clock import clock_sentences
from geo.clock.slots import BY_BAND, BY_HOUR, Slots
from geo.clock.timed_counts import clock_of
from geo.clock.week_clock import Clock
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from tests.acceptance.conftest import Filled
from tests.acceptance.test_city_of_london import STOPS

pytestmark = pytest.mark.acceptance

ALL = tuple(HARM_GROUPS)
LOGS = 1  # the demonstration town's protected incidents


@pytest.fixture(scope="module")
def local(real_data: Path) -> "pd.Series[pd.Timestamp]":
    """When each stop was, in local time, read with pandas alone."""
    files = sorted((real_data / "city_of_london" / "police_stop_and_search").glob("*.csv"))
    dates = pd.concat((pd.read_csv(file)["Date"] for file in files), ignore_index=True)
    return pd.to_datetime(dates, utc=True).dt.tz_convert("Europe/London").dt.tz_localize(None)


def of_stops(city: Filled, slots: Slots) -> Clock:
    """Return the clock of all stops."""
    with closing(Store(f"sqlite:///{city.home / 'local-context.sqlite'}")) as store:
        stops = datasets.load_dataset(store, LOCAL_USER, STOPS)
        timed = incident_times.timed(store, LOCAL_USER, stops)
        return clock_of(timed, Choice(timed.months, ALL), places.school_calendar(store, LOCAL_USER), slots=slots)


def test_the_stops_by_weekday_and_hour_are_those_that_pandas_counts(
    city: Filled, local: "pd.Series[pd.Timestamp]"
) -> None:
    found = of_stops(city, BY_HOUR)
    counted = pd.crosstab(local.dt.day_of_week, local.dt.hour).reindex(range(7), columns=range(24), fill_value=0)
    assert np.array_equal(found.weights.sum(axis=0), counted.to_numpy())
    assert found.weights.sum() == found.precision.one == found.total == 6_449


def test_the_stops_in_term_and_in_holidays_are_those_that_pandas_counts(
    city: Filled, local: "pd.Series[pd.Timestamp]"
) -> None:
    found = of_stops(city, BY_BAND)
    off = NATIONAL_PATTERN.is_holiday(local.to_numpy().astype("datetime64[D]"))
    edges = [0, 420, 525, 720, 810, 885, 1080, 1320, 1440]
    minute = local.dt.hour * 60 + local.dt.minute
    band = pd.cut(minute, edges, right=False, labels=False).replace(0, 7).sub(1)  # before 7:00 is night, as after 22:00
    counted = pd.crosstab([pd.Series(off), local.dt.day_of_week], band).to_numpy().reshape(2, 7, 7)
    assert np.array_equal(found.weights, counted)
    assert np.array_equal(found.weights, found.timed)
    assert clock_sentences.basis(found) == "6,449 incidents, 6,449 known to one time of a day."


def test_the_days_of_the_stops_are_those_of_the_months_supplied(city: Filled) -> None:
    found = of_stops(city, BY_BAND)
    days = pd.date_range("2018-04-01", "2020-11-30")
    assert found.days.sum() == len(days)
    assert found.days.sum(axis=0).tolist() == days.day_of_week.value_counts().sort_index().tolist()
    assert found.assumed is not None


@pytest.fixture
def town(demo_home: Path) -> Iterator[Store]:
    """The demonstration town's store."""
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        yield store


def test_both_lenses_of_the_town_say_the_same_time(town: Store) -> None:
    logs, calendar = datasets.load_dataset(town, LOCAL_USER, LOGS), places.school_calendar(town, LOCAL_USER)
    timed = incident_times.timed(town, LOCAL_USER, logs)
    exact = clock_of(timed, Choice(timed.months, ALL), calendar)
    years = incident_times.released_years(town, LOCAL_USER, logs)
    shared = incident_times.released_clock(town, LOCAL_USER, logs, years, calendar)
    assert years == ("2023/24", "2024/25", "2025/26")
    for clock in (exact, shared):
        assert clock_sentences.sentence(clock).startswith("Most often 14:45–18:00 (home time) on school days: ")
        assert clock.assumed is None
    assert exact.days.tolist() == shared.days.tolist()


def test_a_released_cell_of_the_town_is_off_by_15_at_most_from_what_is_known_to_one_band(
    town: Store,
) -> None:
    # A release counts as not known what ends in another band than it began, if only on its first second; the exact
    # clock spreads what reaches into it. So the rest is compared, counted here by itself.
    logs, calendar = datasets.load_dataset(town, LOCAL_USER, LOGS), places.school_calendar(town, LOCAL_USER)
    timed = incident_times.timed(town, LOCAL_USER, logs)
    for year in incident_times.released_years(town, LOCAL_USER, logs):
        months = [month for month in timed.months if f"{year[:4]}-09" <= month < f"{int(year[:4]) + 1}-09"]
        exact = clock_of(timed, Choice(tuple(months), ALL), calendar, areas=range(timed.area.max() + 1))
        shared = incident_times.released_clock(town, LOCAL_USER, logs, (year,), calendar)
        rows = (timed.area >= 0) & np.isin(timed.month, [timed.months.index(month) for month in months])
        start, end = pd.Series(timed.start[rows]), pd.Series(timed.end[rows]).fillna(pd.Series(timed.start[rows]))
        certain = _known_to_one_band(start, end, calendar)
        assert np.abs(certain - shared.weights).max() <= 5 * 3  # six schools
        assert abs(exact.precision.one - shared.precision.one) < 35
        inside = _known_to_one_band(start, end.where(end == start, end - pd.Timedelta(seconds=1)), calendar)
        assert inside.sum() == exact.precision.one
        assert (exact.weights - inside).min() > -1e-9
        assert (exact.weights - inside).sum() == pytest.approx(exact.precision.several)


def _known_to_one_band(
    start: "pd.Series[pd.Timestamp]", end: "pd.Series[pd.Timestamp]", calendar: SchoolCalendar
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Count with pandas what begins and ends in one band of one day: kind × weekday × band."""
    limits = np.array([420, 525, 720, 810, 885, 1080, 1320])  # minutes at which bands begin
    first, last = (np.searchsorted(limits, at.dt.hour * 60 + at.dt.minute, side="right") for at in (start, end))
    same = ((start.dt.date == end.dt.date) & (first == last)).to_numpy()
    off = calendar.is_holiday(start.to_numpy().astype("datetime64[D]")).astype(np.int64)
    counted = np.zeros((2, 7, 7))
    np.add.at(counted, (off[same], start.dt.day_of_week.to_numpy()[same], (first[same] - 1) % 7), 1)
    return counted
