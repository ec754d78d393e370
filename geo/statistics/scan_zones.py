"""Zones of the space-time scan: around every area its nearest areas, one more at a time, up to half of everything."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]

MOST: Final = 0.5  # of all that is expected may be inside a zone: of what is larger, the rest is a gap


@dataclass(frozen=True)
class Zones:
    """Candidate zones: that of ``centre`` with ``k`` + 1 areas is ``order[centre, : k + 1]``, for k < ``size[centre]``.

    ``share`` (same shape as ``order``) is the part of all weight that lies in each zone.
    """

    order: Positions
    size: Positions
    share: Floats


def zones_of(points: Floats, weight: Floats, radius: float | None = None) -> Zones:
    """Give the circles around each area's point that hold at most half of the weight.

    ``points`` are metres (n × 2), ``weight`` is residents or cases by area, and ``radius`` is the largest allowed, in
    metres. Areas at the same distance, to the millimetre, come by their coordinates.
    """
    distance = np.round(cdist(points, points), 3)
    east, north = (np.broadcast_to(axis, distance.shape) for axis in points.T)
    order = np.lexsort((north, east, distance), axis=-1)
    # Rounding of sums must not decide whether exactly half is allowed.
    share = np.cumsum(weight[order], axis=1) / weight.sum()
    allowed = share <= MOST * (1 + 1e-9)
    if radius is not None:
        allowed &= np.take_along_axis(distance, order, axis=1) <= radius
    size = allowed.sum(axis=1)
    most = int(size.max(initial=0))
    return Zones(order[:, :most], size, share[:, :most])
