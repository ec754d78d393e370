"""Told: what is calibrated is what a person reads, one search as a whole, and not each of its tests.

A search looks at several harm groups, by several methods. Of each kind of finding it may tell anything at all where
nothing is going on in 5 of 100 searches. Each method by itself gives what it found at that level, and the strongest
scores of its replications (``geo.statistics.share_changes``). Here those of all harm groups are put side by side: the p
of a finding is the part of the replications in which anything of its kind, in any harm group, is at least as strong.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from typing import Final

import numpy as np

from geo.arrays import Floats
from geo.findings.finding import Finding
from geo.statistics.share_changes import how_often
from geo.views.scene import Scene

SIGNIFICANCE: Final = 0.05  # of searches in which nothing is going on, those that tell anything of one kind


class Family(StrEnum):
    """What is told or not told together."""

    CLUSTER = "cluster"
    CHANGE = "change"
    NEW = "new"
    GROWN = "grown"
    OVER = "over"
    LASTING = "lasting"


@dataclass(frozen=True)
class Detected:
    """What was found of one kind in a scene, by itself; ``strongest`` are the scores of its replications.

    It is empty where the p of what was found needs no replications.
    """

    family: Family
    scene: Scene
    found: tuple[Finding, ...]
    strongest: Floats


def told(every: Sequence[Sequence[Detected]]) -> list[list[tuple[Finding, Scene]]]:
    """Return what is told of each harm group, in the order in which it was detected."""
    of_kind: dict[Family, list[Floats]] = defaultdict(list)
    for one in (each for of_harm in every for each in of_harm):
        if len(one.strongest):
            of_kind[one.family].append(one.strongest)
    strongest = {kind: reduce(np.maximum, some) for kind, some in of_kind.items()}
    return [
        [
            (judged, one.scene)
            for one in of_harm
            for judged in (_judged(each, strongest.get(one.family)) for each in one.found)
            if judged.p <= SIGNIFICANCE
        ]
        for of_harm in every
    ]


def _judged(one: Finding, strongest: Floats | None) -> Finding:
    """Return a finding with its p beside everything of its kind."""
    if strongest is None:
        return one
    return replace(one, p=float(how_often(np.array([one.score]), strongest)[0]))
