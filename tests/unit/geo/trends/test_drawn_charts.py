"""Drawn charts: a large chart says in its title what it shows, and why a usual range was rebased."""

from geo.trends.drawn_charts import drawn, phases
from geo.trends.overview import overview
from tests.unit.geo.trends.making import course

STEADY = [[20, 22, 19, 21, 20, 18, 23, 20, 19, 21, 22, 20] * 3]


def chart(starts=()):
    found = course(STEADY)
    return overview(found, (30, 35), {0: starts} if starts else {}).charts[0]


def test_the_title_says_where_and_what_the_chart_says():
    spec = drawn(chart(), "Violence within 800 m", (30, 35), {}, about=False)
    assert spec.title.startswith("Violence within 800 m: No real change")
    assert (spec.shaded, spec.about, spec.small) == ((30, 35), False, False)
    assert spec.unit == "Incidents a month"


def test_a_rebased_range_carries_its_reason():
    first, second = phases(chart((0, 18)), {18: "A new school opened"}, about=False)
    assert (first.reason, second.reason) == ("", "A new school opened")
    assert second.first == 18


def test_a_range_of_too_few_periods_says_that_there_is_none_yet():
    *_, last = phases(chart((0, 33)), {33: "A new school opened"}, about=True)
    assert last.label == "No usual range yet: it needs 6 months, most of them with 10 incidents or more"
    assert last.reason == "A new school opened"
