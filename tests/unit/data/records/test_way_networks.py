import numpy as np
import shapely

from data.records.way_networks import OpenWays, make_network, ways_of_lines


def ways(*listed):
    """Make ways of (key, longitude, latitude)."""
    points = [point for way in listed for point in way]
    keys, lon, lat = (np.array([point[at] for point in points]) for at in range(3))
    return OpenWays(keys.astype(np.int64), lon.astype(float), lat.astype(float), np.array([len(way) for way in listed]))


def stretches(network):
    """Return the pairs of places that stretches join."""
    places = list(zip(network.lon.tolist(), network.lat.tolist(), strict=True))
    return {frozenset((places[one], places[other])) for one, other in zip(network.start, network.end, strict=True)}


def test_ways_meet_at_nodes_of_the_same_number_and_nowhere_else():
    bridge = [(11, 0.0, -1.0), (12, 0.0, 0.0), (13, 0.0, 1.0)]  # over the middle of the other two, at its place
    network = make_network([ways([(1, -1.0, 0.0), (2, 0.0, 0.0)], [(2, 0.0, 0.0), (3, 1.0, 0.0)], bridge)], {})
    assert len(network.lon) == 6
    assert len(network.start) == 4
    assert np.bincount(np.append(network.start, network.end)).max() == 2


def test_a_stretch_that_two_ways_share_or_that_leads_nowhere_is_kept_once_or_not():
    back = [(2, 1.0, 0.0), (1, 0.0, 0.0), (1, 0.0, 0.0)]
    network = make_network([ways([(1, 0.0, 0.0), (2, 1.0, 0.0)], back)], {"motorways": 3})
    assert stretches(network) == {frozenset({(0.0, 0.0), (1.0, 0.0)})}
    assert network.left_out == {"motorways": 3}


def test_lines_meet_at_their_ends_only():
    through = shapely.LineString([(0, 0), (1, 0), (2, 0)])
    joined, crossing = shapely.LineString([(2, 0), (3, 1)]), shapely.LineString([(1, -1), (1, 0), (1, 1)])
    network = make_network([ways_of_lines(np.array([through, joined, crossing]))], {})
    assert len(network.start) == 5
    assert len(network.lon) == 7  # the end of one and the beginning of the next are one point, the crossing is two


def test_a_map_without_ways_has_an_empty_network():
    network = make_network([], {})
    assert len(network.lon) == len(network.start) == 0
