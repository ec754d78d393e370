"""Laws of a release: every export is a sum of its cells, and it never changes but by a correction that is due."""

from datetime import timedelta

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from data.formats.csv_output import frame_csv
from data.services import exports
from data.store.releases_at_rest import from_bytes, to_bytes
from geo import columns as c
from geo import disclosure
from geo.calendar import half_terms
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.counts.filters import Choice
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from geo.release.ledger import Ledger
from geo.views import listing, view
from geo.views.listing import CountsRequest
from tests.unit.geo.calendars import HALF_TERMS, calendar
from tests.unit.geo.release.making import (
    ALL_OVER,
    AREAS,
    HARMS,
    KEYS,
    TILES,
    YEARS,
    months_only,
    more,
    over,
    release,
    release_rows,
    rows,
    usual,
)

EXAMPLES = settings(max_examples=15)  # each releases a town, some of them several times
SECRETS = st.binary(min_size=1, max_size=8)
LEVELS = ("zone", "msoa", "district")
BYS = st.lists(st.sampled_from(("area", "period", "category", "harm")), min_size=1, max_size=4, unique=True)
PLACES = st.tuples(st.integers(0, 7), st.integers(0, 11), st.integers(0, 6))  # area, half-term, harm group


@st.composite
def counts(draw, contributors=(1, 3)):
    """Return counts of two school years, from nearly none to many, with quiet places in the first."""
    rate = draw(st.sampled_from([0.02, 0.1, 0.5, 2.0]))
    n = usual(draw(st.integers(0, 999)), rate, draw(st.sampled_from(contributors)))
    n[:, draw(st.lists(st.integers(0, 7), max_size=6)), :6] = 0
    return more(n, 1)  # one at least


@st.composite
def asked(draw, released):
    """Return a filter of any kind that a release can answer."""
    there = view.periods(released)
    first, last = sorted(draw(st.tuples(*[st.integers(0, len(there) - 1)] * 2)))
    level = draw(st.sampled_from(LEVELS))
    years = view.years_of(released, there[first : last + 1])
    codes = view.view_counts(released, AREAS, level, years).units.codes
    return CountsRequest(
        draw(BYS),
        level,
        draw(st.just(()) | st.lists(st.sampled_from(codes), max_size=4)),
        there[first],
        there[last],
        draw(st.just(()) | st.lists(st.sampled_from(HARMS), max_size=4)),
    )


def in_two_steps(n, secret, last):
    """Release the first half-term, from which the zones of its year are made, and then all others that are over."""
    return release(n, on=over(last), after=release(n, on=over(0), secret=secret), secret=secret)


def every_export(ledger):
    """Return all that can be exported of a release."""
    released = ledger.released
    if not ledger.frozen:
        return []
    everything, choice = ("area", "period", "harm"), Choice(view.periods(released), HARMS)
    return [
        *(exports.counts_csv(released, AREAS, CountsRequest(everything, level)) for level in LEVELS),
        exports.counts_json(released, AREAS, CountsRequest(everything)),
        frame_csv(exports.areas_table(released, AREAS, "zone", choice, MeasureRequest(Measure.RATE), "")),
    ]


def summed(released, wanted):
    """Sum the cells of a release one by one: for each line of a listing, what its cells come to."""
    years = view.years_of(released, [key for key in KEYS if wanted.first <= key <= wanted.last])
    units = view.view_counts(released, AREAS, wanted.level, years).units
    lines = {}
    for period, shown in zip(released.periods, released.shown, strict=True):
        if not wanted.first <= period.key <= wanted.last:
            continue
        [zones] = [zones for zones in released.zoning.years if zones.year == period.year]
        for zone, cells in enumerate(shown):
            [unit] = {units.codes[at] for at in units.member[zones.member == zone]}  # a zone lies in one unit
            for harm, n in zip(HARMS, cells.tolist(), strict=True):
                if (not wanted.areas or unit in wanted.areas) and (not wanted.harms or harm in wanted.harms):
                    of_cell = {"area": unit, "period": period.key, "harm": harm, "category": listing.HARM_GROUPS[harm]}
                    line = tuple(of_cell[name] for name in wanted.by)
                    lines[line] = lines.get(line, 0) + n
    return lines


@EXAMPLES
@given(counts(), SECRETS, st.integers(0, 11), st.data())
def test_any_listing_is_sums_of_the_cells_of_the_release_told_by_the_rule(n, secret, last, data):
    released = in_two_steps(n, secret, last).released
    for _ in range(4):
        wanted = data.draw(asked(released))
        table = listing.list_counts(released, AREAS, wanted)
        expected = summed(released, wanted)
        assert list(table[list(wanted.by)].itertuples(index=False, name=None)) == sorted(expected)
        for line, n_told, shown in table.set_index(list(wanted.by), drop=True).itertuples(name=None):
            key = line if isinstance(line, tuple) else (line,)
            assert shown == disclosure.say(expected[key])
            assert n_told == expected[key] if expected[key] >= 10 else n_told is table["n"].dtype.na_value


@EXAMPLES
@given(counts(), SECRETS, st.data())
def test_the_order_of_rows_makes_no_difference(n, secret, data):
    table = rows(n)
    cut = data.draw(st.integers(0, table.num_rows))
    order = np.random.default_rng(data.draw(st.integers(0, 999))).permutation(table.num_rows)
    shuffled = table.take(order)
    in_parts = pa.concat_tables([table.slice(cut), table.slice(0, cut)])
    expected = to_bytes(release_rows(table, secret=secret))
    assert to_bytes(release_rows(shuffled, secret=secret)) == expected
    assert to_bytes(release_rows(in_parts, secret=secret)) == expected
    assert to_bytes(from_bytes(expected)) == expected


@EXAMPLES
@given(counts(), SECRETS, st.integers(0, 10), PLACES)
def test_one_row_more_in_an_open_half_term_leaves_every_export_as_it_is(n, secret, last, place):
    area, period, harm = place
    opened = max(period, last + 1)
    on = over(last)
    once, with_one = (release(each, on=on, secret=secret) for each in (n, more(n, 1, area, opened, harm)))
    assert every_export(with_one) == every_export(once)
    assert every_export(release(more(n, 1, area, opened, harm), on=on, after=once, secret=secret)) == every_export(once)


@EXAMPLES
@given(counts(), SECRETS, PLACES, st.integers(-9, 9), st.integers(0, 2_000))
def test_up_to_nine_rows_in_a_released_half_term_leave_every_export_as_it_is(n, secret, place, by, days):
    area, period, harm = place
    once = release(n, secret=secret)
    changed = np.maximum(more(n, by, area, period, harm), 0)
    again = release(changed, on=ALL_OVER + timedelta(days=days), after=once, secret=secret)
    assert to_bytes(again) == to_bytes(once)
    assert every_export(again) == every_export(once)


@EXAMPLES
@given(counts(), SECRETS, PLACES, st.integers(10, 40), st.integers(0, 364))
def test_ten_rows_or_more_are_corrected_once_a_year_with_the_same_secret_only(n, secret, place, by, days):
    area, period, harm = place
    once = release(n, secret=secret)
    first = release(more(n, by, area, period, harm), after=once, secret=secret)
    assert [one.corrected_on is not None for one in first.frozen] == [at == period for at in range(12)]
    twice = more(n, 2 * by, area, period, harm)
    soon, late = (ALL_OVER + timedelta(days=after) for after in (days, 365))
    assert to_bytes(release(twice, on=soon, after=first, secret=secret)) == to_bytes(first)
    assert release(twice, on=late, after=first, secret=secret).frozen[period].corrected_on == late
    assert to_bytes(release(twice, on=late, after=first, secret=secret + b"!")) == to_bytes(first)


@EXAMPLES
@given(counts(), SECRETS, st.lists(st.integers(0, 11), min_size=2, max_size=4), st.data())
def test_what_is_released_stays_whatever_comes_later(n, secret, lasts, data):
    table, ledger = rows(n), Ledger()
    for last in sorted(lasts):
        terms = data.draw(st.sampled_from([NATIONAL_PATTERN, calendar(HALF_TERMS)]))
        late = table.slice(0, data.draw(st.integers(0, 9)))
        following = release_rows(pa.concat_tables([table, late]), over(last), ledger, secret, terms=terms)
        assert following.zones[: len(ledger.zones)] == ledger.zones
        assert [one for one in following.tiles if one.year in {zones.year for zones in ledger.zones}] == [*ledger.tiles]
        assert following.frozen[: len(ledger.frozen)] == ledger.frozen
        assert following.clocks[: len(ledger.clocks)] == ledger.clocks
        ledger = following


@EXAMPLES
@given(counts(), SECRETS, st.integers(0, 11))
def test_larger_areas_and_totals_are_sums_of_zones(n, secret, last):
    ledger = in_two_steps(n, secret, last)
    years = view.years_of(ledger.released, KEYS)
    zones = view.view_counts(ledger.released, AREAS, "zone", years)
    for level in LEVELS:
        larger = view.view_counts(ledger.released, AREAS, level, years)
        assert larger.cube.n.sum(axis=0).tolist() == [one.shown.sum(axis=0).tolist() for one in ledger.frozen]
        for at in range(len(larger.units.codes)):
            inside = np.unique(zones.units.member[larger.units.member == at])
            assert np.array_equal(larger.cube.n[at], zones.cube.n[inside].sum(axis=0))


@EXAMPLES
@given(counts(), SECRETS, st.integers(0, 11))
def test_the_clock_of_a_finished_year_has_the_total_of_its_cube(n, secret, last):
    ledger = release_rows(rows(n), on=over(last), secret=secret)
    finished = [year for year in YEARS if KEYS.index(f"{year}-6") < len(ledger.frozen)]
    clocks = [clock.year for clock in ledger.clocks]
    assert clocks == finished if len(n) == 1 else set(clocks) <= set(finished)
    for clock in ledger.clocks:
        assert int(clock.n.sum()) == sum(int(one.shown.sum()) for one in ledger.frozen if one.period.year == clock.year)
        assert not (clock.n % 5).any()


@EXAMPLES
@given(counts(), SECRETS)
def test_data_that_know_months_alone_are_released_by_the_same_laws(n, secret):
    table = months_only(rows(n))
    ledger = release_rows(table, secret=secret)
    assert ledger.clocks == ()
    held = [half_terms.position_of_month(month, TILES) for month in table[c.MONTH].to_pylist()]
    released = {one.period.key for one in ledger.frozen}
    counted = [at for at in held if TILES[at].key in released]
    assert sum(int(one.exact.sum()) for one in ledger.frozen) == len(counted)
    assert set(held) - set(counted) <= {max(held)}  # the last half-term waits until its last month is there
    assert all(not (one.shown % 5).any() for one in ledger.frozen)
