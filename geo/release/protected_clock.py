"""Protected clock of a school year: counts by band of the school day, weekday, and term or holiday.

It knows no place, and its total is the total of the cube of that year, so that the two disclose nothing together that
either does not disclose alone.
"""

from dataclasses import dataclass

import numpy as np

from geo.calendar.school_day import BAND_NAMES, DAY_KINDS, WEEKDAYS
from geo.counts.cube import Counts
from geo.release.rounding import round_to_total


@dataclass(frozen=True)
class YearClock:
    """The protected clock of one school year: ``n`` by band × weekday × term or holiday, multiples of 5."""

    year: str
    n: Counts


def protect(year: str, exact: Counts, total: int, secret: bytes) -> YearClock:
    """Return the exact clock of a school year, contributor × band × weekday × kind of day, rounded to sum to ``total``.

    ``total`` is the protected total of the same incidents in the cube. Raises ValueError where no rounding has it.
    """
    names = [
        "|".join((year, band, weekday, kind, str(contributor)))
        for contributor in range(len(exact))
        for band in BAND_NAMES
        for weekday in WEEKDAYS
        for kind in DAY_KINDS
    ]
    shape = exact.shape[1:]
    groups = list(np.indices(shape).reshape(len(shape), -1))
    return YearClock(year, round_to_total(exact.reshape(len(exact), -1), total, names, secret, groups).reshape(shape))
