"""Laws of circles: a count by distance is what brute force counts, wider circles hold more, and nothing is lost."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.areas.reach import Reach
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS, harm_of
from geo.views import circle
from geo.views.busy_places import busiest_places, elsewhere_within
from geo.views.circle import BEYOND, ELSEWHERE, WITHIN
from geo.views.place_listing import by_name, by_point
from geo.views.published_points import publish_points
from tests.unit.geo.samples import SOUTH, WEST, place

MONTHS = ("2021-01", "2021-02")
NAMES = ("On or near Hospital", "On or near High Street", "On or near Hospital Road")
HARM_OF = {name: harm_of(name) for name in ("Drugs", "Robbery")}
ALL = Choice(MONTHS, tuple(HARM_GROUPS))
SCHOOL = place(0, 0)
# Half metres: a school's own position is known to a thousandth, so that none lies on the circle by chance alone.
OFFSET = st.integers(-2000, 2000).map(lambda metres: metres + 0.5)
LINES = st.lists(
    st.tuples(
        OFFSET,
        OFFSET,
        st.sampled_from(NAMES),
        st.sampled_from(MONTHS),
        st.sampled_from(list(HARM_OF)),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=40,
)
RADIUS = st.integers(1, 3000)


def frame_of(lines):
    frame = pd.DataFrame(lines, columns=["east", "north", "place", "month", "category", "n"])
    return frame.assign(x=frame["east"] + WEST, y=frame["north"] + SOUTH)


def sums(lines, radius):
    view = circle.circle_and_rest(publish_points(frame_of(lines), HARM_OF), SCHOOL, Reach(radius), MONTHS, ())
    return view.cube.n.sum(axis=(1, 2))


@given(LINES, RADIUS)
@settings(max_examples=60, deadline=None)
def test_counts_by_distance_are_those_of_brute_force(lines, radius):
    near = [(east**2 + north**2) ** 0.5 <= radius for east, north, *_ in lines]
    hospital = [name == NAMES[0] for _, _, name, *_ in lines]
    counted = [n for *_, n in lines]
    expected = [
        sum(n for n, is_near, is_hospital in zip(counted, near, hospital, strict=True) if is_near and not is_hospital),
        sum(n for n, is_near, is_hospital in zip(counted, near, hospital, strict=True) if is_near and is_hospital),
        sum(n for n, is_near in zip(counted, near, strict=True) if not is_near),
    ]
    assert sums(lines, radius)[[WITHIN, ELSEWHERE, BEYOND]].tolist() == expected


@given(LINES, RADIUS, RADIUS)
@settings(max_examples=40, deadline=None)
def test_a_wider_circle_never_holds_less(lines, one, other):
    narrow, wide = sums(lines, min(one, other)), sums(lines, max(one, other))
    assert (narrow[:BEYOND] <= wide[:BEYOND]).all()
    assert narrow.sum() == wide.sum()


@given(LINES, RADIUS)
@settings(max_examples=40, deadline=None)
def test_places_and_what_is_recorded_for_elsewhere_add_up_to_the_counts(lines, radius):
    points = publish_points(frame_of(lines), HARM_OF)
    within, elsewhere, _ = sums(lines, radius)
    away = circle.metres_from(points, SCHOOL)
    inside = away <= radius
    found = busiest_places(points, inside, away, ALL, MONTHS, first=len(lines))
    assert sum(one.n for one in found.places) == within
    assert sum(n for _, n in elsewhere_within(points, inside, ALL)) == elsewhere
    order = [(-one.n, one.metres) for one in found.places]
    assert order == sorted(order)
    assert all(sum(n for _, n in one.mix) == one.n for one in found.places)
    every = busiest_places(points, inside, away, ALL, MONTHS, first=len(lines), elsewhere=True)
    assert sum(one.n for one in every.places) == within + elsewhere
    listed = by_point(points, inside, MONTHS)
    assert listed["n"].sum() == by_name(listed)["n"].sum() == within + elsewhere


@given(LINES, RADIUS, st.integers(1, 5), st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_a_list_holds_the_first_those_that_tie_and_says_how_many_it_leaves_out(lines, radius, first, most):
    points = publish_points(frame_of(lines), HARM_OF)
    away = circle.metres_from(points, SCHOOL)
    every = busiest_places(points, away <= radius, away, ALL, MONTHS, first=len(lines)).places
    some = busiest_places(points, away <= radius, away, ALL, MONTHS, first=first, most=most)
    # What a place is near is said where a list has others of its name.
    assert [(one.at, one.n) for one in some.places] == [(one.at, one.n) for one in every[: len(some.places)]]
    assert len(some.places) <= most
    least = every[:first][-1].n if every else 0
    assert len(some.places) + some.tied == sum(one.n >= least for one in every)
