"""Statistical neighbours: the areas most like one area in who lives there, for a comparison that is fair to it."""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo.arrays import Floats
from geo.errors import ThinDataError

Positions = npt.NDArray[np.intp]

DECIMALS: Final = 9  # of a distance in standard deviations: closer ones are equal, on every machine


def most_similar(features: Floats, of: int, number: int = 10) -> Positions:
    """Return the positions of the ``number`` areas most similar to the one at ``of``, the most similar first.

    ``features`` is area × feature, in any units: deprivation (rank, score or decile, as the areas' file gives it),
    residents per square kilometre, and the share of children where it is known. Leave out a feature that no area has.
    Each is standardised over the areas that have all of them, and nearest in the straight-line distance is most
    similar; equals come by position. An area that lacks a feature (NaN) is never chosen.

    Raises ThinDataError when the area itself lacks one, or fewer than ``number`` others have them all.
    """
    known = np.flatnonzero(np.isfinite(features).all(axis=1))
    if features.shape[1] == 0 or of not in known:
        raise ThinDataError(
            "Similar areas are found by deprivation and how many people live in an area, and this area lacks such a "
            "figure; compare it with its neighbours, or load the figure with the areas."
        )
    others = known[known != of]
    if len(others) < number:
        raise ThinDataError(
            f"Similar areas are chosen among {number} others or more with the same figures, and there are "
            f"{len(others)}; compare with all areas, or load more figures with the areas."
        )
    spread = features[known].std(axis=0)
    difference = (features[others] - features[of]) / np.where(spread > 0, spread, 1)
    distance = np.linalg.norm(difference, axis=1).round(DECIMALS)
    return others[np.argsort(distance, kind="stable")[:number]]
