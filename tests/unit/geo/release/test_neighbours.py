import numpy as np
import shapely

from geo.areas.contiguity import neighbours_in_parent


def squares(*corners):
    """Return squares of 100 m with these south-west corners."""
    return np.array([shapely.box(east, north, east + 100, north + 100) for east, north in corners])


def one_parent(shapes):
    return neighbours_in_parent(shapes, np.zeros(len(shapes), dtype=np.int64))


def test_areas_that_share_a_side_or_a_corner_are_neighbours():
    assert one_parent(squares((0, 0), (100, 0), (200, 100))) == [{1}, {0, 2}, {1}]


def test_a_sliver_of_a_metre_does_not_part_neighbours():
    assert one_parent(squares((0, 0), (100.9, 0), (0, 100.9), (300, 0)))[0] == {1, 2}


def test_areas_of_different_parents_are_no_neighbours():
    assert neighbours_in_parent(squares((0, 0), (100, 0), (200, 0)), np.array([0, 1, 1])) == [set(), {2}, {1}]


def test_an_island_is_a_neighbour_of_the_nearest_area():
    assert one_parent(squares((0, 0), (100, 0), (100_250, 0))) == [{1}, {0, 2}, {1}]


def test_islands_are_joined_to_each_other_where_they_are_closer():
    assert one_parent(squares((0, 0), (900, 0), (1_005, 0))) == [{1}, {0, 2}, {1}]


def test_of_areas_as_near_to_the_millimetre_the_first_is_the_neighbour():
    assert one_parent(squares((0, 0), (0.0004, 100), (150, 50))) == [{1, 2}, {0}, {0}]
