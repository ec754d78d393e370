"""Walking distances in Leeds: equal to what networkx finds in a map that pyosmium alone has read, from every school."""

import itertools
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
import pandas as pd
import pytest

from geo.walking.ready_network import ReadyNetwork, make_ready
from geo.walking.snapping import FARTHEST
from geo.walking.walks import metres_between, metres_to, walks_from
from geo.walking.way_network import WayNetwork
from tests.unit.geo.walking.by_networkx import TO_METRES, Reference

pytestmark = pytest.mark.acceptance

EXACT = 1e-6
NOT_WALKED = {"bus_guideway", "no"}  # of the highways that this map has
CLOSED = {"private", "no", "bus", "A&E Only"}  # what stands for access on those that are not open
TWENTY_MINUTES = 1600


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "leeds_chapeltown"


@pytest.fixture(scope="module")
def ways(folder: Path) -> tuple[list[float], list[float], list[tuple[int, int]]]:
    """The points of all ways that are open to people on foot, in degrees, and the stretches between them."""
    numbers: dict[int, int] = {}
    lon, lat, stretches = [], [], []
    for one in osmium.FileProcessor(str(folder / "streets.osm.pbf")).with_locations():
        if not one.is_way() or one.tags.get("highway", "no") in NOT_WALKED or _closed(one.tags):
            continue
        for node in one.nodes:
            if node.ref not in numbers:
                numbers[node.ref] = len(lon)
                lon.append(node.location.lon)
                lat.append(node.location.lat)
        on_way = [numbers[node.ref] for node in one.nodes]
        stretches += itertools.pairwise(on_way)
    return lon, lat, stretches


def _closed(tags: osmium.osm.TagList) -> bool:
    area = tags.get("area") == "yes" and tags["highway"] not in ("pedestrian", "footway")
    return area or (tags.get("access") in CLOSED and tags.get("foot") not in ("yes", "designated"))


@pytest.fixture(scope="module")
def theirs(ways: tuple[list[float], list[float], list[tuple[int, int]]]) -> Reference:
    return Reference(*ways)


@pytest.fixture(scope="module")
def ours(ways: tuple[list[float], list[float], list[tuple[int, int]]]) -> ReadyNetwork:
    lon, lat, stretches = ways
    start, end = np.array(stretches).T
    return make_ready(WayNetwork(np.array(lon), np.array(lat), start, end))


@pytest.fixture(scope="module")
def schools(folder: Path) -> dict[str, np.ndarray]:
    """Where each school of the map is, in metres."""
    listed = pd.read_csv(folder / "schools" / "schools.csv")
    listed = listed[listed["in_map_box"].astype(str).str.lower().isin(["true", "1", "yes"])]
    places = np.column_stack(TO_METRES.transform(listed["Longitude"], listed["Latitude"]))
    assert len(places) == 18
    return dict(zip(listed["EstablishmentName"], places, strict=True))


def test_the_largest_part_is_that_of_networkx(ours: ReadyNetwork, theirs: Reference) -> None:
    assert (len(ours.xy), len(ours.start)) == (theirs.graph.number_of_nodes(), theirs.graph.number_of_edges())
    assert ours.parts_left_out == len(theirs.parts) - 1
    assert ours.metres.sum() == pytest.approx(theirs.graph.size(weight="weight"), abs=1e-3)


def test_every_school_is_as_far_from_every_corner_of_the_map_as_networkx_says(
    ours: ReadyNetwork, theirs: Reference, schools: dict[str, np.ndarray]
) -> None:
    nodes = np.array(sorted(theirs.graph))
    nodes = nodes[np.argsort(theirs.xy[nodes][:, 0], kind="stable")]
    assert ours.xy == pytest.approx(theirs.xy[nodes])
    for name, place in schools.items():
        graph, _ = theirs.tied(place)
        expected = nx.single_source_dijkstra_path_length(graph, ("place", 0), weight="weight")
        walks = walks_from(ours, place, 1e6)
        assert len(walks.points) == len(ours.xy)
        assert walks.metres == pytest.approx([expected[node] for node in nodes.tolist()], abs=EXACT), name


def test_published_points_are_as_far_as_networkx_says_and_the_rest_is_beyond(
    ours: ReadyNetwork, theirs: Reference, schools: dict[str, np.ndarray], folder: Path
) -> None:
    rows = pd.read_csv(folder / "police_street" / "2014-11-west-yorkshire-street.csv.gz").dropna(subset="Longitude")
    places = rows[["Longitude", "Latitude"]].drop_duplicates()
    points = np.column_stack(TO_METRES.transform(places["Longitude"].to_numpy(), places["Latitude"].to_numpy()))
    for name, place in list(schools.items())[::6]:
        near = points[np.hypot(*(points - place).T) <= TWENTY_MINUTES]
        expected, (_, *away) = theirs.from_one(place, near), theirs.tied(place, *near)[1]
        expected[(np.array(away) > FARTHEST) | (expected > TWENTY_MINUTES)] = np.inf
        found = metres_to(walks_from(ours, place, TWENTY_MINUTES), near)
        assert found == pytest.approx(expected, abs=EXACT), name
        assert 50 < np.isfinite(found).sum() < len(near)


def test_schools_are_as_far_apart_as_networkx_says(
    ours: ReadyNetwork, theirs: Reference, schools: dict[str, np.ndarray]
) -> None:
    first, *others = schools.values()
    expected = theirs.from_one(first, others)
    assert [metres_between(ours, first, other) for other in others] == pytest.approx(expected, abs=EXACT)
    assert [metres_between(ours, other, first) for other in others] == pytest.approx(expected, abs=EXACT)
