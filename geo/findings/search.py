"""Search: every method over every chosen harm group, what it found once each, and what it refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from geo.areas.area_set import AreaSet
from geo.arrays import Floats
from geo.errors import ThinDataError
from geo.findings import changes, clusters, patterns
from geo.findings.finding import Finding, FindingKind
from geo.findings.told import Detected, told
from geo.harms import HARM_GROUPS, spoken
from geo.release.kinds import Exact, Released
from geo.statistics.emerging import Pattern
from geo.views.scene import Scene, scene_of
from geo.views.view import levels, periods, view_counts, years_of

_Method = tuple[str, Scene, Callable[[Scene], list[Detected]]]


FAR: Final = 5000.0  # metres from a school: beyond it a finding is of little use there
MAX_LEVELS: Final = 2
CHANGES: Final = ("changes from a year before", "changes of a whole year")
MIN_AREAS: Final = 20  # areas that can be compared, below which larger areas are looked at
EVERYTHING: Final = "clusters, changes and hot spots"
NOWHERE: Final = (
    "A finding needs places that hold enough incidents to be shown separately, and there is none; look at the whole, "
    "or bring more years of incidents in."
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


@dataclass(frozen=True)
class Looked:
    """What was detected in each of some harm groups by itself, and what could not be looked for."""

    detected: tuple[tuple[Detected, ...], ...]
    refused: tuple[Refusal, ...]


def scenes_of(counts: Released | Exact, areas: AreaSet, graph: csr_array, until: str) -> list[Scene]:
    """Return the scenes to search as of a period: at the smallest level there is, and at the next one."""
    years = years_of(counts, [period for period in periods(counts) if period <= until])
    views = [view_counts(counts, areas, level, years) for level in levels(counts, areas)[:MAX_LEVELS]]
    return [scene_of(one, areas, graph, until) for one in views]


def search(
    scenes: Sequence[Scene],
    harms: Sequence[str],
    chosen: tuple[str, ...],
    school: Floats | None = None,
    tell: Callable[[float, str], None] = lambda *_: None,
) -> Search:
    """Return the clusters, patterns and changes of each harm group, as of the last of the ``chosen`` periods.

    What is found is judged beside all that was looked for (``geo.findings.told``). What two methods find in the same
    place is listed once. ``tell`` is called with the part done and the harm group looked at; the rest is said of
    ``look``.
    """
    looked = []
    for number, harm in enumerate(harms):
        tell(number / len(harms), spoken(HARM_GROUPS[harm]))
        looked.append(look(scenes, harm, chosen, school))
    return together(looked)


def look(scenes: Sequence[Scene], harm: str, chosen: tuple[str, ...], school: Floats | None = None) -> Looked:
    """Look for clusters, patterns and changes of one harm group, as of the last of the ``chosen`` periods.

    ``scenes`` show the same counts at levels from small to large. Clusters and patterns are looked for in the first;
    changes in the smallest in which enough areas hold enough to be compared. With a ``school`` (its point in metres)
    clusters and changes are looked for within 5 km of it, so that what is asked is whether anything stands out there,
    and not whether it stands out in a whole county.
    """
    places = [scene for scene in scenes if len(scene.kept)]
    if not places:
        return Looked((), (Refusal(harm, EVERYTHING, NOWHERE),))
    near = places if school is None else [scene.around(school, FAR) for scene in places]
    every: list[Detected] = []
    refused: list[Refusal] = []
    for what, scene, find in _methods(near, places[0], harm, chosen):
        try:
            every += find(scene)
        except ThinDataError as thin:
            refused.append(Refusal(harm, what, str(thin)))
    return Looked((tuple(every),), tuple(refused))


def together(looked: Sequence[Looked]) -> Search:
    """Return what is told of several harm groups that were looked at beside each other."""
    every = [detected for one in looked for detected in one.detected]
    found = [each for of_harm in told(every) for each in _once_each(of_harm)]
    return Search(tuple(found), tuple(one for each in looked for one in each.refused))


def _methods(near: Sequence[Scene], everywhere: Scene, harm: str, chosen: tuple[str, ...]) -> tuple[_Method, ...]:
    """Return what is looked for, in which scene, and by which method, in the order in which they win.

    What is hot is seen among all areas, however near.
    """
    compared = [
        (CHANGES[number], _comparable(near, harm, span), partial(changes.find, harm=harm, chosen=span))
        for number, span in enumerate(changes.spans(near[0], chosen))
    ]
    return (
        ("current clusters", near[0], partial(clusters.find, harms=(harm,))),
        *compared,
        ("hot spots over time", everywhere, partial(patterns.find, harm=harm)),
    )


def _comparable(scenes: Sequence[Scene], harm: str, span: tuple[str, ...]) -> Scene:
    """Return the scene of the smallest areas of which enough can be compared; else the one with most that can."""
    numbers = [changes.testable(scene, harm, span) for scene in scenes]
    enough = [scene for scene, number in zip(scenes, numbers, strict=True) if number >= MIN_AREAS]
    return enough[0] if enough else scenes[int(np.argmax(numbers))]


def _once_each(every: list[tuple[Finding, Scene]]) -> list[tuple[Finding, Scene]]:
    """Leave out what says of a place, or most of it, what a finding before it says: that there is more now, or less."""
    kept: list[tuple[Finding, Scene]] = []
    taken: dict[int, set[int]] = {1: set(), 0: set(), -1: set()}
    for one, scene in every:
        inside = set(np.flatnonzero(np.isin(scene.view.units.member, list(one.units))).tolist())
        direction = _direction(one)
        if direction and 2 * len(taken[direction] & inside) > len(inside):
            continue
        taken[direction] |= inside
        kept.append((one, scene))
    return kept


def _direction(one: Finding) -> int:
    """Return 1 for more than there was, −1 for less, and 0 for what has long been so."""
    if one.kind in (FindingKind.CLUSTER, FindingKind.RISE) or one.pattern in NEW:
        return 1
    return -1 if one.kind is FindingKind.FALL or one.pattern is Pattern.HISTORICAL else 0
