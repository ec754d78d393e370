"""Episodes: runs of points that a rule marks together, in the order in which they happened."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.trends.control_charts import ControlCharts


class Rule(StrEnum):
    """Which rule marks a point, the strongest first."""

    SHIFT = "shift"
    ASTRONOMICAL = "astronomical"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"


@dataclass(frozen=True)
class Episode:
    """A signal of one series: upwards (1) or downwards (−1), from its ``first`` to its ``last`` position, by a rule.

    ``outside`` are the positions in it that lie beyond their limits. ``stretch`` are the first and the last of all the
    marked points that belong to it, those of weaker rules included.
    """

    side: int
    first: int
    last: int
    rule: Rule
    outside: tuple[int, ...]
    stretch: tuple[int, int]

    def touches(self, first: int, last: int) -> bool:
        """Return whether any point marked for it lies from one position to another."""
        return self.stretch[0] <= last and self.stretch[1] >= first


_RULES: Final = tuple(Rule)


def episodes(found: ControlCharts, row: int) -> list[Episode]:
    """List the episodes of one series, oldest first.

    Marked points that follow each other on one side are one episode, named by the strongest rule among them. It lies
    where that rule holds: from the first to the last of the points outside limits, or along the latest run or trend. A
    gap, or rebased limits, end it; a pattern that goes on beyond such a start is cut there, however short it is then.
    """
    sides = found.sides[row]
    marked = np.flatnonzero(sides)
    if not marked.size:
        return []
    begins = {first for first, _ in found.phases}
    parts = [
        at for at in range(1, len(marked))
        if marked[at] != marked[at - 1] + 1 or sides[marked[at]] != sides[marked[at - 1]] or marked[at] in begins
    ]  # fmt: skip
    return [_episode(found, row, run) for run in np.split(marked, parts)]


def _episode(found: ControlCharts, row: int, run: npt.NDArray[np.int64]) -> Episode:
    side = int(found.sides[row][run[0]])
    rule = next(rule for rule in _RULES if (getattr(found.signals, rule)[row][run] == side).any())
    ends = run[getattr(found.signals, rule)[row][run] == side]
    if rule is not Rule.ASTRONOMICAL:
        # A point of a trend may lie on the other side of the middle, and one trend may follow on another.
        steps = np.sign(np.diff(found.series_set.shown[row][ends])) == side
        breaks = (np.diff(ends) > 1) | (~steps if rule is Rule.TREND else False)
        ends = np.split(ends, np.flatnonzero(breaks) + 1)[-1]
    outside = tuple(int(at) for at in ends if found.signals.astronomical[row, at] == side)
    return Episode(side, int(ends[0]), int(ends[-1]), rule, outside, (int(run[0]), int(run[-1])))


def strength(found: ControlCharts) -> npt.NDArray[np.float64]:
    """Return how far each point lies from the centre line, in widths from there to its limit; 0 without limits."""
    values, limits = found.series_set.shown, found.limits
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.abs(values - limits.centre) / (limits.high - limits.centre)
    return np.nan_to_num(far, nan=0.0, posinf=0.0)
