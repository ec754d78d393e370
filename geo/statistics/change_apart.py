"""Change apart: did one place rise or fall since a year before, apart from what places like it did?

Of a place's incidents in both years the share that falls into the later one is set against that of the others together
(the chi-square of the four counts, Pearson 1900). Incidents come in bursts, and places change for reasons of their own:
so the variance is taken as many times chance's as the others' shares show (McCullagh and Nelder 1989), once at least.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from geo.arrays import Floats
from geo.statistics.rate_ratio import MIN_EVENTS


@dataclass(frozen=True)
class ChangeApart:
    """A place's incidents a year before and now; ``rose`` against what others did, and ``p`` is two-sided."""

    before: float
    now: float
    rose: bool
    p: float


def change_apart(before: float, now: float, others_before: Floats, others_now: Floats) -> ChangeApart | None:
    """Return how a place changed beside others, [place]; None where it or they hold too little in both years."""
    both = others_before + others_now
    held = both > 0
    if before + now < MIN_EVENTS or not others_before.sum() or not others_now.sum():
        return None
    share = others_now.sum() / both.sum()
    chance = share * (1 - share)
    factor = max(1.0, float(((others_now - share * both)[held] ** 2 / (both[held] * chance)).mean()))
    off = now - share * (before + now)
    # Counts are whole: half of one is left out (Yates 1934).
    z = max(0.0, abs(off) - 0.5) / np.sqrt((before + now) * chance * factor)
    return ChangeApart(before, now, bool(off > 0), float(2 * special.ndtr(-z)))
