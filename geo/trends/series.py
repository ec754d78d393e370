"""Series: counts of several places or harms over the same periods, as counts or per week or school day."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from geo import disclosure
from geo.arrays import Floats, Positions
from geo.calendar.exposure import Exposure
from geo.calendar.periods import unit_of
from geo.counts.cube import Cube
from geo.counts.filters import Choice, chosen_categories

_DAYS_A_WEEK: Final = 7.0
_HALF: Final = 0.5  # the whole number nearest to a mean lies on it


class Figure(StrEnum):
    """What a chart shows of a count: the count itself, or how many that is a week or a school day."""

    COUNT = "count"
    WEEK = "week"
    SCHOOL_DAY = "school day"


@dataclass(frozen=True)
class SeriesSet:
    """Counts of several series, one a row, by period; NaN in a period that was never supplied.

    ``exposure`` says how many weeks or school days each period has, after ``figure``; it is None for counts. Of
    ``protected`` counts those under 10 are not shown, though limits are worked out from all of them as they are
    (docs/decisions/0014).
    """

    figure: Figure
    periods: tuple[str, ...]
    counts: Floats
    exposure: Floats | None
    protected: bool

    @property
    def unit(self) -> str:
        """The word for one of the periods."""
        return unit_of(self.periods)

    @cached_property
    def values(self) -> Floats:
        """The counts, or counts a week or a school day; NaN where there is no such day."""
        return self._figures(self.counts)

    @cached_property
    def few(self) -> npt.NDArray[np.bool_]:
        """Which counts are protected ones under 10, which are not shown."""
        return self.protected & (self.counts < disclosure.THRESHOLD)

    @cached_property
    def threshold(self) -> Floats:
        """By period, the figure under which protected counts are not shown: that of 10 incidents; NaN for open ones."""
        least = disclosure.THRESHOLD if self.protected else np.nan
        return self._figures(np.full((1, len(self.periods)), least))[0]

    @cached_property
    def judged(self) -> Floats:
        """The counts as they are judged: those that are not shown are all the same, in the middle of what they may be,
        so that no signal distinguishes them.
        """
        return np.where(self.few, disclosure.THRESHOLD / 2, self.counts)

    @cached_property
    def shown(self) -> Floats:
        """The values as they are drawn and judged."""
        return self._figures(self.judged)

    def _figures(self, counts: Floats) -> Floats:
        if self.exposure is None:
            return counts
        return counts / np.where(self.exposure > 0, self.exposure, np.nan)

    @cached_property
    def against(self) -> Floats:
        """The exposure of every count, series × period: 1 for each where counts are charted as they are."""
        exposure = np.ones(len(self.periods)) if self.exposure is None else self.exposure
        return np.broadcast_to(np.where(exposure > 0, exposure, np.nan), self.counts.shape)

    @cached_property
    def tie(self) -> Floats:
        """By period, within what distance of the centre line a value lies on it: half an incident."""
        if self.exposure is None:
            return np.full(len(self.periods), _HALF)
        return _HALF / np.where(self.exposure > 0, self.exposure, np.nan)

    def row(self, at: int) -> "SeriesSet":
        """Return one series alone."""
        return SeriesSet(self.figure, self.periods, self.counts[at : at + 1], self.exposure, self.protected)


def build_series(
    cube: Cube, exposure: Exposure, figure: Figure, harms: Sequence[Sequence[str]], units: Positions | None
) -> SeriesSet:
    """Return the counts of each group of harms in each of some units (positions), or in all of them together (None).

    Rows are ordered by harm group, and within it by unit. ``exposure`` is that of the cube's periods.
    """
    of_harm = [_by_period(cube, group, units) for group in harms]
    counts = np.concatenate(of_harm).astype(np.float64)
    counts[:, cube.period_slice(sorted(cube.missing))] = np.nan
    against = {
        Figure.COUNT: None,
        Figure.WEEK: exposure.days / _DAYS_A_WEEK,
        Figure.SCHOOL_DAY: exposure.school_days,
    }[figure]
    return SeriesSet(figure, cube.periods, counts, against, cube.protected)


def _by_period(cube: Cube, harms: Sequence[str], units: Positions | None) -> npt.NDArray[np.int64]:
    wanted = chosen_categories(cube, Choice(cube.periods, tuple(harms)))
    by_unit = cube.n[:, :, wanted].sum(axis=2)
    summed: npt.NDArray[np.int64] = by_unit.sum(axis=0, keepdims=True) if units is None else by_unit[units]
    return summed
