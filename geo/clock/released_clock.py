"""Released clock: the clock of a release, of whole school years, of all places and all harms, in rounded figures."""

from collections.abc import Sequence

import numpy as np

from geo.calendar.school_calendar import SchoolCalendar
from geo.calendar.school_day import Moments
from geo.clock.slots import BY_BAND
from geo.clock.week_clock import Clock, Precision, Visibility, days_of
from geo.errors import ThinDataError
from geo.release.kinds import Protected


def years_of(released: Protected) -> tuple[str, ...]:
    """List the school years, in order, of which a clock is released: those that are released to their end."""
    return tuple(sorted(one.year for one in released.clocks))


def of_release(released: Protected, years: Sequence[str], calendar: SchoolCalendar) -> Clock:
    """Return the clock of some school years of a release, by bands: the sum of their protected clocks.

    It knows no place and no kind of harm, so neither can be chosen. An interval that reaches over bands or days is not
    spread here but counted as not known. Days are counted by ``calendar``; the kind of an incident's day is as it was
    by the term dates loaded when it was released. Raises ThinDataError when no clock of these years is released.
    """
    chosen = [one for one in released.clocks if one.year in set(years)]
    if not chosen:
        raise ThinDataError(
            "A clock is released when its school year is over and the times of day were brought in, and there is none "
            "for these years; choose another school year, or ask a custodian of the dataset."
        )
    n = np.sum([one.n for one in chosen], axis=0)  # band × weekday × kind, the last band being the one not known
    by_band = n[:-1].T.astype(np.float64)
    days = _days(released, {one.year for one in chosen})
    return Clock(
        Visibility.RELEASED,
        BY_BAND,
        by_band,
        by_band,
        n.sum(axis=0).T.astype(np.float64),
        days_of(days, calendar),
        Precision(one=int(n[:-1].sum()), several=int(n[-1].sum())),
        calendar.assumed_sentence(days),
    )


def _days(released: Protected, years: set[str]) -> Moments:
    """List the days of the half-terms that are released of some school years, in order."""
    tiles = [one for one in released.periods if one.year in years]
    spans = [np.arange(np.datetime64(one.first), np.datetime64(one.last) + np.timedelta64(1, "D")) for one in tiles]
    return np.concatenate([np.array([], dtype="datetime64[D]"), *spans])
