"""Measures of an area: its count, its rate per 1,000 residents, what a statistic says of it, and its rank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import columns as c
from geo import disclosure
from geo.areas.area_set import Units
from geo.arrays import Floats, Positions
from geo.counts import filters
from geo.counts.filters import Choice
from geo.maps.measure_result import Fact, MeasureResult
from geo.views.view import View

Line = dict[str, str | int | float | None]  # keys: rank, area, name, n, residents, rate

RATE: Final = "rate"
RANK: Final = "rank"

# Below this many residents a rate says more about shops and stations than about who lives there.
FEW_RESIDENTS: Final = 500


class Measure(StrEnum):
    """What the map shows."""

    COUNT = "count"
    RATE = "rate"
    SMOOTHED = "smoothed"
    CHANGE = "change"
    HOT = "hot"
    PATTERN = "emerging"


@dataclass(frozen=True)
class Measured:
    """One measure of every unit of a level; ``counts`` and ``rates`` (NaN where unknown) are in the units' order.

    ``protected`` counts are 0 where there are fewer than 10. ``elsewhere`` marks the units that gather separate places:
    they have a count, and no place on the map or among the ranks. ``facts`` are further columns, and ``result`` is what
    a statistic says, where one is the measure.
    """

    measure: Measure
    units: Units
    counts: Floats
    rates: Floats
    protected: bool
    elsewhere: npt.NDArray[np.bool_]
    facts: tuple[Fact, ...] = ()
    result: MeasureResult | None = None

    @cached_property
    def values(self) -> Floats:
        """The measure of each unit, in the units' order; NaN where it has none of its own."""
        if self.result is not None:
            return self.result.values
        return np.where(self.elsewhere, np.nan, self.rates if self.measure is Measure.RATE else self.counts)

    @cached_property
    def order(self) -> Positions:
        """The units' positions, highest first, equals by name, those without a figure last."""
        alphabet = self.units.alphabet
        highest_first = np.argsort(-np.nan_to_num(self.values[alphabet], nan=-np.inf), kind="stable")
        return alphabet[highest_first]

    @cached_property
    def ranks(self) -> Floats:
        """Each unit's rank, in the units' order: 1 is highest, ties share the better one, NaN has no figure."""
        return pd.Series(self.values).rank(method="min", ascending=False).to_numpy()

    @property
    def ranked(self) -> int:
        """How many units have a figure."""
        return int(np.count_nonzero(~np.isnan(self.values)))

    @property
    def first(self) -> int:
        """How many units share the first rank."""
        return int(np.count_nonzero(self.ranks == 1))

    def rows(self, positions: Iterable[int]) -> list[Line]:
        """Return the lines of the units at ``positions``: rank (None without a figure), code, name and figures."""
        return [
            {
                RANK: None if np.isnan(self.ranks[at]) else int(self.ranks[at]),
                c.AREA: self.units.codes[at],
                c.NAME: self.units.names[at],
                c.COUNT: float(self.counts[at]),
                c.RESIDENTS: float(self.units.residents[at]),
                RATE: float(self.rates[at]),
                **{fact.key: fact.values[at] for fact in self.facts},
            }
            for at in positions
        ]

    def within(self, positions: Sequence[int]) -> "Measured":
        """Return the same with figures of some units (positions) alone, ranked among themselves."""
        inside = np.zeros(len(self.counts), dtype=np.bool_)
        inside[list(positions)] = True
        counts, rates = (np.where(inside, each, np.nan) for each in (self.counts, self.rates))
        result = self.result and replace(self.result, values=np.where(inside, self.result.values, np.nan))
        return replace(self, counts=counts, rates=rates, result=result)

    @property
    def table(self) -> pd.DataFrame:
        """The lines of all units as a frame, highest first."""
        return pd.DataFrame(self.rows(self.order)).astype({RANK: "Int64"})


def rates_per_1000(counts: Floats, residents: Floats) -> Floats:
    """Return the crude rate per 1,000 residents; NaN where residents are unknown or none live there."""
    per_1000 = np.full(len(counts), np.nan)
    np.divide(1000 * counts, residents, out=per_1000, where=residents > 0)
    return per_1000


def measured(view: View, choice: Choice, measure: Measure) -> Measured:
    """Return one measure of every unit of a view, by what a choice leaves of its counts.

    Protected counts under 10 give no rate.
    """
    counts = filters.totals(view.cube, choice)
    rates = rates_per_1000(counts, view.units.residents)
    if view.cube.protected:
        rates = np.where(counts < disclosure.THRESHOLD, np.nan, rates)
    return Measured(measure, view.units, counts, rates, view.cube.protected, view.elsewhere)
