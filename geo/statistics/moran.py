"""Local Moran's I: areas that stand out from their neighbours, and areas that are like their neighbours, high or low.

Source: Anselin (1995), Local indicators of spatial association, Geographical Analysis 27(2).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geo.arrays import Floats
from geo.errors import ThinDataError
from geo.statistics.false_discovery import benjamini_hochberg
from geo.statistics.gi_star import MIN_AREAS
from geo.statistics.permutation import PERMUTATIONS, neighbour_tails

# By quadrant: the area against the average of all, then its neighbours.
LABELS: Final = ("", "high among high", "low among high", "low among low", "high among low")
FDR: Final = 0.05  # the share of the labelled areas that chance may label


@dataclass(frozen=True)
class LocalMoran:
    """How each area goes with its neighbours, one entry an area; one without a figure has NaN, 0 and no label.

    ``i`` is local Moran's I: above 0 where an area is like its neighbours, below where it is not. ``p`` is two-sided,
    for the area alone. ``quadrant`` is 1 high among high, 2 low among high, 3 low among low, 4 high among low.
    ``label`` says so in words where it is more than chance once the false discovery rate is controlled at 5 %; it is
    empty elsewhere.
    """

    i: Floats
    p: Floats
    quadrant: npt.NDArray[np.int8]
    label: tuple[str, ...]


def local_moran(values: Floats, graph: csr_array, seed: int, *, permutations: int = PERMUTATIONS) -> LocalMoran:
    """Return the areas that stand out from their neighbours or are like them: high among low, high among high …

    ``values`` ([area]; NaN: no figure, and nobody's neighbour) are counts, rates or residuals; an area's neighbours
    weigh 1 in all, and an island's I is 0. p is twice the chance, on the side where they lie, of neighbours so high or
    so low for an area with this value (``neighbour_tails``): a high area is labelled for what its neighbours are.

    Raises ThinDataError for fewer than 20 areas with a figure and a neighbour, and for areas that are all the same.
    """
    kept = ~np.isnan(values)
    links = graph[kept][:, kept]
    degree = np.diff(links.indptr)
    _refuse_thin(values[kept], int((degree > 0).sum()))
    z = (values[kept] - values[kept].mean()) / values[kept].std()
    around = (links @ z) / np.maximum(degree, 1)
    below, above = neighbour_tails(z[:, np.newaxis], links, seed, permutations)
    chance = np.minimum(1, 2 * np.where(around > 0, above[:, 0], below[:, 0]))
    i, p = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    quadrant = np.zeros(values.shape, dtype=np.int8)
    i[kept] = (len(z) - 1) / len(z) * z * around
    p[kept] = chance
    quadrant[kept] = np.where(around > 0, np.where(z > 0, 1, 2), np.where(z > 0, 4, 3))
    sure = benjamini_hochberg(p) <= FDR
    return LocalMoran(i, p, quadrant, tuple(LABELS[one] for one in np.where(sure, quadrant, 0).tolist()))


def _refuse_thin(values: Floats, connected: int) -> None:
    if connected < MIN_AREAS:
        raise ThinDataError(
            f"To see which areas stand out from their neighbours, {MIN_AREAS} or more areas need figures and a "
            "neighbour, "
            f"and here are {connected}; look at the counts of the areas themselves, or choose smaller areas."
        )
    if not np.ptp(values) > 0:
        raise ThinDataError(
            "To see which areas stand out from their neighbours, areas must differ, and here all are the same; choose "
            "a longer period or more kinds of harm."
        )
