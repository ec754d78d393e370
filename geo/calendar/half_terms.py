"""Half-terms: the periods that protected counts are released in, laid over the calendar without a gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.calendar import periods
from geo.calendar.school_years import Days, days_off, school_years


@dataclass(frozen=True)
class HalfTerm:
    """One half-term: from its first day to the day before the next begins, so that the holiday after it is included.

    ``key`` ("2025/26-1") sorts in time and ``label`` is for people ("Autumn 1, 2025/26"). ``assumed`` says that the
    national pattern stands in for term dates that are not there.
    """

    key: str
    label: str
    first: date
    last: date
    assumed: bool

    @property
    def year(self) -> str:
        """The school year: "2025/26"."""
        return periods.school_year(self.key)


def half_terms(entries: pd.DataFrame | None, first: date, last: date) -> tuple[HalfTerm, ...]:
    """Every half-term that has days from ``first`` to ``last``, whole and in order; none when ``last`` is earlier.

    ``entries`` are term dates: ``label`` (text), ``first_day`` and ``last_day`` (datetime64, both included) and
    ``kind``. How they become six half-terms a year, and when the national pattern is assumed, says
    ``geo.calendar.school_years.school_years``. Each day belongs to one half-term, whichever years have term dates.
    """
    return tuple(one for one in _around(entries, first, last) if _touches(one, first, last))


def of_years(entries: pd.DataFrame | None, first: date, last: date) -> tuple[HalfTerm, ...]:
    """Return every half-term of the school years that have days from ``first`` to ``last``, as ``half_terms`` does."""
    around = _around(entries, first, last)
    years = {one.year for one in around if _touches(one, first, last)}
    return tuple(one for one in around if one.year in years)


def positions_of_days(days: Days, tiles: Sequence[HalfTerm]) -> npt.NDArray[np.int64]:
    """Return for each day (datetime64) the position of its half-term; −1 for a day in none of them, and for no day."""
    return _positions(days, [(tile.first, tile.last) for tile in tiles])


def position_of_month(month: str, tiles: Sequence[HalfTerm]) -> int:
    """Return the position of the half-term that holds most days of a month ("2021-09"), for data that know months only.

    The earlier of two that hold as many; −1 when none holds any.
    """
    whole = np.datetime64(month, "M")
    found = positions_of_days(np.arange(whole, whole + 1, dtype="datetime64[D]"), tiles)
    inside = found[found >= 0]
    return int(np.bincount(inside).argmax()) if inside.size else -1


def is_holiday(days: Days, entries: pd.DataFrame | None) -> npt.NDArray[np.bool_]:
    """Return for each day (datetime64) whether it is outside term time, for the school-day clock.

    Term time runs from the first to the last day taught in a half-term, weekends included; inset days and holidays in
    it, as a bank holiday, are holidays. For years without six half-terms those of the national pattern are assumed.
    What is no day (NaT) is no holiday.
    """
    known = days[~np.isnat(days)].astype("datetime64[D]")
    if not known.size:
        return np.zeros(days.shape, dtype=np.bool_)
    years = school_years(entries, range(known.min().item().year - 1, known.max().item().year + 1))
    in_term = _positions(days, [span for year in years for span in year.taught]) >= 0
    if entries is not None:
        in_term &= ~np.isin(days.astype("datetime64[D]"), days_off(entries))
    return ~in_term & ~np.isnat(days)


def assumed_years(tiles: Sequence[HalfTerm]) -> list[str]:
    """List the school years, in order, for which the national pattern is assumed."""
    return list(dict.fromkeys(tile.year for tile in tiles if tile.assumed))


def sentence(tiles: Sequence[HalfTerm]) -> str | None:
    """Say for which school years the national pattern is assumed, or None when it is for none."""
    years = assumed_years(tiles)
    if not years:
        return None
    listed = " and ".join(filter(None, (", ".join(years[:-1]), years[-1])))
    return f"No term dates of six half-terms are loaded for {listed}, so the national pattern is assumed."


def _around(entries: pd.DataFrame | None, first: date, last: date) -> list[HalfTerm]:
    """Return the half-terms of all school years that may have days from ``first`` to ``last``."""
    numbers = range(first.year - 1, last.year + 2)  # the last only says when the sixth half-term before it ends
    begun = [
        (periods.half_term(number, half), begins, year.assumed)
        for number, year in zip(numbers, school_years(entries, numbers), strict=True)
        for half, begins in enumerate(year.begins, start=1)
    ]
    return [
        HalfTerm(key, periods.say(key), begins, following - timedelta(days=1), assumed)
        for (key, begins, assumed), (_, following, _) in pairwise(begun)
    ]


def _touches(one: HalfTerm, first: date, last: date) -> bool:
    return first <= last and one.first <= last and one.last >= first


def _positions(days: Days, spans: Sequence[tuple[date, date]]) -> npt.NDArray[np.int64]:
    """Return for each day the position of the span, of those in order, that it is in; −1 for none."""
    if not spans:
        return np.full(days.shape, -1, dtype=np.int64)
    firsts, lasts = np.array(spans, dtype="datetime64[D]").T
    on = days.astype("datetime64[D]")
    position = np.searchsorted(firsts, on, side="right") - 1
    return np.where((position >= 0) & (on <= lasts[position]), position, -1)
