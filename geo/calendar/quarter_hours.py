"""Quarters of an hour: times of protected incidents as they are kept, which is as finely as any clock counts them."""

from typing import Final

import numpy as np

from geo.arrays import Bools
from geo.calendar.school_day import Moments

_QUARTER: Final = 15 * 60  # seconds


def to_quarters(start: Moments, end: Moments) -> tuple[Moments, Moments]:
    """Return starts and ends (datetime64[s], NaT where not known) that touch the same quarters of an hour.

    A start moves back to the beginning of its quarter. The end of an interval moves to the last second of the last
    quarter that it touches, as a whole day is kept to its last second; one moment stays one moment. What is coarse
    already stays as it is.
    """
    began, ended = (moments.astype("datetime64[s]") for moments in (start, end))
    known = ~np.isnat(began)
    first = _floor(began, known)
    lasts = known & ~np.isnat(ended)
    lasts[lasts] = ended[lasts] > began[lasts]
    moment = known & ~np.isnat(ended) & ~lasts
    until: Moments = np.where(lasts, ended - np.timedelta64(1, "s"), ended)
    last = np.where(lasts, _floor(until, lasts) + np.timedelta64(_QUARTER - 1, "s"), ended)
    return first, np.where(moment, first, last)


def _floor(moments: Moments, known: Bools) -> Moments:
    seconds = moments.astype(np.int64)
    floored: Moments = np.where(known, seconds // _QUARTER * _QUARTER, seconds).astype("datetime64[s]")
    return floored
