"""What can be concluded from claims about sums: the least and the largest count that a cell can have.

Integer programming, as an attacker would: the truth is one of the worlds that fit every claim, so a count that is the
same in all of them is known exactly, and one that is at least 1 in all of them tells that something happened.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array

Floats = npt.NDArray[np.float64]
STEP: Final = 5  # protected counts are multiples of it
SECONDS: Final = 20  # for one bound; what is not proved by then is bounded by what is


@dataclass(frozen=True)
class Claims:
    """What sums over cells are said to lie between: a row of ``sums`` (0 or 1 per cell), ``low`` and ``high`` each."""

    sums: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Rounding:
    """How the truth lies about a protected cell of x: from x − ``under`` to x + ``over``, and never below zero.

    ``total`` is the largest difference between the protected and the true total of all cells that the claims are about.
    """

    under: Floats
    over: Floats
    total: float = np.inf


def span(target: int, claims: Claims, rounding: Rounding | None = None) -> tuple[int, int]:
    """Return the least and the largest count of cell ``target`` that fit all claims.

    The claims are about true counts, or about protected ones when there is a ``rounding``.
    """
    cells = claims.sums.shape[1]
    sums = csr_array(claims.sums)
    if rounding is None:
        return extremes(target, LinearConstraint(sums, claims.low, claims.high), *_counts(cells))
    # Variables: k of each cell, of which the protected count is the fivefold, and then the true count of each.
    link = [-STEP * eye_array(cells), eye_array(cells)]
    whole = [csr_array(np.full((1, cells), -float(STEP))), csr_array(np.ones((1, cells)))]
    matrix = block_array([[STEP * sums, None], link, whole], format="csr")
    low = np.concatenate([claims.low, -rounding.under, [-rounding.total]])
    high = np.concatenate([claims.high, rounding.over, [rounding.total]])
    return extremes(cells + target, LinearConstraint(matrix, low, high), *_counts(2 * cells))


def extremes(at: int, constraint: LinearConstraint, least: Floats, most: Floats) -> tuple[int, int]:
    """Return the least and the largest value of one of several integers under a constraint and bounds of their own."""
    bounds = [_bound(at, sign, constraint, Bounds(least, most)) for sign in (1, -1)]
    return bounds[0], -bounds[1]


def _counts(number: int) -> tuple[Floats, Floats]:
    return np.zeros(number), np.full(number, np.inf)


def _bound(at: int, sign: int, constraint: LinearConstraint, bounds: Bounds) -> int:
    """Minimise ``sign`` times one of several integers; a bound that holds, even when time runs out before the best."""
    objective = np.zeros(len(bounds.lb))
    objective[at] = sign
    found = milp(
        objective,
        integrality=np.ones(len(objective)),
        bounds=bounds,
        constraints=constraint,
        options={"time_limit": SECONDS},
    )
    if found.mip_dual_bound is None:
        raise ValueError(f"these claims fit no world ({found.message}): one is not what it was taken for")
    return int(np.ceil(found.mip_dual_bound - 1e-6))
