"""Deniable zeros: cells without any incident that are shown as 5, so that a shown 5 proves nothing.

As many are chosen as make up a share of all that is shown as 5, and they are spread as the others are: over zones and
harm groups in which fives are likely, and the more of the zeros there, the rarer zeros are. Where there are too few
just now, the rest waits for a while; only then is it put where hardly anything happens. The secret draws which.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.counts.cube import Counts
from geo.release.balancing import STEP

SHARE: Final = 0.25  # of what is shown as 5
MOST: Final = (
    0.8  # of the zeros of a cell are raised, at most: a shown 0 must not come to mean that there was something
)
MORE: Final = 20  # of so many zeros that are raised, one is raised once more where many schools contribute
HARDLY: Final = 0.02  # of a five: what a group has that never had one, where it may well have none at all
RARELY: Final = 0.1  # of a five: groups that had fewer have deniable zeros only to make up for a lack of them
PATIENCE: Final = 0.5  # of a five: so many zeros may lack before they are put there
_ROUNDS: Final = 50  # of sharing out what is left over
_TINY: Final = 1e-9  # by which sums of fractions may miss a whole number

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class CellGroups:
    """A way of putting cells into groups: the group of each cell, and by group the fives that it was shown with before.

    To the ``fives`` a little is added for groups that never had one, or their first would prove something. ``most`` is
    how many zeros of each group may be raised now, unless there is no room elsewhere.
    """

    label: npt.NDArray[np.integer]
    fives: npt.NDArray[np.floating]
    most: npt.NDArray[np.integer]

    @classmethod
    def new(cls, label: npt.NDArray[np.integer], most: int) -> "CellGroups":
        """Return groups of which nothing was shown before, each with the same most."""
        number = int(label.max()) + 1
        return cls(label, np.full(number, HARDLY), np.full(number, most))


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

    def choose(
        self, steps: int, groups: Sequence[CellGroups], owed: float, drawn: Floats, chance: float, offset: float
    ) -> Counts:
        """Return how many fives each zero is shown with, when so many are to be added in all to the whole ones.

        ``owed`` is how many zeros are lacking so far, and negative where there were too many. ``drawn`` are a fraction
        for each cell, ``chance`` and ``offset`` one each for the whole table; where they are keyed, the choice is. The
        cells of a group of ``groups[0]`` get about their share together.
        """
        zero = self.whole + self.rest == 0
        expected = self._expected_fives(steps)
        room = np.where(zero, MOST, 0.0)
        now = [self._with_these(group) for group in groups]
        likely = expected * np.prod([(group.fives / group.fives.sum())[group.label] for group in now], axis=0)
        # A zero is rarer the more incidents there are: about exp(-n) of the cells with n on average have none.
        weight = likely * np.exp(np.minimum(STEP * likely, STEP))
        wanted = max(0.0, SHARE * expected + owed)
        usual = np.logical_and.reduce([(group.fives >= RARELY)[group.label] for group in now])
        nothing = np.zeros(len(room))
        share = _shared(wanted, weight, np.where(usual, room, 0), groups, nothing)
        behind = wanted - PATIENCE - share.sum()
        share = _shared(share.sum() + max(behind, 0), weight, room, groups, share)
        number, least = min(int(share.sum() + chance), steps), steps - self.elsewhere
        if number < least:
            number, room = least, np.where(zero, float(self.most), 0.0)
            share = _shared(least, weight + _TINY, room, (), nothing)
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

    def _with_these(self, group: CellGroups) -> CellGroups:
        """Return groups with the fives that these cells will about be shown with, besides those of before."""
        now = np.select(
            [self.whole == 0, self.whole == STEP], [self.rest / STEP, np.maximum(1 - self.rest / STEP, 0)], 0.0
        )
        return replace(group, fives=group.fives + np.bincount(group.label, weights=now, minlength=len(group.fives)))


def _shared(number: float, weight: Floats, room: Floats, groups: Sequence[CellGroups], begun: Floats) -> Floats:
    """Share a number out in proportion to weights, no cell getting more than its room, and no group more than its most.

    ``begun`` is what cells have of it already. Where all that have room are full, less than the number is shared out.
    """
    share = begun
    for _ in range(_ROUNDS):
        missing = number - share.sum()
        open_weight = np.where(share < room, weight, 0)
        for group in groups:
            full = np.bincount(group.label, weights=share) >= group.most - _TINY
            open_weight = np.where(full[group.label], 0, open_weight)
        if missing < _TINY or not open_weight.any():
            break
        share = np.minimum(share + missing * open_weight / open_weight.sum(), np.maximum(room, begun))
        for group in groups:
            of_group = np.bincount(group.label, weights=share)
            share *= np.minimum(1, group.most / np.maximum(of_group, _TINY))[group.label]
    return share
