"""A change is never said without what it may be, and not at all where that is nearly anything."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.change_wording import UNCERTAIN, amount, amount_against, brief, change, difference, ends

INF, NAN = math.inf, math.nan


@pytest.mark.parametrize(
    ("ratio", "low", "high", "said"),
    [
        (1.2, 0.8, 1.8, "up 20 % (could be anywhere from 20 % down to 80 % up)"),
        (0.8, 0.5, 0.9, "down 20 % (could be anywhere from 50 % to 10 % down)"),
        (1.5, 1.2, 1.8, "up 50 % (could be anywhere from 20 % to 80 % up)"),
        (1.0, 0.88, 1.15, "about as many (could be anywhere from 12 % down to 15 % up)"),
        (1.5, 1.0, 1.9, "up 50 % (could be anywhere from no change to 90 % up)"),
    ],
)
def test_less_than_double_is_said_in_percent(ratio, low, high, said):
    assert change(ratio, low, high) == said


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (1.94, "94 % more"),
        (1.95, "about twice as many"),
        (2.04, "about twice as many"),
        (2.06, "about 2.1 times as many"),
        (3.0, "about 3 times as many"),
        (9.94, "about 9.9 times as many"),
        (14.2, "about 14 times as many"),
        (1.006, "1 % more"),
        (1.004, "about as many"),
        (0.996, "about as many"),
        (0.5, "50 % fewer"),
        (0.001, "99 % fewer"),
    ],
)
def test_from_double_on_it_is_said_as_a_multiple(ratio, said):
    assert amount(ratio) == said


def test_a_large_rise_is_no_percentage():
    assert change(3.0, 1.8, 5.3) == "about 3 times as many (could be anywhere from 80 % up to 5.3 times as many)"
    assert change(4.0, 2.5, 6.2) == "about 4 times as many (could be anywhere from 2.5 to 6.2 times as many)"


@pytest.mark.parametrize(
    ("ratio", "low", "high"), [(2.0, 0.2, 60.6), (1.0, 0.1, 1.001), (12.0, 3.0, 31.0), (2.0, 0.0, 5.0), (NAN, NAN, NAN)]
)
def test_an_interval_of_more_than_ten_times_is_too_uncertain_to_say(ratio, low, high):
    assert change(ratio, low, high) == difference(ratio, low, high) == brief(ratio, low, high) == UNCERTAIN
    assert UNCERTAIN == "too uncertain to say"


def test_an_interval_of_just_ten_times_is_said():
    assert change(1.0, 0.25, 2.5) == "about as many (could be anywhere from 75 % down to 2.5 times as many)"


@pytest.mark.parametrize(
    ("ratio", "low", "high", "said"),
    [
        (0.0, 0.0, 0.1, "at least 90 % down"),
        (0.0, 0.0, 1.0, UNCERTAIN),
        (0.0, 0.0, 3.0, UNCERTAIN),
        (INF, 2.5, INF, "at least 2.5 times as many"),
        (INF, 1.3, INF, "at least 30 % up"),
        (INF, 0.9, INF, UNCERTAIN),
    ],
)
def test_none_on_one_side_is_said_by_its_least_where_that_is_a_change(ratio, low, high, said):
    assert change(ratio, low, high) == said


def test_an_end_beside_no_change_is_not_no_change():
    assert ends(1.001, 1.5) == "1 % to 50 % up"
    assert ends(0.5, 0.9999) == "50 % to 1 % down"


def test_a_narrow_interval_has_a_decimal():
    assert change(1.02, 1.015, 1.025) == "up 2 % (could be anywhere from 1.5 % to 2.5 % up)"


def test_what_is_set_against_others_is_fewer_or_more():
    assert difference(1.2, 0.8, 1.8) == "20 % more (could be anywhere from 20 % fewer to 80 % more)"
    assert difference(0.5, 0.25, 0.75) == "50 % fewer (could be anywhere from 75 % to 25 % fewer)"
    assert amount_against(1.1, "a year before") == "10 % more than a year before"
    assert amount_against(3.0, "a year before") == "about 3 times as many as a year before"
    assert amount_against(1.0, "a year before") == "about as many as a year before"


def test_in_little_room_it_says_the_same():
    assert brief(1.2, 0.8, 1.8) == "up 20 % (20 % down to 80 % up)"


RATIOS = st.floats(0, 1e4)


@given(st.tuples(RATIOS, RATIOS | st.just(INF), RATIOS | st.just(INF)).map(sorted))
def test_no_percentage_stands_alone_and_the_size_is_said_only_within_ten_times(three):
    low, ratio, high = three
    said = change(ratio, low, high)
    if said == UNCERTAIN or said.startswith("at least "):
        return
    assert "(could be anywhere from " in said
    assert 0 < low <= ratio <= high <= 10 * low
    assert "inf" not in said
    assert "100 %" not in said
    assert said == change(float(ratio), float(low), float(high))
