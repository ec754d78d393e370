"""Named stretches: ways to a gate cut into parts that people can name, with how many set out along each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geo.arrays import Floats, Positions
from geo.walking.corridors import Corridors, LocalNetwork
from geo.walking.way_network import UNNAMED

SHORT: Final = 60.0  # metres; a shorter piece is part of the longer one beside it
LONG: Final = 250.0  # metres; a longer piece is cut …
USUAL: Final = 180.0  # … into parts of about so many
_NEAR: Final = 60.0  # metres; a street this close to the end of a stretch may name it
_NEAREST: Final = 24  # edges that are looked at for that
_NAMED_ENDS: Final = 2


@dataclass(frozen=True)
class Stretch:
    """One part of the ways to a gate.

    ``edges`` are those of the local network, ``metres`` how long it is, ``origins`` the positions of the places whose
    ways go along it, and ``pupils`` how many set out there as far as that is known. ``line`` is in metres (EPSG:27700).
    """

    name: str
    metres: float
    origins: tuple[int, ...]
    pupils: int | None
    edges: tuple[int, ...]
    line: shapely.LineString


def cut_into_stretches(found: Corridors, pupils: Sequence[int | None]) -> list[Stretch]:
    """Return the stretches of the ways to a gate, those that most set out along first.

    Where ways join, that of more places goes on as one. A stretch is called after the street of its longest piece; it
    is some 60 to 250 m long unless a street bends nowhere for longer, or a whole way is shorter. Whoever goes along any
    of it counts. ``pupils`` is [places].
    """
    who = _who_passes(found)
    stretches = []
    naming = _Naming(found.local, [edge for edge, *_ in who.values()])
    for run in _runs(found, who):
        for nodes in _parts(found.local, run, {node: who[node][0] for node in run[:-1]}):
            edges = tuple(who[node][0] for node in nodes[:-1])
            origins = who[nodes[-2]][1]  # whoever comes to it on the way goes along its last edge
            known = [pupils[at] for at in origins]
            stretches.append(
                Stretch(
                    name=naming.name(nodes, edges),
                    metres=float(found.local.metres[list(edges)].sum()),
                    origins=origins,
                    pupils=sum(one or 0 for one in known) if any(one is not None for one in known) else None,
                    edges=edges,
                    line=shapely.LineString(found.local.xy[nodes]),
                )
            )
    stretches.sort(key=lambda one: (-(one.pupils or 0), -len(one.origins), one.name, one.metres))
    return _told_apart(stretches)


def _who_passes(found: Corridors) -> dict[int, tuple[int, tuple[int, ...]]]:
    """Return for each point on a way, but for the gate, the edge from it towards the gate and which ways go there."""
    passing: dict[int, list[int]] = {}
    edge_of: dict[int, int] = {}
    for at, (points, edges) in enumerate(zip(found.points, found.paths, strict=True)):
        for point, edge in zip(points[:-1].tolist(), edges.tolist(), strict=True):
            edge_of[point] = edge
            passing.setdefault(point, []).append(at)
    return {point: (edge_of[point], tuple(ways)) for point, ways in passing.items()}


def _runs(found: Corridors, who: dict[int, tuple[int, tuple[int, ...]]]) -> Iterator[list[int]]:
    """Yield the points of each way that goes on as the main one where others join it, towards the gate.

    Its last point is where it joins another, or the gate.
    """
    onward = {
        point: after
        for points in found.points
        for point, after in zip(points[:-1].tolist(), points[1:].tolist(), strict=True)
    }
    main: dict[int, int] = {}
    for point, after in sorted(onward.items()):
        if after not in main or len(who[point][1]) > len(who[main[after]][1]):
            main[after] = point
    for first in sorted(onward.keys() - main.keys()):
        run = [first, onward[first]]
        while run[-1] in onward and main[run[-1]] == run[-2]:
            run.append(onward[run[-1]])
        yield run


def _parts(local: LocalNetwork, run: list[int], edge_of: dict[int, int]) -> Iterator[list[int]]:
    """Yield the points of each part of a run: cut where streets change, and where one is long."""
    edges = [edge_of[node] for node in run[:-1]]
    metres = local.metres[edges]
    for first, last in _streets(local.name[edges], metres):
        length = float(metres[first:last].sum())
        count = int(np.ceil(length / USUAL)) if length > LONG else 1
        along = np.concatenate([[0.0], np.cumsum(metres[first:last])])
        cuts = sorted({int(np.abs(along - share * length / count).argmin()) for share in range(count + 1)})
        for begin, end in pairwise(cuts):
            yield run[first + begin : first + end + 1]


def _streets(names: Positions, metres: Floats) -> list[tuple[int, int]]:
    """Return where streets begin and end among the edges of a run, what is short joined to the longer one beside it."""
    changes = np.flatnonzero(np.diff(names)) + 1
    ends = [0, *changes.tolist(), len(names)]

    def length(at: int) -> float:
        return float(metres[ends[at] : ends[at + 1]].sum())

    while len(ends) > _NAMED_ENDS:
        shortest = min(range(len(ends) - 1), key=length)
        if length(shortest) >= SHORT:
            break
        before = length(shortest - 1) if shortest else -1.0
        after = length(shortest + 1) if shortest < len(ends) - _NAMED_ENDS else -1.0
        ends.pop(shortest if before >= after else shortest + 1)
    return list(pairwise(ends))


class _Naming:
    """Names of stretches, by the streets that they are part of and those at their ends."""

    def __init__(self, local: LocalNetwork, used: list[int]) -> None:
        self._local = local
        near = np.flatnonzero(local.name != UNNAMED)
        if len(used) and len(near):
            points = local.xy[local.start[used]]
            middle = (local.xy[local.start[near]] + local.xy[local.end[near]]) / 2
            room = 5 * _NEAR
            inside = ((middle >= points.min(0) - room) & (middle <= points.max(0) + room)).all(axis=1)
            near = near[inside]
        self._near = near
        ends = np.concatenate([local.start[near], local.end[near]])
        self._of = np.concatenate([local.name[near]] * 2)
        self._tree = cKDTree(local.xy[ends]) if len(near) else None

    def name(self, nodes: Sequence[int], edges: Sequence[int]) -> str:
        """Name a stretch: "Low Road, between High Street and Mill Lane"."""
        long: Counter[int] = Counter()
        for edge in edges:
            long[int(self._local.name[edge])] += self._local.metres[edge]
        own = max(long, key=lambda one: (long[one], one))
        street = self._local.names[own] if own != UNNAMED else None
        ends = [self._at(node, own) for node in (nodes[0], nodes[-1])]
        named = list(dict.fromkeys(one for one in ends if one is not None))
        head = street or "Path"
        if len(named) == _NAMED_ENDS:
            return f"{head}{',' if street else ''} between {named[0]} and {named[1]}"
        if named:
            return f"{head}{' at' if street else ' near'} {named[0]}"
        return head if street else "Path without a name"

    def _at(self, node: int, own: int) -> str | None:
        """Return the nearest other street at a point; None where there is none near."""
        if self._tree is None:
            return None
        away, found = self._tree.query(self._local.xy[node], k=min(_NEAREST, len(self._of)), distance_upper_bound=_NEAR)
        for distance, at in zip(np.atleast_1d(away), np.atleast_1d(found), strict=True):
            if np.isfinite(distance) and self._of[at] != own:
                return self._local.names[int(self._of[at])]
        return None


def _told_apart(stretches: list[Stretch]) -> list[Stretch]:
    """Return stretches under names of which no two are alike."""
    often, seen = Counter(one.name for one in stretches), Counter[str]()
    named = []
    for one in stretches:
        seen[one.name] += 1
        named.append(replace(one, name=f"{one.name} (part {seen[one.name]})") if often[one.name] > 1 else one)
    return named
