"""The way home in Leeds: distances and how many pass each stretch are those that networkx and pandas find."""

import itertools
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely

from data.formats.sources import from_paths
from data.records.base_map import BaseMapFiles, read_base_map
from geo.evidence import stretches
from geo.walking.corridors import Corridors, corridors
from geo.walking.named_stretches import cut_into_stretches
from geo.walking.ready_network import ReadyNetwork, make_ready
from tests.unit.geo.walking.by_networkx import TO_METRES

pytestmark = pytest.mark.acceptance

EXACT = 1e-6
SCHOOLS = ("Co-op Academy Woodlands", "Dixons Trinity Chapeltown", "Hillcrest Academy")
STOPS = 12


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "leeds_chapeltown"


@pytest.fixture(scope="module")
def network(folder: Path) -> ReadyNetwork:
    files = BaseMapFiles(tuple(from_paths([folder / "streets.osm.pbf"])))
    return make_ready(read_base_map(files, lambda _done, _what: None).network)


@pytest.fixture(scope="module", params=SCHOOLS)
def found(folder: Path, network: ReadyNetwork, request: pytest.FixtureRequest) -> tuple[Corridors, np.ndarray]:
    """The ways to a school from twelve bus stops around it, and where the school and the stops are."""
    listed = pd.read_csv(folder / "schools" / "schools.csv").set_index("EstablishmentName").loc[request.param]
    gate = np.array(TO_METRES.transform(listed["Longitude"], listed["Latitude"]))
    stops = pd.read_csv(folder / "transport" / "wyca_bus_stops_2018-10.csv")
    xy = stops[["x", "y"]].to_numpy(dtype=float)
    near = xy[np.hypot(*(xy - gate).T) < 1_300]
    places = np.vstack([gate, near[:: max(1, len(near) // STOPS)][:STOPS]])
    return corridors(network, gate, places[1:]), places


def _by_networkx(found: Corridors) -> tuple[nx.Graph, dict[int, float]]:
    graph = nx.Graph()
    local = found.local
    for one, other, metres in zip(local.start.tolist(), local.end.tolist(), local.metres.tolist(), strict=True):
        graph.add_edge(one, other, weight=metres)
    return graph, nx.single_source_dijkstra_path_length(graph, found.gate, weight="weight")


def test_distances_are_those_of_networkx(found: tuple[Corridors, np.ndarray]) -> None:
    ways, _ = found
    _, metres = _by_networkx(ways)
    known = zip(ways.places.tolist(), ways.away.tolist(), strict=True)  # a stop beyond the map has no way
    expected = [metres[place] + away if place >= 0 else np.inf for place, away in known]
    assert np.isfinite(ways.metres).sum() >= STOPS - 4
    assert ways.metres == pytest.approx(expected, abs=EXACT)


def test_how_many_pass_each_stretch_is_what_pandas_counts(found: tuple[Corridors, np.ndarray]) -> None:
    ways, _ = found
    graph, _ = _by_networkx(ways)
    passed = [
        (at, *sorted(pair))
        for at, place in enumerate(ways.places.tolist())
        if place >= 0
        for pair in itertools.pairwise(nx.shortest_path(graph, place, ways.gate, weight="weight"))
    ]
    frame = pd.DataFrame(passed, columns=["way", "one", "other"])
    for one in cut_into_stretches(ways, [10] * len(ways.places)):
        ends = {tuple(sorted((int(ways.local.start[e]), int(ways.local.end[e])))) for e in one.edges}
        here = frame[[pair in ends for pair in zip(frame["one"], frame["other"], strict=True)]]
        assert here["way"].nunique() == len(one.origins)
        assert one.pupils == 10 * len(one.origins)


def test_incidents_at_a_stretch_are_what_pandas_counts(folder: Path, found: tuple[Corridors, np.ndarray]) -> None:
    ways, _ = found
    files = sorted((folder / "police_street").glob("*.csv.gz"))
    rows = pd.concat([pd.read_csv(file) for file in files]).dropna(subset=["Longitude"])
    points = rows.groupby(["Longitude", "Latitude"]).size().reset_index(name="n")
    xy = np.column_stack(TO_METRES.transform(points["Longitude"], points["Latitude"]))
    lines = [one.line for one in cut_into_stretches(ways, [None] * len(ways.places))]
    judged = stretches.by_points(lines, xy, points["n"].to_numpy(dtype=float))
    away = pd.DataFrame({at: shapely.distance(shapely.points(xy), line) for at, line in enumerate(lines)})
    near = away.min(axis=1) <= stretches.REACH
    expected = points["n"][near].groupby(away[near].idxmin(axis=1)).sum().reindex(range(len(lines)))
    at_ends = (away[near].rank(axis=1, method="min") == 1).sum(axis=1) > 1  # as near to two: either may have it
    assert judged["observed"].sum() == expected.sum()
    if not at_ends.any():
        assert judged["observed"].fillna(0).to_numpy() == pytest.approx(expected.fillna(0).to_numpy())
