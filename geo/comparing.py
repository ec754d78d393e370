"""Comparing a count with that of the same months a year before: two plain counts, or none where a month is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo import months
from geo.counting import Cube
from geo.selecting import Choice, not_supplied, totals


@dataclass(frozen=True)
class TwoCounts:
    """A count and that of the same months a year before; ``before`` is None when the two would not be alike."""

    now: float
    before: float | None


def with_year_before(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> TwoCounts:
    """Count the chosen months and the same months a year before, in some areas (positions) or in all.

    A month missing from either side is left out of neither in silence: the year before is then not given.
    """
    earlier = choice.of(months.year_before(choice.months))
    comparable = not not_supplied(cube, choice) and not not_supplied(cube, earlier)
    before = _sum(cube, earlier, areas) if comparable else None
    return TwoCounts(_sum(cube, choice, areas), before)


def _sum(cube: Cube, choice: Choice, areas: Sequence[int] | None) -> float:
    by_area = totals(cube, choice)
    return float(np.sum(by_area if areas is None else by_area[list(areas)]))
