"""Circles: points at most so far away count, those recorded for elsewhere apart, and a view takes them as it is."""

import numpy as np
import pandas as pd
import pytest

from geo.areas.reach import Reach, on_foot
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.counts import filters
from geo.counts.filters import Choice
from geo.findings.nearby import nearby
from geo.harms import HARM_GROUPS, harm_of
from geo.release.kinds import Open
from geo.trends.period_counts import charts, count_periods
from geo.trends.series import Figure
from geo.views import circle
from geo.views.circle import BEYOND, ELSEWHERE, WITHIN
from geo.views.published_points import publish_points
from geo.views.recorded_elsewhere import counted_in
from tests.unit.geo.samples import SOUTH, WEST, place

MONTHS = ("2021-01", "2021-02", "2021-03")
ALL = Choice(MONTHS, tuple(HARM_GROUPS))
SCHOOL = place(0, 0)
HARM_OF = {name: harm_of(name) for name in ("Burglary", "Drugs", "Robbery")}
LINES = (  # metres east and north of the school, name, month, category, incidents
    (300, 400, "On or near High Street", "2021-01", "Drugs", 4),
    (300, 400, "On or near High Street", "2021-02", "Robbery", 2),
    (0, 799, "On or near Mill Lane", "2021-02", "Drugs", 6),
    (0, 801, "On or near Mill Lane", "2021-02", "Drugs", 50),
    (100, 0, "On or near Hospital", "2021-02", "Robbery", 9),
    (-100, 0, "On or near ", "2021-01", "Burglary", 3),
    (2000, 0, "On or near Hospital", "2021-01", "Drugs", 70),
    (100, 0, "On or near Hospital", "2021-01", "Drugs", 1),
)


def points(lines=LINES, named=True):
    frame = pd.DataFrame(lines, columns=["x", "y", "place", "month", "category", "n"])
    frame = frame.assign(x=frame["x"] + float(WEST), y=frame["y"] + float(SOUTH))
    return publish_points(frame if named else frame.drop(columns="place"), HARM_OF)


def counted(radius=800, missing=("2021-03",), **options):
    return circle.circle_and_rest(points(**options), SCHOOL, Reach(radius), MONTHS, missing)


def test_what_is_near_is_within_what_records_for_elsewhere_is_apart_and_the_rest_is_beyond():
    sums = counted().cube.n.sum(axis=(1, 2))
    assert [sums[unit] for unit in (WITHIN, ELSEWHERE, BEYOND)] == [15, 10, 120]


def test_a_point_on_the_circle_counts():
    away = circle.metres_from(points(), SCHOOL)
    for distance in away:
        inside = counted(radius=distance).cube.n[:BEYOND].sum()
        assert inside - counted(radius=np.nextafter(distance, 0)).cube.n[:BEYOND].sum() > 0


@pytest.mark.parametrize(("radius", "within"), [(99, 0), (101, 3), (499, 3), (501, 9), (900, 65)])
def test_a_wider_circle_holds_what_a_narrower_one_does(radius, within):
    assert counted(radius).cube.n[WITHIN].sum() == within


def test_within_a_walk_a_point_counts_by_how_far_it_is_on_foot():
    there = points()
    away = np.where(there.elsewhere, np.inf, 1.5 * circle.metres_from(there, SCHOOL))
    view = circle.circle_and_rest(there, SCHOOL, on_foot(10), MONTHS, (), away)
    assert view.cube.n.sum(axis=(1, 2)).tolist() == [9, 0, 136]
    assert view.units.names[WITHIN] == "Within 10 minutes’ walk of Hill School"
    with pytest.raises(ValueError, match="on foot"):
        circle.circle_and_rest(there, SCHOOL, on_foot(10), MONTHS, ())


def test_the_units_are_named_for_what_they_count():
    assert counted(1600).units.names == (
        "Within 1,600 m of Hill School",
        "Within 1,600 m of Hill School, recorded for elsewhere",
        "Everywhere else",
    )


def test_months_and_categories_are_those_of_the_dataset():
    cube = counted().cube
    assert (cube.periods, cube.missing, cube.categories) == (MONTHS, {"2021-03"}, ("Burglary", "Drugs", "Robbery"))
    assert cube.harm == tuple(HARM_OF[name] for name in cube.categories)
    assert cube.n[WITHIN].tolist() == [[3, 4, 0], [0, 6, 2], [0, 0, 0]]
    assert cube.n[ELSEWHERE].tolist() == [[0, 1, 0], [0, 0, 9], [0, 0, 0]]


def test_what_is_within_is_a_view_of_one_unit_for_all_that_takes_views():
    view = circle.only_within(counted())
    assert (view.units.codes, view.cube.areas, view.elsewhere.tolist()) == (("within",), ("within",), [False])
    choice = Choice(("2021-02",), ("substances",))
    assert filters.total(view.cube, choice) == 6
    assert filters.series(view.cube, choice)["n"].tolist()[:2] == [4, 6]
    assert np.isnan(filters.series(view.cube, choice)["n"].iloc[2])


def test_a_change_within_is_compared_with_all_that_lies_beyond():
    years = [(0, 0, "On or near High Street", f"20{year}-01", "Drugs", n) for year, n in ((20, 10), (21, 60))]
    months = [f"{year}-{month:02d}" for year in (2020, 2021) for month in range(1, 13)][:13]
    view = circle.circle_and_rest(points(years), SCHOOL, Reach(400), months, ())
    (said,) = nearby(view.cube, Choice(("2021-01",), ("substances",)), [WITHIN])
    assert "60" in said.sentence
    assert said.direction == 1


def test_without_names_of_places_none_is_known_to_record_for_elsewhere():
    assert counted(named=False).cube.n[:2].sum(axis=(1, 2)).tolist() == [25, 0]


def test_what_is_recorded_for_elsewhere_can_be_counted_in_and_then_nothing_is_counted_twice():
    apart, together = counted(), counted_in(counted())
    assert together.cube.n.sum() == apart.cube.n.sum()
    assert together.cube.n[WITHIN].sum() == 25
    assert together.cube.n[ELSEWHERE].sum() == 0
    assert circle.only_within(together).units.names == (
        "Within 800 m of Hill School, with what is recorded for elsewhere",
    )
    assert apart.cube.n[WITHIN].sum() == 15


def test_a_list_says_of_each_category_what_is_recorded_for_elsewhere():
    listed = circle.list_within(counted(), MONTHS[:2], named=True)
    assert listed.columns.tolist() == ["harm", "category", "recorded_elsewhere", "n"]
    assert sorted(listed.itertuples(index=False, name=None)) == sorted(
        [
            (HARM_OF["Robbery"], "Robbery", "no", 2),
            (HARM_OF["Robbery"], "Robbery", "yes", 9),
            (HARM_OF["Drugs"], "Drugs", "no", 10),
            (HARM_OF["Drugs"], "Drugs", "yes", 1),
            (HARM_OF["Burglary"], "Burglary", "no", 3),
        ]
    )
    order = [list(HARM_GROUPS).index(code) for code in listed["harm"]]
    assert order == sorted(order)


def test_a_list_of_a_dataset_without_names_says_that_it_is_not_known():
    listed = circle.list_within(counted(named=False), MONTHS[:1], named=False)
    assert set(listed["recorded_elsewhere"]) == {"unknown"}
    assert listed["n"].sum() == 8


def test_a_dataset_without_a_point_has_nothing_anywhere():
    view = circle.circle_and_rest(points(lines=()), SCHOOL, Reach(800), MONTHS, ())
    assert view.cube.n.sum() == 0
    assert circle.list_within(view, MONTHS, named=True).empty


def test_control_charts_are_drawn_of_a_circle_as_of_any_view():
    supplied = [f"{year}-{month:02d}" for year in (2019, 2020) for month in range(1, 13)]
    lines = [(0, 0, "On or near High Street", month, "Drugs", 12 + at % 5) for at, month in enumerate(supplied)]
    view = circle.only_within(circle.circle_and_rest(points(lines), SCHOOL, Reach(400), supplied, ()))
    found = count_periods(Open(view.cube), view, (), "month", NATIONAL_PATTERN)
    made, judged = charts(found, Figure.COUNT, [("substances",)], [0], (0, len(supplied) - 1), [])
    assert made.counts[0].tolist() == [12 + at % 5 for at in range(24)]
    assert len(judged.charts) == 1
