"""Circles: around each area those that lie nearest, one after the other, up to a distance and half of all there is."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.spatial.distance import cdist

from geo.arrays import Floats, Positions

MAX_SHARE: Final = 0.5  # of all weight may be inside a circle: of what is larger, the rest is a gap


@dataclass(frozen=True)
class Circles:
    """Circles of areas: those around ``centre`` are ``order[centre, : k + 1]``, for k < ``size[centre]``.

    They are numbered from the first centre to the last, those of one centre from small to large.
    """

    order: Positions
    size: Positions

    @cached_property
    def members(self) -> csr_array:
        """The areas of each circle: circle × area, 1 for those inside."""
        inside = np.tril(np.ones((self.order.shape[1], self.order.shape[1]), dtype=bool))
        areas = [
            self.order[centre][None, :].repeat(size, axis=0)[inside[:size]] for centre, size in enumerate(self.size)
        ]
        lengths = (
            np.concatenate([np.arange(1, size + 1) for size in self.size]) if len(self.size) else np.array([], int)
        )
        starts = np.concatenate([[0], np.cumsum(lengths)])
        indices = np.concatenate(areas) if areas else np.array([], int)
        shape = (len(lengths), len(self.order))
        return csr_array((np.ones(len(indices), dtype=np.float32), indices, starts), shape=shape)

    @cached_property
    def lengths(self) -> npt.NDArray[np.int64]:
        """The number of areas in each circle."""
        return np.concatenate([np.arange(1, size + 1) for size in self.size] or [np.array([], dtype=np.int64)])


def circles(points: Floats, weight: Floats, radius: float | None = None) -> Circles:
    """Return the circles around each area's point that hold at most half of the weight.

    ``points`` are metres (n × 2), ``weight`` is by area (cases), and ``radius`` is the largest allowed, in metres.
    Areas at the same distance, to the millimetre, come by their coordinates.
    """
    distance = np.round(cdist(points, points), 3)
    east, north = (np.broadcast_to(axis, distance.shape) for axis in points.T)
    order = np.lexsort((north, east, distance), axis=-1)
    # Rounding of sums must not decide whether exactly half is allowed.
    allowed = np.cumsum(weight[order], axis=1) <= MAX_SHARE * weight.sum() * (1 + 1e-9)
    if radius is not None:
        allowed &= np.take_along_axis(distance, order, axis=1) <= radius
    size = allowed.sum(axis=1)
    return Circles(order[:, : int(size.max(initial=0))], size)
