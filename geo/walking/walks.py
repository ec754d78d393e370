"""Walks: how far it is on foot from one place to others, along a network; exact, and soon found.

From a place one walks straight to the nearest way, along ways, and straight from there to the other place. Such a walk
is never shorter than the straight line between the two, so whatever is within some metres' walk lies in the circle of
those metres: only the network inside it is looked at, by Dijkstra's algorithm (Numerische Mathematik 1, 1959, 269-271).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.arrays import Floats, Indices, Positions
from geo.walking.ready_network import ReadyNetwork, points_within
from geo.walking.snapping import Snaps, snap

_FIRST_LOOK: Final = 1.5  # times the straight line, the walk to one place that is tried first …
_AT_LEAST: Final = 200.0  # … with so many metres more


@dataclass(frozen=True)
class Walks:
    """The walks of at most ``limit`` metres from one place (``xy``, [2]) that meets the network at ``snap``, one of it.

    ``points`` are the points of the network that they reach, in order, and ``metres`` how far it is to each from the
    place itself, to the nearest way and along it.
    """

    network: ReadyNetwork
    xy: Floats
    snap: Snaps
    limit: float
    points: Positions
    metres: Floats

    @property
    def away(self) -> float:
        """How far the place lies from the nearest way, metres; infinite where no way is near enough."""
        return float(self.snap.away[0])


def walks_from(network: ReadyNetwork, place: Floats, limit: float) -> Walks:
    """Find what can be reached from a place ([2], metres) in at most ``limit`` metres; nothing if no way is near."""
    snapped = snap(network, place[None, :])
    left = limit - float(snapped.away[0])
    if not left >= 0:
        return Walks(network, place, snapped, limit, np.zeros(0, dtype=np.int64), np.zeros(0))
    points, metres = _reached(network, snapped, left)
    return Walks(network, place, snapped, limit, points, metres + float(snapped.away[0]))


def metres_to(walks: Walks, places: Floats) -> Floats:
    """Return how far it is on foot to places ([places, 2], metres), infinite for those beyond the limit."""
    found = np.full(len(places), np.inf)
    near = np.flatnonzero(np.hypot(*(places - walks.xy).T) <= walks.limit)
    metres = _metres_to_snapped(walks, snap(walks.network, places[near]))
    found[near] = np.where(metres <= walks.limit, metres, np.inf)
    return found


def metres_between(network: ReadyNetwork, one: Floats, other: Floats) -> float:
    """Return how far it is on foot from one place to another, both [2]; infinite where one has no way near.

    Ever wider circles are looked at, until what is found is no longer than the circle is wide: then nothing outside of
    it could be shorter.
    """
    target = snap(network, other[None, :])
    limit = _FIRST_LOOK * float(np.hypot(*(other - one))) + _AT_LEAST
    while True:
        walks = walks_from(network, one, limit)
        metres = float(_metres_to_snapped(walks, target)[0])
        if metres <= limit or not np.isfinite(walks.away + target.away[0]):
            return metres
        limit *= 2


def _metres_to_snapped(walks: Walks, snaps: Snaps) -> Floats:
    """Return how far it is to where places meet the network and from there to them, infinite where nothing is known."""
    network, snapped = walks.network, snaps.stretch >= 0
    stretch, from_start = np.where(snapped, snaps.stretch, 0), np.where(snapped, snaps.along, 0.0)
    over_start = metres_at(walks, network.start[stretch]) + from_start
    over_end = metres_at(walks, network.end[stretch]) + (network.metres[stretch] - from_start)
    along = np.minimum(over_start, over_end)
    beside = snapped & (snaps.stretch == walks.snap.stretch[0])  # the same stretch: straight along it
    along[beside] = walks.away + np.abs(snaps.along[beside] - walks.snap.along[0])
    return along + snaps.away


def metres_at(walks: Walks, points: Indices) -> Floats:
    """Return how far it is to some points of the network, infinite to those that were not reached."""
    if not len(walks.points):
        return np.full(len(points), np.inf)
    at = np.minimum(np.searchsorted(walks.points, points), len(walks.points) - 1)
    return np.where(walks.points[at] == points, walks.metres[at], np.inf)


def _reached(network: ReadyNetwork, snapped: Snaps, limit: float) -> tuple[Positions, Floats]:
    """Return the points at most ``limit`` metres along the network from where a place meets it, and how far each is."""
    stretch, along = int(snapped.stretch[0]), float(snapped.along[0])
    there = points_within(network, snapped.foot[0], limit)
    ends = np.array([network.start[stretch], network.end[stretch]])
    first_steps = np.array([along, network.metres[stretch] - along])
    inside = np.isin(ends, there)
    at = np.searchsorted(there, ends[inside])
    graph = _from_a_place(_cut_out(network, there), at, first_steps[inside])
    metres = dijkstra(graph, indices=len(there), limit=limit)[:-1]
    reached = np.isfinite(metres)
    return there[reached], metres[reached]


def _cut_out(network: ReadyNetwork, points: Positions) -> csr_array:
    """Return the graph of some points (in order) and of the stretches that lie between two of them."""
    whole, number = network.graph, len(points)
    if not number:
        return csr_array((0, 0), dtype=np.float64)
    first, last = int(points[0]), int(points[-1]) + 1
    row, there = lines_of(whole, points)
    local = np.full(last - first, -1, dtype=np.int32)
    local[points - first] = np.arange(number)
    to = whole.indices[there]
    near = (to >= first) & (to < last)
    column = np.where(near, local[np.where(near, to - first, 0)], -1)
    kept = column >= 0
    rows = np.concatenate([[0], np.cumsum(np.bincount(row[kept], minlength=number))])
    return csr_array((whole.data[there[kept]], column[kept], rows), shape=(number, number))


def lines_of(graph: csr_array, points: Positions) -> tuple[Positions, Positions]:
    """Return the entries of some points' rows of a graph: whose each is (its place among the points), and where."""
    of_points = graph.indptr[points + 1] - graph.indptr[points]
    row = np.repeat(np.arange(len(points)), of_points)
    first = np.repeat(graph.indptr[points] - (np.cumsum(of_points) - of_points), of_points)
    return row, first + np.arange(len(row))


def _from_a_place(graph: csr_array, points: Positions, metres: Floats) -> csr_array:
    """Return a graph with one point more, the last, from which some points are so many metres away."""
    number = graph.shape[0] + 1
    return csr_array(
        (
            np.concatenate([graph.data, metres]),
            np.concatenate([graph.indices, points]),
            np.append(graph.indptr, len(graph.data) + len(points)),
        ),
        shape=(number, number),
    )
