"""Aoristic analysis: incidents known to have happened between two moments, spread over the time between them.

An interval has a weight of 1, shared evenly by the hours that it touches, so that nothing is pretended to be known and
nobody counts twice. Hours may be parted: bands of a school day begin on a quarter of an hour.

Source: J. H. Ratcliffe, Aoristic signatures and the spatio-temporal analysis of high volume crime patterns, Journal of
Quantitative Criminology 18 (2002), and his rules for what is no such interval (R package aoristic). That package
shares weight by minutes; here each hour touched has an equal part, which is the same where intervals begin and end on
the hour, and differs by less than a quarter of an hour at each end where slots are quarters.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.arrays import Bools, Floats, Positions
from geo.calendar.school_day import Moments, weekday_of

MINUTES_OF_DAY: Final = 24 * 60
DAYS_OF_WEEK: Final = 7
LONGEST: Final = 168 * 60 * 60  # seconds; what is longer says nothing about when in the week it was

_MINUTE: Final = 60  # seconds


@dataclass(frozen=True)
class QuartersTouched:
    """The slots of time that each row touches: from ``first`` to ``last``, both included, counted from 1970-01-01.

    ``known`` is False where no start is known; both slots then are 0. ``long`` marks the rows of more than 168 hours.
    A slot has ``minutes``.
    """

    minutes: int
    first: Positions
    last: Positions
    known: Bools
    long: Bools

    @property
    def a_day(self) -> int:
        """How many slots a day has."""
        return MINUTES_OF_DAY // self.minutes

    @property
    def days(self) -> Moments:
        """Every day (datetime64[D]) from the first to the last that a row touches; none where no row is known."""
        if not self.known.any():
            return np.array([], dtype="datetime64[D]")
        first, last = self.first[self.known].min() // self.a_day, self.last[self.known].max() // self.a_day
        return np.arange(first, last + 1).astype("datetime64[D]")


def quarters_touched(start: Moments, end: Moments, minutes: int = 60) -> QuartersTouched:
    """Return the slots that intervals touch.

    Parameters
    ----------
    start, end
        Local times, to the second. NaT in ``end``: one moment only, as where it is before ``start``. NaT in ``start``:
        not known. An end on the full hour, later than the start, does not touch the hour that begins then.
    minutes
        Of a slot; a whole number of them must make a day.

    Raises
    ------
    ValueError
        If slots do not make a day.
    """
    if minutes <= 0 or MINUTES_OF_DAY % minutes:
        raise ValueError("slots of a whole number of minutes must make a day")
    known = ~np.isnat(start)
    began = np.where(known, _seconds(start), 0)
    ended = np.where(known & ~np.isnat(end), _seconds(end), began)
    lasts = ended > began
    size = minutes * _MINUTE
    first = began // size
    return QuartersTouched(minutes, first, np.where(lasts, (ended - 1) // size, first), known, ended - began > LONGEST)


def spread(touched: QuartersTouched, kind: Positions, kinds: int) -> Floats:
    """Return how much weight lies on each slot of a week, by the kind of day that it is on.

    Parameters
    ----------
    touched
        The rows, as ``quarters_touched`` gives them.
    kind
        The kind of each of ``touched.days``, from 0.
    kinds
        How many kinds there are.

    Returns
    -------
    numpy.ndarray
        Weights, [kinds, 7 weekdays from Monday, slots of a day]. They sum to the number of known rows.

    Notes
    -----
    An interval that reaches over both kinds of days has weight on each. One of more than 168 hours lies evenly on every
    slot of the week, and is shared between the kinds by how many of its days are of each: any other rule would give it
    a weekday, or leave it out of one kind.
    """
    grid = np.zeros((kinds, DAYS_OF_WEEK, touched.a_day))
    days = touched.days
    if days.size:
        origin = int(days[0].astype(np.int64)) * touched.a_day
        by_day = _by_slot(touched, origin, days.size * touched.a_day).reshape(days.size, touched.a_day)
        np.add.at(grid, (kind, weekday_of(days)), by_day)
        grid += _shares(touched, kind, kinds)[:, np.newaxis, np.newaxis] / (DAYS_OF_WEEK * touched.a_day)
    return grid


def _seconds(moments: Moments) -> Positions:
    return moments.astype("datetime64[s]").astype(np.int64)


def _by_slot(touched: QuartersTouched, origin: int, size: int) -> Floats:
    """Return the weight on each slot from ``origin`` on, of the rows that are not longer than a week.

    Rows of one length have one weight, so they are counted in whole numbers, as runs that begin and end, and divided
    once: no row is laid out by itself, and a slot that none touches has exactly 0.
    """
    rows = touched.known & ~touched.long
    first, length = touched.first[rows] - origin, (touched.last - touched.first + 1)[rows]
    order = np.argsort(length, kind="stable")
    lengths, starts = np.unique(length[order], return_index=True)
    weights = np.zeros(size)
    for many, begins in zip(lengths.tolist(), np.split(first[order], starts[1:]), strict=bool(lengths.size)):
        low, high = int(begins.min()), int(begins.max()) + many
        change = np.bincount(begins - low, minlength=high - low + 1)
        change[many:] -= np.bincount(begins - low, minlength=high - low + 1 - many)
        weights[low:high] += np.cumsum(change)[:-1] / many
    return weights


def _shares(touched: QuartersTouched, kind: Positions, kinds: int) -> Floats:
    """Share the rows that are longer than a week between the kinds of days, by the days of each that they touch."""
    day = touched.days[0].astype(np.int64)
    first, last = (at[touched.long] // touched.a_day - day for at in (touched.first, touched.last))
    until = np.zeros((len(kind) + 1, kinds))
    until[1:] = np.cumsum(kind[:, np.newaxis] == np.arange(kinds), axis=0)
    shares: Floats = ((until[last + 1] - until[first]) / (last + 1 - first)[:, np.newaxis]).sum(axis=0)
    return shares
