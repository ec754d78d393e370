"""Share changes: which groups of areas hold more of all incidents than before, or less, beyond what chance does.

A group's count in some periods is set against its own count in others, moved as all other areas together have moved.
Whether that is unlikely to be chance is seen from the same counts with their periods in random order: whole months, so
that what the areas of a neighbourhood share in a month stays together, and months of bursts stay as they were recorded.
In each such replication everything is searched again, and the strongest score anywhere is kept. A finding's p is the
part of the replications whose strongest is at least as strong (Westfall and Young 1993, Resampling-Based Multiple
Testing): how often a search in which nothing is going on tells as much of anything.

Scores are differences of square roots, which have the same variance whatever the count is. They are held against the
scatter of the areas (``geo.statistics.moderated_dispersion``) and against how places wander from their level over time
(``geo.statistics.wander``), which periods in random order do not show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from geo.arrays import Bools, Floats, Positions
from geo.statistics.moderated_dispersion import moderated_dispersion
from geo.statistics.wander import beyond_chance, wander

REPLICATIONS: Final = 999
RISE: Final = 1
FALL: Final = -1
LEAST: Final = 10.0  # incidents, held or expected, under which nothing is told of a group

_TOGETHER: Final = 32  # replications worked out at a time
_TIMES: Final = 6  # times at which a comparison is made, forwards and backwards, to see how places wander
_AS_LONG: Final = 0.8  # of what a contrast is set against has to be there at these times
_ORDERS: Final = 20  # random orders that tell how far scores spread in them
_GROUPS: Final = 1000  # that tell how places wander, where there are more
_TIE: Final = 1e-4  # scores this close are equal, however they were added up


Picks = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]  # period × comparison: 1 where it is looked at


class Contrast(NamedTuple):
    """Periods that are compared, as columns of the counts: those looked at, and those they are set against."""

    now: tuple[int, ...]
    then: tuple[int, ...]


def latest(windows: Sequence[int], periods: int) -> list[Contrast]:
    """Return, for each length of window, the last periods set against all before them."""
    return [Contrast(tuple(range(periods - window, periods)), tuple(range(periods - window))) for window in windows]


@dataclass(frozen=True)
class ShareChanges:
    """What was found, by group × contrast.

    ``observed`` is the count now, ``expected`` that of then moved as all other areas have moved, and ``elsewhere`` how
    many times as many the others hold now as then. ``score`` is how far the square roots lie apart, in standard
    deviations; 0 where a group was left out. ``dispersion`` is the variance of its counts in units of chance's, wander
    included. ``p`` is 1 for what was left out. ``strongest`` are the strongest scores of the replications, whatever
    their way.
    """

    observed: Floats
    expected: Floats
    elsewhere: Floats
    score: Floats
    dispersion: Floats
    p: Floats
    strongest: Floats


def how_often(score: Floats, strongest: Floats) -> Floats:
    """Return p of scores: the part of the replications, what was seen included, that are at least as strong."""
    above = len(strongest) - np.searchsorted(np.sort(strongest), np.abs(score) - _TIE)
    return np.asarray(np.where(score == 0, 1.0, (1 + above) / (1 + len(strongest))))


def share_changes(
    counts: Floats,
    groups: csr_array,
    contrasts: Sequence[Contrast],
    *,
    seed: int,
    ways: Sequence[int] = (RISE,),
    times: float = 1.0,
    only: Bools | None = None,
    replications: int = REPLICATIONS,
) -> ShareChanges:
    """Return how the share of each group changed by each contrast.

    ``counts`` is area × period without NaN, ``groups`` is group × area (1 for the areas of a group). Looked for are
    rises, falls or both (``ways``), of at least ``times`` what is expected, or so many times fewer; of groups that hold
    or should hold 10 incidents. ``only`` are the groups that can be told, all where left out: the others still show how
    places wander. The same seed gives the same.
    """
    allowed = np.ones(groups.shape[0], dtype=np.bool_) if only is None else only
    field = _Field(counts, groups, tuple(contrasts), tuple(ways), times, allowed)
    rng = np.random.default_rng(seed)
    orders = np.array([rng.permutation(counts.shape[1]) for _ in range(replications)]).reshape(replications, -1)
    blocks = [orders[first : first + _TOGETHER] for first in range(0, replications, _TOGETHER)]
    with threadpool_limits(1, "blas"):  # products are small: threads would only wait for each other
        wandering = field.wandering(orders[:_ORDERS])
        seen = [one.scored(wandering) for one in field.compared(np.arange(counts.shape[1])[None])]
        strongest = np.concatenate([field.strongest(block) for block in blocks]).astype(np.float64)
    score = np.hstack([field.told(one) for one in seen]).astype(np.float64)
    return ShareChanges(
        observed=np.hstack([one.now for one in seen]).astype(np.float64),
        expected=np.hstack([one.expected for one in seen]).astype(np.float64),
        elsewhere=np.hstack([one.elsewhere for one in seen]).astype(np.float64),
        score=score,
        dispersion=np.hstack([one.dispersion for one in seen]).astype(np.float64),
        p=how_often(score, strongest),
        strongest=strongest,
    )


@dataclass(frozen=True)
class _Compared:
    """One contrast, by group × order of periods: counts, what is expected, and the scatter that is held against it."""

    now: npt.NDArray[np.float32]
    expected: npt.NDArray[np.float32]
    elsewhere: npt.NDArray[np.float32]
    dispersion: npt.NDArray[np.float32]

    @cached_property
    def score(self) -> npt.NDArray[np.float32]:
        """How far the square roots lie apart, in standard deviations."""
        apart = 2 * (np.sqrt(self.now) - np.sqrt(self.expected))
        return np.asarray(apart / np.sqrt((1 + self.elsewhere) * self.dispersion))

    def scored(self, wandering: float) -> "_Compared":
        """Return the same, held against how places wander as well."""
        variance = 1 + np.float32(wandering) * self.expected
        return _Compared(self.now, self.expected, self.elsewhere, self.dispersion * variance)


@dataclass(frozen=True)
class _Field:
    """What is searched."""

    counts: Floats
    groups: csr_array
    contrasts: tuple[Contrast, ...]
    ways: tuple[int, ...]
    times: float
    only: Bools

    @cached_property
    def held(self) -> Floats:
        """What each area holds in all periods."""
        return np.asarray(self.counts.sum(axis=1))

    @cached_property
    def by_period(self) -> npt.NDArray[np.float32]:
        """What all areas hold in each period."""
        return np.asarray(self.counts.sum(axis=0), dtype=np.float32)

    @cached_property
    def of_groups(self) -> npt.NDArray[np.float32]:
        """What each group holds in each period."""
        return np.asarray(self.groups @ self.counts, dtype=np.float32)

    @cached_property
    def usual(self) -> Floats:
        """What each area would hold in each period, had it its usual share."""
        return np.outer(self.held, self.by_period) / max(float(self.held.sum()), 1.0)

    @cached_property
    def shares(self) -> csr_array:
        """The part of a group's incidents that each of its areas holds."""
        weighted = csr_array(self.groups.multiply(self.held[None, :]))
        sums = np.maximum(np.asarray(weighted.sum(axis=1)).reshape(-1), 1e-9)
        return csr_array(weighted.multiply((1 / sums)[:, None]))

    def compared(self, orders: Positions) -> Iterator[_Compared]:
        """Make each comparison, with the periods in each of some orders."""
        dispersion = self.dispersion(orders)
        for now, then in self.contrasts:
            yield self._compare(_picked(orders, now), _picked(orders, then), dispersion)

    def dispersion(self, orders: Positions) -> npt.NDArray[np.float32]:
        """Return the dispersion of each group in each order: that of its areas, by what each holds."""
        own = moderated_dispersion(self.counts[:, orders.T], self.usual[:, orders.T])
        return np.maximum(np.asarray(self.shares @ own, dtype=np.float32), np.float32(1.0))

    def _compare(
        self, now: npt.NDArray[np.float32], then: npt.NDArray[np.float32], dispersion: npt.NDArray[np.float32]
    ) -> _Compared:
        there, before = self.of_groups @ now, self.of_groups @ then
        others, others_before = self.by_period @ now - there, self.by_period @ then - before
        elsewhere = np.asarray(others / np.maximum(others_before, 1), dtype=np.float32)
        return _Compared(there, elsewhere * before, elsewhere, dispersion)

    def wandering(self, orders: Positions) -> float:
        """Return how places wander with the periods as they are, beyond how they seem to in some random orders."""
        every = np.vstack([np.arange(self.counts.shape[1])[None], orders])
        scores = np.stack([np.abs(self.told(one)) for one in self.compared(every)]).max(axis=0)
        strongest = self.groups[scores.argmax(axis=0)].toarray() * scores.max(axis=0)[:, None] > 0  # order × area
        found = [
            self._without(left_out).wander(order[None], self.alike)
            for left_out, order in zip(strongest, every, strict=True)
        ]
        return beyond_chance(found[0], found[1:])

    def _without(self, left_out: Bools) -> "_Field":
        """Return what is left without some areas: where they have truly changed, the share of all others has as well.

        The groups are those that hold none of them, at most some thousands.
        """
        apart = np.flatnonzero(np.asarray(self.groups @ left_out) == 0)
        some = apart[:: max(1, len(apart) // _GROUPS)]
        return replace(self, counts=self.counts * ~left_out[:, None], groups=csr_array(self.groups[some]))

    def wander(self, order: Positions, alike: Picks) -> float:
        """Return how places wander with the periods in one order, by comparisons of the same length at other times."""
        now, then = (np.empty_like(side) for side in alike)
        now[order[0]], then[order[0]] = alike
        one = self._compare(now, then, self.dispersion(order))
        return wander(one.score.astype(np.float64), one.expected.astype(np.float64))

    @cached_property
    def alike(self) -> Picks:
        """The periods of all comparisons of the same length as a contrast: period × comparison."""
        itself = np.arange(self.counts.shape[1])[None]
        every = [one for contrast in self.contrasts for one in _alike(contrast, self.counts.shape[1])]
        now, then = (np.hstack([_picked(itself, one[side]) for one in every]) for side in (0, 1))
        return now, then

    def told(self, one: _Compared) -> npt.NDArray[np.float32]:
        """Return the scores that can be told, 0 for the rest."""
        score = one.score
        enough = (np.maximum(one.now, one.expected) >= LEAST) & self.only[:, None]
        rises: Bools = enough & (one.now > one.expected) & (one.now >= self.times * one.expected)
        falls: Bools = enough & (one.now < one.expected) & (self.times * one.now <= one.expected)
        looked_for = (rises if RISE in self.ways else False) | (falls if FALL in self.ways else False)
        return np.where(looked_for, score, np.float32(0.0))

    def strongest(self, orders: Positions) -> npt.NDArray[np.float32]:
        """Return the strongest score anywhere, with the periods in each of some orders."""
        best = np.zeros(len(orders), dtype=np.float32)
        for one in self.compared(orders):
            np.maximum(best, np.abs(self.told(one)).max(axis=0, initial=0.0), out=best)
        return best


def _picked(orders: Positions, columns: Sequence[int]) -> npt.NDArray[np.float32]:
    """Return which periods stand in some columns of each order: period × order."""
    picked = np.zeros(orders.shape[::-1], dtype=np.float32)
    np.put_along_axis(picked, orders[:, list(columns)].T, 1.0, axis=0)
    return picked


def _alike(contrast: Contrast, periods: int) -> list[Contrast]:
    """Return comparisons of the same length as a contrast: it itself, at times just before, and all these backwards.

    Places wander away from where they were, the farther the longer it lasts: so no shorter comparison tells how far.
    """
    made = []
    for back in range(min(contrast.now) + 1):
        then = tuple(at - back for at in contrast.then if at >= back)
        if len(then) >= _AS_LONG * len(contrast.then):
            made.append(Contrast(tuple(at - back for at in contrast.now), then))
    some = [made[at] for at in np.unique(np.linspace(0, len(made) - 1, _TIMES).astype(int))]
    return [*some, *(Contrast(*(tuple(periods - 1 - at for at in side) for side in one)) for one in some)]
