"""The search: every method over every chosen harm group, what it found once each, and what it refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from geo.areas import AreaSet
from geo.errors import ThinDataError
from geo.findings import changes, clusters, patterns
from geo.findings.finding import Finding, Kind
from geo.harms import HARM_GROUPS
from geo.released import Exact, Released
from geo.scene import Scene, scene_of
from geo.statistics.emerging import Pattern
from geo.statistics.ratios import LEAST
from geo.viewing import levels, periods, view, years_of

_Method = tuple[str, Scene, Callable[[Scene], list[Finding]]]

LEVELS: Final = 2
EVERYTHING: Final = "clusters, changes and hot spots"
NOWHERE: Final = (
    "A finding needs places that hold enough incidents to be shown apart, and there is none; look at the whole, or "
    "bring more years of incidents in."
)
NEW: Final = (Pattern.NEW, Pattern.CONSECUTIVE, Pattern.INTENSIFYING)


@dataclass(frozen=True)
class Refusal:
    """What could not be looked for, in which harm group, and why."""

    harm: str
    what: str
    reason: str


@dataclass(frozen=True)
class Search:
    """What was found, each with the scene it was found in, and what could not be looked for."""

    found: tuple[tuple[Finding, Scene], ...]
    refused: tuple[Refusal, ...]


def scenes_of(counts: Released | Exact, areas: AreaSet, graph: csr_array, until: str) -> list[Scene]:
    """Give the scenes to search as of a period: at the smallest level there is, and at the next one."""
    years = years_of(counts, [period for period in periods(counts) if period <= until])
    seen = [view(counts, areas, level, years) for level in levels(counts, areas)[:LEVELS]]
    return [scene_of(one, areas, graph, until) for one in seen]


def search(
    scenes: Sequence[Scene],
    harms: Sequence[str],
    chosen: tuple[str, ...],
    tell: Callable[[float, str], None] = lambda *_: None,
) -> Search:
    """Look for clusters, patterns and changes of each harm group, as of the last of the ``chosen`` periods.

    ``scenes`` show the same counts at levels from small to large. Clusters and patterns are looked for in the first;
    changes in the smallest in which most areas hold enough to be compared. What two methods find in the same place is
    told once. ``tell`` is told the part done and the harm group looked at.
    """
    places = [scene for scene in scenes if len(scene.kept)]
    if not places:
        return Search((), tuple(Refusal(harm, EVERYTHING, NOWHERE) for harm in harms))
    found: list[tuple[Finding, Scene]] = []
    refused: list[Refusal] = []
    for number, harm in enumerate(harms):
        tell(number / len(harms), HARM_GROUPS[harm].lower())
        every: list[tuple[Finding, Scene]] = []
        for what, scene, find in _methods(places, harm, chosen):
            try:
                every += [(one, scene) for one in find(scene)]
            except ThinDataError as thin:
                refused.append(Refusal(harm, what, str(thin)))
        found += _once_each(every)
    return Search(tuple(found), tuple(refused))


def together(searches: Sequence[Search]) -> Search:
    """Give several searches, each of other harm groups, as one."""
    return Search(
        tuple(one for each in searches for one in each.found), tuple(one for each in searches for one in each.refused)
    )


def _methods(scenes: Sequence[Scene], harm: str, chosen: tuple[str, ...]) -> tuple[_Method, ...]:
    """Give what is looked for, in which scene, and by which method; what is told rather than what follows it, first."""
    alike = _comparable(scenes, harm, chosen)
    return (
        ("clusters of now", scenes[0], partial(clusters.find, harms=(harm,))),
        ("changes from a year before", alike, partial(changes.find, harm=harm, chosen=chosen)),
        ("hot spots over time", scenes[0], partial(patterns.find, harm=harm)),
    )


def _comparable(scenes: Sequence[Scene], harm: str, chosen: tuple[str, ...]) -> Scene:
    """Give the scene of the smallest areas of which the middle one holds enough to be compared; else the largest."""
    for scene in scenes:
        where = [scene.periods.index(period) for period in chosen if period in scene.periods]
        held = np.nansum(scene.history((harm,))[:, where], axis=1)
        if np.median(held) >= LEAST:
            return scene
    return scenes[-1]


def _once_each(every: list[tuple[Finding, Scene]]) -> list[tuple[Finding, Scene]]:
    """Leave out a rise, or a new hot spot, in a place where a finding before it says that there is more now."""
    kept: list[tuple[Finding, Scene]] = []
    taken: set[int] = set()
    for one, scene in every:
        inside = set(np.flatnonzero(np.isin(scene.seen.units.member, list(one.units))).tolist())
        more_now = one.kind in (Kind.CLUSTER, Kind.RISE) or one.pattern in NEW
        if more_now and taken & inside:
            continue
        if more_now:
            taken |= inside
        kept.append((one, scene))
    return kept
