"""Shapes of places: coordinates in either order, corners in turn, and homes as areas only."""

import pytest
import shapely

from geo.errors import InputError
from geo.register import place_shapes
from geo.register.place_shapes import in_metres


@pytest.mark.parametrize(
    "text", ["442800 392900", "442,800 392,900", "-1.3562 53.4313", "53.4313, -1.3562", "E 442800 N 392900"]
)
def test_a_point_is_read_in_metres_or_degrees_in_either_order(text: str) -> None:
    lon, lat = place_shapes.read_point(text)
    assert (lon, lat) == pytest.approx((-1.3562, 53.4313), abs=2e-3)


@pytest.mark.parametrize("text", ["", "442800", "Mill Lane", "1 2 3", "200 300 400", "120.5 30.2"])
def test_what_is_no_point_here_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        place_shapes.read_point(text)


def test_an_area_must_not_cross_itself() -> None:
    with pytest.raises(InputError, match="must not cross itself"):
        place_shapes.area_within([(0, 50), (1, 51), (1, 50), (0, 51)])


@pytest.mark.parametrize("corners", [[], [(0.0, 50.0)], [(0.0, 50.0), (0.0, 50.0)]])
def test_a_line_needs_two_corners(corners: list[tuple[float, float]]) -> None:
    with pytest.raises(InputError, match="two corners"):
        place_shapes.line_through(corners)


@pytest.mark.parametrize("shape", [shapely.Point(-1.4, 53.4), shapely.LineString([(-1.4, 53.4), (-1.41, 53.4)])])
def test_a_home_is_kept_as_the_area_around_it(shape: shapely.Geometry) -> None:
    kept = place_shapes.as_kept(shape, "residential address")
    assert kept.geom_type == "Polygon"
    assert kept.covers(shape)
    assert place_shapes.as_kept(shape, "leisure place") is shape


def test_the_pieces_of_a_street_near_by_become_one_line() -> None:
    pieces = [
        shapely.LineString([(-1.4, 53.4), (-1.401, 53.4)]),
        shapely.LineString([(-1.401, 53.4), (-1.402, 53.4)]),
        shapely.LineString([(-2.4, 53.4), (-2.401, 53.4)]),  # of the same name, in another town
    ]
    line = place_shapes.join_streets(pieces, (-1.4, 53.4))
    assert line is not None
    assert line.geom_type == "LineString"
    assert in_metres([line])[0].length == pytest.approx(133, abs=2)
    assert place_shapes.join_streets(pieces[2:], (-1.4, 53.4)) is None
