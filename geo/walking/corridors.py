"""Corridors: the shortest ways on foot from several places to one gate, found in one tree, and the ways around a part.

The tree is grown from the gate by Dijkstra's method (1959, Numerische Mathematik 1), as scipy has it. Where a place
meets the network between two points, its stretch is cut there, so that every way is made of whole edges.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.arrays import Bools, Floats, Positions
from geo.walking.ready_network import ReadyNetwork, points_within
from geo.walking.snapping import Snaps, snap

FARTHEST_WALK: Final = 8_000.0  # metres in a straight line; from farther off nobody walks to school
BESIDE: Final = 20.0  # metres; an edge with both ends this close to a part runs beside it
_ROOM: Final = 1.7  # first a circle so many times as wide as the farthest place …
_MORE_ROOM: Final = 500.0  # … and so many metres more, so that ways around a part are in it too
_WIDEST: Final = 4 * FARTHEST_WALK
_NOTHING: Final = 1e-9  # metres: as long as an edge between two places that meet the network at the same point
_NO_POINT: Final = -9999  # what scipy gives as the point before one that was not reached


@dataclass(frozen=True)
class LocalNetwork:
    """The part of a network around a gate, cut where places meet it.

    ``xy`` is [points, 2] in metres (EPSG:27700), ``start``, ``end``, ``metres`` and ``name`` are [edges]; ``name`` is a
    position among ``names``, -1 where an edge has none. Within ``reach`` metres of the gate nothing is missing.
    """

    xy: Floats
    start: Positions
    end: Positions
    metres: Floats
    name: Positions
    names: tuple[str, ...]
    reach: float

    def graph(self, without: Bools | None = None) -> csr_array:
        """Return how long the edge between two points is, both ways, all edges or those that are not left out."""
        kept = slice(None) if without is None else ~without
        start, end, metres = self.start[kept], self.end[kept], self.metres[kept]
        both = np.concatenate([start, end]), np.concatenate([end, start])
        return csr_array((np.concatenate([metres, metres]), both), shape=(len(self.xy), len(self.xy)))

    def edges_between(self, one: Positions, other: Positions) -> Positions:
        """Return which edge lies between each two points that have one."""
        keys = np.minimum(self.start, self.end) * len(self.xy) + np.maximum(self.start, self.end)
        order = np.argsort(keys, kind="stable")
        wanted = np.minimum(one, other) * len(self.xy) + np.maximum(one, other)
        found: Positions = order[np.searchsorted(keys, wanted, sorter=order)]
        return found


@dataclass(frozen=True)
class Corridors:
    """The shortest ways from places to a gate.

    ``metres`` is [places], infinite where there is none, to the nearest way and along it; ``paths`` has for each place
    the edges of its way from it to the gate. ``points`` has the points on that way, one more than edges.
    """

    local: LocalNetwork
    gate: int
    places: Positions
    away: Floats
    metres: Floats
    paths: tuple[Positions, ...]
    points: tuple[Positions, ...]


def corridors(network: ReadyNetwork, gate: Floats, places: Floats) -> Corridors:
    """Find the shortest ways from places ([places, 2], metres) to a gate ([2]).

    A place has none if it lies farther than ``FARTHEST_WALK`` in a straight line, or no way is near it or the gate.
    """
    snapped = snap(network, np.vstack([gate[None, :], places]))
    straight = np.hypot(*(places - gate).T)
    able = (straight <= FARTHEST_WALK) & (snapped.stretch[1:] >= 0) & (snapped.stretch[0] >= 0)
    reach = _ROOM * float(straight[able].max(initial=0.0)) + _MORE_ROOM
    while True:
        local, numbers = _around(network, snapped, np.concatenate([[snapped.stretch[0] >= 0], able]), reach)
        found = _tree(local, int(numbers[0]), numbers[1:], snapped.away[0] + snapped.away[1:], None)
        if np.isfinite(found.metres[able]).all() or reach > _WIDEST:
            return found
        reach *= 2


def ways_around(found: Corridors, part: Collection[int]) -> Corridors:
    """Find the next best ways for all places that keep off some edges, and off those that run beside them.

    A place has none where no way is at most as long as the network around the gate reaches.
    """
    local, without = found.local, np.zeros(len(found.local.start), dtype=np.bool_)
    without[list(part)] = True
    without |= _beside(local, np.flatnonzero(without))
    return _tree(local, found.gate, found.places, found.away, without)


def _beside(local: LocalNetwork, part: Positions) -> Bools:
    """Return which edges have both ends within a few metres of a part, but for what begins at its own ends."""
    line = shapely.union_all(shapely.linestrings(np.stack([local.xy[local.start[part]], local.xy[local.end[part]]], 1)))
    shapely.prepare(line)
    west, south, east, north = shapely.bounds(line)
    low, high = np.array([west, south]) - BESIDE, np.array([east, north]) + BESIDE
    close: Bools = np.all((local.xy >= low) & (local.xy <= high), axis=1)
    at = np.flatnonzero(close)
    close[at] = shapely.distance(shapely.points(local.xy[at]), line) <= BESIDE
    return close[local.start] & close[local.end]


def _around(network: ReadyNetwork, snapped: Snaps, able: Bools, reach: float) -> tuple[LocalNetwork, Positions]:
    """Return the network within ``reach`` of the gate, cut at the places, and the point that each place is there."""
    there = points_within(network, snapped.foot[0], reach) if able[0] else np.zeros(0, dtype=np.int64)
    number = np.full(len(network.xy), -1, dtype=np.int64)
    number[there] = np.arange(len(there))
    inside = np.flatnonzero((number[network.start] >= 0) & (number[network.end] >= 0))
    kept = able & np.isin(snapped.stretch, inside)
    numbers = np.full(len(able), -1, dtype=np.int64)
    numbers[kept] = len(there) + np.arange(int(kept.sum()))
    cut = np.unique(snapped.stretch[kept])
    whole = inside[~np.isin(inside, cut)]
    pieces = [_pieces(network, snapped, numbers, int(one), number) for one in cut]
    start, end, metres, of = (np.concatenate([np.asarray(column) for column in columns]) for columns in zip(
        (number[network.start[whole]], number[network.end[whole]], network.metres[whole], whole), *pieces, strict=True
    ))  # fmt: skip
    local = LocalNetwork(
        xy=np.vstack([network.xy[there], snapped.foot[kept]]),
        start=start.astype(np.int64),
        end=end.astype(np.int64),
        metres=np.maximum(metres, _NOTHING),
        name=network.name[of.astype(np.int64)],
        names=network.names,
        reach=reach,
    )
    return local, numbers


def _pieces(
    network: ReadyNetwork, snapped: Snaps, numbers: Positions, one: int, number: Positions
) -> tuple[Positions, Positions, Floats, Positions]:
    """Return the pieces of a stretch that places cut: from which point to which, how long, and of which stretch."""
    at = np.flatnonzero((snapped.stretch == one) & (numbers >= 0))
    at = at[np.argsort(snapped.along[at], kind="stable")]
    points = np.concatenate([[number[network.start[one]]], numbers[at], [number[network.end[one]]]])
    along = np.concatenate([[0.0], snapped.along[at], [network.metres[one]]])
    return points[:-1], points[1:], np.diff(along), np.full(len(along) - 1, one)


def _tree(local: LocalNetwork, gate: int, places: Positions, away: Floats, without: Bools | None) -> Corridors:
    none = np.zeros(0, dtype=np.int64)
    metres = np.full(len(places), np.inf)
    if gate < 0 or not len(places):
        return Corridors(local, gate, places, away, metres, (none,) * len(places), (none,) * len(places))
    along, before = dijkstra(local.graph(without), indices=gate, return_predecessors=True, limit=local.reach)
    there = np.flatnonzero(places >= 0)
    metres[there] = along[places[there]] + away[there]
    points = tuple(
        _to_gate(before, int(place)) if np.isfinite(length) else none
        for place, length in zip(places, metres, strict=True)
    )
    joined = np.concatenate([one[:-1] for one in points]), np.concatenate([one[1:] for one in points])
    edges = local.edges_between(*joined) if len(joined[0]) else none
    sizes = [max(len(one) - 1, 0) for one in points]
    return Corridors(local, gate, places, away, metres, tuple(np.split(edges, np.cumsum(sizes)[:-1])), points)


def _to_gate(before: Positions, place: int) -> Positions:
    """Return the points from a place to the gate, by the point that comes before each on the way from the gate."""
    path = [place]
    while (previous := int(before[path[-1]])) != _NO_POINT:
        path.append(previous)
    return np.array(path, dtype=np.int64)
