"""Protected counts: figures and limits are about, and nothing that is said or drawn distinguishes a 0 from a 5."""

import re

import numpy as np
import pandas as pd
import pytest

from geo.trends import chart_data
from geo.trends.before_after import ActionPlace, before_after, frame
from geo.trends.episodes import Rule
from geo.trends.narrative import value
from geo.trends.series import Figure
from tests.unit.geo.trends.making import EVERY_FIGURE, HALVES, HIGH_ENOUGH, judge, tell

BETWEEN = [35, 25] * 12  # limits of which a 0 would lie below, and a 5 would not
BEFORE = pytest.mark.parametrize("before", [HIGH_ENOUGH, BETWEEN], ids=["a 5 is below", "a 5 is within"])


def test_protected_figures_are_about_and_none_under_ten_is_told():
    assert tell([*BETWEEN, 60], **HALVES).notes[0] == "Highest: about 60, Autumn 1, 2018/19."
    low = tell([*HIGH_ENOUGH, 0], **HALVES)
    assert low.side == -1
    assert low.notes[0] == "Lowest: fewer than 10 incidents, Autumn 1, 2018/19."


def test_protected_limits_and_levels_are_about():
    assert tell([*HIGH_ENOUGH, 40], **HALVES).sentence == (
        "No real change: Autumn 1, 2018/19 stays within what is usual here (about 19 to 61 a half-term)."
    )
    assert tell([*HIGH_ENOUGH, 70], **HALVES).sentence.endswith(
        " lies above what is usual here (about 19 to 61 a half-term)."
    )
    assert tell([*HIGH_ENOUGH, 60, 60], **HALVES).sentence.startswith(
        "A real rise: two of three half-terms in a row lie near the upper edge of what is usual here "
        "(about 19 to 61 a half-term), "
    )
    assert tell([*HIGH_ENOUGH, *[10] * 7], **HALVES).sentence.endswith(
        ", lie below the usual level of about 40 a half-term, 7 of them below what is usual (about 19 to 61)."
    )
    weekly = tell([*[15, 20] * 12, 15], **HALVES, figure=Figure.WEEK, exposure=7)
    assert re.search(r" stays within what is usual here \(about \d\.\d to \d\.\d a week\)\.$", weekly.sentence)


@pytest.mark.parametrize("of", EVERY_FIGURE.values(), ids=EVERY_FIGURE)
@BEFORE
@pytest.mark.parametrize("after", [[0], [5, 60, 0], [60, 0, 5, 5], [0, 5] * 4, [*[45] * 6, 0, 45]])
def test_a_protected_none_and_a_five_say_the_same(of, before, after):
    other = [5 - n if n < 10 else n for n in after]
    for last in range(1, len(after) + 1):
        one, same = (tell([*before, *tail], last, **HALVES, **of) for tail in (after, other))
        assert one == same
    assert one.side == -1 or before is BETWEEN


def test_figures_that_are_not_told_make_no_course_up_or_down():
    # Ever shorter half-terms make ever higher figures of counts that are all alike.
    weeks = [*[8] * 24, 5, 4.6, 4.2, 3.8, 3, 2.7, 2.5]
    for tail in ([0] * 7, [5] * 7, [5, 0, 5, 0, 5, 0, 5], [0, 0, 5, 0, 0, 5, 0]):
        found = tell([*[15, 10] * 12, *tail], **HALVES, figure=Figure.WEEK, exposure=weeks)
        assert found.sentence.startswith("No real change: ")


def test_which_of_two_protected_figures_under_ten_is_the_lower_is_not_told():
    for pair in ([5, 0], [0, 5]):
        found = tell([*HIGH_ENOUGH, *pair], 2, **HALVES)
        assert found.notes[0] == "Lowest: fewer than 10 incidents, Autumn 1, 2018/19."


def test_protected_courses_whose_usual_level_is_not_told_have_no_limits():
    found = tell([5, 10] * 12, first="2014/15-1", protected=True)
    assert found.sentence == (
        "Too few to say: most half-terms hold fewer than 10, so no limits are drawn; choose longer periods, a larger "
        "area or more kinds of harm."
    )
    assert found.side == 0


def test_a_new_range_whose_usual_level_is_not_told_says_so():
    found = tell([*HIGH_ENOUGH, *[5, 10] * 4], **HALVES, starts=(0, 24))
    assert found.sentence == (
        "Too few to say of Autumn 2, 2019/20: most half-terms of its usual range hold fewer than 10, so no limits are "
        "drawn."
    )
    assert "needs 6" in tell([*HIGH_ENOUGH, *[5, 10] * 2], **HALVES, starts=(0, 24)).sentence


@pytest.mark.parametrize(
    ("n", "words"), [(0, "fewer than 10 incidents"), (5, "fewer than 10 incidents"), (10, "about 10")]
)
def test_a_protected_value_under_ten_is_not_told(n, words):
    found = judge([*BETWEEN, n], first="2014/15-1", protected=True)
    assert value(found, 0, 24) == words


def test_a_protected_rate_is_not_told_where_its_count_is_not():
    found = judge([*BETWEEN, 5, 20], first="2014/15-1", protected=True, figure=Figure.WEEK, exposure=2)
    assert [value(found, 0, at) for at in (24, 25)] == ["fewer than 10 incidents", "about 10.0"]


@pytest.mark.parametrize("of", EVERY_FIGURE.values(), ids=EVERY_FIGURE)
@BEFORE
def test_a_protected_none_and_a_five_give_the_same_frame_and_signals(of, before):
    none, five = (judge([*before, n, 60, n, n], **HALVES, **of) for n in (0, 5))
    assert (none.sides[0, [24, 26, 27]] == -1).all()
    pd.testing.assert_frame_equal(chart_data.frame(none, 0), chart_data.frame(five, 0))
    assert chart_data.rows(none, 0, {}) == chart_data.rows(five, 0, {})
    for rule in Rule:
        assert np.array_equal(getattr(none.signals, rule), getattr(five.signals, rule))


def test_what_followed_tells_no_protected_sum_under_ten_from_another():
    def answer(before: float, after: float) -> tuple[str, ...]:
        counts = np.full((5, 14), 30.0)
        counts[0] = 0.0
        counts[0, 1], counts[0, 7] = before, after
        here = ActionPlace(np.array([0]), np.array([], dtype=np.int64), np.arange(1, 5))
        periods = [f"{year}/{year - 1999:02d}-{half}" for year in (2017, 2018, 2019) for half in range(1, 7)][:14]
        found = before_after(counts, periods, 6, here, protected=True)
        return (found.sentence, *found.more, *frame(found)["told"])

    assert answer(25, 0) == answer(25, 5)
    assert answer(0, 40) == answer(5, 40)
