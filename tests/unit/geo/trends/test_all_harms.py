"""A board gets one sentence that answers for all kinds of harm, and names those that changed."""

import pytest

from geo.trends import all_harms
from geo.trends.overview import overview
from tests.unit.geo.trends.making import BEFORE_A_FALL, BEFORE_A_RISE, course, periods

RISE = [*BEFORE_A_RISE, 30, 30, 60]
FALL = [*BEFORE_A_FALL, 30, 30, 9]
STEADY = [*BEFORE_A_RISE, 30, 31, 29]
FEW = [*[0] * 24, 0, 1, 0]
LABELS = ("Drugs and alcohol", "Violence", "Disorder", "Weapons")
LAST = (24, 26)
SURE = "unlikely to be chance."
IN_LINE = "Over all kinds of harm, Jan–Mar 2020 are in line with what this area normally sees; "


def said(*kinds, together=STEADY, chosen=LAST, first="2018-01"):
    found = overview(course([*kinds, together], first), chosen, {})
    return all_harms.answer(found, LABELS[: len(kinds)], periods(first, 27)[chosen[0] : chosen[1] + 1])


def test_where_nothing_changed_one_sentence_says_so_of_all():
    assert said(STEADY, STEADY) == f"{IN_LINE}no single group changed beyond normal ups and downs."


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ((RISE, STEADY), "one group, drugs and alcohol, went up, and that is unlikely to be chance."),
        ((STEADY, FALL), "one group, violence, went down, and that is unlikely to be chance."),
        ((RISE, FALL), "one group, drugs and alcohol, went up and one group, violence, went down, and that is " + SURE),
        ((FALL, FALL), "two groups, drugs and alcohol, and violence, went down, and that is unlikely to be chance."),
    ],
)
def test_the_groups_that_changed_are_named_and_the_way_they_went(kinds, told):
    assert said(*kinds) == IN_LINE + told


def test_a_change_of_all_together_comes_first():
    assert said(STEADY, STEADY, together=RISE).startswith(
        "Over all kinds of harm, incidents went up in Jan–Mar 2020, and that is unlikely to be chance; no single group"
    )


def test_groups_with_too_few_incidents_are_not_called_unchanged():
    assert said(STEADY, STEADY, FEW).endswith(
        "; none of the two groups that can be judged changed beyond normal ups and downs."
    )
    assert said(STEADY, FEW).endswith(
        "; the one group that can be judged, drugs and alcohol, did not change beyond normal ups and downs."
    )
    assert said(FEW, FEW).endswith("; no single group has enough incidents to say more.")
    found = overview(course([STEADY, FEW, STEADY]), LAST, {})
    assert all_harms.silent(found, LABELS[:2]) == "Too few incidents to say: violence."
    assert all_harms.silent(overview(course([STEADY, STEADY]), LAST, {}), LABELS[:1]) == ""


def test_where_nothing_can_be_said_of_all_together_that_is_said():
    assert said(FEW, FEW, together=FEW).startswith(
        "Over all kinds of harm, there is too little to say how Jan–Mar 2020 compares with what this area normally "
        "sees;"
    )


def test_a_gap_is_not_in_line():
    gap = [*BEFORE_A_RISE, float("nan"), float("nan"), float("nan")]
    assert "too little to say" in said(STEADY, together=gap)


def test_a_whole_school_year_is_one():
    told = said(STEADY, chosen=(18, 23), first="2014/15-1")
    assert told.startswith("Over all kinds of harm, the school year 2017/18 is in line with what")


def test_of_protected_counts_it_gives_no_figure():
    few, five = ([*BEFORE_A_FALL, 30, 30, last] for last in (0, 5))
    one, other = (
        all_harms.answer(
            overview(course([each, STEADY], "2014/15-1", protected=True), LAST, {}), LABELS[:1], ("2018/19-1",)
        )
        for each in (few, five)
    )
    assert one == other
