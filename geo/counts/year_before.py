"""Comparing a count with that of the same periods a year before: two plain counts, or none where one is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.calendar import periods
from geo.counts.cube import Cube
from geo.counts.filters import Choice, not_supplied, total


@dataclass(frozen=True)
class TwoCounts:
    """A count and that of the same months a year before; ``before`` is None when the two would not be alike."""

    now: float
    before: float | None


def with_year_before(cube: Cube, choice: Choice, areas: Sequence[int] | None = None) -> TwoCounts:
    """Count the chosen periods and the same ones a year before, in some areas (positions) or in all.

    A period missing from either side is left out of neither in silence: the year before is then not given.
    """
    earlier = choice.of(periods.year_before(choice.periods))
    comparable = not not_supplied(cube, choice) and not not_supplied(cube, earlier)
    return TwoCounts(total(cube, choice, areas), total(cube, earlier, areas) if comparable else None)
