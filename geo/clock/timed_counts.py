"""Timed counts: a clock from the times of incidents, for open datasets and for the custodians of protected ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.arrays import Bools, Floats, Positions
from geo.calendar.school_calendar import SchoolCalendar
from geo.calendar.school_day import DAY_KINDS, Moments
from geo.clock.slots import BY_BAND, Slots
from geo.clock.week_clock import Clock, Precision, Visibility, days_of
from geo.counts.filters import Choice
from geo.statistics.aoristic import quarters_touched, spread

_SECOND: Final = np.timedelta64(1, "s")


@dataclass(frozen=True)
class Timed:
    """When and in which area the incidents of a dataset happened, as columns of equal length; never where exactly.

    ``start`` and ``end`` are local times (NaT in ``end``: one moment). ``area`` is a position in the dataset's areas
    (−1: not placed), ``month`` one in ``months``, which are all that were supplied, and ``category`` one in
    ``categories``, whose harm groups are ``harm``. ``visibility`` is exact for a protected dataset, which only its
    custodians may see.
    """

    visibility: Visibility
    start: Moments
    end: Moments
    area: Positions
    month: Positions
    category: Positions
    months: tuple[str, ...]
    categories: tuple[str, ...]
    harm: tuple[str, ...]


def clock_of(
    timed: Timed,
    choice: Choice,
    calendar: SchoolCalendar,
    areas: Sequence[int] | None = None,
    slots: Slots = BY_BAND,
) -> Clock:
    """Return when in the week the chosen incidents happened, in term and in holidays.

    Parameters
    ----------
    timed
        The incidents of a dataset.
    choice
        Months, harm groups and perhaps one category; those of the months that were supplied are looked at, by the
        month in which an incident began.
    calendar
        The term dates that count.
    areas
        Positions of areas; None for all incidents, those that belong to no area included.
    slots
        ``BY_BAND`` or ``geo.clock.slots.BY_HOUR``.

    Notes
    -----
    The kind of day and the weekday are those of each day that an incident touches, by the calendar: the night of a
    Monday is its first seven hours and its last two. Local times are taken as they are written, so an interval through
    the night on which clocks change is an hour off.
    """
    wanted = np.flatnonzero(np.isin(timed.months, choice.periods))
    rows = np.isin(timed.month, wanted) & np.isin(timed.category, _categories(timed, choice))
    if areas is not None:
        rows &= np.isin(timed.area, list(areas))
    start, end = timed.start[rows], timed.end[rows]
    whole_days, (one, long, known) = _whole_days(start, end), _certain(start, end, slots)
    day_only = whole_days & ~long
    has_time = known & ~whole_days & ~long
    precision = Precision(*(int(np.count_nonzero(at)) for at in (one, has_time & ~one, day_only, long, ~known)))
    with_time = _weights(start[has_time], end[has_time], slots, calendar)
    without = _weights(start[~has_time], end[~has_time], slots, calendar)
    covered = _days([timed.months[at] for at in wanted])
    every = with_time + without
    return Clock(
        timed.visibility,
        slots,
        every,
        with_time,
        every.sum(axis=2),
        days_of(covered, calendar),
        precision,
        calendar.assumed_sentence(covered),
    )


def _categories(timed: Timed, choice: Choice) -> list[int]:
    if choice.category is not None:
        return [at for at, category in enumerate(timed.categories) if category == choice.category]
    return [at for at, harm in enumerate(timed.harm) if harm in choice.harms]


def _weights(start: Moments, end: Moments, slots: Slots, calendar: SchoolCalendar) -> Floats:
    """Spread incidents over kinds of days, weekdays and slots: [2, 7, slots]."""
    touched = quarters_touched(start, end, slots.step)
    pieces = spread(touched, calendar.is_holiday(touched.days).astype(np.int64), len(DAY_KINDS))
    weights: Floats = pieces @ (slots.of[:, np.newaxis] == np.arange(len(slots.names)))
    return weights


def _certain(start: Moments, end: Moments, slots: Slots) -> tuple[Bools, Bools, Bools]:
    """Return whether each row lies in one slot of one day, whether it is longer than a week, whether it is known.

    What reaches from the early night into the late one, as a whole day does, begins and ends in one band and is not
    in it.
    """
    touched = quarters_touched(start, end, slots.step)
    (day, piece), (last_day, last) = (np.divmod(at, touched.a_day) for at in (touched.first, touched.last))
    one = (day == last_day) & (slots.part[piece] == slots.part[last])
    return touched.known & one, touched.long, touched.known


def _whole_days(start: Moments, end: Moments) -> Bools:
    """Return which rows are one or more days from midnight to midnight: no time of day is known of them."""
    begins = start == start.astype("datetime64[D]")
    after = end + _SECOND  # a day is kept to its last second
    ends = (after == after.astype("datetime64[D]")) | (end == end.astype("datetime64[D]"))
    return begins & ends & (end > start)


def _days(months: Sequence[str]) -> Moments:
    """List the days of months, in order."""
    wholes = [np.datetime64(month, "M") for month in months]
    return np.concatenate([np.array([], dtype="datetime64[D]"), *(_of_month(whole) for whole in wholes)])


def _of_month(month: np.datetime64) -> Moments:
    return np.arange(month, month + np.timedelta64(1, "M"), dtype="datetime64[D]")
