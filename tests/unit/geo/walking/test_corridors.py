"""The ways to a gate are those that networkx finds: how long, along what, how many pass, and what is next best."""

import itertools
from collections import Counter

import networkx as nx
import numpy as np
import pytest
import shapely

from geo.walking.corridors import BESIDE, FARTHEST_WALK, Corridors, corridors, ways_around
from geo.walking.named_stretches import cut_into_stretches
from geo.walking.ready_network import make_ready
from geo.walking.street_blocks import blocks
from tests.unit.geo.walking.by_networkx import Reference
from tests.unit.geo.walking.hand_made import at, network, ready, reference

EXACT = 1e-6
ALONE = np.zeros((0, 2))


def grid(seed: int, side: int = 9) -> tuple[list[tuple[float, float]], list[tuple[int, int]]]:
    """Return points of an uneven grid of streets, and the stretches that there are."""
    rng = np.random.default_rng(seed)
    points = [tuple(place) for place in np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1).reshape(-1, 2) * 90]
    moved = [tuple(np.array(place) + rng.uniform(-25, 25, 2)) for place in points]
    pairs = [(one, one + 1) for one in range(side * side) if (one + 1) % side]
    pairs += [(one, one + side) for one in range(side * (side - 1))]
    return moved, [pair for pair in pairs if rng.random() < 0.75]


def passing(found: Corridors) -> Counter[frozenset[int]]:
    """Count by the ends of each edge how many ways go along it."""
    pairs = (zip(points[:-1].tolist(), points[1:].tolist(), strict=True) for points in found.points)
    ends = Counter(frozenset(pair) for way in pairs for pair in way)
    return Counter({pair: n for pair, n in ends.items() if np.ptp(found.local.xy[list(pair)], axis=0).max() > EXACT})


def by_networkx(made: Reference, gate: np.ndarray, places: list[np.ndarray]) -> tuple[list[float], Counter]:
    """Return how far each place is from the gate, and how many ways go along each edge, by networkx alone."""
    graph, _ = made.tied(gate, *places)
    for place in (gate, *places):  # the whole edge stands beside its pieces, and is as long
        edge = made.edges[int(shapely.distance(made.lines, shapely.Point(place)).argmin())]
        graph.remove_edges_from([edge])
    metres, ends = [], Counter()
    for number in range(1, len(places) + 1):
        metres.append(nx.shortest_path_length(graph, ("place", number), ("place", 0), weight="weight"))
        path = nx.shortest_path(graph, ("foot", number), ("foot", 0), weight="weight")
        ends.update(frozenset(pair) for pair in itertools.pairwise(path) if graph.edges[pair]["weight"] > EXACT)
    return metres, ends


@pytest.mark.parametrize("seed", range(6))
def test_distances_and_how_many_pass_are_those_of_networkx(seed: int) -> None:
    points, pairs = grid(seed)
    rng = np.random.default_rng(100 + seed)
    made, theirs = ready(points, pairs), reference(points, pairs)
    gate = at(*rng.uniform(100, 600, 2))
    places = [at(*rng.uniform(0, 720, 2)) for _ in range(7)]
    found = corridors(made, gate, np.array(places))
    metres, ends = by_networkx(theirs, gate, places)
    assert found.metres == pytest.approx(metres, abs=EXACT)
    assert sorted(passing(found).values()) == sorted(ends.values())


@pytest.mark.parametrize("seed", range(4))
def test_the_next_best_way_is_that_of_networkx_without_the_same_edges(seed: int) -> None:
    points, pairs = grid(seed)
    made = ready(points, pairs)
    gate, places = made.xy[len(made.xy) // 2], made.xy[[0, 3, -1, -4]]
    found = corridors(made, gate, places)
    part = cut_into_stretches(found, [None] * 4)[0].edges
    other = ways_around(found, part)
    graph = nx.Graph()
    local = found.local
    line = shapely.union_all([shapely.LineString(local.xy[[local.start[one], local.end[one]]]) for one in part])
    close = shapely.distance(shapely.points(local.xy), line) <= BESIDE
    gone = set(np.flatnonzero(close[local.start] & close[local.end]).tolist()) | set(part)
    for edge, (one, end, length) in enumerate(zip(local.start, local.end, local.metres, strict=True)):
        if edge not in gone:
            graph.add_edge(int(one), int(end), weight=float(length))
    for number, place in enumerate(found.places.tolist()):
        try:
            expected = nx.shortest_path_length(graph, place, found.gate, weight="weight")
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            expected = np.inf
        assert other.metres[number] == pytest.approx(expected + found.away[number], abs=1e-3)
        assert not gone & set(other.paths[number].tolist())


def test_what_runs_beside_a_part_is_avoided_too() -> None:
    points = ((0, 0), (300, 0), (0, 10), (300, 10), (0, 200), (300, 200))
    pairs = ((0, 1), (2, 3), (0, 2), (1, 3), (2, 4), (4, 5), (5, 3))
    found = corridors(ready(points, pairs), at(300, 0), at(0, 0)[None, :])
    along = [edge for edge in found.paths[0] if found.local.metres[edge] > 1]
    other = ways_around(found, along)
    assert other.metres[0] == pytest.approx(10 + 190 + 300 + 190 + 10) or not np.isfinite(other.metres[0])


def test_a_place_far_off_or_without_a_way_has_none() -> None:
    found = corridors(ready(), at(0, 0), np.array([at(100, 200), at(FARTHEST_WALK + 900, 0), at(3_000, 3_000)]))
    assert np.isfinite(found.metres).tolist() == [True, False, False]
    assert [len(path) for path in found.paths[1:]] == [0, 0]


def test_without_places_there_are_no_ways() -> None:
    assert len(corridors(ready(), at(0, 0), ALONE).metres) == 0


def test_two_places_at_one_point_share_their_way() -> None:
    found = corridors(ready(), at(0, 0), np.array([at(100, 200), at(100, 200)]))
    assert found.metres[0] == pytest.approx(found.metres[1])
    assert cut_into_stretches(found, [10, 20])[0].pupils == 30


def test_stretches_hold_every_edge_of_the_ways_once_and_count_whoever_passes() -> None:
    points, pairs = grid(3)
    found = corridors(ready(points, pairs), at(360, 360), np.array([at(x, y) for x in (0, 350, 700) for y in (0, 700)]))
    parts = cut_into_stretches(found, [10] * 6)
    edges = [edge for one in parts for edge in one.edges]
    assert sorted(edges) == sorted({edge for path in found.paths for edge in path.tolist()})
    for one in parts:
        assert set(one.origins) == {at_ for at_, path in enumerate(found.paths) if set(one.edges) & set(path.tolist())}
        assert one.pupils == 10 * len(one.origins)
        assert one.metres == pytest.approx(one.line.length, abs=1e-6)


def test_a_stretch_is_called_by_its_street_and_those_at_its_ends() -> None:
    points = ((0, 0), (200, 0), (400, 0), (0, 100), (200, 100), (400, 100))
    pairs = ((0, 1), (1, 2), (0, 3), (1, 4), (2, 5))
    made = network(points, pairs)
    named = type(made)(
        made.lon,
        made.lat,
        made.start,
        made.end,
        {},
        np.array([0, 0, 1, 2, 3]),
        ("High Street", "A Lane", "B Lane", "C"),
    )
    found = corridors(make_ready(named), at(0, 0), at(400, 0)[None, :])
    assert {one.name for one in cut_into_stretches(found, [None])} == {
        "High Street, between C and B Lane",
        "High Street, between B Lane and A Lane",
    }


def test_ways_without_names_are_called_by_what_is_near() -> None:
    points = ((0, 0), (200, 0), (200, 100), (0, 100))
    made = network(points, ((0, 1), (1, 2), (0, 3)))
    named = type(made)(made.lon, made.lat, made.start, made.end, {}, np.array([-1, 0, 1]), ("East Road", "West Road"))
    found = corridors(make_ready(named), at(0, 0), at(200, 0)[None, :])
    assert cut_into_stretches(found, [None])[0].name == "Path between East Road and West Road"
    bare = corridors(ready(points, ((0, 1),)), at(0, 0), at(200, 0)[None, :])
    assert cut_into_stretches(bare, [None])[0].name == "Path without a name"


def test_a_block_is_what_lies_between_two_junctions() -> None:
    found = corridors(ready(), at(0, 0), at(100, 200)[None, :])
    block = blocks(found.local)
    metres = np.bincount(block, found.local.metres)
    # From 3 to 4 stands alone; a corner that only bends is one block with what it joins.
    assert round(float(metres.sum())) == round(float(found.local.metres.sum()))
    assert len(metres) < len(block)
