import geopandas as gpd
import numpy as np
import pytest
import shapely
from libpysal.graph import Graph

from geo.areas.contiguity import graph_of, of_units, within


def squares(*corners):
    """Return squares of 100 m with these south-west corners."""
    return np.array([shapely.box(east, north, east + 100, north + 100) for east, north in corners])


def linked(graph):
    """Return the neighbours of each area, as sets of positions."""
    return [set(graph.indices[start:end].tolist()) for start, end in zip(graph.indptr, graph.indptr[1:], strict=False)]


ROW = graph_of(squares((0, 0), (100, 0), (200, 0), (300, 0)))


def test_areas_that_share_a_side_or_a_corner_are_neighbours():
    assert linked(graph_of(squares((0, 0), (100, 0), (200, 100)))) == [{1}, {0, 2}, {1}]


def test_a_sliver_of_a_metre_does_not_part_neighbours_and_more_does():
    assert linked(graph_of(squares((0, 0), (100.9, 0), (0, 101.1)))) == [{1}, {0}, set()]


def test_areas_that_overlap_are_neighbours():
    assert linked(graph_of(squares((0, 0), (50, 50)))) == [{1}, {0}]


def test_an_island_has_no_neighbour():
    assert linked(graph_of(squares((0, 0), (100, 0), (900, 0)))) == [{1}, {0}, set()]


def test_one_area_is_a_graph_without_links():
    graph = graph_of(squares((0, 0)))
    assert (graph.shape, graph.nnz) == ((1, 1), 0)


def test_a_graph_is_symmetric_holds_ones_and_no_area_is_its_own_neighbour():
    graph = graph_of(squares(*((100 * east, 100 * north) for east in range(6) for north in range(5))))
    assert (graph != graph.T).nnz == 0
    assert graph.dtype == np.int8
    assert set(graph.data.tolist()) == {1}
    assert not graph.diagonal().any()


@pytest.mark.parametrize("turned", [0, 30])
def test_a_grid_has_the_neighbours_that_libpysal_finds(turned):
    grid = shapely.transform(
        squares(*((100 * east, 100 * north) for east in range(9) for north in range(7))),
        lambda at: at @ np.array([[np.cos(turned), -np.sin(turned)], [np.sin(turned), np.cos(turned)]]),
    )
    theirs = Graph.build_contiguity(gpd.GeoSeries(grid), rook=False).sparse.toarray()
    np.testing.assert_array_equal(graph_of(grid).toarray(), theirs)


def test_larger_units_are_neighbours_when_any_of_their_areas_are():
    assert linked(of_units(ROW, np.array([0, 0, 2, 1]), 3)) == [{2}, {2}, {0, 1}]


def test_a_pair_of_units_is_linked_once_however_many_of_their_areas_meet():
    grid = graph_of(squares((0, 0), (100, 0), (0, 100), (100, 100)))
    units = of_units(grid, np.array([0, 1, 0, 1]), 2)
    assert units.toarray().tolist() == [[0, 1], [1, 0]]


def test_an_area_in_no_unit_links_none():
    assert linked(of_units(ROW, np.array([0, -1, 1, 2]), 3)) == [set(), {2}, {1}]


def test_only_kept_areas_keep_links_to_each_other():
    graph = within(ROW, np.array([True, True, False, True]))
    assert graph.shape == ROW.shape
    assert linked(graph) == [{1}, {0}, set(), set()]


def test_what_is_left_out_leaves_the_first_graph_as_it_was():
    before = ROW.toarray()
    within(ROW, np.zeros(4, dtype=np.bool_))
    np.testing.assert_array_equal(ROW.toarray(), before)
