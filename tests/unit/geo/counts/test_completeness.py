"""Completeness: where the share of rows without a location moves, what that alone would show is said, and rightly."""

from dataclasses import replace

import numpy as np
import pytest

from geo.calendar import months
from geo.counts.completeness import (
    Completeness,
    by_year,
    completeness_note,
    course_note,
    notes_by_harm,
    share_move,
    year_on_year,
    years_sentence,
)
from geo.counts.filters import Choice

CATEGORIES = ("Burglary", "Drugs", "Robbery")
HARM = ("other", "substances", "violence")
MONTHS = tuple(months.between("2018-09", "2020-08"))
FIRST, LAST = MONTHS[:12], MONTHS[12:]
THIS_YEAR = Choice(LAST, HARM)


def made(shares, read=1000, months=MONTHS, partly=None):
    """Return rows of which such a share has no location, by month or by month × category; nothing lies outside."""
    held = np.full((len(months), len(CATEGORIES)), read)
    shares = np.asarray(shares, float)
    lacking = np.rint(held * (shares if shares.ndim == 2 else shares[:, None])).astype(int)
    return Completeness(months, CATEGORIES, HARM, held, held - lacking, lacking, partly or {})


FELL = made([0.16] * 12 + [0.07] * 12)


def test_where_the_share_falls_from_16_to_7_percent_the_note_says_that_this_alone_would_show_11_percent_more():
    assert completeness_note(FELL, THIS_YEAR) == (
        "In Sep 2018 – Aug 2019, 16 % of these rows had no location, in Sep 2019 – Aug 2020 7 %: that alone would show "
        "about 11 % more."
    )
    placed = FELL.placed.sum(axis=1)
    assert year_on_year(FELL, THIS_YEAR).alone == pytest.approx(placed[12:].sum() / placed[:12].sum())


def test_each_harm_group_whose_own_share_moved_is_told_its_own_figure_and_no_other():
    shares = np.full((24, 3), 0.05)
    shares[:12, 1], shares[12:, 2] = 0.2, 0.07
    said = notes_by_harm(made(shares), THIS_YEAR)
    assert said == {
        "substances": "20 % of these rows had no location a year before, 5 % now: that alone would show about 19 % "
        "more."
    }


@pytest.mark.parametrize(("then", "now", "told"), [(0.10, 0.07, False), (0.10, 0.069, True), (0.04, 0.071, True)])
def test_a_move_is_told_from_more_than_three_points_on_in_either_direction(then, now, told):
    note = completeness_note(made([then] * 12 + [now] * 12), THIS_YEAR)
    assert bool(note) is told
    assert ("fewer" in note) is (told and now > then)


def test_a_share_of_half_a_year_before_shows_about_twice_as_many():
    assert "that alone would show about twice as many" in completeness_note(made([0.5] * 12 + [0.0] * 12), THIS_YEAR)


def test_of_few_rows_of_months_that_are_missing_and_of_what_is_not_known_nothing_is_said():
    assert completeness_note(made([0.16] * 12 + [0.07] * 12, read=2), THIS_YEAR) == ""
    assert completeness_note(FELL, Choice(FIRST, HARM)) == ""  # nothing is known of a year before
    missing = replace(FELL, read=FELL.read * (np.arange(24) != 3)[:, None])
    assert completeness_note(missing, THIS_YEAR) == ""
    assert completeness_note(None, THIS_YEAR) == course_note(None, THIS_YEAR) == ""
    assert notes_by_harm(None, THIS_YEAR) == {}
    nothing_placed = made([1.0] * 12 + [0.5] * 12)
    assert share_move(nothing_placed, THIS_YEAR, Choice(FIRST, HARM)) is None


def test_a_category_is_looked_at_as_itself():
    shares = np.full((24, 3), 0.05)
    shares[:12, 0] = 0.2
    assert year_on_year(made(shares), Choice(LAST, ("violence",), "Burglary")).then == 0.2
    assert year_on_year(made(shares), Choice(LAST, ("other",), "Drugs")) is None


def test_months_supplied_in_part_are_named_in_comparisons_that_touch_them_and_in_no_other():
    held = made([0.05] * 24, partly={"2018-10": "12 % of the usual rows"})
    said = "Supplied only in part: Oct 2018 (12 % of the usual rows)."
    assert said in completeness_note(held, THIS_YEAR)
    assert said in course_note(held, Choice(MONTHS, HARM))
    assert completeness_note(held, Choice(MONTHS[14:], HARM)) == ""


def test_a_course_names_the_two_years_farthest_apart_and_leaves_short_years_out():
    run = tuple(months.between("2017-07", "2020-10"))  # two months, two whole years and one, two months
    held = made([0.9] * 2 + [0.16] * 12 + [0.12] * 12 + [0.07] * 12 + [0.6] * 2, months=run)
    assert course_note(held, Choice(run, HARM)) == (
        "In 2017/18, 16 % of these rows had no location, in 2019/20 7 %: that alone would show about 11 % more by then."
    )
    assert course_note(made([0.05] * 24), Choice(MONTHS, HARM)) == ""


def test_rows_of_a_year_add_up_and_a_year_in_part_says_of_how_many_months_it_is():
    outside = replace(FELL, placed=FELL.placed - 10)
    years = by_year(replace(outside, months=tuple(months.between("2018-10", "2020-09"))))
    assert [(one.school_year, one.months) for one in years] == [("2018/19", 11), ("2019/20", 12), ("2020/21", 1)]
    assert all(one.read == one.placed + one.no_location + one.outside for one in years)
    assert sum(one.outside for one in years) == outside.outside.sum() == 720
    assert years_sentence(years) == (
        "Without a location, by school year: 2018/19 (11 months) 16.0 %, 2019/20 7.8 %, 2020/21 (1 month) 7.0 %"
    )
    assert years_sentence(by_year(made([0.0] * 24))) == ""
