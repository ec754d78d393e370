"""Laws of the rounding: what it may never disclose, whatever the counts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.harms import HARM_GROUPS
from geo.release.rounding import protect, round_to_total
from geo.release.rounding_error import RoundingError

HARMS = tuple(HARM_GROUPS)
FEW = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 23))
ANY = st.integers(1, 4)
SEVERAL = st.integers(2, 4)
SECRETS = st.binary(min_size=1, max_size=8)


@st.composite
def half_terms(draw, contributors=ANY):
    """Counts by half-term × contributor × zone × harm group, and the larger area of each zone."""
    shape = (draw(st.integers(1, 4)), draw(contributors), draw(st.integers(1, 5)), len(HARMS))
    n = draw(arrays.arrays(np.int64, shape, elements=FEW))
    parent = draw(arrays.arrays(np.int64, shape[2], elements=st.integers(0, 2)))
    return n, parent


def names_of(period, contributors, zones):
    return [f"{period}|{zone}|{harm}|{one}" for one in contributors for zone in zones for harm in HARMS]


def released(n, parent, secret, contributors=None, zones=None):
    """Round half-term after half-term, a new school year at the third: what is shown, and what was carried after it."""
    contributors = range(n.shape[1]) if contributors is None else contributors
    zones = range(n.shape[2]) if zones is None else zones
    rounding_error, shown, after = RoundingError.fresh(n.shape[2], 3), [], []
    for period, now in enumerate(n):
        rounding_error = rounding_error.next_year(n.shape[2], np.arange(n.shape[2])) if period == 2 else rounding_error
        shown.append(protect(now, parent, rounding_error, names_of(period, contributors, zones), secret))
        rounding_error = rounding_error.after(now, shown[-1], parent)
        after.append(rounding_error)
    return np.array(shown), after


def most(n):
    """Return how many fives may be added to each cell, by half-term × zone × harm group: none depends on a 1 to 4."""
    return np.maximum((n >= 5).sum(axis=1), (n.shape[1] + 1) // 2)


@given(half_terms(), SECRETS)
def test_how_far_a_cell_is_raised_depends_on_who_has_5_or_more_alone(drawn, secret):
    n, parent = drawn
    shown, _ = released(n, parent, secret)
    whole = (n // 5 * 5).sum(axis=1)
    assert not (shown % 5).any()
    assert (shown >= whole).all()
    assert (shown <= whole + 5 * most(n)).all()


@given(half_terms(SEVERAL), SECRETS, st.data())
def test_no_contributors_together_can_prove_that_the_others_have_one_to_four(drawn, secret, data):
    n, parent = drawn
    shown, _ = released(n, parent, secret)
    own = data.draw(st.lists(st.booleans(), min_size=n.shape[1], max_size=n.shape[1]))
    others = n[:, np.logical_not(own)].sum(axis=1)
    mine = n * np.array(own)[:, np.newaxis, np.newaxis]
    beyond_its_own = shown > (mine // 5 * 5).sum(axis=1) + 5 * most(mine)
    assert (others[beyond_its_own] >= 5).all()


@given(half_terms(), SECRETS)
def test_all_that_is_shown_so_far_is_within_3_of_the_truth_or_4_where_several_contribute(drawn, secret):
    n, parent = drawn
    shown, after = released(n, parent, secret)
    for at, rounding_error in enumerate(after):
        assert rounding_error.total == shown[: at + 1].sum() - n[: at + 1].sum()
        within = 3 if n.shape[1] == 1 else 4
        if rounding_error.counted >= 5:
            assert rounding_error.total <= within
        if rounding_error.counted >= 5 and rounding_error.total < -within:
            assert (shown[at] == (n[at] // 5 * 5).sum(axis=0) + 5 * most(n)[at]).all()


@given(half_terms(), SECRETS, st.data())
def test_the_order_of_zones_and_contributors_makes_no_difference(drawn, secret, data):
    n, parent = drawn
    contributors = data.draw(st.permutations(range(n.shape[1])))
    zones = data.draw(st.permutations(range(n.shape[2])))
    shown, _ = released(n, parent, secret)
    moved, _ = released(n[:, contributors][:, :, zones], parent[zones], secret, contributors, zones)
    assert np.array_equal(moved, shown[:, zones])
    assert np.array_equal(released(n, parent, secret)[0], shown)


@given(half_terms(), SECRETS, st.data())
def test_what_comes_later_changes_nothing_that_is_shown(drawn, secret, data):
    n, parent = drawn
    first = data.draw(st.integers(1, len(n)))
    assert np.array_equal(released(n[:first], parent, secret)[0], released(n, parent, secret)[0][:first])


@given(arrays.arrays(np.int64, st.integers(1, 40), elements=FEW), SECRETS, st.data())
def test_a_table_has_the_total_asked_for_and_keeps_the_rule(n, secret, data):
    total = int((n // 5 * 5).sum()) + 5 * data.draw(st.integers(0, len(n)))
    names = [f"2025/26|{at}" for at in range(len(n))]
    groups = [np.arange(len(n)) % 3, np.arange(len(n)) // 4]
    shown = round_to_total(n, total, names, secret, groups)
    assert shown.sum() == total
    assert set(np.unique(shown - n // 5 * 5)) <= {0, 5}
    order = data.draw(st.permutations(range(len(n))))
    moved = round_to_total(n[order], total, [names[at] for at in order], secret, [group[order] for group in groups])
    assert np.array_equal(moved, shown[order])
