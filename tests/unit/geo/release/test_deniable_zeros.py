"""Deniable zeros: how many are shown as 5, where, and that the same are chosen for the same draws."""

import numpy as np
import pytest

from geo.release.deniable_zeros import SHARE, CellGroups, Zeros


def zeros(n, most=1, elsewhere=None):
    """Return the cells of one contributor's counts, most of which can take one five more."""
    n = np.array(n)
    return Zeros(n - n % 5, n % 5, most, int((n > 0).sum()) if elsewhere is None else elsewhere)


def group(labels, fives=None, most=100):
    """Return cells in groups that were shown with so many fives before."""
    new = CellGroups.new(np.array(labels), most)
    return new if fives is None else CellGroups(new.label, np.array(fives, dtype=float), new.most)


def drawn(size, seed=0):
    return np.random.default_rng(seed).random(size)


def chosen(cells, steps, groups, seed=0):
    rng = np.random.default_rng(seed)
    size = len(cells.whole)
    return cells.choose(steps, groups, 0.0, rng.random(size), rng.random(), rng.random())


def often(cells, steps, groups, times=400):
    """Return how often each cell is chosen."""
    return np.mean([chosen(cells, steps, groups, seed) for seed in range(times)], axis=0)


def test_a_share_of_what_is_shown_as_5_is_chosen():
    cells = zeros([1] * 20 + [0] * 80)
    found = [chosen(cells, 4, [group([0] * 100)], seed).sum() for seed in range(400)]
    assert np.mean(found) == pytest.approx(SHARE * 4, abs=0.1)


def test_only_cells_without_incidents_are_chosen():
    cells = zeros([3] * 30 + [0] * 10)
    assert not often(cells, 18, [group([0] * 40)])[:30].any()


def test_more_are_chosen_where_more_fives_were_shown_before():
    row, column = np.arange(200) // 20, np.arange(200) % 20
    groups = [group(row), group(column, fives=np.where(np.arange(20) < 10, 2, 10))]
    found = often(zeros([1] * 20 + [0] * 180), 4, groups)[20:]
    assert found[column[20:] >= 10].sum() > 3 * found[column[20:] < 10].sum() > 0


def test_a_group_that_never_had_a_five_has_one_now_and_then():
    row, column = np.arange(200) // 20, np.arange(200) % 20
    n = np.where((row < 9) & (column == 0), 2, 0)
    found = often(zeros(n), 4, [group(row), group(column)], times=2_000)
    assert 0 < found[row == 9].sum() < 0.1


def test_no_group_has_more_than_its_most():
    cells = zeros([4] * 40 + [0] * 40)
    limited = CellGroups(np.arange(80) % 2, np.ones(2), np.array([1, 100]))
    found = [chosen(cells, 32, [limited], seed) for seed in range(50)]
    assert max(each[0::2].sum() for each in found) <= 2  # one, and what a keyed offset adds at its edge
    assert np.mean([each[0::2].sum() for each in found]) <= 1.1


def test_what_is_lacking_so_far_is_made_up_for_and_what_was_too_much_is_not_added_to():
    cells = zeros([1] * 20 + [0] * 80)
    for owed, number in ((2, SHARE * 4 + 2), (-2, 0)):
        found = [cells.choose(4, [group([0] * 100)], owed, drawn(100, at), at / 50, 0.5).sum() for at in range(50)]
        assert np.mean(found) == pytest.approx(number, abs=0.1)


def test_zeros_take_what_has_no_room_elsewhere():
    assert chosen(zeros([1, 0, 0], elsewhere=1), 3, [group([0, 0, 0])]).tolist() == [0, 1, 1]


def test_where_many_contribute_a_zero_is_shown_with_more_than_one_five_now_and_then():
    cells = zeros([1] * 200 + [0] * 800, most=3)
    found = [chosen(cells, 40, [group([0] * 1_000)], seed) for seed in range(100)]
    assert {0, 1, 2} <= set(np.unique(found)) <= {0, 1, 2, 3}
    assert max(each.sum() for each in found) <= 40


def test_the_order_of_cells_makes_no_difference():
    n, labels = [1, 2, 3, 0, 0, 0, 0, 0], [0, 0, 1, 1, 0, 1, 0, 1]
    draws, order = drawn(8), np.random.default_rng(1).permutation(8)
    one = zeros(n).choose(3, [group(labels)], 0.0, draws, 0.9, 0.3)
    other = zeros(np.array(n)[order]).choose(3, [group(np.array(labels)[order])], 0.0, draws[order], 0.9, 0.3)
    assert one[order].tolist() == other.tolist()
