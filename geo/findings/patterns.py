"""Patterns: adjacent areas that stand out from all others in the same way, newly or for long, as one finding.

What is hot is seen step by step (``geo.statistics.emerging``), and held there against all areas. That says little of
those which are picked out of the hot ones because they are so only lately, or more and more: a place that is always
nearly hot is hot at times by chance. So what is told of a change is tested as a change: the share of the area and its
neighbours, since it began, against the time before (``geo.statistics.share_changes``).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, eye_array
from scipy.sparse.csgraph import connected_components
from scipy.stats import binom

from geo.arrays import Floats, Positions
from geo.calendar import periods as p
from geo.findings.finding import Finding, FindingKind
from geo.findings.told import SIGNIFICANCE, Detected, Family
from geo.statistics.emerging import MOSTLY, Emerged, Pattern, emerging
from geo.statistics.share_changes import FALL, LEAST, RISE, ShareChanges, latest, share_changes
from geo.statistics.time_steps import Steps, known_steps, steps
from geo.views.scene import Scene

HELD: Final = 2.0  # times what average areas hold, under which areas are hot only for what lies next to them
STRONG: Final = 1.25  # times its earlier share, under which a change is real and no help to anybody
SEED: Final = 22
_LASTING: Final = (Pattern.INTENSIFYING, Pattern.PERSISTENT, Pattern.DIMINISHING)


def find(scene: Scene, harm: str) -> list[Detected]:
    """Return the patterns of one harm group up to the scene's last period; sporadic ones are left to the map.

    Raises ThinDataError as ``geo.statistics.emerging`` does.
    """
    stepped = steps(scene.history((harm,)), scene.periods, scene.graph)
    past = _Past(stepped, emerging(stepped.counts, scene.graph), scene.graph)
    return [
        Detected(told.kind, scene, tuple(_findings(scene, harm, past, told)), told.strongest)
        for told in (*past.lately(), *past.lasting())
    ]


@dataclass(frozen=True)
class _Told:
    """Of one pattern, by area: the known step it is told from (−1: not told), p and score."""

    kind: Family
    pattern: Pattern
    first: Positions
    p: Floats
    score: Floats
    strongest: Floats


@dataclass(frozen=True)
class _Past:
    """Counts by step, what emerged from them, and who neighbours whom."""

    stepped: Steps
    found: Emerged
    graph: csr_array

    @cached_property
    def known(self) -> Positions:
        """The steps with figures."""
        return np.flatnonzero(known_steps(self.stepped.counts))

    @cached_property
    def hot(self) -> npt.NDArray[np.bool_]:
        """Area × known step: whether it was hot."""
        return np.asarray(self.found.states[:, self.known] == 1)

    @property
    def mostly(self) -> npt.NDArray[np.bool_]:
        """Which areas were hot nearly always, at whatever times they were not."""
        return np.asarray(self.hot.mean(axis=1) >= MOSTLY)

    @cached_property
    def year(self) -> int:
        """The number of steps in a year, at least one."""
        periods = len(p.HALVES) if p.is_half_term(self.stepped.periods[-1][-1]) else 12
        return max(1, periods // self.stepped.length)

    def lately(self) -> Iterator[_Told]:
        """Tell what is new: hot in the last step, and in none before the run that ends with it, within a year."""
        number = len(self.known)
        windows = range(1, min(self.year, number // 2) + 1)
        changed = self._changes(windows, RISE)
        for pattern in (Pattern.NEW, Pattern.CONSECUTIVE):
            of_it = self.found.patterns == pattern
            first = np.where(of_it, self.hot.argmax(axis=1), 0)
            which = of_it & (number - first <= len(windows))
            yield self._told(Family.NEW, pattern, which, first, changed)

    def lasting(self) -> Iterator[_Told]:
        """Tell what has long been so: lately more than before, as before, or over."""
        number = len(self.known)
        year = min(self.year, number)
        lasting = np.isin(self.found.patterns, _LASTING)
        yield self._told_best(Family.GROWN, Pattern.INTENSIFYING, lasting, (year, number // 2), RISE)
        same, none = np.ones(len(lasting)), np.zeros(0)
        chance = self._by_chance() * same
        yield _Told(Family.LASTING, Pattern.PERSISTENT, np.where(lasting, number - year, -1), chance, same, none)
        over, few = self.found.patterns == Pattern.HISTORICAL, max(1, int(number * (1 - MOSTLY)))
        ended = self._told_best(Family.OVER, Pattern.HISTORICAL, over, range(1, few + 1), FALL)
        yield replace(ended, first=np.where(ended.first >= 0, 0, -1))

    def _by_chance(self) -> float:
        """Return how often areas would be hot so often were it by chance, in as many as are in the usual step."""
        number = len(self.known)
        often = binom.sf(np.ceil(MOSTLY * number) - 1, number, self.hot.mean())
        return float(min(1.0, len(self.hot) * often))

    def _changes(self, windows: Sequence[int], way: int, only: npt.NDArray[np.bool_] | None = None) -> ShareChanges:
        """Compare each area with its neighbours in the last steps with all steps before, for each number of them."""
        counts = self.stepped.counts[:, self.known]
        around = csr_array(self.graph + eye_array(len(counts)), dtype=np.float32)
        contrasts = latest(windows, len(self.known))
        return share_changes(counts, around, contrasts, seed=SEED, ways=(way,), times=STRONG, only=only)

    def _told_best(
        self, kind: Family, pattern: Pattern, which: npt.NDArray[np.bool_], windows: Sequence[int], way: int
    ) -> _Told:
        """Tell those areas whose share changed most clearly, by the clearest number of steps."""
        if not self.mostly.any():  # nor are there any with the steps in another order
            none = np.zeros(len(which))
            return _Told(kind, pattern, np.full(len(which), -1), none, none, np.zeros(0))
        changed = self._changes(windows, way, self.mostly)
        best = np.abs(changed.score).argmax(axis=1)
        return self._told(kind, pattern, which, len(self.known) - np.array(windows)[best], changed, best)

    def _told(
        self,
        kind: Family,
        pattern: Pattern,
        which: npt.NDArray[np.bool_],
        first: Positions,
        changed: ShareChanges,
        contrast: Positions | None = None,
    ) -> _Told:
        columns, rows = changed.p.shape[1], np.arange(len(first))
        at = np.clip(len(self.known) - first - 1, 0, columns - 1) if contrast is None else contrast
        chance = changed.p[rows, at]
        began = np.where(which & (chance <= SIGNIFICANCE), first, -1)
        return _Told(kind, pattern, began, chance, changed.score[rows, at], changed.strongest)


def _side_by_side(graph: csr_array, areas: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    """Split areas into groups that touch."""
    number, group = connected_components(graph[areas][:, areas], directed=False) if len(areas) else (0, np.array([]))
    return [areas[group == one] for one in range(number)]


def _findings(scene: Scene, harm: str, past: _Past, told: _Told) -> Iterator[Finding]:
    """Return areas side by side as one finding each, where they hold much more than average ones."""
    for group in _side_by_side(scene.graph, np.flatnonzero(told.first >= 0)):
        one = _finding(scene, harm, past, group, told)
        if one.ratio >= HELD and one.observed >= LEAST:
            yield one


def _finding(scene: Scene, harm: str, past: _Past, group: npt.NDArray[np.int64], told: _Told) -> Finding:
    """Return one finding: from when it began in the area that holds most, beside what average areas hold."""
    stepped = past.stepped
    busiest = group[np.argmax(np.nansum(stepped.counts[group], axis=1))]
    there = past.known[told.first[busiest] :].tolist()
    counts = stepped.counts[:, there]
    held = counts[group].sum(axis=1)
    usual = float(counts.sum()) / len(counts) * len(group)
    leading = group[np.argsort(-held, kind="stable")]
    return Finding(
        kind=FindingKind.PATTERN,
        harms=(harm,),
        level=scene.level,
        units=tuple(int(scene.kept[at]) for at in leading),
        periods=tuple(period for at in there for period in stepped.periods[at]),
        observed=float(held.sum()),
        expected=usual,
        ratio=float(held.sum()) / usual,
        p=float(told.p[group].min()),
        share=float(held.max() / held.sum()) if held.sum() else 1.0,
        pattern=told.pattern,
        growth=_growth(stepped.counts[:, past.known], group, int(told.first[busiest])),
        score=float(told.score[group[np.argmax(np.abs(told.score[group]))]]),
    )


def _growth(counts: Floats, group: npt.NDArray[np.int64], first: int) -> float:
    """Return how many times its earlier share of all a group of areas holds from a step on; NaN without any before."""
    held, whole = counts[group].sum(axis=0), counts.sum(axis=0)
    if not held[:first].sum():
        return math.nan
    return float(held[first:].sum() / whole[first:].sum() / (held[:first].sum() / whole[:first].sum()))
