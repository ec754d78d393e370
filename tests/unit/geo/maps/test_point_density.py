"""Published points round a school: what a choice leaves, where they lie thickest, and where nothing can be said."""

import numpy as np
import pandas as pd
import pytest

from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.maps.point_density import density_around, highest, squares_around
from geo.statistics.density import density
from geo.views.published_points import PublishedPoints, publish_points
from tests.unit.geo.samples import SIDE, SOUTH, WEST, place, squares

MONTHS = ("2021-01", "2021-02")
ALL = Choice(MONTHS, ("substances", "violence"))
HARM_OF = {"Drugs": "substances", "Robbery": "violence"}
AREAS = squares(4)  # from 0 to 4,000 metres east, from 0 to 1,000 metres north
SCHOOL = place(2000, 500)


def listed(number=300, seed=1):
    """List incidents in one clump 500 m east of the school, and others all over."""
    rng = np.random.default_rng(seed)
    clump = np.array([WEST + 2500, SOUTH + 500]) + rng.normal(0, 80, (number, 2))
    rest = np.array([WEST, SOUTH]) + rng.uniform((-9000, -9000), (13_000, 9000), (number, 2))
    xy = np.round(np.vstack([clump, rest]))
    frame = pd.DataFrame({"x": xy[:, 0], "y": xy[:, 1]})
    frame["month"] = rng.choice(MONTHS, len(xy))
    frame["category"] = rng.choice(list(HARM_OF), len(xy))
    key = [*frame.columns]
    return frame.assign(n=1).groupby(key, as_index=False)["n"].sum()


def points(**values) -> PublishedPoints:
    return publish_points(pd.DataFrame(values), HARM_OF)


def test_a_place_is_kept_once_with_all_that_happened_there():
    kept = points(
        x=[1.0, 1.0, 2.0], y=[5.0, 5.0, 5.0], month=[*MONTHS, "2021-01"], category=["Drugs", "Drugs", "Robbery"],
        n=[3, 4, 5],
    )  # fmt: skip
    assert kept.xy.tolist() == [[1, 5], [2, 5]]
    assert kept.at_places(ALL).tolist() == [7, 5]


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(("2021-02",), ALL.harms), [4, 0]),
        (Choice(MONTHS, ("violence",)), [0, 5]),
        (Choice(MONTHS, ("violence",), "Drugs"), [7, 0]),
        (Choice(MONTHS, ("asb",)), [0, 0]),
        (Choice(("2020-12",), ALL.harms), [0, 0]),
    ],
)
def test_a_choice_leaves_its_months_and_its_kinds(choice, left):
    kept = points(
        x=[1.0, 1.0, 2.0], y=[5.0, 5.0, 5.0], month=[*MONTHS, "2021-01"], category=["Drugs", "Drugs", "Robbery"],
        n=[3, 4, 5],
    )  # fmt: skip
    assert kept.at_places(choice).tolist() == left


def test_the_density_is_that_of_all_places_near_and_far():
    grid, kept = squares_around(SCHOOL), publish_points(listed(), HARM_OF)
    found = density_around(kept, ALL, grid, AREAS)
    whole = density(kept.xy, kept.at_places(ALL), grid)
    known = ~np.isnan(found.values)
    assert found.bandwidth == whole.bandwidth
    np.testing.assert_allclose(found.values[known], whole.values[known], rtol=1e-12)


def test_nothing_is_said_of_squares_beyond_the_areas():
    grid = squares_around(place(3500, 500))
    found = density_around(publish_points(listed(), HARM_OF), ALL, grid, AREAS)
    x, y = np.meshgrid(grid.x, grid.y)
    inside = (x <= WEST + 4 * SIDE) & (y >= SOUTH) & (y <= SOUTH + SIDE)
    assert 0 < inside.sum() < inside.size
    np.testing.assert_array_equal(~np.isnan(found.values), inside)


def test_a_school_without_areas_around_it_is_refused():
    with pytest.raises(ThinDataError, match="none lies within 1,600 m of this one"):
        density_around(publish_points(listed(), HARM_OF), ALL, squares_around(place(2000, 5000)), AREAS)


def test_too_few_incidents_of_a_choice_are_refused():
    with pytest.raises(ThinDataError, match="at least 30 incidents"):
        density_around(publish_points(listed(12), HARM_OF), ALL, squares_around(SCHOOL), AREAS)


def test_the_thickest_square_is_told_by_its_way_from_the_school_and_to_two_digits():
    found = density_around(publish_points(listed(), HARM_OF), ALL, squares_around(SCHOOL), AREAS)
    told = highest(found, SCHOOL)
    start, end = told.split(" per km², ")
    value = int(start.removeprefix("Highest: about ").replace(",", ""))
    assert value == pytest.approx(np.nanmax(found.values), rel=0.05)
    assert len(str(value).rstrip("0")) <= 2
    assert end in {f"{east} m east, 50 m {way} of Hill School." for east in (450, 550) for way in ("north", "south")}
