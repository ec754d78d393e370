"""Nulls: real counts rearranged so that nothing is going on, while levels, totals or places stay what they are.

Each takes counts ``n`` [unit, month, harm group] and which months are ``known``, and returns counts of that shape. A
month that was never supplied stays as it is. Units are areas or published points.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Known = npt.NDArray[np.bool_]
Null = Callable[[Counts, Known, np.random.Generator], Counts]


def months_shuffled(n: Counts, known: Known, rng: np.random.Generator, *, together: bool = False) -> Counts:
    """Shuffle the months of each unit: what it holds stays, and so do bursts; neither a season nor a course is left.

    Harm groups are shuffled apart, or all of a unit ``together``, so that what came in one month stays in one.
    """
    units, _, harms = n.shape
    months = int(known.sum())
    keys = rng.random((units, months, 1 if together else harms))
    return _kept(n, known, np.take_along_axis(n[:, known], np.broadcast_to(keys.argsort(axis=1), n[:, known].shape), 1))


def poisson_thinned(n: Counts, known: Known, rng: np.random.Generator) -> Counts:
    """Draw each count by chance alone: Poisson, the unit's share of all × the real total of the month."""
    there = n[:, known]
    everything = np.maximum(there.sum(axis=(0, 1)), 1)
    expected = there.sum(axis=1)[:, None, :] * there.sum(axis=0)[None, :, :] / everything
    return _kept(n, known, rng.poisson(expected))


def units_shuffled(n: Counts, known: Known, rng: np.random.Generator) -> Counts:
    """Shuffle the units of each month and harm group: totals stay, and no place is more than another for long."""
    return _kept(n, known, rng.permuted(n[:, known], axis=0))


def _kept(n: Counts, known: Known, there: Counts) -> Counts:
    made = n.copy()
    made[:, known] = there
    return made


NULLS: Final[dict[str, Null]] = {
    "months shuffled": months_shuffled,
    "Poisson-thinned": poisson_thinned,
    "areas shuffled": units_shuffled,
}
