"""Busy places: the points with most, told apart by the streets near them, and whether each has changed."""

import numpy as np
import pandas as pd
import pytest

from geo.calendar import months
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS, harm_of
from geo.views import circle
from geo.views.busy_places import BusyPlaces, busiest_places, elsewhere_within
from geo.views.placed_points import NOWHERE, place_points
from geo.views.published_points import publish_points
from tests.unit.geo.samples import SOUTH, WEST, place, squares

MONTHS = ("2021-01", "2021-02", "2021-03")
EVERY = tuple(HARM_GROUPS)
ALL = Choice(MONTHS, EVERY)
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
YEARS = months.between("2020-01", "2021-12")
YEAR = Choice(tuple(YEARS[12:]), EVERY)


def points(lines=LINES, named=True):
    frame = pd.DataFrame(lines, columns=["x", "y", "place", "month", "category", "n"])
    frame = frame.assign(x=frame["x"] + float(WEST), y=frame["y"] + float(SOUTH))
    return publish_points(frame if named else frame.drop(columns="place"), HARM_OF)


def busiest(lines=LINES, radius=800, choice=ALL, supplied=MONTHS, named=True, **options) -> BusyPlaces:
    kept = points(lines, named)
    away = circle.metres_from(kept, SCHOOL)
    return busiest_places(kept, away <= radius, away, choice, supplied, **options)


def apart(radius=800, choice=ALL, named=True):
    kept = points(named=named)
    return elsewhere_within(kept, circle.metres_from(kept, SCHOOL) <= radius, choice)


def yearly(places):
    """Write lines of places that hold so many incidents in each of two years, one a month and the rest in January."""
    lines = []
    for at, (name, before, now) in enumerate(places):
        for year, n in (("2020", before), ("2021", now)):
            lines += [
                (50 * at, 0, f"On or near {name}", f"{year}-{1 + each % 12:02d}", "Drugs", 1) for each in range(n)
            ]
    frame = pd.DataFrame(lines).groupby([0, 1, 2, 3, 4], as_index=False)[5].sum()
    return list(frame.itertuples(index=False, name=None))


def test_what_records_for_elsewhere_is_listed_by_name():
    assert apart() == (("Hospital", 10),)
    assert apart(2000) == (("Hospital", 80),)
    assert apart(choice=Choice(("2021-01",), ("substances",))) == (("Hospital", 1),)
    assert apart(50) == apart(named=False) == ()


def test_the_busiest_places_come_with_what_happened_there_how_far_they_are_and_where():
    first, second, third = busiest().places
    assert [(one.name, one.n, round(one.metres)) for one in (first, second, third)] == [
        ("High Street", 6, 500),
        ("Mill Lane", 6, 799),
        ("", 3, 100),
    ]
    assert first.mix == (("substances", 4), ("violence", 2))
    there = place(300, 400)
    assert (first.lon, first.lat) == pytest.approx((there.lon, there.lat), abs=1e-7)
    assert first.xy.tolist() == pytest.approx([WEST + 300, SOUTH + 400])


def test_what_is_recorded_for_elsewhere_is_among_them_only_if_asked_for():
    assert [one.name for one in busiest(elsewhere=True, first=1).places] == ["Hospital"]
    assert "Hospital" not in {one.name for one in busiest(first=9).places}


@pytest.mark.parametrize(("first", "listed"), [(1, 2), (2, 2), (3, 3), (9, 3)])
def test_all_that_tie_with_the_last_of_the_busiest_are_listed(first, listed):
    assert len(busiest(first=first).places) == listed


def test_of_a_long_list_the_nearest_are_kept_and_it_is_known_how_many_tie():
    lines = [(50 * at, 0, f"On or near Street {at}", "2021-01", "Drugs", 2) for at in range(1, 10)]
    found = busiest([*lines, (700, 0, "On or near High Street", "2021-01", "Drugs", 5)], first=2, most=4)
    assert [one.name for one in found.places] == ["High Street", "Street 1", "Street 2", "Street 3"]
    assert found.tied == 6
    shorter = found.leading(2, 3)
    assert ([one.name for one in shorter.places], shorter.tied) == (["High Street", "Street 1", "Street 2"], 7)
    assert found.leading(1, 9).places == found.places[:1]
    assert found.leading(4, 9) == found


def test_no_place_is_busy_where_nothing_happened():
    assert busiest(choice=Choice(("2021-03",), EVERY)).places == ()
    assert busiest(choice=Choice(MONTHS, ("asb",))).places == ()
    assert busiest(radius=1).places == ()


def test_without_names_places_are_still_counted():
    assert {one.title for one in busiest(named=False).places} == {"A place without a name"}


def test_one_category_can_be_counted_alone():
    assert [(one.name, one.n) for one in busiest(choice=Choice(MONTHS, EVERY, "Robbery")).places] == [
        ("High Street", 2)
    ]


def test_kinds_of_place_are_told_apart_by_the_nearest_street():
    lines = [
        (0, 0, "On or near Supermarket", "2021-01", "Drugs", 9),
        (500, 0, "On or near Supermarket", "2021-01", "Drugs", 8),
        (90, 0, "On or near Oakwood Avenue", "2021-01", "Drugs", 1),
        (510, 0, "On or near Parking Area", "2021-01", "Drugs", 1),
        (590, 0, "On or near Mill Lane", "2021-01", "Drugs", 2),
    ]
    titles = [one.title for one in busiest(lines).places]
    assert titles == ["Supermarket, near Oakwood Avenue", "Supermarket, near Mill Lane", "Mill Lane"]


def test_points_of_one_long_street_are_told_apart_and_a_street_alone_needs_nothing():
    lines = [
        (0, 0, "On or near Roundhay Road", "2021-01", "Drugs", 9),
        (700, 0, "On or near Roundhay Road", "2021-01", "Drugs", 8),
        (20, 0, "On or near Roundhay Road", "2021-01", "Drugs", 1),
        (90, 0, "On or near Oakwood Avenue", "2021-01", "Drugs", 7),
    ]
    titles = [one.title for one in busiest(lines).places]
    assert titles == ["Roundhay Road, near Oakwood Avenue", "Roundhay Road", "Oakwood Avenue"]  # no other is close


@pytest.mark.parametrize(("before", "now", "certain"), [(9, 24, True), (20, 24, False), (1, 8, None), (24, 9, True)])
def test_a_change_is_real_chance_or_too_little_to_say(before, now, certain):
    (one,) = busiest(yearly([("High Street", before, now)]), choice=YEAR, supplied=YEARS).places
    assert (one.n, one.before, one.certain) == (now, before, certain)


def test_many_places_are_tested_together():
    alone = yearly([("High Street", 9, 24)])
    beside = yearly([("High Street", 9, 24), *((f"Street {at}", 10, 10) for at in range(12))])
    assert busiest(alone, choice=YEAR, supplied=YEARS, first=1).places[0].certain is True
    assert busiest(beside, choice=YEAR, supplied=YEARS, first=1).places[0].certain is False


def test_a_verdict_does_not_hang_on_how_long_the_list_is():
    lines = yearly([("High Street", 5, 40), *((f"Street {at}", 10 + at, 10) for at in range(12))])
    short, long = (busiest(lines, choice=YEAR, supplied=YEARS, first=first).places for first in (1, 13))
    assert short == long[:1]


def test_where_a_month_is_missing_on_either_side_nothing_is_set_beside_it():
    lines = yearly([("High Street", 9, 24)])
    for missing in ("2020-03", "2021-03"):
        found = busiest(lines, choice=YEAR, supplied=[one for one in YEARS if one != missing])
        assert (found.places[0].before, found.places[0].certain) == (None, None)
    assert found.held == 11


def test_the_last_twelve_months_are_those_of_the_data():
    lines = yearly([("High Street", 12, 24)])
    found = busiest(lines, choice=Choice(("2021-02", "2021-03"), EVERY), supplied=YEARS[:-3])
    assert (found.year[0], found.year[-1], found.held) == ("2020-10", "2021-09", 12)
    assert (found.places[0].n, found.places[0].in_year) == (4, 3 + 18)


def test_places_that_vary_much_of_themselves_need_a_greater_change():
    years = months.between("2018-01", "2021-12")
    steady = [(0, 0, "On or near High Street", month, "Drugs", 1) for month in years[:36] if month[-2:] < "10"]
    bursts = [(0, 0, "On or near High Street", month, "Drugs", 9) for month in years[5:36:12]]
    now = [(0, 0, "On or near High Street", month, "Drugs", 3) for month in years[36:]]
    rest = [(90, 0, "On or near Mill Lane", month, "Drugs", 3) for month in years]
    for past, certain in ((steady, True), (bursts, False)):
        found = busiest([*past, *rest, *now], choice=YEAR, supplied=years).places
        assert {one.name: one.certain for one in found} == {"High Street": certain, "Mill Lane": False}


def test_one_month_with_very_many_is_not_told_as_sure_where_such_months_come_at_times():
    years, rng = months.between("2018-01", "2021-12"), np.random.default_rng(6)
    n = rng.poisson(1.5, (30, 48))
    n[np.arange(30), rng.integers(0, 36, 30)] += 15  # each place had one night that filled a month
    n[0, -2] += 15
    lines = [
        (20 * at, 0, f"On or near Street {at}", month, "Drugs", int(count))
        for at, row in enumerate(n) for month, count in zip(years, row, strict=True) if count
    ]  # fmt: skip
    for size in (1, 3, 12):
        found = busiest(lines, choice=Choice(tuple(years[-1 - size : -1]), EVERY), supplied=years).places
        assert found[0].n >= 16
        assert not any(one.certain for one in found)


def test_lines_are_found_by_their_places():
    kept = points()
    for chosen in (np.array([], dtype=np.int64), np.array([4, 0]), np.arange(len(kept.xy))):
        lines = kept.lines_at(chosen)
        assert sorted(lines) == np.flatnonzero(np.isin(kept.place, chosen)).tolist()


def test_points_are_placed_in_the_area_that_they_lie_in():
    lines = ((500, 500, "A", 1), (1500, 10, "B", 2), (1000, 500, "C", 3), (500, -9, "D", 4))
    kept = points([(east, north, f"On or near {name}", "2021-01", "Drugs", n) for east, north, name, n in lines])
    areas = squares(2)
    placed = place_points(kept, areas)
    named = dict(zip((name[-1] for name in kept.names), placed.area.tolist(), strict=True))
    assert (named["A"], named["B"], named["D"]) == (0, 1, NOWHERE)
    found = placed.busiest(areas.units("area"), (1,), ALL, MONTHS, 5)
    assert "B" in {one.name for one in found.places}
    assert {one.name for one in found.places} <= {"B", "C"}
    assert placed.inside(areas.units("area"), (0, 1)).sum() == 3


def test_of_a_point_on_a_border_only_what_states_an_area_is_counted_there():
    areas = squares(2)
    key = {"x": [WEST + 990] * 2, "y": [SOUTH + 500] * 2, "month": "2021-01", "category": "Drugs"}
    listed = pd.DataFrame({**key, "stated_area": [areas.codes[1], ""], "place": "On or near A", "n": [7, 2]})
    placed = place_points(publish_points(listed, HARM_OF), areas)
    counted = [placed.busiest(areas.units("area"), (area,), ALL, MONTHS, 5).places for area in (0, 1)]
    assert [[(one.name, one.n) for one in found] for found in counted] == [[("A", 2)], [("A", 7)]]
