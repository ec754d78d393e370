"""Laws of half-terms: whatever term dates say, every day belongs to one half-term, and all agree on which."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geo import columns as c
from geo.calendar import periods
from geo.calendar.half_terms import position_of_month, positions_of_days
from geo.calendar.school_calendar import NATIONAL_PATTERN, SchoolCalendar
from geo.release.ledger import keeping
from tests.unit.geo.calendars import HALF_TERMS, HOLIDAYS, TERMS, term_dates

DAYS = st.dates(date(2019, 1, 1), date(2029, 12, 31))
KINDS = st.sampled_from(["term", "half-term", "holiday", "inset"])
LABELS = st.sampled_from(["Autumn 1", "Half-term holiday", "Spring break", "Term"])


@st.composite
def anything(draw):
    """Return term dates that need make no sense."""
    rows = draw(st.lists(st.tuples(LABELS, DAYS, st.integers(0, 120), KINDS), max_size=25))
    spans = [(label, first, first + timedelta(days=length), kind) for label, first, length, kind in rows]
    listed = pd.DataFrame(spans, columns=[c.LABEL, c.FIRST_DAY, c.LAST_DAY, c.KIND])
    return listed.astype({c.FIRST_DAY: "datetime64[s]", c.LAST_DAY: "datetime64[s]"})


@st.composite
def sensible(draw):
    """Return term dates of several years, each written in one of the usual ways and moved by some days."""
    years = draw(st.lists(st.integers(-4, 4), unique=True, max_size=6))
    parts = [term_dates("")]
    for year in years:
        listed = term_dates(draw(st.sampled_from([HALF_TERMS, TERMS + HOLIDAYS, TERMS])))
        move = pd.Timedelta(days=364 * year + 7 * draw(st.integers(-1, 2)))
        parts.append(listed.assign(**{name: listed[name] + move for name in (c.FIRST_DAY, c.LAST_DAY)}))
    return pd.concat(parts, ignore_index=True)


TERM_DATES = st.one_of(anything(), sensible())
CALENDARS = st.one_of(st.just(NATIONAL_PATTERN), TERM_DATES.map(SchoolCalendar.from_term_dates))
SPANS = st.tuples(DAYS, DAYS).map(sorted)


def every_day(first, last):
    return np.arange(np.datetime64(first), np.datetime64(last) + 1)


@given(CALENDARS, SPANS)
def test_every_day_of_a_span_is_in_one_half_term(calendar, span):
    first, last = span
    found = calendar.half_terms(first, last)
    assert all(one.first <= one.last for one in found)
    assert all((after.first - before.last).days == 1 for before, after in pairwise(found))
    assert found[0].first <= first <= found[0].last
    assert found[-1].first <= last <= found[-1].last
    assert [one.key for one in found] == periods.between(found[0].key, found[-1].key)


@given(CALENDARS, SPANS, SPANS)
def test_a_half_term_is_the_same_whatever_span_it_is_asked_for(calendar, one, other):
    known = {tile.key: tile for tile in calendar.half_terms(*one)}
    assert all(known.get(tile.key, tile) == tile for tile in calendar.half_terms(*other))


@given(CALENDARS, DAYS)
def test_from_september_to_august_there_are_whole_school_years(calendar, day):
    found = calendar.half_terms(date(day.year, 9, 1), date(day.year + 1, 8, 14))
    assert [one.key for one in found] == [periods.half_term(day.year, number) for number in range(1, 7)]
    assert len({one.assumed for one in found}) == 1


@given(CALENDARS, SPANS)
def test_days_are_found_in_the_half_term_that_holds_them(calendar, span):
    found = calendar.half_terms(*span)
    days = every_day(*span)
    positions = positions_of_days(days, found)
    firsts = np.array([one.first for one in found], dtype="datetime64[D]")
    lasts = np.array([one.last for one in found], dtype="datetime64[D]")
    assert ((firsts[positions] <= days) & (days <= lasts[positions])).all()


@given(CALENDARS, DAYS)
def test_no_half_term_holds_more_days_of_a_month_than_the_one_it_belongs_to(calendar, day):
    month = f"{day:%Y-%m}"
    days = every_day(month + "-01", np.datetime64(np.datetime64(month) + 1, "D") - 1)
    found = calendar.half_terms(days[0].item(), days[-1].item())
    held = np.bincount(positions_of_days(days, found), minlength=len(found))
    assert position_of_month(month, found) == held.tolist().index(held.max())


@given(CALENDARS, CALENDARS, SPANS)
def test_years_that_are_released_from_leave_no_gap_when_term_dates_change(before, after, span):
    released = before.half_terms_of_years(*span)
    found = keeping(released, after.half_terms_of_years(date(2018, 1, 1), date(2031, 1, 1)))
    assert set(released) <= set(found)
    assert all(one.first <= one.last for one in found)
    assert all((following.first - one.last).days == 1 for one, following in pairwise(found))


@given(CALENDARS, SPANS)
def test_whole_school_years_hold_the_half_terms_of_a_span(calendar, span):
    found = calendar.half_terms_of_years(*span)
    assert set(calendar.half_terms(*span)) <= set(found)
    assert all((following.first - one.last).days == 1 for one, following in pairwise(found))
    ends = [tile.year for tile in calendar.half_terms(*span)]
    assert (found[0].key, found[-1].key) == (f"{ends[0]}-1", f"{ends[-1]}-6")


@given(CALENDARS, SPANS)
def test_a_day_is_a_holiday_whatever_days_are_asked_for_with_it(calendar, span):
    days = every_day(*span)
    together = calendar.is_holiday(days)
    assert calendar.is_holiday(days[-1:]).tolist() == together[-1:].tolist()
    assert calendar.is_holiday(days[::-3]).tolist() == together[::-3].tolist()
