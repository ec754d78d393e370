"""Permutation tests: how often chance gives an area neighbours, or a group of areas, that hold as much or as little."""

from functools import lru_cache
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from geo.arrays import Floats, Positions

# With 853 areas the single most extreme one must pass 0.05 / 853 = 0.00006 to stand out among all the chances to be
# extreme. 999 draws end at 0.002 (two-sided), so that no small cluster could ever be found; these end at 0.00004.
PERMUTATIONS: Final = 49_999

_CELLS: Final = 4_000_000  # areas x draws held at a time
_SAME: Final = 1e-9  # of the largest value: sums of the same values in another order differ in their last digits


def group_tails(values: Floats, graph: csr_array, seed: int, permutations: int) -> tuple[Floats, Floats]:
    """Return how likely each area and its neighbours hold so little in all, and so much, if values lay just anywhere.

    All values are redrawn, the area's own among them, which Gi* counts in too. Shapes and tails are those of
    ``neighbour_tails``.
    """
    size = np.diff(graph.indptr) + 1
    held = values + graph @ values
    slack = _SAME * np.maximum(np.abs(values).max(axis=0), 1)
    below, above = np.ones(values.shape), np.ones(values.shape)
    for drawn in _draws(len(values), int(size.max()), permutations, seed):
        for period in range(values.shape[1]):
            sums = np.zeros((int(size.max()) + 1, len(drawn)))
            np.cumsum(values[:, period][drawn.T], axis=0, out=sums[1:])
            below[:, period] += _same_size_not_over(sums, size, held[:, period] + slack[period])
            above[:, period] += len(drawn) - _same_size_not_over(sums, size, held[:, period] - slack[period])
    return below / (permutations + 1), above / (permutations + 1)


def neighbour_tails(values: Floats, graph: csr_array, seed: int, permutations: int) -> tuple[Floats, Floats]:
    """Return how likely each area's neighbours hold in all so little, and so much, if values lay anywhere by chance.

    Every area keeps its own value and its number of neighbours; the neighbours' values are drawn from all other areas
    without replacement, ``permutations`` times. ``values`` is area × period and holds no NaN. Two arrays of that shape
    come back, one for each tail: (draws as extreme or more + 1) / (permutations + 1), so never 0; both are 1 for an
    area without neighbours. All areas and periods share one run of draws, which keeps each of their figures valid.
    Source: Anselin (1995), Local indicators of spatial association, Geographical Analysis 27(2).
    """
    degree = np.diff(graph.indptr)
    max_degree = int(degree.max(initial=0))
    held = graph @ values
    largest = np.abs(values).max(axis=0)
    slack = _SAME * np.where(largest > 0, largest, 1)
    below, above = np.ones(values.shape), np.ones(values.shape)
    if max_degree:
        # One draw more than neighbours: it stands in for the area itself where that was drawn.
        for drawn in _draws(len(values), max_degree + 1, permutations, seed):
            itself = _itself(drawn, degree)
            for period in range(values.shape[1]):
                column = values[:, period]
                sums = np.zeros((max_degree + 2, len(drawn)))
                np.cumsum(column[drawn.T], axis=0, out=sums[1:])
                low, high = held[:, period] + slack[period], held[:, period] - slack[period]
                below[:, period] += _not_over(sums, degree, low, column, itself)
                above[:, period] += len(drawn) - _not_over(sums, degree, high, column, itself)
    below[degree == 0] = above[degree == 0] = permutations + 1
    return below / (permutations + 1), above / (permutations + 1)


def _not_over(
    sums: Floats,
    degree: Positions,
    bound: Floats,
    values: Floats,
    itself: tuple[Positions, Positions],
) -> Positions:
    """Count, for each area, the draws whose sum of as many others as it has neighbours is not over its ``bound``.

    ``sums`` is number of areas drawn × draw. Draws are made from all areas; where one held the area ``itself`` among
    its neighbours, its sum is taken back and the sum without it, with the next area drawn, is counted instead.
    """
    count = _same_size_not_over(sums, degree, bound)
    area, draw = itself
    number, bounds = degree[area], bound[area]
    instead = (sums[number + 1, draw] - values[area] <= bounds).astype(np.int8) - (sums[number, draw] <= bounds)
    return count + np.bincount(area, weights=instead, minlength=len(degree)).astype(np.int64)


def _same_size_not_over(sums: Floats, size: Positions, bound: Floats) -> Positions:
    """Count, for each area, the draws whose sum of so many areas (``size``) is not over its ``bound``."""
    count = np.zeros(len(size), dtype=np.int64)
    for number in np.unique(size):
        same_size = size == number
        count[same_size] = np.searchsorted(np.sort(sums[number]), bound[same_size], side="right")
    return count


def _itself(drawn: Positions, degree: Positions) -> tuple[Positions, Positions]:
    """Return area and draw wherever an area was drawn as one of its own neighbours."""
    draw, place = np.nonzero(np.arange(drawn.shape[1]) < degree[drawn])
    return drawn[draw, place], draw


@lru_cache(maxsize=4)  # another period or harm group of the same areas takes the same draws
def _draws(areas: int, size: int, permutations: int, seed: int) -> tuple[Positions, ...]:
    """Return draws of ``size`` different areas (draw × place), in blocks: the first places of shuffled rows.

    Rows are not put in order again between blocks: shuffling is as fair from any order, and costs ``size`` swaps.
    """
    rng = np.random.default_rng(seed)
    block = min(permutations, max(1, _CELLS // areas))
    shuffled = np.tile(np.arange(areas), (block, 1))
    row, drawn = np.arange(block), []
    for start in range(0, permutations, block):
        for place in range(size):
            other = rng.integers(place, areas, size=block)
            kept = shuffled[:, place].copy()
            shuffled[:, place] = shuffled[row, other]
            shuffled[row, other] = kept
        drawn.append(shuffled[: permutations - start, :size].copy())
    return tuple(drawn)
