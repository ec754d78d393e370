"""Measure results: what a statistic adds to a map, a figure and words for each unit, further columns, a method."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.arrays import Floats
from geo.maps.categories import Painted
from geo.statistics.emerging import strip


@dataclass(frozen=True)
class Fact:
    """One more column of the table and of the export, one value per unit: numbers (NaN for none), or texts."""

    key: str
    label: str
    values: Sequence[float] | Sequence[str]
    decimals: int | None = None


@dataclass(frozen=True)
class Past:
    """What each unit was in each step of time, oldest first: ``steps`` in words, and a row of ``states`` per unit.

    A state is 1 hot, −1 cold, 0 neither, NaN not known; a unit that was not looked at has none known.
    """

    steps: tuple[str, ...]
    states: Floats

    def of(self, unit: int) -> Sequence[str]:
        """Name one unit's states; none where it was not looked at."""
        return () if np.isnan(self.states[unit]).all() else strip(self.states[unit])


@dataclass(frozen=True)
class MeasureResult:
    """What a statistic says of every unit, in the units' order.

    ``values`` rank the units, highest first; NaN where nothing is said. ``words`` say the same for people, "" for
    nothing, and ``texts`` in a few signs, for a map. ``painted`` gives each unit a class, or is None where the values
    are shown by a ramp. ``headline`` answers the page's question, ``method`` says in a sentence or two how it was
    made, and ``meaning`` what it does and does not mean. ``past`` is there for patterns over time.
    """

    values: Floats
    words: Sequence[str]
    texts: Sequence[str]
    facts: tuple[Fact, ...]
    headline: str
    method: str
    meaning: str
    painted: Painted | None = None
    past: Past | None = None
