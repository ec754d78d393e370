from itertools import permutations as orders

import numpy as np
from scipy.sparse import csr_array

from geo.statistics.permutation import neighbour_tails
from tests.unit.geo.statistics.grids import grid

VALUES = np.array([0.0, 1.0, 1.0, 4.0, 0.3, 2.0])
LINKS = csr_array(
    np.array(
        [
            [0, 1, 1, 0, 0, 0],
            [1, 0, 1, 1, 0, 0],
            [1, 1, 0, 0, 0, 0],
            [0, 1, 0, 0, 1, 0],
            [0, 0, 0, 1, 0, 0],
            [0, 0, 0, 0, 0, 0],
        ],
        dtype=np.int8,
    )
)


def exact(values, links):
    """Return both tails from every order in which the other areas' values can lie."""
    tails = []
    for area, degree in enumerate(np.diff(links.indptr).tolist()):
        held = (links @ values)[area]
        sums = np.array([sum(order[:degree]) for order in orders(np.delete(values, area).tolist())])
        tails.append(((sums <= held + 1e-9).mean(), (sums >= held - 1e-9).mean()))
    return np.array(tails)


def test_tails_are_those_of_all_orders_of_the_other_areas():
    below, above = neighbour_tails(np.column_stack([VALUES, VALUES[::-1]]), LINKS, 3, 100_000)
    for period, values in enumerate((VALUES, VALUES[::-1])):
        np.testing.assert_allclose(
            np.column_stack([below[:, period], above[:, period]]), exact(values, LINKS), atol=0.006
        )


def test_an_area_without_neighbours_is_never_out_of_the_ordinary():
    below, above = neighbour_tails(VALUES[:, np.newaxis], LINKS, 3, 99)
    assert (below[5, 0], above[5, 0]) == (1, 1)
    below, above = neighbour_tails(VALUES[:, np.newaxis], csr_array((6, 6), dtype=np.int8), 3, 99)
    assert (below == 1).all()
    assert (above == 1).all()


def test_areas_that_all_neighbour_each_other_hold_what_every_draw_holds():
    everyone = csr_array(1 - np.eye(6, dtype=np.int8))
    below, above = neighbour_tails(np.array([0.1, 0.2, 0.3, 0.7, 1.1, 0.0])[:, np.newaxis], everyone, 3, 500)
    assert (below == 1).all()
    assert (above == 1).all()


def test_values_that_are_all_the_same_are_never_out_of_the_ordinary():
    for value in (0.0, 0.1, -7.3):
        below, above = neighbour_tails(np.full((25, 1), value), grid(5), 3, 99)
        assert (below == 1).all()
        assert (above == 1).all()


def test_no_chance_is_none_at_all():
    values = np.zeros((400, 1))
    values[[189, 190, 191, 209, 210, 211, 229, 230, 231]] = 100
    _, above = neighbour_tails(values, grid(20), 3, 999)
    assert above[210, 0] == 1 / 1_000


def test_draws_made_in_blocks_are_all_counted():
    many = np.random.default_rng(1).poisson(1, (2_500, 1)).astype(float)
    below, above = neighbour_tails(many, grid(50), 3, 4_000)  # 1,600 draws of so many areas are a block
    assert (below + above >= 1).all()
    counted = np.round(np.concatenate([below, above]) * 4_001, 6)
    np.testing.assert_array_equal(counted, np.round(counted))
    assert counted.max() <= 4_001
