"""Laws of walks: as far back as there, never shorter than a straight line or than a way round, as networkx has it."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.walking.walks import metres_between, metres_to, walks_from
from tests.unit.geo.walking.hand_made import at, ready, reference

NEARLY = 1e-6
SIDE = 6  # streets of a town on a grid, from which some stretches are missing
EVERY = [(at, at + 1) for at in range(SIDE * SIDE) if (at + 1) % SIDE] + [(at, at + SIDE) for at in range(SIDE * 5)]
OFFSET = st.integers(-40, 40)
POINTS = st.lists(st.tuples(OFFSET, OFFSET), min_size=SIDE * SIDE, max_size=SIDE * SIDE).map(
    lambda moved: [
        (100 * (number % SIDE) + east, 100 * (number // SIDE) + north) for number, (east, north) in enumerate(moved)
    ]
)
STRETCHES = st.lists(st.sampled_from(EVERY), min_size=8, max_size=60, unique=True)
# Not on a whole metre, so that no place lies as far from one street as from another.
PLACE = st.tuples(st.integers(-150, 650), st.integers(-150, 650)).map(lambda xy: at(xy[0] + 0.37, xy[1] + 0.19))


@given(POINTS, STRETCHES, PLACE, PLACE, PLACE)
@settings(max_examples=60, deadline=None)
def test_walks_are_distances_and_those_of_networkx(points, stretches, one, other, third):
    town, theirs = ready(points, stretches), reference(points, stretches)
    assume(sorted(map(len, theirs.parts))[-2:] != [len(theirs.graph)] * 2)  # of two equally large parts either is right
    there = metres_between(town, one, other)
    assume(np.isfinite([there, metres_between(town, one, third)]).all())
    assert there == pytest.approx(theirs.between(one, other), abs=NEARLY)
    assert there == pytest.approx(metres_between(town, other, one), abs=NEARLY)
    assert there >= np.hypot(*(one - other)) - NEARLY
    assert there <= metres_between(town, one, third) + metres_between(town, third, other) + NEARLY


@given(POINTS, STRETCHES, st.lists(PLACE, min_size=2, max_size=12), st.integers(0, 1500))
@settings(max_examples=60, deadline=None)
def test_what_a_limit_reaches_is_what_is_within_it(points, stretches, places, limit):
    town = ready(points, stretches)
    start, others = places[0], np.array(places[1:])
    apart = np.array([metres_between(town, start, other) for other in others])
    assume((np.abs(apart - limit) > NEARLY).all())
    found = metres_to(walks_from(town, start, limit), others)
    assert found == pytest.approx(np.where(apart <= limit, apart, np.inf), abs=NEARLY)
