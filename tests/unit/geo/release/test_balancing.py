"""Balancing: the total first, then the margins, within the bounds of every cell."""

import numpy as np
import pytest

from geo.release.balancing import STEP, Bounds, Margin, balance

NONE = np.zeros(4, dtype=np.int64)
ONE = np.ones(4, dtype=np.int64)
RANK = np.arange(4)
ROWS = np.array([0, 0, 1, 1])
COLUMNS = np.array([0, 1, 0, 1])


def balanced(start, total, margins, error=None, low=NONE, high=ONE, rank=RANK):
    """Balance four cells whose exact counts are such that the start has ``error``."""
    start = np.array(start)
    error = NONE if error is None else np.array(error)
    return balance(start, Bounds(low, high), total, error, margins, rank).tolist()


@pytest.mark.parametrize("total", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("start", [[0, 0, 0, 0], [1, 0, 1, 0], [1, 1, 1, 1]])
def test_the_total_is_met_where_the_bounds_allow_it(start, total) -> None:
    assert sum(balanced(start, total, [Margin(ROWS, 1)])) == total


def test_a_total_out_of_reach_is_come_near_to() -> None:
    assert balanced([0, 0, 1, 0], 9, [Margin(ROWS, 1)]) == [1, 1, 1, 1]
    assert balanced([1, 1, 1, 1], -3, [Margin(ROWS, 1)], low=np.array([0, 1, 0, 0])) == [0, 1, 0, 0]


def test_steps_are_taken_where_they_are_wanted_most() -> None:
    assert balanced([0, 0, 0, 0], 1, [Margin(np.arange(4), 1)], error=[-1, -2, -4, -3]) == [0, 0, 1, 0]
    assert balanced([1, 1, 1, 1], 3, [Margin(np.arange(4), 1)], error=[1, 4, 2, 3]) == [1, 0, 1, 1]


def test_cells_swap_until_the_groups_are_close() -> None:
    margins = [Margin(ROWS, 1), Margin(COLUMNS, 1), Margin(np.arange(4), 1)]
    assert balanced([1, 1, 0, 0], 2, margins, error=[4, 3, -4, -3]) == [0, 1, 1, 0]


def test_cells_of_one_group_swap_for_the_sake_of_another() -> None:
    margins = [Margin(ROWS, 9), Margin(COLUMNS, 1, owed=np.array([6, -6]))]
    assert balanced([1, 0, 0, 0], 1, margins, high=np.array([1, 1, 0, 0])) == [0, 1, 0, 0]


def test_the_only_two_cells_that_share_a_group_swap_though_a_third_would_be_cheaper_to_raise() -> None:
    margins = [Margin(np.array([0, 0, 1]), 9), Margin(np.arange(3), 1, owed=np.array([6, 0, -1]))]
    none = np.zeros(3, dtype=np.int64)
    found = balance(np.array([1, 0, 0]), Bounds(none, none + 1), 1, none, margins, np.arange(3))
    assert found.tolist() == [0, 1, 0]


def test_what_is_owed_from_before_is_made_good() -> None:
    assert balanced([0, 0, 0, 0], 2, [Margin(ROWS, 1, owed=np.array([8, -8]))]) == [0, 0, 1, 1]


def test_a_cell_with_room_takes_several_steps() -> None:
    assert balanced([0, 0, 0, 0], 3, [Margin(ROWS, 1, owed=np.array([90, 0]))], high=3 * ONE)[:2] == [0, 0]


def test_equal_choices_go_by_rank() -> None:
    for rank in ([3, 1, 0, 2], [0, 1, 2, 3]):
        found = balanced([0, 0, 0, 0], 1, [Margin(np.arange(4), 1)], rank=np.array(rank))
        assert found.index(1) == rank.index(0)


def test_the_start_is_left_as_it_was() -> None:
    start = NONE.copy()
    balance(start, Bounds(NONE, ONE), 4, NONE - STEP, [Margin(ROWS, 1)], RANK)
    assert not start.any()


def test_a_single_cell_swaps_with_nothing() -> None:
    one = np.ones(1, dtype=np.int64)
    assert balance(one, Bounds(0 * one, one), 1, -4 * one, [Margin(0 * one, 1)], 0 * one).tolist() == [1]


def test_no_cells_are_balanced_already() -> None:
    empty = np.zeros(0, dtype=np.int64)
    assert balance(empty, Bounds(empty, empty), 1, empty, [Margin(empty, 1)], empty).tolist() == []
