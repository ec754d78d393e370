"""Areas, and the larger areas, wards and districts they make up.

An area is the blocks nearest to one of sixty seeds on its own side of the river: a Voronoi partition that follows
streets. Seeds are close together in the centre and far apart at the edge. Larger areas are cut from a random spanning
tree of touching areas, so that each is in one piece whatever the seed.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

from data.demo.plan import HALF_HEIGHT, HALF_WIDTH
from data.demo.streets import Network
from geo.arrays import Floats

AREAS: Final = 60
_SAMPLES: Final = 4_000  # points that stand for where homes are while seeds settle
_ROUNDS: Final = 12  # rounds of Lloyd's relaxation: enough for even seeds, few enough to leave some chance in them
_TREES: Final = 60  # spanning trees tried for each cut; the shortest border wins


def draw_areas(
    network: Network, river: LineString, rng: np.random.Generator
) -> tuple[list[Polygon], NDArray[np.bool_]]:
    """Return sixty areas as polygons in local metres, a gap-free coverage, and whether each lies north of the river."""
    north = _north_of(river, shapely.centroid(list(network.blocks)))
    seeds, seeds_north = _seeds(network.outline, river, rng)
    owner = _nearest(_xy(shapely.centroid(list(network.blocks))), north, seeds, seeds_north)
    _mend(list(network.blocks), owner, north)
    shapes = [_union(network.blocks, owner == number) for number in range(AREAS)]
    return shapes, seeds_north


def touching(shapes: Sequence[Polygon]) -> Floats:
    """Return the length in metres of the border that each pair of shapes shares, as a square table."""
    borders = np.zeros((len(shapes), len(shapes)))
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    shared = shapely.length(shapely.intersection(np.array(shapes)[left], np.array(shapes)[right]))
    borders[left, right] = np.where(left == right, 0.0, shared)
    return borders


def group(borders: Floats, members: Sequence[int], parts: int, rng: np.random.Generator) -> list[list[int]]:
    """Split touching areas into ``parts`` groups of about the same number, each in one piece."""
    if parts == 1:
        return [sorted(members)]
    size = round(len(members) / parts)
    best: list[int] = []
    best_score = np.inf
    for _ in range(_TREES):
        for branch in _branches(borders, members, rng):
            rest = [member for member in members if member not in branch]
            score = 1e6 * abs(len(branch) - size) + float(borders[np.ix_(sorted(branch), rest)].sum())
            if rest and score < best_score:
                best, best_score = sorted(branch), score
    rest = [member for member in members if member not in best]
    return [best, *group(borders, rest, parts - 1, rng)]


def _branches(borders: Floats, members: Sequence[int], rng: np.random.Generator) -> list[set[int]]:
    """Return, for each link of a random spanning tree, the members beyond it: both sides of a link are in one piece."""
    root = int(rng.choice(np.array(members)))
    order, parent = [root], {root: root}
    while len(order) < len(members):
        edges = [(a, b) for a in order for b in members if b not in parent and borders[a, b] > 1.0]
        above, below = edges[int(rng.integers(len(edges)))]
        parent[below] = above
        order.append(below)
    beyond = {member: {member} for member in members}
    for member in reversed(order[1:]):
        beyond[parent[member]] |= beyond[member]
    return [side for member in order[1:] for side in (beyond[member], set(members) - beyond[member])]


def _seeds(outline: Polygon, river: LineString, rng: np.random.Generator) -> tuple[Floats, NDArray[np.bool_]]:
    """Place sixty seeds, denser towards the centre, shared between the two banks by where homes are."""
    homes = rng.normal(0, 1, (_SAMPLES, 2)) * [HALF_WIDTH * 0.36, HALF_HEIGHT * 0.36]
    homes = np.vstack([homes, rng.uniform(-1, 1, (_SAMPLES, 2)) * [HALF_WIDTH, HALF_HEIGHT]])
    homes = homes[shapely.contains_xy(outline, homes)]
    north = _north_of(river, shapely.points(homes))
    count = round(AREAS * float(north.mean()))
    seeds = np.vstack([_settle(homes[north], count, rng), _settle(homes[~north], AREAS - count, rng)])
    return seeds, np.arange(AREAS) < count


def _settle(homes: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Relax random seeds: each moves to the middle of the homes nearest to it (Lloyd 1982)."""
    seeds = homes[rng.choice(len(homes), count, replace=False)]
    for _ in range(_ROUNDS):
        nearest = np.argmin(((homes[:, None] - seeds) ** 2).sum(axis=2), axis=1)
        sizes = np.maximum(np.bincount(nearest, minlength=count), 1)
        seeds = np.column_stack([np.bincount(nearest, homes[:, axis], count) / sizes for axis in (0, 1)])
    return seeds


def _nearest(
    blocks: Floats, north: NDArray[np.bool_], seeds: Floats, seeds_north: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return for each block the number of the nearest seed on its own side of the river."""
    distance = np.hypot(*(blocks[:, None] - seeds).transpose(2, 0, 1))
    distance[north[:, None] != seeds_north] = np.inf
    return np.argmin(distance, axis=1)


def _mend(blocks: Sequence[Polygon], owner: NDArray[np.int64], north: NDArray[np.bool_]) -> None:
    """Hand blocks cut off from the main part of their area to the neighbour they share the longest border with.

    Changes ``owner`` in place.
    """
    borders = touching(blocks) * (north[:, None] == north)
    for _ in range(len(blocks)):
        stray = [piece for number in range(AREAS) for piece in _pieces(borders, np.flatnonzero(owner == number))[1:]]
        if not stray:
            return
        for piece in stray:
            shares = np.bincount(owner, borders[piece].sum(axis=0), AREAS)
            shares[owner[piece[0]]] = 0
            owner[piece] = int(np.argmax(shares))


def _pieces(borders: Floats, members: NDArray[np.int64]) -> list[list[int]]:
    """Split members into groups that touch each other, the largest first."""
    left, pieces = set(members.tolist()), []
    while left:
        reached = [min(left)]
        left -= set(reached)
        for member in reached:
            found = sorted(other for other in left if borders[member, other] > 0)
            reached += found
            left -= set(found)
        pieces.append(reached)
    return sorted(pieces, key=len, reverse=True)


def _union(blocks: Sequence[Polygon], chosen: NDArray[np.bool_]) -> Polygon:
    """Join blocks into one polygon, keeping every vertex that neighbours share."""
    joined = shapely.coverage_union_all([blocks[number] for number in np.flatnonzero(chosen).tolist()])
    return shapely.get_parts(joined)[0]


def _north_of(river: LineString, points: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return for each point whether it lies north of the river, which runs from west to east without turning back."""
    course = np.array(river.coords)
    east, north = _xy(points).T
    return np.asarray(north > np.interp(east, course[:, 0], course[:, 1]))


def _xy(points: NDArray[np.object_]) -> Floats:
    """Return the coordinates of points as a table of two columns."""
    return np.asarray(shapely.get_coordinates(points))
