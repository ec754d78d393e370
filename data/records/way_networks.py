"""Way networks made of the ways of map files: which points they share, and the stretches between these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from geo.arrays import Floats, Ints, Shapes
from geo.walking.way_network import UNNAMED, WayNetwork

_E7: Final = 10_000_000
_ROW: Final = 1 << 32


@dataclass(frozen=True)
class OpenWays:
    """Ways that people may walk along: the points of each in its order, one way after the other.

    ``keys`` [points] name points: ways meet where they have points of the same key. ``lon`` and ``lat`` [points] are
    degrees (EPSG:4326), ``sizes`` [ways] says how many points each way has. ``names`` [ways] are those of the streets,
    None where a way has none; empty where no way has.
    """

    keys: Ints
    lon: Floats
    lat: Floats
    sizes: Ints
    names: Sequence[str | None] = ()


def ways_of_lines(lines: Shapes, names: Sequence[str | None] = ()) -> OpenWays:
    """Return lines (EPSG:4326) as ways that meet where their ends lie at the same place, and nowhere else."""
    parts, of = shapely.get_parts(lines, return_index=True)
    long_enough = shapely.get_num_coordinates(parts) > 1
    parts, of = parts[long_enough], of[long_enough]
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
    return OpenWays(
        keys.astype(np.int64), points[:, 0], points[:, 1], sizes, [names[at] for at in of.tolist()] if names else ()
    )


def make_network(ways: Sequence[OpenWays], left_out: Mapping[str, int]) -> WayNetwork:
    """Return the network of ways: each point once, and each stretch between two of them once.

    A stretch of several ways has the first of their names in the order of ``names``.
    """
    keys, sizes = _joined(ways, "keys", np.int64), _joined(ways, "sizes", np.int64)
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    inner = np.ones(max(len(keys) - 1, 0), dtype=np.bool_)
    inner[np.cumsum(sizes)[:-1] - 1] = False  # from the last point of a way to the first of the next is no stretch
    one, other = place[:-1][inner], place[1:][inner]
    name, names = _named(ways)
    of = np.repeat(name, sizes)[:-1][inner]
    named_first = np.argsort(np.where(of < 0, len(names), of), kind="stable")
    one, other, of = one[named_first], other[named_first], of[named_first]
    numbered, chosen = np.unique(np.minimum(one, other) * len(keys) + np.maximum(one, other), return_index=True)
    start, end = np.divmod(numbered, max(len(keys), 1))
    real = start != end
    lon, lat = _joined(ways, "lon")[first], _joined(ways, "lat")[first]
    return WayNetwork(lon, lat, start[real], end[real], dict(left_out), of[chosen][real], names)


def _named(ways: Sequence[OpenWays]) -> tuple[Ints, tuple[str, ...]]:
    """Return the position of each way's name among all names, -1 where it has none, and the names."""
    every = [name for one in ways for name in (one.names or [None] * len(one.sizes))]
    names = tuple(sorted({name for name in every if name}))
    at = {name: position for position, name in enumerate(names)}
    return np.array([at.get(name or "", UNNAMED) for name in every], dtype=np.int64), names


def _joined(ways: Sequence[OpenWays], name: str, kind: type = np.float64) -> Any:
    return np.concatenate([np.asarray(getattr(one, name), dtype=kind) for one in ways] or [np.empty(0, dtype=kind)])
