"""What the first edition gave away stays hidden now; and the attackers that say so do find it in the first edition.

``python -m tests.attack`` does the same in hundreds of worlds.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations_with_replacement, product
from typing import Final

import numpy as np
import pytest

from geo.counts.cube import Counts
from geo.release.ledger import Ledger
from tests.attack import coalitions, comparison, survival, totals, utility, worlds
from tests.attack.comparison import CERTAIN, NOTHING, Findings
from tests.attack.rules import FIRST, PRODUCT, Rule, Totals, released
from tests.attack.verdicts import FEW, NEVER_NARROWER
from tests.attack.worlds import World

WORLDS: Final = {60: 24, 180: 16, 900: 8, 3000: 4}  # of each size; there is more to see in larger ones
MANY_ZONES: Final = 50  # in all years; the mean of fewer is up to chance
SHOWN: Final = range(0, 50, 5)
OWN: Final = (0, 1, 2, 4, 5, 7, 9, 10, 14)  # counts that a contributor knows: all that rounding can tell apart


@cache
def found_in(size: int, rule: Rule) -> Findings:
    found = Findings()
    for seed in range(WORLDS[size]):
        found.add(comparison.attack(seed, size, rule))
    return found


@cache
def found_in_all(rule: Rule) -> Findings:
    found = Findings()
    for size in worlds.SIZES:
        found.add(found_in(size, rule))
    return found


@pytest.mark.parametrize("size", worlds.SIZES)
@pytest.mark.parametrize("kind", ["seven", "one", "pooled"])
def test_a_shown_5_may_well_be_nothing(size: int, kind: str) -> None:
    found = getattr(found_in(size, PRODUCT), kind)
    assert found.cells.all.after.value >= NOTHING
    assert found.clocks.all.after.value >= NOTHING


@pytest.mark.parametrize("kind", ["seven", "one", "pooled", "continued"])
def test_hardly_any_small_total_is_certain_to_be_more_than_none(kind: str) -> None:
    every = found_in_all(PRODUCT)
    found = every.continued if kind == "continued" else getattr(every, kind).totals
    assert found.rest.of > 50
    assert found.rest.value <= CERTAIN
    assert not found.exact.part
    assert not found.unfit


def test_the_survival_of_a_zone_tells_nothing_beside_what_is_shown() -> None:
    found = found_in_all(PRODUCT).zones.telling
    assert found.of > 300
    assert not found.part


@pytest.mark.parametrize("rule", [FIRST, PRODUCT], ids=["first edition", "product"])
def test_a_zone_that_is_shown_as_5_goes_on_whatever_it_holds(rule: Rule) -> None:
    went_on = [
        survival.goes_on(inside, after.zones[1])
        for seed in range(12)
        for inside, after in _zones_that_are_empty(worlds.make(seed, 180), rule)
    ]
    assert len(went_on) > 5
    assert all(went_on) == (rule is PRODUCT)


def _zones_that_are_empty(world: World, rule: Rule) -> Iterator[tuple[np.ndarray, Ledger]]:
    """Yield zones shown as 5 to 15 in the first year, and the next release as it is without their incidents."""
    before = released(world, over=6, rule=rule)
    shown = sum(one.shown.sum(axis=1) for one in before.frozen)
    for zone in np.flatnonzero((shown >= 5) & (shown <= 15) & ~np.array(before.zones[0].elsewhere)).tolist():
        inside = before.zones[0].member == zone
        n = world.n.copy()
        n[:, inside, :6] = 0
        yield inside, released(World(world.seed, world.size, n, world.clock), before, 7, rule)


def test_a_pooled_zone_tells_no_coalition_that_others_have_a_few() -> None:
    assert not found_in_all(PRODUCT).zones.others.part


@pytest.mark.parametrize("size", worlds.SIZES)
def test_a_coalition_that_leaves_two_contributors_learns_nothing_of_theirs(size: int) -> None:
    found = found_in(size, PRODUCT).coalitions
    assert found.cells.few > 0
    assert found.cells.told == []
    assert not found.totals.exact
    assert found.totals.presences <= CERTAIN * found.totals.few
    assert not found.unfit


@pytest.mark.parametrize("size", worlds.SIZES)
def test_all_that_is_shown_stays_close_to_the_truth(size: int) -> None:
    found = found_in(size, PRODUCT)
    for one in (found.seven.closeness, found.one.closeness, found.pooled.closeness):
        assert one.total_largest <= utility.WITHIN
        assert one.zone_mean <= utility.MEAN_ZONE or len(one.zones) < MANY_ZONES
    assert found.seven.closeness.kept >= utility.TOP_KEPT * found.seven.closeness.top


def test_each_weakness_of_the_first_edition_is_found() -> None:
    assert comparison.unfound(found_in_all(FIRST)) == []


def test_the_first_edition_is_as_close_to_the_truth_as_it_was() -> None:
    found = found_in_all(FIRST).seven.closeness
    assert found.total_largest == FIRST.totals.within
    assert found.zone_mean < 1.6


@pytest.mark.parametrize(("own", "others"), [(1, 1), (1, 2), (2, 2), (1, 3)])
def test_no_coalition_learns_of_the_others_from_any_cell_that_there_can_be(own: int, others: int) -> None:
    for shown, known in product(SHOWN, combinations_with_replacement(OWN, own)):
        left = shown - sum(n // 5 * 5 for n in known)
        if left >= 0:
            low, high = coalitions.conclude(left, known, others, PRODUCT.raised_at_most)
            assert low == 0 or low > FEW
            assert high - low >= NEVER_NARROWER


@pytest.mark.parametrize("others", [1, 2])
def test_two_contributors_would_learn_of_the_others_in_the_first_edition(others: int) -> None:
    # Were all others without incidents, only one of the two would have been raised.
    assert coalitions.conclude(10, (4, 4), others, FIRST.raised_at_most)[0] == 1
    assert coalitions.conclude(10, (4, 4), others, PRODUCT.raised_at_most)[0] == 0


def test_a_school_would_learn_of_the_others_if_each_were_raised_without_regard_to_them() -> None:
    assert coalitions.conclude(10, (1,), 2, _each_raised)[0] == 1
    assert coalitions.conclude(10, (1,), 2, FIRST.raised_at_most)[0] > FEW


@pytest.mark.parametrize(
    ("rule", "least", "most"),
    [(FIRST.totals, [3, 1, 0], [7, 9, 4]), (PRODUCT.totals, [1, 0, 0], [8, 12, 6])],
    ids=["first edition", "product"],
)
def test_a_rise_of_5_tells_of_an_incident_only_where_totals_are_the_nearest(
    rule: Totals, least: list[int], most: list[int]
) -> None:
    between = totals.ranges(np.array([5, 5, 0]), [rule] * 3, np.zeros(3, dtype=np.int64))
    assert between is not None
    assert [one.tolist() for one in between] == [least, most]


def test_totals_that_the_rule_cannot_have_shown_are_told() -> None:
    one_at_most = np.array([1, 1])
    assert totals.ranges(np.array([0, 10]), [FIRST.totals] * 2, 0 * one_at_most, one_at_most) is None


def _each_raised(n: Counts) -> Counts:
    raised: Counts = np.maximum((n > 0).sum(axis=0), n.sum(axis=0) == 0)
    return raised
