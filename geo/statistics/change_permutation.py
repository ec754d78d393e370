"""Changes of many areas from a year before: their ratios, and which are real, with their months in any other order.

Recorded incidents come in bursts, with tails that no distribution of counts has: of 850 areas some change beyond any
bound of a test by chance alone. So each area's change is held against those of all areas with their periods in another
order, the same in all of them: what was recorded stays, and when it was is chance. Periods move in quarters of a year,
so that a burst of some months stays one (block permutation, Künsch 1989). A change is measured on the scale of square
roots, where a count's variance is the same for all areas, over the scatter of the periods before it, which is estimated
anew in each permutation. All areas draw on one pool of permuted changes (Ge, Dudoit and Speed 2003), so that a hundred
permutations resolve what a false discovery rate of so many areas asks for.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from scipy import special

from geo.arrays import Bools, Floats, Positions
from geo.statistics.false_discovery import benjamini_hochberg
from geo.statistics.overdispersion import (
    degrees_of_freedom,
    dispersion_of_counts,
    lasting,
)
from geo.statistics.rate_ratio import MIN_EVENTS, Ratios, compare_all

FDR: Final = 0.05  # share of the changes called real that may be chance …
SIGNIFICANCE: Final = 0.05  # … and how likely chance may make each by itself
PAST: Final = 36  # periods that tell what is usual
LATEST: Final = 6  # periods that are at least left out of it, so that what is new does not pass for usual
PERMUTATIONS: Final = 99  # of n areas the least p is 1 in 99 n, a fifth of what the rate asks of the surest of them
_AT_ONCE: Final = 250_000  # counts that are permuted at once, which bounds the memory
_SEED: Final = 20


@dataclass(frozen=True)
class Changes:
    """The change of each area from a year before, and whether it is ``real``: beyond what chance and scatter make.

    The intervals and p of ``ratios`` allow for scatter, but not for how many areas are looked at; ``real`` does.
    """

    ratios: Ratios
    real: Bools


def changes_since_year_before(
    counts: Floats, size: int, year: int, *, off_by: float = 0.0, rounding: float = 0.0, least: float = 0.0
) -> Changes:
    """Return how each area changed to the last ``size`` periods from the same of a year before.

    ``counts`` are [area, period] in the order of time, NaN where a period is missing, which must be none of those
    compared; ``year`` is how many periods a year has. ``off_by`` is how far each true count may lie from the one given,
    and ``rounding`` the variance that rounding adds to a count. Nothing is said of an area with fewer than ``least`` in
    one of the two, or too few in both (``geo.statistics.rate_ratio``): its figures are NaN then.
    """
    counts = counts[:, -max(PAST + size, year + size) :]
    before, after = counts[:, -size - year :][:, :size].sum(axis=1), counts[:, -size:].sum(axis=1)
    past = counts[:, : -max(size, LATEST)]
    steps = dispersion_of_counts(past[:, ~np.isnan(past).any(axis=0)], rounding)
    longer = lasting(steps, past, np.nansum(past, axis=0) - past, year, size)
    df = degrees_of_freedom(int(np.count_nonzero(~np.isnan(past).any(axis=0))))
    scatter, real = steps * longer, np.zeros(len(counts), dtype=np.bool_)
    tested = np.flatnonzero((before + after >= MIN_EVENTS) & (np.minimum(before, after) >= least))
    pairs = before[tested], after[tested]
    found = compare_all(*pairs, 1, 1, off_by, dispersion_before=scatter[tested], df=df)
    if len(tested):
        among = permuted_p_values(counts, tested, size, year, lasting=longer, off_by=off_by, least=least)
        # Where all areas happen to be calmer than chance, that makes no change surer.
        alone = 2 * special.ndtr(special.stdtrit(df, found.p / 2))
        real[tested] = (benjamini_hochberg(np.maximum(among, alone)) <= FDR) & (found.p <= SIGNIFICANCE)
    told = {name: np.full(len(counts), np.nan) for name in ("ratio", "low", "high", "p")}
    for name, figures in told.items():
        figures[tested] = getattr(found, name)
    return Changes(Ratios(before, after, **told), real)


def permuted_p_values(
    counts: Floats,
    tested: Positions,
    size: int,
    year: int,
    *,
    lasting: float = 1.0,
    off_by: float = 0.0,
    least: float = 0.0,
) -> Floats:
    """Return the p of the change of each of the ``tested`` areas, among permutations of the periods of all areas.

    What is permuted is looked at as what is tested: only where it holds as much. ``lasting`` is how many times the
    scatter from one period to the next that of a change is: levels that drift are permuted away. The p is the largest
    that counts allow which are ``off_by`` as much; all else is as in ``changes_since_year_before``.
    """
    known = np.flatnonzero(~np.isnan(counts).any(axis=0))
    there = counts[:, known]
    totals = there.sum(axis=0)
    # What all areas did together is no scatter, and must not be moved to another time with the months.
    course = np.where(totals > 0, totals / max(totals.mean(), 1e-9), 1.0)
    able = np.sort(there, axis=1)[:, -2 * size :].sum(axis=1) >= MIN_EVENTS
    there, rows = there[able], np.searchsorted(np.flatnonzero(able), tested)
    level = there / course
    now = np.arange(len(known) - size, len(known))
    then = np.searchsorted(known, known[now] - year)
    apart = _apart(there[:, then].sum(axis=1), there[:, now].sum(axis=1), off_by)
    found = (apart / np.sqrt(_dispersion(level[:, : now[0]]) * lasting))[rows]
    orders = _orders(len(known), year)
    parts = np.array_split(orders, min(PERMUTATIONS, 1 + orders.size * len(level) // _AT_ONCE))
    pool = np.sort(np.concatenate([_permuted(level[:, part], then, now, least) for part in parts]))
    above = len(pool) - np.searchsorted(pool, found * (1 - 1e-9))
    p: Floats = (above + 1) / (len(pool) + 1)
    return p


def _apart(before: Floats, after: Floats, off_by: float = 0.0) -> Floats:
    """Return how far two counts are apart, in standard deviations of chance, where each may be nearer by ``off_by``."""
    lower, higher = np.minimum(before, after) + off_by, np.maximum(np.maximum(before, after) - off_by, 0)
    apart: Floats = np.sqrt(2) * np.maximum(np.sqrt(higher) - np.sqrt(lower), 0)
    return apart


def _dispersion(level: Floats) -> Floats:
    """Return the factors of ``dispersion_of_counts`` where nothing moves all areas: [area, …] of [area, …, period]."""
    moves = np.diff(level, axis=-1)
    variance = np.einsum("...p,...p->...", moves, moves) / (2 * max(1, moves.shape[-1]))
    factors = variance / np.maximum(level.mean(axis=-1), 1e-9)
    floored: Floats = np.maximum(factors, np.maximum(1.0, np.median(factors, axis=0)))
    return floored


def _permuted(drawn: Floats, then: Positions, now: Positions, least: float) -> Floats:
    """Return how far apart what stands for then and now is in permuted counts ([area, …, period]) that hold enough."""
    before, after = drawn[..., then].sum(axis=-1), drawn[..., now].sum(axis=-1)
    enough = (before + after >= MIN_EVENTS) & (np.minimum(before, after) >= least)
    apart: Floats = (_apart(before, after) / np.sqrt(_dispersion(drawn[..., : now[0]])))[enough]
    return apart


@lru_cache(maxsize=16)
def _orders(periods: int, year: int) -> Positions:
    """Return permutations of periods, [permutation, period]: quarters of a year in any order, beginning anywhere."""
    rng, quarter = np.random.default_rng(_SEED), max(1, year // 4)
    orders = np.empty((PERMUTATIONS, periods), dtype=np.int64)
    for order in orders:
        turned = np.roll(np.arange(periods), int(rng.integers(periods)))
        blocks = np.split(turned, range(quarter, periods, quarter))
        order[:] = np.concatenate([blocks[at] for at in rng.permutation(len(blocks))])
    orders.setflags(write=False)
    return orders
