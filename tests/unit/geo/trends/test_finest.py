"""A page opens by the shortest periods by which most kinds of harm can be judged, and says so."""

import pytest

from geo.trends.finest import Judgeable, finest, judgeable, sentence
from geo.trends.overview import overview
from tests.unit.geo.trends.making import BEFORE_A_RISE, course

UNITS = ("half-term", "term", "school year")


def offered(*judged, kinds=6):
    return [Judgeable(unit, number, kinds) for unit, number in zip(UNITS, judged, strict=True)]


@pytest.mark.parametrize(
    ("judged", "unit"),
    [
        ((6, 6, 6), "half-term"),
        ((4, 6, 6), "half-term"),
        ((3, 5, 6), "term"),
        ((1, 5, 0), "term"),
        ((1, 2, 4), "school year"),
        ((1, 2, 2), "term"),
        ((0, 0, 0), "half-term"),
    ],
)
def test_the_shortest_by_which_most_can_be_judged_is_chosen(judged, unit):
    assert finest(offered(*judged)) == unit


def test_the_line_says_why_and_that_another_can_be_chosen():
    assert sentence(offered(1, 5, 0), "term") == (
        "Shown by term, the shortest period by which 5 of 6 kinds of harm can be judged (by half-term 1); choose "
        "another under “By”."
    )
    assert "(by half-term none)" in (sentence(offered(0, 5, 0), "term") or "")


def test_another_choice_is_told_what_it_costs():
    told = "By half-term 1 of 6 kinds of harm can be judged; by term 5 can."
    assert sentence(offered(1, 5, 0), "half-term") == told
    assert (sentence(offered(1, 5, 0), "school year") or "").startswith("By school year none of 6")


@pytest.mark.parametrize(("judged", "shown"), [((6, 6, 6), "half-term"), ((0, 0, 0), "term"), ((4, 5, 0), "term")])
def test_nothing_is_said_where_nothing_would_be_gained(judged, shown):
    assert sentence(offered(*judged), shown) is None


def test_what_says_something_can_be_judged():
    steady, few = [*BEFORE_A_RISE, 30], [*[0] * 24, 1]
    assert judgeable(overview(course([steady, few, steady]), (24, 24), {}), "month") == Judgeable("month", 2, 3)
