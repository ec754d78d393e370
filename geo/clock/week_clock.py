"""Week clock: incidents by kind of day, weekday and slot of the day, and how many of each day the periods have."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import disclosure
from geo.arrays import Floats
from geo.calendar.school_calendar import SchoolCalendar
from geo.calendar.school_day import DAY_KINDS, WEEKDAYS, Moments, weekday_of
from geo.clock.slots import Slots
from geo.wording import figure

Counts = npt.NDArray[np.int64]


class Visibility(StrEnum):
    """What a clock is made of: published counts, exact ones that never leave the screen, or a release."""

    OPEN = "open"
    EXACT = "exact"
    RELEASED = "released"


@dataclass(frozen=True)
class Precision:
    """How well the times of incidents are known: how many to one slot, to several, and to no time of day at all.

    ``day_only`` know their day and no time, ``long`` are intervals of more than 168 hours, ``unknown`` have no date. Of
    a release, ``several`` gathers all whose time is not known to one band.
    """

    one: int
    several: int = 0
    day_only: int = 0
    long: int = 0
    unknown: int = 0

    @property
    def timed(self) -> int:
        """How many incidents have a time of day, as a moment or an interval."""
        return self.one + self.several

    @property
    def every(self) -> int:
        """How many incidents there are in all."""
        return self.one + self.several + self.day_only + self.long + self.unknown


@dataclass(frozen=True)
class Clock:
    """Incidents by kind of day (term, holiday), weekday and slot of the day.

    ``weights`` [2, 7, slots] are incidents, those of an uncertain time spread over what they may be; of a release they
    are multiples of 5, and nothing may show them but through ``figures`` and ``texts``. ``timed`` [2, 7, slots] are the
    part of them that comes from incidents with a time of day: one known to its day alone lies evenly on 24 hours, and
    says nothing about which. ``by_day`` [2, 7] are all incidents by their day; of a release it holds those as well
    whose time is not known, and ``weights`` do not. ``days`` [2, 7] counts the days that the periods have of each.
    ``assumed`` is a sentence where the national pattern of terms stands in for term dates.
    """

    visibility: Visibility
    slots: Slots
    weights: Floats
    timed: Floats
    by_day: Floats
    days: Counts
    precision: Precision
    assumed: str | None = None

    @property
    def protected(self) -> bool:
        """Whether the figures are rounded ones of a release."""
        return self.visibility is Visibility.RELEASED

    def shown(self, sums: Floats) -> Floats:
        """Return sums of weights as they may be shown: of a release, 0 stands for fewer than 10."""
        return disclosure.suppress_small(sums) if self.protected else sums

    @property
    def figures(self) -> Floats:
        """The weights as they may be shown."""
        return self.shown(self.weights)

    @property
    def total(self) -> float:
        """How many incidents there are in all, as it may be shown."""
        return float(self.shown(np.array([float(self.precision.every)]))[0])

    @property
    def per_day(self) -> Floats:
        """Incidents per day of that kind and weekday, [2, 7, slots].

        NaN where the periods have no such day; of a release also where fewer than 10 are, which is not none.
        """
        days = np.broadcast_to(self.days[:, :, np.newaxis], self.weights.shape)
        kept = (days > 0) & ~(self.protected & (self.figures == 0))
        return np.divide(self.figures, days, out=np.full(self.weights.shape, np.nan), where=kept)

    @property
    def texts(self) -> npt.NDArray[np.object_]:
        """Each weight in words for a table, [2, 7, slots]: "12", "0.4", or of a release "about 15", "fewer than 10"."""
        flat = [self._say(n) for n in self.figures.ravel().tolist()]
        return np.array(flat, dtype=object).reshape(self.weights.shape)

    def _say(self, n: float) -> str:
        return figure(n, protected=True) if self.protected else f"{n:,.1f}".removesuffix(".0")

    def table(self) -> pd.DataFrame:
        """List every cell: ``kind`` ("Term", "Holiday"), ``day``, ``slot``, ``span``, ``days``, ``value``, ``told``,
        ``weak``.

        ``value`` is incidents per day, ``told`` the incidents in words; ``weak`` cells have fewer than 10.
        """
        kind, day, slot = (at.ravel() for at in np.indices(self.weights.shape))
        return pd.DataFrame(
            {
                "kind": np.array([name.capitalize() for name in DAY_KINDS], dtype=object)[kind],
                "day": np.array(WEEKDAYS, dtype=object)[day],
                "slot": np.array(self.slots.names, dtype=object)[slot],
                "span": np.array(self.slots.spans, dtype=object)[slot],
                "days": self.days[kind, day],
                "value": self.per_day.ravel(),
                "told": self.texts.ravel(),
                "weak": (self.figures < disclosure.THRESHOLD).ravel(),
            }
        )


def days_of(days: Moments, calendar: SchoolCalendar) -> Counts:
    """Return how many of some days (datetime64[D], each once) are of each kind and weekday, [2, 7]."""
    counted = np.zeros((len(DAY_KINDS), len(WEEKDAYS)), dtype=np.int64)
    np.add.at(counted, (calendar.is_holiday(days).astype(np.int64), weekday_of(days)), 1)
    return counted
