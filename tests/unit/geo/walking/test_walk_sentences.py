"""What is said of walks: how far off a school lies, where the map ends, and what is not walked."""

import numpy as np

from geo.walking import walk_sentences
from geo.walking.walks import walks_from
from tests.unit.geo.walking.hand_made import at, ready

GRID = [(east, north) for east in range(0, 4000, 100) for north in range(0, 4000, 100)]
ROWS = [(number, number + 1) for number, (_, north) in enumerate(GRID) if north < 3900]
COLUMNS = [(number, number + 40) for number, (east, _) in enumerate(GRID) if east < 3900]
TOWN = ready(GRID, ROWS + COLUMNS)


def test_in_the_middle_of_a_map_there_is_nothing_to_warn_of() -> None:
    assert walk_sentences.warnings(walks_from(TOWN, at(2000, 2030), 800), "Hill School") == ()


def test_near_the_edge_of_a_map_it_is_said_to_which_sides_walks_may_be_cut() -> None:
    (said,) = walk_sentences.warnings(walks_from(TOWN, at(500, 3300), 800), "Hill School")
    assert said.startswith("The map of ways ends less than 800 m west and north of Hill School")


def test_a_few_ways_that_lead_out_of_a_map_are_not_taken_for_the_map() -> None:
    roads = [*GRID, (-3000, 2000), (7000, 2000)]
    town = ready(roads, [*ROWS, *COLUMNS, (20, len(GRID)), (39 * 40 + 20, len(GRID) + 1)])
    west, south, east, north = walk_sentences.map_edges(town).tolist()
    assert np.allclose([west, south, east, north], [*at(0, 0), *at(3900, 3900)], atol=0.01)


def test_a_school_far_from_any_way_is_told() -> None:
    (said, *_) = walk_sentences.warnings(walks_from(ready(), at(500, 400), 800), "Hill School")
    assert said.startswith("Hill School lies 300 m from the nearest way on the map")
    assert walk_sentences.far_off(250, "Hill School") is None


def test_what_is_not_walked_is_counted_by_why() -> None:
    town = ready(left_out={"motorways": 1, "private": 1200, "indoors, or no way through": 0})
    how, left_out = walk_sentences.method(walks_from(town, at(0, 0), 800))
    assert "One-way rules are not for people on foot" in how
    assert "80 m a minute" in how
    assert left_out == (
        "1,201 ways of the map are not walked: 1,200 private, 1 motorways. 1 part of it, 0.0 km of ways, does not hang "
        "together with the rest and is left out."
    )


def test_of_a_whole_map_only_the_method_is_said() -> None:
    assert walk_sentences.method(walks_from(TOWN, at(0, 0), 800)) == (walk_sentences.HOW,)
