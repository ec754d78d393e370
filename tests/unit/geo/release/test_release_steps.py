"""Releasing: a half-term is released once, when it has been over for 14 days, and then stays as it is."""

from datetime import date, timedelta
from hashlib import sha256

import numpy as np
import pytest

from data.records.rows import NO_CONTRIBUTOR
from data.store.releases_at_rest import to_bytes
from geo import columns as c
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.release import release_steps
from geo.release.keyed import fractions
from geo.release.ledger import Ledger
from geo.release.release_steps import Basis
from geo.release.zones import build
from tests.unit.geo.calendars import HALF_TERMS, calendar
from tests.unit.geo.release.making import (
    ALL_OVER,
    AREAS,
    HARMS,
    KEYS,
    SECRET,
    TILES,
    YEARS,
    basis,
    months_only,
    more,
    over,
    release,
    release_rows,
    rows,
    usual,
)
from tests.unit.geo.release.towns import reordered

N = usual()


def keys(ledger):
    return tuple(one.period.key for one in ledger.frozen)


def shown(ledger):
    return {one.period.key: one.shown.tolist() for one in ledger.frozen}


@pytest.mark.parametrize(("days", "released"), [(13, KEYS[:3]), (14, KEYS[:4])])
def test_a_half_term_that_ended_fewer_than_14_days_before_is_not_released(days, released):
    ledger = release(N, on=TILES[3].last + timedelta(days=days))
    assert keys(ledger) == released
    assert {one.frozen_on for one in ledger.frozen} == {TILES[3].last + timedelta(days=days)}


def test_nothing_is_released_before_anything_is_over():
    assert release(N, on=over(0) - timedelta(days=1)) == Ledger()


def test_what_is_shown_is_multiples_of_5_by_zone_and_all_seven_harm_groups():
    ledger = release(more(np.zeros_like(N), 60, harm=2))  # one group occurs
    assert len(HARMS) == 7
    for one in ledger.frozen:
        [zones] = [zones for zones in ledger.zones if zones.year == one.period.year]
        assert one.shown.shape == one.exact.shape == (len(zones.codes), 7)
        assert not (one.shown % 5).any()


def test_a_released_half_term_stays_when_others_are_over():
    early, late = release(N, on=over(3)), release(N, on=over(11), after=release(N, on=over(3)))
    assert keys(late) == KEYS
    assert {key: cells for key, cells in shown(late).items() if key in keys(early)} == shown(early)
    assert [one.frozen_on for one in late.frozen] == [over(3)] * 4 + [over(11)] * 8


def test_the_same_again_on_a_later_day_changes_nothing():
    once = release(N)
    assert to_bytes(release(N, on=ALL_OVER + timedelta(days=900), after=once)) == to_bytes(once)


def test_a_row_of_an_open_half_term_changes_nothing():
    on = over(8)
    assert to_bytes(release(more(N, 1, period=9), on=on)) == to_bytes(release(N, on=on))
    assert to_bytes(release(more(N, 1, period=9), on=on, after=release(N, on=on))) == to_bytes(release(N, on=on))


@pytest.mark.parametrize("by", [1, 9])
@pytest.mark.parametrize("period", [0, 5, 11])
def test_a_few_rows_of_a_released_half_term_change_nothing(by, period):
    once = release(N)
    assert to_bytes(release(more(N, by, period=period), on=ALL_OVER, after=once)) == to_bytes(once)


def test_ten_rows_correct_a_released_half_term_once_with_the_same_secret_and_again_after_a_year():
    once, day = release(N), ALL_OVER
    first = release(more(N, 10, period=4), on=day, after=once)
    [corrected] = [one for one, before in zip(first.frozen, once.frozen, strict=True) if one is not before]
    assert (corrected.period.key, corrected.frozen_on, corrected.corrected_on) == (KEYS[4], day, day)
    assert int(corrected.exact.sum()) == int(once.frozen[4].exact.sum()) + 10
    assert corrected.shown.tolist() != once.frozen[4].shown.tolist()
    twice = more(N, 20, period=4)
    assert to_bytes(release(twice, on=day + timedelta(days=364), after=first)) == to_bytes(first)
    second = release(twice, on=day + timedelta(days=365), after=first)
    assert second.frozen[4].corrected_on == day + timedelta(days=365)
    assert int(second.frozen[4].exact.sum()) == int(once.frozen[4].exact.sum()) + 20


def test_small_changes_that_add_up_to_ten_are_one_correction():
    once = release(N)
    kept = release(more(N, 6, period=4), after=once)
    assert to_bytes(kept) == to_bytes(once)
    assert release(more(N, 12, period=4), after=kept).frozen[4].corrected_on == ALL_OVER


def test_what_another_secret_rounded_is_never_rounded_again():
    once = release(N)
    later = ALL_OVER + timedelta(days=800)
    changed = release(more(N, 500, period=4), on=later, after=once, secret=b"another")
    assert to_bytes(changed) == to_bytes(once)


def test_the_same_counts_have_the_same_release_on_every_machine():
    shape = (2, len(AREAS.codes), len(TILES), len(HARMS))
    drawn = fractions(SECRET, "counts", [str(at) for at in range(int(np.prod(shape)))]).reshape(shape)
    n = (6 * drawn**6).astype(np.int64)
    n[:, 4:] //= 3
    n[1, 6:] = 2 * n[0, 6:]
    pooled, own = release(n), release(n[:1])
    assert [zones.codes for zones in own.zones] == [("L1A", "L1B", "L1C", "L1D", "M2")] * 2
    told = b"".join(one.shown.astype("<i8").tobytes() for ledger in (pooled, own) for one in ledger.frozen)
    assert sha256(told).hexdigest()[:16] == "860886632c1a7ba3"


def test_two_secrets_round_apart():
    assert shown(release(N)) != shown(release(N, secret=b"another"))


def test_a_half_term_that_a_version_no_longer_covers_stays():
    once = release(N)
    assert to_bytes(release(N[:, :, :6], after=once)) == to_bytes(once)


def test_a_school_year_that_a_version_knows_nothing_of_stays():
    once = release(N)
    second_year = Basis(TILES[6:], TILES[6:], N[:, :, 6:], {})
    assert to_bytes(release_steps.release(once, second_year, AREAS, SECRET, ALL_OVER)) == to_bytes(once)


def test_zones_of_a_released_year_stay_whatever_comes_later():
    few = release(N[:, :, :6] // 4, on=over(5))
    many = release(np.concatenate([20 * N[:, :, :6], N[:, :, 6:]], axis=2), after=few)
    assert [zones.year for zones in many.zones] == list(YEARS)
    assert many.zones[0] is few.zones[0]


def test_zones_are_built_from_the_year_before_and_those_of_the_first_year_from_its_own():
    quiet_then_busy = N.copy()
    quiet_then_busy[:, 4:, :6] = 0  # nothing in the eastern district in the first year
    ledger = release(quiet_then_busy)
    own = build(AREAS, quiet_then_busy[:, :, :6].sum(axis=(2, 3)), YEARS[0], SECRET)
    following = build(AREAS, quiet_then_busy[:, :, :6].sum(axis=(2, 3)), YEARS[1], SECRET, own)
    for found, expected in zip(ledger.zones, (own, following), strict=True):
        assert (found.codes, found.elsewhere) == (expected.codes, expected.elsewhere)
        assert np.array_equal(found.member, expected.member)
    assert any(ledger.zones[1].elsewhere)


def test_zones_of_a_later_year_begin_with_those_of_the_year_before_it():
    tiles = NATIONAL_PATTERN.half_terms_of_years(date(2021, 9, 1), date(2025, 8, 31))
    n = np.zeros((1, 8, len(tiles), 7), dtype=np.int64)
    n[0, 4:] = 9
    n[0, :4, 0::6, 0] = np.transpose([(5, 5, 10, 10), (20, 3, 0, 20), (5, 4, 5, 6), (9, 9, 9, 9)])
    zones = release_steps.release(Ledger(), Basis(tiles, tiles, n, {}), AREAS, SECRET, over(-1)).zones
    three = ("L1A+L1B", "L1C", "L1D")
    assert [each.codes[:-4] for each in zones] == [three, three, ("L1A+L1B", "L1C+L1D"), ("L1A+L1B", "L1C+L1D")]


def test_the_total_shown_stays_within_three_of_the_truth_half_term_after_half_term():
    ledger, error = release(N), 0
    for one in ledger.frozen:
        error += int(one.shown.sum() - one.exact.sum())
        assert abs(error) <= 3


def test_term_dates_that_come_later_leave_a_released_year_as_it_was():
    table = rows(N)
    early = release_rows(table, on=over(8))
    late = release_rows(table, after=early, terms=calendar(HALF_TERMS))
    assert late.tiles == early.tiles == TILES
    assert all(one is before for one, before in zip(late.frozen, early.frozen, strict=False))
    assert {one.period.assumed for one in late.frozen} == {True}
    assert release_rows(table, terms=calendar(HALF_TERMS)).tiles != TILES


def test_a_year_that_is_not_finished_has_no_clock_and_a_finished_one_has_the_total_of_the_cube():
    table = rows(N)
    for on, years in ((over(10), YEARS[:1]), (over(11), YEARS)):
        ledger = release_rows(table, on=on)
        assert [clock.year for clock in ledger.clocks] == list(years)
        for clock in ledger.clocks:
            assert int(clock.n.sum()) == sum(int(x.shown.sum()) for x in ledger.frozen if x.period.year == clock.year)


def test_a_released_clock_stays_when_a_few_rows_come_late():
    once = release_rows(rows(N))
    assert to_bytes(release_rows(rows(more(N, 3)), after=once)) == to_bytes(once)


def test_a_corrected_year_has_a_clock_of_the_new_total():
    once = release_rows(rows(N))
    corrected = release_rows(rows(more(N, 40)), after=once)
    total = sum(int(one.shown.sum()) for one in corrected.frozen if one.period.year == YEARS[0])
    assert total > sum(int(one.shown.sum()) for one in once.frozen if one.period.year == YEARS[0])
    assert int(corrected.clocks[0].n.sum()) == total
    assert corrected.clocks[1] is once.clocks[1]


def test_data_that_know_months_alone_are_released_without_a_clock():
    table = months_only(rows(N))
    ledger = release_rows(table)
    assert keys(ledger) == KEYS
    assert ledger.clocks == ()
    assert sum(int(one.exact.sum()) for one in ledger.frozen) == table.num_rows


def test_the_last_half_term_waits_for_its_last_month_where_only_months_are_known():
    table = months_only(rows(N))
    months = table[c.MONTH].to_pylist()
    until = {last: [month <= last for month in months] for last in ("2023-09", "2023-10", "2023-11")}
    released = {last: keys(release_rows(table.filter(mask))) for last, mask in until.items()}
    assert released == {"2023-09": (), "2023-10": KEYS[:1], "2023-11": KEYS[:1]}


def test_days_and_months_count_the_same_rows_in_all():
    table = rows(N)
    by_day, by_month = basis(table), basis(months_only(table))
    assert by_day.n.sum() == by_month.n.sum() == sum(n.sum() for n in by_day.clocks.values()) == table.num_rows
    assert by_month.clocks == {}
    assert np.array_equal(by_day.n.sum(axis=0), N[0])


def test_a_zone_of_two_schools_is_merged_and_one_of_three_is_not():
    n = np.zeros((3, 8, 6, 7), dtype=np.int64)
    n[:2, 0] = 4  # in the first area two schools have all of it
    n[:, 1:] = 4
    [zones] = release(n, on=over(5)).zones
    alone = {code for code in zones.codes if code in AREAS.codes}
    assert "L1A" not in alone
    assert {"L2A", "L2B", "L2C", "L2D"} <= alone


@pytest.mark.parametrize("largest", [0, 1])
def test_rows_that_do_not_say_their_school_count_with_the_largest(largest):
    n = np.zeros((3, 8, 12, 7), dtype=np.int64)
    n[largest, :3, 2] = 3
    n[1 - largest, 2:5, 2] = 2
    n[2, 5:, 2] = 4  # of no school that is told
    found = basis(rows(n, schools=("1", "2", NO_CONTRIBUTOR))).n[:, :, 0]
    expected = n[:2, :, 2].copy()
    expected[largest] += n[2, :, 2]
    assert np.array_equal(found, expected)


def test_rows_of_one_school_and_of_none_that_is_told_are_of_one():
    assert basis(rows(usual(contributors=2), schools=("1", NO_CONTRIBUTOR))).n.shape[0] == 1


def test_a_pooled_release_is_rounded_school_by_school():
    n = usual(contributors=3, rate=2)
    ledger = release(n)
    member = {zones.year: zones.member for zones in ledger.zones}
    for one, exact in zip(ledger.frozen, n.transpose(2, 0, 1, 3), strict=True):
        by_zone = np.zeros((3, *one.shown.shape), dtype=np.int64)
        np.add.at(by_zone, (slice(None), member[one.period.year]), exact)
        assert (one.shown >= (by_zone // 5 * 5).sum(axis=0)).all()


def test_areas_in_another_order_release_the_same_counts():
    n, order = usual(), np.random.default_rng(3).permutation(8)
    moved = release(n[:, order], areas=reordered(AREAS, order))
    for one, other in zip(release(n).frozen, moved.frozen, strict=True):
        assert np.array_equal(one.shown, other.shown)
