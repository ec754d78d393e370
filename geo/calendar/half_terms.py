"""Half-terms: the periods that protected counts are released in, which follow each other without a gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from geo.calendar import periods
from geo.calendar.school_years import Days


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


def positions_of_days(days: Days, tiles: Sequence[HalfTerm]) -> npt.NDArray[np.int64]:
    """Return for each day (datetime64) the position of its half-term; −1 for a day in none of them, and for no day."""
    return positions_in_spans(days, [(tile.first, tile.last) for tile in tiles])


def positions_in_spans(days: Days, spans: Sequence[tuple[date, date]]) -> npt.NDArray[np.int64]:
    """Return for each day (datetime64) the position of the span that holds it; −1 for none, and for no day (NaT).

    ``spans`` are first and last days, both included, in order and apart from each other.
    """
    if not spans:
        return np.full(days.shape, -1, dtype=np.int64)
    firsts, lasts = np.array(spans, dtype="datetime64[D]").T
    on = days.astype("datetime64[D]")
    position = np.searchsorted(firsts, on, side="right") - 1
    return np.where((position >= 0) & (on <= lasts[position]), position, -1)


def position_of_month(month: str, tiles: Sequence[HalfTerm]) -> int:
    """Return the position of the half-term that holds most days of a month ("2021-09"), for data that know months only.

    The earlier of two that hold as many; −1 when none holds any.
    """
    whole = np.datetime64(month, "M")
    found = positions_of_days(np.arange(whole, whole + np.timedelta64(1, "M"), dtype="datetime64[D]"), tiles)
    inside = found[found >= 0]
    return int(np.bincount(inside).argmax()) if inside.size else -1


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
