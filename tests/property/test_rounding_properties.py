"""Laws of the rounding: what it may never disclose, whatever the counts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.harms import HARM_GROUPS
from geo.release.keyed import fractions
from geo.release.rounding import DENIABLE, RoundingError, protect, round_to_total

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


def deniable(n, secret):
    """Return the empty cells that may be shown as 5, by half-term × zone × harm group."""
    listed = [name for at in range(len(n)) for name in names_of(at, [0], range(n.shape[2]))]
    drawn = fractions(secret, "zero", listed).reshape(len(n), *n.shape[2:])
    return (n.sum(axis=1) == 0) & (drawn < DENIABLE)


@given(half_terms(), SECRETS)
def test_every_cell_is_a_sum_of_counts_each_rounded_to_a_5_beside_it(drawn, secret):
    n, parent = drawn
    shown, _ = released(n, parent, secret)
    whole = (n // 5 * 5).sum(axis=1)
    assert not (shown % 5).any()
    assert (shown >= whole).all()
    assert (shown <= whole + 5 * ((n > 0).sum(axis=1) + deniable(n, secret))).all()


@given(half_terms(SEVERAL), SECRETS)
def test_no_contributor_can_prove_a_small_count_of_the_others(drawn, secret):
    n, parent = drawn
    shown, _ = released(n, parent, secret)
    for one in range(n.shape[1]):
        others = n.sum(axis=1) - n[:, one]
        beyond_its_own = shown > n[:, one] // 5 * 5 + 5
        assert (others[beyond_its_own] >= 5).all()


@given(half_terms(), SECRETS)
def test_all_that_is_shown_so_far_is_as_near_as_the_rules_allow(drawn, secret):
    n, parent = drawn
    shown, after = released(n, parent, secret)
    for at, rounding_error in enumerate(after):
        assert rounding_error.total == shown[: at + 1].sum() - n[: at + 1].sum()
        assert rounding_error.total <= 2
        if rounding_error.counted >= 5 and rounding_error.total < -2:
            small = n[at].sum(axis=0) - n[at].max(axis=0) < 5
            room = np.where(small, np.minimum(n[at].any(axis=0), 1), (n[at] > 0).sum(axis=0))
            assert (shown[at] == (n[at] // 5 * 5).sum(axis=0) + 5 * (room + deniable(n, secret)[at])).all()


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
    phantoms = (n == 0) & (shown == 5)
    usual = fractions(secret, "zero", names) < DENIABLE
    needed = (total - (n // 5 * 5).sum()) // 5 - (n > 0).sum()
    assert (phantoms & ~usual).sum() <= max(0, needed)
    order = data.draw(st.permutations(range(len(n))))
    moved = round_to_total(n[order], total, [names[at] for at in order], secret, [group[order] for group in groups])
    assert np.array_equal(moved, shown[order])
