"""Laws of regrouping: no incident appears or disappears, and days fit counts, whatever term dates say."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.calendar import months
from geo.calendar import periods as p
from geo.calendar.exposure import exposure
from geo.counts.regrouping import exposure_of, holding, parts, regrouped
from tests.property.test_half_terms_properties import CALENDARS
from tests.unit.geo.samples import cube

CATEGORIES = ("Burglary", "Drugs", "Robbery")
STARTS = st.integers(0, 60)
FEW = st.integers(0, 9)
UNITS = st.sampled_from(p.UNITS)
KINDS = st.sampled_from(p.UNITS[1:])


@st.composite
def cubes(draw):
    """Return a cube by months or by half-terms, some of them missing."""
    shape = (draw(st.integers(1, 3)), draw(st.integers(1, 40)), draw(st.integers(1, 3)))
    n = draw(arrays.arrays(np.int64, shape, elements=FEW))
    made = cube(n, months.shift("2019-01", draw(STARTS)), CATEGORIES[: shape[2]])
    if draw(st.booleans()):
        first = draw(STARTS)
        halves = tuple(p.half_term(2019 + at // 6, at % 6 + 1) for at in range(first, first + shape[1]))
        made = replace(made, periods=halves, protected=True)
    missing = draw(st.sets(st.sampled_from(made.periods), max_size=3))
    made.n[:, made.period_slice(sorted(missing))] = 0
    return replace(made, missing=frozenset(missing))


def drawn_unit(data, base):
    return data.draw(st.sampled_from(p.larger(p.unit_of(base))))


@given(cubes(), CALENDARS, st.data())
def test_a_larger_period_that_is_known_is_the_sum_of_its_parts_and_all_of_them_are_known(drawn, calendar, data):
    unit = drawn_unit(data, drawn.periods)
    found, held = regrouped(drawn, unit, calendar), parts(drawn.periods, unit, calendar)
    there = set(drawn.periods) - drawn.missing
    for at, period in enumerate(found.periods):
        whole = bool(held[period]) and set(held[period]) <= there
        assert (period not in found.missing) is whole
        expected = drawn.n[:, drawn.period_slice(held[period])].sum(axis=1) if whole else 0
        assert np.array_equal(found.n[:, at], np.broadcast_to(expected, found.n[:, at].shape))


@given(cubes(), CALENDARS, st.data())
def test_the_total_of_whole_larger_periods_is_that_of_their_parts(drawn, calendar, data):
    unit = drawn_unit(data, drawn.periods)
    found, held = regrouped(drawn, unit, calendar), parts(drawn.periods, unit, calendar)
    within = [part for period in found.periods if period not in found.missing for part in held[period]]
    assert len(set(within)) == len(within)
    assert np.array_equal(found.n.sum(axis=1), drawn.n[:, drawn.period_slice(within)].sum(axis=1))


@given(cubes(), CALENDARS, st.data())
def test_larger_periods_run_without_a_break_and_hold_every_part_once(drawn, calendar, data):
    unit = drawn_unit(data, drawn.periods)
    held = parts(drawn.periods, unit, calendar)
    assert list(held) == p.between(next(iter(held)), list(held)[-1])
    every = [part for of_one in held.values() for part in of_one]
    assert every == p.between(every[0], every[-1])
    assert set(drawn.periods) <= set(every)
    assert regrouped(drawn, unit, calendar).protected is drawn.protected


@given(cubes(), CALENDARS)
def test_going_by_half_terms_gives_the_terms_and_years_that_the_base_gives(drawn, calendar):
    halves = regrouped(drawn, "half-term", calendar)
    for unit in ("term", "school year"):
        at_once, by_steps = regrouped(drawn, unit, calendar), regrouped(halves, unit, calendar)
        assert at_once.periods == by_steps.periods
        assert at_once.missing <= by_steps.missing  # a half-term that term dates leave without a month is a hole
        known = at_once.period_slice([period for period in at_once.periods if period not in by_steps.missing])
        assert np.array_equal(at_once.n[:, known], by_steps.n[:, known])


@given(cubes(), CALENDARS, st.data())
def test_days_of_larger_periods_are_those_of_their_parts(drawn, calendar, data):
    unit = drawn_unit(data, drawn.periods)
    held, found = parts(drawn.periods, unit, calendar), exposure_of(drawn.periods, unit, calendar)
    for at, of_one in enumerate(held.values()):
        expected = exposure(of_one, calendar)
        assert found.days[at] == expected.days.sum()
        assert found.school_days[at] == expected.school_days.sum()
    assert (found.school_days <= found.days).all()


@given(CALENDARS, STARTS, st.integers(1, 12))
def test_terms_and_school_years_have_the_days_of_their_half_terms(calendar, first, length):
    halves = [p.half_term(2019 + at // 6, at % 6 + 1) for at in range(first, first + length)]
    for unit in ("term", "school year"):
        larger = list(parts(halves, unit, calendar))
        by_halves, whole = exposure_of(halves, unit, calendar), exposure(larger, calendar)
        assert np.array_equal(by_halves.days, whole.days)
        assert np.array_equal(by_halves.school_days, whole.school_days)


@given(cubes(), CALENDARS, st.data())
def test_chosen_periods_are_parts_of_those_that_hold_them(drawn, calendar, data):
    unit = drawn_unit(data, drawn.periods)
    ends = sorted(data.draw(st.tuples(*[st.integers(0, len(drawn.periods) - 1)] * 2)))
    chosen = drawn.periods[ends[0] : ends[1] + 1]
    held = parts(drawn.periods, unit, calendar)
    found = holding(chosen, unit, calendar)
    assert found == tuple(period for period in held if set(held[period]) & set(chosen))


@given(KINDS, STARTS, UNITS)
def test_what_a_period_holds_is_held_by_it(kind, start, unit):
    period = p.around(p.half_term(2019 + start // 6, start % 6 + 1), kind)
    if unit not in p.larger(kind):
        return
    outer = p.around(period, unit)
    assert period in p.inside(outer, kind)
    assert all(p.around(one, unit) == outer for one in p.inside(outer, kind))
