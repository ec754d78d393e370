"""Told: how many findings of each kind one search tells a person, by the calls that the product makes itself."""

from collections import Counter
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.findings.finding import Finding, FindingKind
from geo.findings.report import middle
from geo.findings.search import FAR, scenes_of, search
from geo.statistics.emerging import Pattern
from geo.views.scene import Scene
from tests.validate.world import World

Point = npt.NDArray[np.float64]

CLUSTER, NEW, CONSECUTIVE, MORE, CHANGE, CONSISTENT = KINDS = (
    "cluster", "new", "consecutive", "more and more", "change", "consistent",
)  # fmt: skip
_OF_PATTERN: Final = {
    Pattern.NEW: NEW,
    Pattern.CONSECUTIVE: CONSECUTIVE,
    Pattern.INTENSIFYING: MORE,
    Pattern.PERSISTENT: CONSISTENT,
    Pattern.HISTORICAL: CONSISTENT,
}


def searched(world: World, school: Point | None = None) -> list[tuple[Finding, Scene]]:
    """Return what a search of all harm groups tells, of the whole or around a school; there only what is near it."""
    scenes = scenes_of(world.released, world.areas, world.graph, world.chosen[-1])
    found = search(scenes, world.harms, world.chosen, school).found
    return [one for one in found if school is None or np.hypot(*(middle(*one) - school)) <= FAR]


def kind_of(one: Finding) -> str:
    """Return the kind that a finding is told as."""
    if one.kind is FindingKind.PATTERN:
        return _OF_PATTERN[one.pattern]
    return CLUSTER if one.kind is FindingKind.CLUSTER else CHANGE


def told(world: World, school: Point | None = None) -> Counter[str]:
    """Return how many findings of each kind a search tells."""
    return Counter(kind_of(one) for one, _ in searched(world, school))
