"""Walks: exact distances on a network made by hand, as networkx has them, and what is left out of a network."""

import itertools

import numpy as np
import pytest

from geo.errors import InputError
from geo.walking.ready_network import make_ready
from geo.walking.snapping import FARTHEST, snap
from geo.walking.walks import metres_between, metres_to, walks_from
from geo.walking.way_network import WayNetwork
from tests.unit.geo.walking.hand_made import POINTS, STRETCHES, at, network, ready, reference

EXACT = 1e-6
ROUNDED = 0.01  # what a way through degrees and back costs
PLACES = {
    "at a corner": (0, 0),
    "beside a street": (50, 12),
    "in the middle of the long road": (500, 130),
    "near its end": (880, 90),
    "beyond its end": (960, 100),
    "at a dead end": (185, -20),
    "in the block": (45, 52),
    "on the far side": (20, 230),
}


def test_every_pair_of_places_is_as_far_as_networkx_says() -> None:
    net, theirs = ready(), reference()
    for one, other in itertools.product(PLACES.values(), repeat=2):
        if one != other:
            found = metres_between(net, at(*one), at(*other))
            assert found == pytest.approx(theirs.between(at(*one), at(*other)), abs=EXACT), f"{one} to {other}"


@pytest.mark.parametrize("limit", [1, 60, 150, 400, 5000])
@pytest.mark.parametrize("start", PLACES.values(), ids=PLACES)
def test_what_is_within_a_limit_has_its_distance_and_nothing_else_has_one(
    start: tuple[float, float], limit: float
) -> None:
    others = np.array([at(*place) for place in PLACES.values() if place != start])
    theirs = reference().from_one(at(*start), others)
    found = metres_to(walks_from(ready(), at(*start), limit), others)
    assert found == pytest.approx(np.where(theirs <= limit, theirs, np.inf), abs=EXACT)


def test_a_place_meets_the_middle_of_a_long_stretch_and_not_the_nearest_corner() -> None:
    met = snap(ready(), at(500, 130)[None, :])
    assert met.away[0] == pytest.approx(30, abs=ROUNDED)
    assert met.along[0] == pytest.approx(400, abs=ROUNDED)
    assert met.foot[0] == pytest.approx(at(500, 100), abs=ROUNDED)


def test_both_ends_on_one_stretch_are_as_far_apart_as_along_it() -> None:
    assert metres_between(ready(), at(300, 110), at(700, 80)) == pytest.approx(10 + 400 + 20, abs=ROUNDED)


def test_one_walks_round_a_block_and_not_through_it() -> None:
    assert metres_between(ready(), at(0, 150), at(100, 150)) == pytest.approx(200, abs=ROUNDED)
    assert metres_between(ready(), at(180, 0), at(500, 100)) == pytest.approx(80 + 100 + 400, abs=ROUNDED)


def test_a_stretch_is_walked_both_ways_whichever_way_it_was_drawn() -> None:
    turned = ready(stretches=[(other, one) for one, other in STRETCHES])
    for one, other in itertools.combinations(PLACES.values(), 2):
        assert metres_between(turned, at(*one), at(*other)) == pytest.approx(
            metres_between(ready(), at(*one), at(*other)), abs=EXACT
        )


def test_parts_that_do_not_hang_together_are_left_out_and_counted() -> None:
    net = ready()
    assert (len(net.xy), net.parts_left_out) == (len(POINTS) - 2, 1)
    assert net.metres_left_out == pytest.approx(40, abs=ROUNDED)
    met = snap(net, at(620, 400)[None, :])  # on the garden path: the long road is the nearest of what is left
    assert met.away[0] == pytest.approx(300, abs=ROUNDED)


def test_a_place_far_from_any_way_has_no_walking_distance() -> None:
    far = at(500, 100 + FARTHEST + 1)
    assert snap(ready(), far[None, :]).stretch[0] == -1
    assert metres_between(ready(), far, at(0, 0)) == np.inf
    assert metres_between(ready(), at(0, 0), far) == np.inf
    assert metres_to(walks_from(ready(), at(0, 0), 5000), far[None, :])[0] == np.inf
    none = walks_from(ready(), far, 5000)
    assert (len(none.points), metres_to(none, at(0, 0)[None, :])[0]) == (0, np.inf)


def test_repeated_stretches_loops_and_points_at_one_place_change_nothing() -> None:
    doubled = (*POINTS, (100, 100))
    net = ready(doubled, (*STRETCHES, (1, 0), (0, 0), (4, 1), (4, len(POINTS)), (len(POINTS), 7)))
    for one, other in itertools.combinations(PLACES.values(), 2):
        assert metres_between(net, at(*one), at(*other)) == pytest.approx(
            metres_between(ready(), at(*one), at(*other)), abs=EXACT
        )


@pytest.mark.parametrize(
    "broken",
    [
        network(stretches=()),
        network(stretches=[(1, 1)]),
        WayNetwork(np.zeros(0), np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64)),
        network(stretches=[(0, 99)]),
        network(stretches=[(-1, 2)]),
        WayNetwork(np.array([np.nan, -1.5]), np.array([53.4, 53.5]), np.array([0]), np.array([1])),
        WayNetwork(np.array([400.0, -1.5]), np.array([91.0, 53.5]), np.array([0]), np.array([1])),
    ],
)
def test_a_broken_network_is_refused_in_a_sentence(broken: WayNetwork) -> None:
    with pytest.raises(InputError, match=r"^Walking needs .*bring another base map\.$"):
        make_ready(broken)
