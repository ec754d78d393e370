"""Deniable zeros: cells without any incident that are shown as 5, so that a shown 5 proves nothing.

As many are chosen as make up a share of all that will be shown as 5, and they are spread as the others are: over zones
and harm groups in which fives are likely, and the more of the zeros there, the rarer zeros are. Within that, the secret
draws which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.counts.cube import Counts
from geo.release.balancing import STEP

SHARE: Final = 0.25  # of what is shown as 5
MOST: Final = (
    0.8  # of the zeros of a cell are raised, at most: a shown 0 must not come to mean that there was something
)
MORE: Final = 8  # of so many zeros that are raised, one is raised once more where many schools contribute
FAINT: Final = 0.02  # of a five: what even a group that never had one has, or its first would prove something
_ROUNDS: Final = 50  # of sharing out what is left over
_TINY: Final = 1e-9  # by which sums of fractions may miss a whole number

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Group:
    """A way of putting cells into groups: the group of each cell, and by group the fives that it was shown with before.

    ``most`` is how many zeros of each group may be raised now, unless there is no room elsewhere.
    """

    label: npt.NDArray[np.integer]
    fives: npt.NDArray[np.integer]
    most: npt.NDArray[np.integer]

    @classmethod
    def new(cls, label: npt.NDArray[np.integer], most: int) -> "Group":
        """Return groups of which nothing was shown before, each with the same most."""
        number = int(label.max()) + 1
        return cls(label, np.zeros(number, dtype=np.int64), np.full(number, most))


@dataclass(frozen=True)
class Zeros:
    """The cells that deniable zeros are chosen from: those without any incident.

    ``whole`` is the sum of the whole fives in each cell, and ``rest`` what remains of its incidents. ``most`` is how
    many fives one cell may be shown with, and ``elsewhere`` how many can be added to cells with incidents.
    """

    whole: Counts
    rest: Counts
    most: int
    elsewhere: int

    def choose(self, steps: int, groups: Sequence[Group], drawn: Floats, chance: float, offset: float) -> Counts:
        """Return how many fives each zero is shown with, when so many are to be added in all to the whole ones.

        ``drawn`` are a fraction for each cell, ``chance`` and ``offset`` one each for the whole table; where they are
        keyed, the choice is. The cells of a group of ``groups[0]`` get about their share together.
        """
        zero = self.whole + self.rest == 0
        expected = self._expected_fives(steps)
        room = np.where(zero, MOST, 0.0)
        likely = self._likely(expected, groups)
        # A zero is rarer the more incidents there are: about exp(-n) of the cells with n on average have none.
        weight = likely * np.exp(np.minimum(STEP * likely, STEP))
        share = _shared(SHARE * expected, weight, room, groups)
        number, least = min(int(share.sum() + chance), steps), steps - self.elsewhere
        if number < least:
            number, share = least, _shared(least, weight + _TINY, np.where(zero, float(self.most), 0.0), ())
        share *= number / max(share.sum(), _TINY)
        first = np.ones(int(groups[0].label.max()) + 1)
        np.minimum.at(first, groups[0].label, drawn)
        order = np.lexsort((drawn, first[groups[0].label]))
        ends = np.floor(np.cumsum(share[order]) + offset + _TINY).astype(np.int64)
        chosen = np.empty(len(room), dtype=np.int64)
        chosen[order] = np.diff(ends, prepend=0)
        return self._with_more(np.minimum(chosen, self.most), steps, drawn, order)

    def _with_more(self, chosen: Counts, steps: int, drawn: Floats, order: npt.NDArray[np.integer]) -> Counts:
        """Raise some of the chosen zeros once more and again, where cells with few incidents may be shown so too."""
        again = drawn
        for most in range(2, self.most + 1):
            again = MORE * again % 1  # the next digit of what is drawn
            more = order[(chosen[order] == most - 1) & (again[order] < 1 / MORE)]
            chosen[more[: max(0, steps - int(chosen.sum()))]] = most
        return chosen

    def _expected_fives(self, steps: int) -> float:
        """Return about how many cells will be shown as 5: those raised from none, and those left at one whole five."""
        incidents = int(self.rest.sum())
        raised = steps * int(self.rest[self.whole == 0].sum()) / incidents if incidents else float(steps)
        return float(raised + np.maximum(1 - self.rest[self.whole == STEP] / STEP, 0).sum())

    def _likely(self, expected: float, groups: Sequence[Group]) -> Floats:
        """Return how likely a five is in each cell, by what its groups have had before and have now."""
        now = np.select(
            [self.whole == 0, self.whole == STEP], [self.rest / STEP, np.maximum(1 - self.rest / STEP, 0)], 0.0
        )
        likely = np.full(len(self.whole), expected)
        for group in groups:
            fives = FAINT + group.fives + np.bincount(group.label, weights=now, minlength=len(group.fives))
            likely *= (fives / fives.sum())[group.label]
        return likely


def _shared(number: float, weight: Floats, room: Floats, groups: Sequence[Group]) -> Floats:
    """Share a number out in proportion to weights, no cell getting more than its room, and no group more than its most.

    Where that leaves some over, it is less than the number.
    """
    share = np.zeros(len(room))
    for _ in range(_ROUNDS):
        missing = number - share.sum()
        open_weight = np.where(share < room, weight, 0)
        for group in groups:
            full = np.bincount(group.label, weights=share) >= group.most - _TINY
            open_weight = np.where(full[group.label], 0, open_weight)
        if missing < _TINY or not open_weight.any():
            break
        share = np.minimum(share + missing * open_weight / open_weight.sum(), room)
        for group in groups:
            of_group = np.bincount(group.label, weights=share)
            share *= np.minimum(1, group.most / np.maximum(of_group, _TINY))[group.label]
    return share
