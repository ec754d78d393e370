"""Slots: the parts of a day that a clock counts by, the bands of the school day or hours."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.arrays import Positions
from geo.calendar.school_day import BANDS, Moments, band_of
from geo.statistics.aoristic import MINUTES_OF_DAY

QUARTER: Final = 15  # minutes; every band begins on a quarter of an hour


@dataclass(frozen=True, eq=False)
class Slots:
    """The slots of a day in order: their names, when they are ("14:45–18:00") and how many minutes each has.

    ``of`` gives the slot of each piece of ``step`` minutes, from midnight on. One slot may have two parts: the night
    ends and begins a day.
    """

    names: tuple[str, ...]
    spans: tuple[str, ...]
    minutes: Positions
    step: int
    of: Positions

    @property
    def part(self) -> Positions:
        """Number the parts without a break that each piece belongs to: early night and late night are two."""
        return np.concatenate([[0], np.cumsum(np.diff(self.of) != 0)]).astype(np.int64)


def _bands() -> Slots:
    day: Moments = np.datetime64("1970-01-01", "m") + np.arange(0, MINUTES_OF_DAY, QUARTER).astype("timedelta64[m]")
    of = band_of(day, np.full(day.shape, np.datetime64("NaT", "m")))
    starts = [minute for _, minute in BANDS]
    spans = tuple(f"{_time(a)}–{_time(b)}" for a, b in zip(starts, [*starts[1:], starts[0]], strict=True))
    return Slots(tuple(name for name, _ in BANDS), spans, np.bincount(of) * QUARTER, QUARTER, of)


def _hours() -> Slots:
    spans = tuple(f"{_time(60 * hour)}–{_time(60 * (hour + 1))}" for hour in range(24))
    return Slots(tuple(f"{hour:02d}:00" for hour in range(24)), spans, np.full(24, 60), 60, np.arange(24))


def _time(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


BY_BAND: Final = _bands()
BY_HOUR: Final = _hours()
