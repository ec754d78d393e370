"""The ledger: what is shared holds nothing exact, and a released school year keeps its half-terms."""

from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.release.kinds import Protected
from geo.release.ledger import DAYS_OVER, Grouping, Ledger, is_over, keeping
from tests.unit.geo.calendars import HALF_TERMS, calendar
from tests.unit.geo.release.making import KEYS, TILES, over, release, usual

KEYS_OVER = [over(at) for at in range(len(TILES))]


@pytest.mark.parametrize(("days", "over"), [(-1, False), (0, False), (13, False), (14, True), (400, True)])
def test_a_half_term_is_over_for_14_days_before_it_is_released(days, over):
    assert DAYS_OVER == 14
    assert is_over(TILES[0], TILES[0].last + timedelta(days=days)) is over


def test_what_is_shared_has_no_room_for_exact_counts():
    ledger = release(usual())
    shared = ledger.released
    assert [one.name for one in fields(Protected)] == ["zoning", "periods", "shown", "clocks", "groups"]
    assert shared.zoning.years == ledger.zones
    assert shared.periods == tuple(one.period for one in ledger.frozen)
    for one, shown in zip(ledger.frozen, shared.shown, strict=True):
        assert np.array_equal(shown, one.shown)
        assert not (shown % 5).any()


def test_what_was_never_released_shares_nothing():
    assert Ledger().released == Protected(Ledger().released.zoning, (), ())


def without_gap(tiles):
    return all(one.last + timedelta(days=1) == following.first for one, following in pairwise(tiles))


def test_half_terms_are_as_they_are_now_where_nothing_is_released():
    assert keeping((), TILES) == TILES


def test_a_released_year_keeps_its_days_and_its_neighbours_fit_them():
    span = date(2023, 9, 1), date(2026, 8, 1)
    assumed = NATIONAL_PATTERN.half_terms_of_years(*span)
    with_terms = calendar(HALF_TERMS).half_terms_of_years(*span)  # for 2024/25
    assert with_terms != assumed
    released = tuple(one for one in assumed if one.year == "2024/25")
    kept = keeping(released, with_terms)
    assert tuple(one for one in kept if one.year == "2024/25") == released
    assert [one.key for one in kept] == [one.key for one in with_terms]
    assert without_gap(kept)


@pytest.mark.parametrize("days", [-3, 4])
@pytest.mark.parametrize("year", ["2023/24", "2024/25", "2025/26"])
def test_years_beside_a_released_one_begin_and_end_where_it_does(year, days):
    now = NATIONAL_PATTERN.half_terms_of_years(date(2023, 9, 1), date(2026, 8, 1))
    own = [one for one in now if one.year == year]
    moved = [
        replace(own[0], first=own[0].first + timedelta(days=days)),
        *own[1:-1],
        replace(own[-1], last=own[-1].last + timedelta(days=days)),
    ]
    kept = keeping(tuple(moved), now)
    assert [one for one in kept if one.year == year] == moved
    assert without_gap(kept)


OLD, NEW = {"theft": "violence", "taunts": "other"}, {"theft": "other", "taunts": "peer"}


def test_a_ledger_knows_by_which_groups_its_half_terms_were_released():
    one = release(usual()[:, :, :3], on=KEYS_OVER[2]).grouped_by(OLD)
    assert one.groupings == (Grouping(KEYS[2], OLD),)
    later = replace(release(usual()[:, :, :6], on=KEYS_OVER[5], after=one), groupings=one.groupings).grouped_by(NEW)
    assert later.groupings == (Grouping(KEYS[2], OLD), Grouping(KEYS[5], NEW))
    assert later.harm_of(KEYS[0], {}) == later.harm_of(KEYS[2], {"theft": "asb"}) == OLD
    assert later.harm_of(KEYS[3], OLD) == later.harm_of(KEYS[5], {}) == NEW
    assert later.harm_of(KEYS[6], OLD) == OLD


def test_what_nothing_was_released_of_has_no_groups_of_its_own():
    assert Ledger().grouped_by(OLD) == Ledger()
    assert Ledger().harm_of(KEYS[0], NEW) == NEW


def test_groups_that_stay_reach_to_what_is_released_since_and_take_in_new_categories():
    one = release(usual()[:, :, :3], on=KEYS_OVER[2]).grouped_by(OLD)
    assert one.grouped_by(NEW) == one
    later = replace(release(usual()[:, :, :6], on=KEYS_OVER[5], after=one), groupings=one.groupings)
    assert later.grouped_by(OLD | {"nudes": "peer"}).groupings == (Grouping(KEYS[5], OLD | {"nudes": "peer"}),)


@pytest.mark.parametrize("order", [1, -1])
def test_groups_are_kept_in_one_order(order):
    given = dict(list(OLD.items())[::order])
    assert list(release(usual()).grouped_by(given).groupings[0].harm_of) == ["taunts", "theft"]
