"""Way networks made of the ways of map files: which points they share, and the stretches between these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from geo.arrays import Floats, Ints, Shapes
from geo.walking.way_network import WayNetwork

_E7: Final = 10_000_000
_ROW: Final = 1 << 32


@dataclass(frozen=True)
class OpenWays:
    """Ways that people may walk along: the points of each in its order, one way after the other.

    ``keys`` [points] name points: ways meet where they have points of the same key. ``lon`` and ``lat`` [points] are
    degrees (EPSG:4326), ``sizes`` [ways] says how many points each way has.
    """

    keys: Ints
    lon: Floats
    lat: Floats
    sizes: Ints


def ways_of_lines(lines: Shapes) -> OpenWays:
    """Return lines (EPSG:4326) as ways that meet where their ends lie at the same place, and nowhere else."""
    parts = shapely.get_parts(lines)
    parts = parts[shapely.get_num_coordinates(parts) > 1]
    points = shapely.get_coordinates(parts)
    sizes = shapely.get_num_coordinates(parts).astype(np.int64)
    last = np.cumsum(sizes)
    ends = np.zeros(len(points), dtype=np.bool_)
    ends[last - 1] = ends[last - sizes] = True
    grid = np.rint(points * _E7).astype(np.int64)
    placed = grid[:, 0] * _ROW + grid[:, 1]
    # OpenStreetMap numbers its nodes from 1 up; these keys are below 0, those of ends even and all others odd.
    _, place = np.unique(placed, return_inverse=True)
    keys = np.where(ends, -2 * (place + 1), -2 * np.arange(len(points)) - 1)
    return OpenWays(keys.astype(np.int64), points[:, 0], points[:, 1], sizes)


def make_network(ways: Sequence[OpenWays], left_out: Mapping[str, int]) -> WayNetwork:
    """Return the network of ways: each point once, and each stretch between two of them once."""
    keys, sizes = _joined(ways, "keys", np.int64), _joined(ways, "sizes", np.int64)
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    inner = np.ones(max(len(keys) - 1, 0), dtype=np.bool_)
    inner[np.cumsum(sizes)[:-1] - 1] = False  # from the last point of a way to the first of the next is no stretch
    one, other = place[:-1][inner], place[1:][inner]
    numbered = np.unique(np.minimum(one, other) * len(keys) + np.maximum(one, other))
    start, end = np.divmod(numbered, max(len(keys), 1))
    real = start != end
    return WayNetwork(_joined(ways, "lon")[first], _joined(ways, "lat")[first], start[real], end[real], dict(left_out))


def _joined(ways: Sequence[OpenWays], name: str, kind: type = np.float64) -> Any:
    return np.concatenate([np.asarray(getattr(one, name), dtype=kind) for one in ways] or [np.empty(0, dtype=kind)])
