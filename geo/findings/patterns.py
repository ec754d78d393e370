"""Patterns: adjacent areas that stand out from all others in the same way, newly or for long, as one finding."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.calendar import periods as p
from geo.findings.finding import Finding, FindingKind
from geo.statistics.emerging import Emerged, Pattern, emerging
from geo.statistics.time_steps import Steps, known_steps, steps
from geo.views.scene import Scene

HELD: Final = 2.0  # times what average areas hold, under which areas are hot only for what lies next to them
REPORTED: Final = (Pattern.NEW, Pattern.CONSECUTIVE, Pattern.INTENSIFYING, Pattern.PERSISTENT, Pattern.HISTORICAL)


def find(scene: Scene, harm: str) -> list[Finding]:
    """Return the patterns of one harm group up to the scene's last period; sporadic ones are left to the map.

    Raises ThinDataError as ``geo.statistics.emerging`` does.
    """
    stepped = steps(scene.history((harm,)), scene.periods, scene.graph)
    found = emerging(stepped.counts, scene.graph)
    every = (
        _finding(scene, harm, stepped, found, pattern, group)
        for pattern in REPORTED
        for group in _side_by_side(scene.graph, np.flatnonzero(found.patterns == pattern))
    )
    return [one for one in every if one.ratio >= HELD]


def _side_by_side(graph: csr_array, areas: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    """Split areas into groups that touch."""
    number, group = connected_components(graph[areas][:, areas], directed=False) if len(areas) else (0, np.array([]))
    return [areas[group == one] for one in range(number)]


def _finding(
    scene: Scene, harm: str, stepped: Steps, found: Emerged, pattern: Pattern, group: npt.NDArray[np.int64]
) -> Finding:
    first = _first_step(stepped, found, pattern, group)
    there = [at for at in np.flatnonzero(known_steps(stepped.counts)).tolist() if at >= first]
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
        p=0.05,
        share=float(held.max() / held.sum()) if held.sum() else 1.0,
        pattern=pattern,
    )


def _first_step(stepped: Steps, found: Emerged, pattern: Pattern, group: npt.NDArray[np.int64]) -> int:
    """Return the step that a finding is about from.

    Where a new one began, in the area that holds most; of a lasting one a year back; of one that is over the first.
    """
    if pattern is Pattern.HISTORICAL:
        return 0
    if pattern in (Pattern.NEW, Pattern.CONSECUTIVE):
        busiest = group[np.argmax(np.nansum(stepped.counts[group], axis=1))]
        return int(np.flatnonzero(found.states[busiest] == 1)[0])
    return max(0, found.states.shape[1] - max(1, _year(stepped) // stepped.length))


def _year(stepped: Steps) -> int:
    """Return the number of periods in a year."""
    return len(p.HALVES) if p.is_half_term(stepped.periods[-1][-1]) else 12
