"""Laws of months: shifting can be undone, runs have no break, and gaps are exactly what is missing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from geo.calendar import months

MONTHS = st.builds("{:04d}-{:02d}".format, st.integers(1900, 2200), st.integers(1, 12))
STEPS = st.integers(-1000, 1000)


@given(MONTHS, STEPS)
def test_a_shift_back_undoes_a_shift(month, by):
    assert months.is_month(months.shift(month, by))
    assert months.shift(months.shift(month, by), -by) == month


@given(MONTHS, STEPS, STEPS)
def test_two_shifts_are_one_of_their_sum(month, one, other):
    assert months.shift(months.shift(month, one), other) == months.shift(month, one + other)


@given(MONTHS, STEPS)
def test_later_months_sort_after_earlier_ones(month, by):
    shifted = months.shift(month, by)
    assert (shifted > month) == (by > 0)
    assert (shifted < month) == (by < 0)


@given(MONTHS, st.integers(0, 60))
def test_a_run_has_no_break_and_both_ends(first, length):
    run = months.between(first, months.shift(first, length))
    assert len(run) == length + 1
    assert run[0] == first
    assert all(months.shift(one, 1) == following for one, following in pairwise(run))


@given(st.lists(st.builds(lambda by: months.shift("2019-11", by), st.integers(0, 40)), min_size=1))
def test_months_and_their_gaps_make_one_run(have):
    gaps = months.gaps(have)
    assert not set(gaps) & set(have)
    assert sorted(set(gaps) | set(have)) == months.between(min(have), max(have))


@given(st.lists(MONTHS, max_size=12))
def test_the_year_before_differs_in_the_year_alone(run):
    before = months.year_before(run)
    assert [month[4:] for month in before] == [month[4:] for month in run]
    assert [int(month[:4]) + 1 for month in before] == [int(month[:4]) for month in run]


@given(MONTHS, st.integers(0, 40))
def test_what_is_said_of_a_run_names_both_its_ends(first, length):
    last = months.shift(first, length)
    said = months.say_range(months.between(first, last))
    assert said.startswith(months.say(first)[:3])
    assert said.endswith(months.say(last))
    assert first[:4] in said
