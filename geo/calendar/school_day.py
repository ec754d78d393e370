"""School day: the bands of its hours, and which of them an incident belongs to."""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo.arrays import Positions

HOME_TIME: Final = "home time"
# The usual bands: label and the minute of the day that each begins at, the first one going on from the last.
BANDS: Final = (
    ("before school", 7 * 60),
    ("lessons, morning", 8 * 60 + 45),
    ("lunch", 12 * 60),
    ("lessons, afternoon", 13 * 60 + 30),
    (HOME_TIME, 14 * 60 + 45),
    ("evening", 18 * 60),
    ("night", 22 * 60),
)
NOT_KNOWN: Final = "time not known"
BAND_NAMES: Final = (*(label for label, _ in BANDS), NOT_KNOWN)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_KINDS: Final = ("term", "holiday")

Moments = npt.NDArray[np.datetime64]

_STARTS: Final = np.array([minute for _, minute in BANDS], dtype=np.int64)


def weekday_of(days: Moments) -> Positions:
    """Return the weekday of each day, 0 for Monday."""
    # Day 0 of numpy's calendar, 1 January 1970, was a Thursday.
    return (days.astype("datetime64[D]").astype(np.int64) + 3) % 7


def band_of(start: Moments, end: Moments) -> Positions:
    """Return the position in ``BAND_NAMES`` of each incident's time: where it began, if it also ended in that band.

    ``start`` and ``end`` are local times (NaT in ``end``: one moment only). An interval that reaches into another band
    or day counts as not known: nothing says when in it the incident was. One from the early night into the late night
    of a day, as a whole day is, reaches over all the bands between them.
    """
    part = _part(start)
    ended = ~np.isnat(end)
    same_day = start.astype("datetime64[D]") == end.astype("datetime64[D]")
    spread = ended & ~(same_day & (_part(np.where(ended, end, start)) == part))
    return np.where(spread, len(BANDS), (part - 1) % len(BANDS))


def _part(moments: Moments) -> Positions:
    """Number the parts without a break that moments of a day lie in: 0 is the early night, and each band is another."""
    minute = (moments - moments.astype("datetime64[D]")).astype("timedelta64[m]").astype(np.int64)
    return np.searchsorted(_STARTS, minute, side="right").astype(np.int64)
