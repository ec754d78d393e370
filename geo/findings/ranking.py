"""Ranking: which findings are of most use to one school, and why in this order."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from geo.findings.finding import Finding, FindingKind
from geo.statistics.emerging import Pattern

HALVED_EVERY: Final = 1600.0  # metres from the school: twice as far as a walk of 20 minutes counts half
# What is new asks for a decision, what has long been so is known, and a fall is good to know.
_KINDS: Final = {FindingKind.CLUSTER: 1.0, FindingKind.RISE: 0.9, FindingKind.PATTERN: 0.5, FindingKind.FALL: 0.4}
_PATTERNS: Final = {Pattern.NEW: 1.0, Pattern.CONSECUTIVE: 1.0, Pattern.INTENSIFYING: 0.8, Pattern.HISTORICAL: 0.4}
# Harm to children comes before harm around them.
_HARMS: Final = {"cse": 1.0, "cce": 1.0, "violence": 0.9, "peer": 0.9, "substances": 0.9, "asb": 0.7, "other": 0.4}
_DOUBLINGS: Final = 2.0  # four times as many counts in full; more than that is often few expected


def usefulness(found: Finding, metres: float) -> float:
    """Score a finding from 0 to 1: near, new, strong, and of a harm to children.

    ``metres`` is its distance from the school; 0 where no school is chosen.
    """
    kind = _PATTERNS.get(found.pattern, _KINDS[found.kind]) if found.pattern else _KINDS[found.kind]
    change = abs(np.log2(max(found.ratio, 1e-6)))
    strength = 0.4 + 0.6 * min(1.0, change / _DOUBLINGS)
    return float(kind * max(_HARMS[harm] for harm in found.harms) * strength * 0.5 ** (metres / HALVED_EVERY))


def ranked(found: Sequence[Finding], metres: Sequence[float]) -> list[int]:
    """Return the positions of findings, the most useful first; equals stay in their order."""
    scores = np.array([usefulness(one, away) for one, away in zip(found, metres, strict=True)])
    return [int(at) for at in np.argsort(-scores, kind="stable")]
