"""Ready network: ways as a graph in metres, from which what lies near a place is cut out in a few milliseconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyproj
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.areas.area_set import DEGREES, METRES
from geo.arrays import Bools, Floats, Indices, Positions
from geo.errors import InputError
from geo.walking.way_network import WayNetwork

_TO_METRES: Final = pyproj.Transformer.from_crs(DEGREES, METRES, always_xy=True)
LONG: Final = 200.0  # metres; the few stretches that are longer are looked through one by one


@dataclass(frozen=True)
class ReadyNetwork:
    """The largest part of a network in which one can walk from each point to every other.

    ``xy`` is [points, 2] in metres (EPSG:27700), from west to east. ``start``, ``end`` and ``metres`` are [stretches],
    in the order of their starts, each of which lies before its end among the points; ``of_point`` is [points + 1]: the
    stretches that start at point ``p`` are those from ``of_point[p]`` to ``of_point[p + 1]``. ``graph`` is [points,
    points], how long the stretch between two points is, both ways. ``long`` are the stretches over ``LONG`` metres.

    ``name`` is [stretches], the position of each one's street among ``names``, -1 where it has none.

    ``parts_left_out`` counts the parts that do not hang together with it and ``metres_left_out`` is how long they are;
    ``ways_left_out`` is that of ``WayNetwork.left_out``.
    """

    xy: Floats
    start: Indices
    end: Indices
    metres: Floats
    of_point: Positions
    graph: csr_array
    long: Positions
    parts_left_out: int
    metres_left_out: float
    ways_left_out: Mapping[str, int]
    name: Positions
    names: tuple[str, ...]


def make_ready(network: WayNetwork) -> ReadyNetwork:
    """Return the largest connected part of a network, in metres. Raises InputError where it holds no ways."""
    xy, start, end, name = _checked(network)
    order = np.argsort(xy[:, 0], kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    xy = xy[order]
    start, end, first = _each_once(rank[start], rank[end], len(xy))
    name = name[first]
    metres = np.hypot(*(xy[end] - xy[start]).T)
    kept, parts = _largest_part(start, end, len(xy))
    inside = kept[start]
    number = np.cumsum(kept) - 1
    return _gathered(
        xy[kept],
        number[start[inside]].astype(np.int32),
        number[end[inside]].astype(np.int32),
        metres[inside],
        (parts - 1, float(metres[~inside].sum())),
        network.left_out,
        (name[inside], network.names),
    )


def in_metres(lon: Floats, lat: Floats) -> Floats:
    """Return points in degrees (EPSG:4326) in metres on the British National Grid (EPSG:27700), [points, 2]."""
    x, y = _TO_METRES.transform(lon, lat)
    return np.column_stack([x, y])


def stretches_touching(network: ReadyNetwork, low: Floats, high: Floats) -> Positions:
    """Return the stretches whose own box touches that from a ``low`` to a ``high`` corner, [2] each in metres."""
    (west, south), (east, north) = low.tolist(), high.tolist()
    first, last = np.searchsorted(network.xy[:, 0], [west - LONG, east])
    there = np.arange(network.of_point[first], network.of_point[last])
    there = np.concatenate([there[network.metres[there] <= LONG], network.long])
    one, other = network.xy[network.start[there]], network.xy[network.end[there]]
    beside = (one[:, 0] <= east) & (other[:, 0] >= west)
    beyond = (np.minimum(one[:, 1], other[:, 1]) > north) | (np.maximum(one[:, 1], other[:, 1]) < south)
    return there[beside & ~beyond]


def points_within(network: ReadyNetwork, place: Floats, radius: float) -> Positions:
    """Return the points at most ``radius`` metres from a place ([2], metres) in a straight line, in order."""
    x, y = place.tolist()
    first, last = np.searchsorted(network.xy[:, 0], [x - radius, x + radius])
    band = network.xy[first:last]
    return np.flatnonzero(np.hypot(band[:, 0] - x, band[:, 1] - y) <= radius) + first


def _checked(network: WayNetwork) -> tuple[Floats, Positions, Positions, Positions]:
    """Return the points in metres, and the stretches between two different ones with their names."""
    start, end = (np.asarray(ends, dtype=np.int64) for ends in (network.start, network.end))
    real = start != end
    start, end, name = start[real], end[real], network.name_of[real]
    if not len(start):
        raise InputError("Walking needs a map with ways open to people on foot, found none; bring another base map.")
    xy = in_metres(np.asarray(network.lon, dtype=np.float64), np.asarray(network.lat, dtype=np.float64))
    ends = np.concatenate([start, end])
    if ends.min() < 0 or ends.max() >= len(xy) or not np.isfinite(xy[ends]).all():
        raise InputError(
            "Walking needs ways between points in Great Britain that the map has, found others; bring another base map."
        )
    return np.where(np.isfinite(xy), xy, 0.0), start, end, name


def _each_once(one: Positions, other: Positions, points: int) -> tuple[Positions, Positions, Positions]:
    """Return each stretch once, from its lower to its higher point, in the order of the lower ones; and which it is."""
    keys, first = np.unique(np.minimum(one, other) * points + np.maximum(one, other), return_index=True)
    return keys // points, keys % points, first


def _largest_part(start: Positions, end: Positions, points: int) -> tuple[Bools, int]:
    """Return the points of the part with most of them, and how many parts have any stretch."""
    graph = csr_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(points, points))
    _, part = connected_components(graph, directed=False)
    sizes = np.bincount(part)
    return part == sizes.argmax(), int((sizes > 1).sum())


def _gathered(
    xy: Floats,
    start: Indices,
    end: Indices,
    metres: Floats,
    left_out: tuple[int, float],
    ways_left_out: Mapping[str, int],
    named: tuple[Positions, tuple[str, ...]],
) -> ReadyNetwork:
    both = np.concatenate([start, end]), np.concatenate([end, start])
    graph = csr_array((np.concatenate([metres, metres]), both), shape=(len(xy), len(xy)))
    return ReadyNetwork(
        xy=xy,
        start=start,
        end=end,
        metres=metres,
        of_point=np.searchsorted(start, np.arange(len(xy) + 1)),
        graph=graph,
        long=np.flatnonzero(metres > LONG),
        parts_left_out=left_out[0],
        metres_left_out=left_out[1],
        ways_left_out=ways_left_out,
        name=named[0],
        names=named[1],
    )
