"""Search of the space-time scan: what is strongest in the counts, and in each replication of them.

A replication has hundreds of thousands of zones × windows, and nearly all of them have about what is expected. Only
statistics from a floor on matter, which the areas by themselves give (``floor_of``). So the smallest count that reaches
the floor is worked out once for every zone and window; replications are only added up and compared with it, many at a
time, and the statistic itself is computed for the few counts that reach it. Nothing of that is an approximation.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist
from scipy.special import xlogy

from geo.arrays import Floats

Ints = npt.NDArray[np.integer]

Positions = npt.NDArray[np.intp]
MAX_SHARE: Final = 0.5  # of all that is expected may be inside a zone: of what is larger, the rest is a gap
_CENTRES: Final = 128  # in turn, so that what is added up stays in the processor's cache
_STEPS: Final = 64  # areas that are added before the statistic of what was found is computed
_HALVINGS: Final = 60  # until an expectation is known to the last digit
_SOME: Final = 1e-9  # a statistic that is more than rounding of sums


@dataclass(frozen=True)
class CandidateZones:
    """Candidate zones: that of ``centre`` with ``k`` + 1 areas is ``order[centre, : k + 1]``, for k < ``size[centre]``.

    ``share`` (same shape as ``order``) is the part of all weight that lies in each zone.
    """

    order: Positions
    size: Positions
    share: Floats


def candidate_zones(points: Floats, weight: Floats, radius: float | None = None) -> CandidateZones:
    """Return the circles around each area's point that hold at most half of the weight.

    ``points`` are metres (n × 2), ``weight`` is residents or cases by area, and ``radius`` is the largest allowed, in
    metres. Areas at the same distance, to the millimetre, come by their coordinates.
    """
    distance = np.round(cdist(points, points), 3)
    east, north = (np.broadcast_to(axis, distance.shape) for axis in points.T)
    order = np.lexsort((north, east, distance), axis=-1)
    # Rounding of sums must not decide whether exactly half is allowed.
    share = np.cumsum(weight[order], axis=1) / weight.sum()
    allowed = share <= MAX_SHARE * (1 + 1e-9)
    if radius is not None:
        allowed &= np.take_along_axis(distance, order, axis=1) <= radius
    size = allowed.sum(axis=1)
    largest = int(size.max(initial=0))
    return CandidateZones(order[:, :largest], size, share[:, :largest])


@dataclass(frozen=True)
class Field:
    """What is expected: ``zones.share[centre, k] * factor[window]`` of all cases, ``total``."""

    zones: CandidateZones
    factor: Floats
    total: int

    def statistic(self, observed: npt.ArrayLike, centre: Ints, k: Ints, window: Ints) -> Floats:
        """Return the statistic of counts in zones and windows that are named by arrays that fit each other."""
        return statistic(observed, self.zones.share[centre, k] * self.factor[window], self.total)


class ZoneWindow(NamedTuple):
    """A zone and a window: the centre, how many of its nearest areas, and how many periods."""

    centre: int
    areas: int
    periods: int


def statistic(observed: npt.ArrayLike, expected: npt.ArrayLike, total: int) -> Floats:
    """Return c·ln(c/μ) + (C − c)·ln((C − c)/(C − μ)) where c > μ, and 0 elsewhere (Kulldorff 1997)."""
    c, mu = np.broadcast_arrays(np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64))
    above = c > mu
    inside, outside = np.where(above, mu, 1.0), np.where(above, total - mu, 1.0)
    return np.where(above, xlogy(c, c / inside) + xlogy(total - c, np.maximum(total - c, 0) / outside), 0.0)


def floor_of(field: Field, blocks: Sequence[Ints], significance: float) -> float:
    """Return a statistic that more than the part ``significance`` of the replications reach for certain.

    It is one that so many reach in a single area. What is weaker is no rarer by chance than ``significance``.
    """
    centres = np.flatnonzero(field.zones.size > 0)
    best = np.zeros(sum(block.shape[2] for block in blocks))
    if len(centres):
        expected = field.zones.share[centres, 0, None, None] * field.factor[:, None]
        areas = field.zones.order[centres, 0]
        best = np.concatenate([statistic(one[areas], expected, field.total).max(axis=(0, 1)) for one in blocks])
    reached_by = min(math.floor(significance * (len(best) + 1)), len(best) - 1)
    return float(-np.partition(-best, reached_by)[reached_by])


def strongest(field: Field, cases: Ints, floor: float) -> Iterator[tuple[ZoneWindow, float]]:
    """Return the zones and windows of most statistic (``cases`` is area × window), most first, that share no area.

    Equal ones come by fewer areas, then by the order of the areas, then by fewer periods. None is under ``floor``, or
    has no more than is expected.
    """
    zones = field.zones
    largest = zones.share.shape[1]
    expected = zones.share[:, :, None] * field.factor
    by_window = statistic(np.cumsum(cases[zones.order], axis=1), expected, field.total)
    best = np.where(np.arange(largest) < zones.size[:, None], by_window.max(axis=2, initial=0), 0.0).T
    taken = np.zeros(len(zones.order), dtype=bool)
    while best.size and best.max() >= max(floor, _SOME):
        k, centre = (int(at) for at in np.unravel_index(best.argmax(), best.shape))
        yield ZoneWindow(centre, k + 1, int(by_window[centre, k].argmax()) + 1), float(best[k, centre])
        taken[zones.order[centre, : k + 1]] = True
        best[np.logical_or.accumulate(taken[zones.order], axis=1).T] = 0.0


def maxima(
    field: Field, blocks: Sequence[Ints], floor: float, threads: int, progress: Callable[[float], None] | None = None
) -> Floats:
    """Return the largest statistic of every replication, block after block (each area × window × replication).

    Those under ``floor`` may be given too small. ``progress`` is called with the part that is done, up to 1.
    """
    thresholds = _threshold_counts(field, max(int(block.sum(axis=0).max()) for block in blocks), floor)
    found = []
    with ThreadPoolExecutor(threads) as pool:
        for best in pool.map(lambda block: _block_maxima(field, block, thresholds), blocks):
            found.append(best)
            if progress is not None:
                progress(len(found) / len(blocks))
    return np.concatenate(found)


def _threshold_counts(field: Field, maximum: int, floor: float) -> Ints:
    """Return the smallest count, up to ``maximum`` + 1, whose statistic may reach the floor: k × centre × window."""
    c = np.arange(maximum + 1, dtype=np.float64)
    low, high = np.zeros_like(c), c.copy()
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        reaches = statistic(c, middle, field.total) >= floor
        low, high = np.where(reaches, middle, low), np.where(reaches, high, middle)
    # ``high`` is just more than the largest expectation with which c cases reach the floor; no cases never do.
    high[0] = -1.0
    thresholds = np.searchsorted(high, field.zones.share.T[:, :, None] * field.factor)
    return thresholds.astype(np.int16 if maximum < np.iinfo(np.int16).max else np.int32)


def _block_maxima(field: Field, block: Ints, thresholds: Ints) -> Floats:
    best = np.zeros(block.shape[2])
    counts = np.ascontiguousarray(block, dtype=thresholds.dtype)
    most_first = np.argsort(-field.zones.size, kind="stable")
    for start in range(0, len(most_first), _CENTRES):
        centres = most_first[start : start + _CENTRES]
        for k, position, c in _reaching(field.zones, counts, centres, thresholds):
            at, window, replication = np.unravel_index(position, (len(centres), *counts.shape[1:]))
            np.maximum.at(best, replication, field.statistic(c, centres[at], k, window))
    return best


def _reaching(
    zones: CandidateZones, counts: Ints, centres: Ints, thresholds: Ints
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Add the areas around some centres, those of most areas first, in turn; yield what reaches the thresholds.

    That is k, the position in centre × window × replication, and the count, some at a time.
    """
    order, size, thresholds = zones.order[centres].T, zones.size[centres], thresholds[:, centres]
    state = np.zeros((len(centres), *counts.shape[1:]), dtype=counts.dtype)
    added, reaches = np.empty_like(state), np.empty(state.shape, dtype=bool)
    found: list[tuple[Ints, Ints, Ints]] = []
    for k in range(int(size[0])):
        live = int(np.count_nonzero(size > k))
        np.take(counts, order[k, :live], axis=0, out=added[:live], mode="clip")  # "clip" needs no buffer
        state[:live] += added[:live]
        np.greater_equal(state[:live], thresholds[k, :live, :, None], out=reaches[:live])
        position = np.flatnonzero(reaches[:live])
        found.append((np.full(len(position), k), position, state.reshape(-1)[position]))
        if len(found) == _STEPS or k + 1 == size[0]:
            steps, positions, c = (np.concatenate(part) for part in zip(*found, strict=True))
            yield steps, positions, c
            found.clear()
