"""Series: counts themselves, or what they come to a week or a school day; a gap is no zero."""

from dataclasses import replace

import numpy as np
import pytest

from geo.calendar.exposure import Exposure
from geo.trends.series import Figure, build_series
from tests.unit.geo.samples import cube
from tests.unit.geo.trends.making import EVERY_FIGURE, NAN, course

CUBE = cube(
    [[[0, 1, 2], [9, 9, 9], [0, 3, 0]], [[0, 4, 8], [9, 9, 9], [0, 16, 0]]], first="2020-12", missing=["2021-01"]
)
DAYS = Exposure(np.array([31.0, 31.0, 28.0]), np.array([14.0, 0.0, 15.0]))
HARMS = [("substances",), ("violence",), ("substances", "violence")]


def of(figure=Figure.COUNT, units=None, harms=HARMS):
    return build_series(CUBE, DAYS, figure, harms, units)


def test_a_month_never_supplied_is_a_gap_whatever_lies_in_the_cube():
    assert of().counts.tolist() == pytest.approx(np.array([[5, NAN, 19], [10, NAN, 0], [15, NAN, 19]]), nan_ok=True)


def test_rows_come_by_harm_and_within_it_by_area():
    found = of(units=np.array([1, 0]), harms=HARMS[:2])
    assert found.counts[:, 0].tolist() == [4, 1, 8, 2]
    assert found.row(2).counts.shape == (1, 3)
    assert found.row(2).counts[0, 0] == 8


def test_counts_are_set_against_the_weeks_or_the_school_days_of_their_period():
    assert of(Figure.WEEK).values[0] == pytest.approx([5 / 31 * 7, NAN, 19 / 28 * 7], nan_ok=True)
    assert of(Figure.SCHOOL_DAY).values[0] == pytest.approx([5 / 14, NAN, 19 / 15], nan_ok=True)


def test_a_period_without_school_days_has_no_figure():
    found = course([3, 4], figure=Figure.SCHOOL_DAY, exposure=[20, 0])
    assert found.values[0] == pytest.approx([0.15, NAN], nan_ok=True)
    assert found.tie == pytest.approx([0.5 / 20, NAN], nan_ok=True)
    assert found.counts[0].tolist() == [3, 4]


def test_half_an_incident_from_the_middle_is_on_it():
    assert of().tie.tolist() == [0.5] * 3
    assert of(Figure.WEEK).tie == pytest.approx([0.5 * 7 / 31, 0.5 * 7 / 31, 0.5 * 7 / 28])


def test_courses_of_protected_counts_say_so():
    protected = replace(CUBE, protected=True)
    assert build_series(protected, DAYS, Figure.COUNT, HARMS, None).protected
    assert not of().protected
    assert of().unit == "month"


@pytest.mark.parametrize("figure_of", EVERY_FIGURE.values(), ids=EVERY_FIGURE)
def test_protected_counts_under_ten_are_seen_all_alike_in_the_middle_of_what_they_may_be(figure_of):
    given = [0, 5, 10, NAN, 15]
    found, plain = (course(given, first="2014/15-1", protected=one, **figure_of) for one in (True, False))
    against = figure_of.get("exposure", 1)
    assert found.few[0].tolist() == [True, True, False, False, False]
    assert found.shown[0] == pytest.approx(np.array([5, 5, 10, NAN, 15]) / against, nan_ok=True)
    assert found.values[0] == pytest.approx(np.array(given) / against, nan_ok=True)
    assert not plain.few.any()
    assert np.array_equal(plain.shown, plain.values, equal_nan=True)
