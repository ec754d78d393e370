import numpy as np
import pytest

from geo.statistics.control.limits import ControlLimits, of_rates, rates, xmr
from geo.statistics.control.rules import Signals, in_a_row, signals

NAN = np.nan


def look(*values, tie=0.0, lines=(4, 10, 16)):
    """Signals of one series by the same limits everywhere; with 4, 10 and 16 the near-limits are 6 and 14."""
    low, centre, high = (np.full((1, len(values)), float(line)) for line in lines)
    return signals(np.array([values], dtype=float), ControlLimits(centre, low, high), tie)


def test_a_point_beyond_a_limit_is_outside_and_one_on_it_is_not():
    assert look(10, 17, 16, 3, 4, 10).astronomical.tolist() == [[0, 1, 0, -1, 0, 0]]


def test_each_point_is_held_against_the_limits_of_its_own_period():
    limits = ControlLimits(np.full((1, 3), 10.0), np.array([[4.0, 2, 4]]), np.array([[16.0, 18, 16]]))
    assert signals(np.full((1, 3), 17.0), limits).astronomical.tolist() == [[1, 0, 1]]
    assert signals(np.full((1, 3), 3.0), limits).astronomical.tolist() == [[-1, 0, -1]]


def test_no_count_can_be_below_limits_of_zero():
    found = look(0, 0, 0, 0, lines=(0, 2, 9))
    assert not found.astronomical.any()
    assert not found.two_of_three.any()


def test_seven_in_a_row_on_one_side_are_a_run_and_six_are_none():
    assert look(10, *[11] * 7, 9).shift.tolist() == [[0, *[1] * 7, 0]]
    assert look(*[9] * 9).shift.tolist() == [[-1] * 9]
    assert not look(10, *[11] * 6, 9, *[11] * 6).shift.any()


@pytest.mark.parametrize("between", [10, 9, NAN])
def test_a_point_on_the_centre_or_beyond_it_and_a_gap_end_a_run(between):
    assert not look(*[11] * 6, between, *[11] * 6).shift.any()


def test_the_whole_number_next_to_the_centre_is_on_no_side():
    assert look(*[10] * 7, lines=(4, 10.4, 16)).shift.tolist() == [[-1] * 7]
    assert not look(*[10] * 7, tie=0.5, lines=(4, 10.4, 16)).shift.any()
    assert look(*[9] * 7, tie=0.5, lines=(4, 10.4, 16)).shift.all()


def test_without_a_tie_a_point_next_to_the_centre_is_on_a_side():
    limits = ControlLimits(*(np.full((1, 7), line) for line in (10.4, 4.0, 16.0)))
    assert signals(np.full((1, 7), 10.0), limits).shift.tolist() == [[-1] * 7]


def test_a_point_exactly_as_far_off_as_a_tie_is_on_a_side():
    assert look(*[10] * 7, tie=0.5, lines=(4, 10.5, 16)).shift.tolist() == [[-1] * 7]


def test_ties_may_differ_from_point_to_point():
    assert look(*[11] * 14, tie=[[2.0] * 7 + [0.5] * 7]).shift.tolist() == [[*[0] * 7, *[1] * 7]]


def test_seven_points_each_above_the_one_before_are_a_course_and_six_are_none():
    assert look(9, *range(7, 14)).trend.tolist() == [[0, *[1] * 7]]
    assert look(*range(14, 6, -1)).trend.tolist() == [[-1] * 8]
    assert not look(9, *range(7, 13), 12).trend.any()


@pytest.mark.parametrize("between", [10, NAN])
def test_two_equal_points_and_a_gap_end_a_course(between):
    assert not look(5, 6, 7, 8, 9, 10, between, 11, 12, 13, 14, 15).trend.any()


def test_a_course_of_six_after_a_gap_is_none():
    assert not look(5, NAN, *range(7, 13)).trend.any()
    assert not look(5, NAN, *range(12, 6, -1)).trend.any()


def test_a_point_where_a_course_turns_belongs_to_the_first():
    assert look(*range(7, 14), *range(12, 6, -1)).trend.tolist() == [[1] * 7 + [-1] * 6]
    assert look(*range(7, 14), 12, 11).trend.tolist() == [[1] * 7 + [0] * 2]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((10, 15, 10, 15, 10), [0, 1, 0, 1, 0]),
        ((10, 5, 5, 10, 10), [0, -1, -1, 0, 0]),
        ((15, 15, 15, 10, 10), [1, 1, 1, 0, 0]),
        ((15, 3, 17, 10, 10), [1, 0, 1, 0, 0]),
        ((10, 15, 10, 10, 15), [0] * 5),
        ((10, 15, 10, 10, 10), [0] * 5),
        ((10, 14, 14, 14, 10), [0] * 5),
        ((10, 6, 6, 6, 10), [0] * 5),
        ((10, 15, 5, 10, 10), [0] * 5),
        ((10, 15, NAN, 15, 10), [0] * 5),
    ],
)
def test_two_of_three_beyond_the_near_limit_on_one_side_are_marked(values, found):
    assert look(*values).two_of_three.tolist() == [found]


def test_outside_goes_before_near_near_before_a_run_and_a_run_before_a_course():
    up, down, none = (np.array([[side]], dtype=np.int8) for side in (1, -1, 0))
    assert Signals(astronomical=up, two_of_three=down, shift=down, trend=down).any == 1
    assert Signals(astronomical=none, two_of_three=up, shift=down, trend=down).any == 1
    assert Signals(astronomical=none, two_of_three=none, shift=up, trend=down).any == 1
    assert Signals(astronomical=none, two_of_three=none, shift=none, trend=up).any == 1
    assert Signals(astronomical=none, two_of_three=none, shift=none, trend=none).any == 0


def test_where_there_are_no_limits_and_no_figures_nothing_is_said():
    values = np.array([[NAN] * 9, [*range(8), NAN]])
    nothing = np.full(values.shape, NAN)
    assert not signals(values, ControlLimits(nothing, nothing, nothing)).any.any()


def test_equal_points_are_on_their_mean_whatever_its_last_digit():
    constant = np.full((1, 30), 0.1 + 0.2)
    assert not signals(constant, xmr(constant)).any.any()
    days = np.tile([7.0, 14, 49], 10)[np.newaxis]
    thirds = days * 3 / 7
    assert not signals(rates(thirds, days), of_rates(thirds, days)).any.any()


def test_points_of_equal_marks_are_counted_up_to_where_they_do_not_follow():
    marks = np.array([[1, 1, 1, 0], [0, 0, 2, 2]])
    linked = np.array([[False, True, False, True], [False, True, True, True]])
    assert in_a_row(marks, linked).tolist() == [[2, 2, 1, 1], [2, 2, 2, 2]]


def test_the_first_point_of_a_series_follows_on_none():
    assert in_a_row(np.ones((2, 3)), np.ones((2, 3), dtype=np.bool_)).tolist() == [[3] * 3] * 2
