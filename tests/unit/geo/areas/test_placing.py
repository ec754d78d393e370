import numpy as np
import pytest
import shapely

from geo.areas import placing
from geo.areas.placing import Located, locate, place

CODES = ("west", "east")
SHAPES = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
NONE = float("nan")


def rows(*each):
    """Return rows, each of a stated code (None when blank), a longitude and a latitude."""
    vocabulary = sorted({code for code, _, _ in each if code})
    stated = np.array([vocabulary.index(code) if code else -1 for code, _, _ in each], dtype=np.int64)
    lon, lat = (np.array([row[at] for row in each], dtype=float) for at in (1, 2))
    return Located(stated, vocabulary, lon, lat)


def tally(placement):
    return placement.by_code, placement.by_point, placement.no_location, placement.outside


def test_stated_code_wins_over_a_point_that_lies_elsewhere():
    found = place(rows(("west", 1.5, 0.5)), CODES, SHAPES)
    assert found.area.tolist() == [0]
    assert tally(found) == (1, 0, 0, 0)


def test_stated_code_needs_no_point():
    found = place(rows(("east", NONE, NONE)), CODES, SHAPES)
    assert found.area.tolist() == [1]
    assert tally(found) == (1, 0, 0, 0)


def test_point_decides_where_no_code_is_stated():
    found = place(rows((None, 0.5, 0.5), (None, 1.5, 0.5)), CODES, SHAPES)
    assert found.area.tolist() == [0, 1]
    assert tally(found) == (0, 2, 0, 0)
    assert found.foreign_codes == {}


def test_point_decides_where_the_stated_code_is_unknown():
    found = place(rows(("elsewhere", 1.5, 0.5)), CODES, SHAPES)
    assert found.area.tolist() == [1]
    assert tally(found) == (0, 1, 0, 0)
    assert found.placed == 1


def test_row_with_neither_code_nor_point_has_no_location():
    found = place(rows((None, NONE, NONE)), CODES, SHAPES)
    assert found.area.tolist() == [-1]
    assert tally(found) == (0, 0, 1, 0)


@pytest.mark.parametrize(("lon", "lat"), [(0.5, NONE), (NONE, 0.5)])
def test_half_a_point_is_no_location(lon, lat):
    assert tally(place(rows((None, lon, lat)), CODES, SHAPES)) == (0, 0, 1, 0)


def test_unknown_code_without_a_point_is_outside():
    found = place(rows(("elsewhere", NONE, NONE)), CODES, SHAPES)
    assert found.area.tolist() == [-1]
    assert tally(found) == (0, 0, 0, 1)


def test_point_beyond_every_area_is_outside():
    found = place(rows((None, 5, 5), ("elsewhere", 5, 5)), CODES, SHAPES)
    assert found.area.tolist() == [-1, -1]
    assert tally(found) == (0, 0, 0, 2)
    assert found.placed == 0


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_point_on_a_shared_border_goes_to_the_first_area(order):
    codes = [CODES[at] for at in order]
    assert place(rows((None, 1, 0.5)), codes, SHAPES[order]).area.tolist() == [0]


def test_point_where_four_areas_meet_goes_to_the_first():
    four = np.array([shapely.box(x, y, x + 1, y + 1) for x, y in [(1, 1), (0, 0), (1, 0), (0, 1)]])
    assert locate(np.array([1.0]), np.array([1.0]), four).tolist() == [0]


def test_point_in_a_hole_of_an_area_is_not_in_it():
    ring = np.array([shapely.box(0, 0, 3, 3) - shapely.box(1, 1, 2, 2)])
    assert locate(np.array([1.5, 0.5]), np.array([1.5, 0.5]), ring).tolist() == [-1, 0]


def test_point_in_any_part_of_a_scattered_area_is_in_it():
    parts = np.array([shapely.union(shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6))])
    assert locate(np.array([0.5, 5.5, 3.0]), np.array([0.5, 5.5, 3.0]), parts).tolist() == [0, 0, -1]


def test_codes_that_the_set_lacks_are_tallied_where_their_points_lie_inside():
    found = place(
        rows(
            ("old-1", 0.5, 0.5),
            ("old-1", 1.5, 0.5),
            ("old-2", 0.5, 0.5),
            ("far-away", 9, 9),
            ("nowhere", NONE, NONE),
            ("west", 0.5, 0.5),
            (None, 0.5, 0.5),
        ),
        CODES,
        SHAPES,
    )
    assert found.foreign_codes == {"old-1": 2, "old-2": 1}
    assert found.border_codes == {}
    assert tally(found) == (1, 4, 0, 2)


@pytest.mark.parametrize("beyond", [1, 2])
def test_a_code_of_which_most_points_lie_outside_is_of_a_neighbour_not_of_another_edition(beyond):
    found = place(rows(("next door", 1.999, 0.5), *[("next door", 2.5, 0.5)] * beyond), CODES, SHAPES)
    assert found.foreign_codes == {}
    assert found.border_codes == {"next door": 1}
    assert tally(found) == (0, 1, 0, beyond)


@pytest.mark.parametrize(("metres", "foreign"), [(290, {}), (310, {"next door": 2})])
def test_a_code_whose_points_all_lie_at_the_outline_is_of_a_neighbour_not_of_another_edition(metres, foreign):
    x = 2 - metres / 111_320 / np.cos(np.radians(0.5))
    found = place(rows(("next door", x, 0.5), ("next door", 1.9999, 0.5)), CODES, SHAPES)
    assert found.foreign_codes == foreign
    assert found.border_codes == ({} if foreign else {"next door": 2})
    assert tally(found) == (0, 2, 0, 0)


def test_the_border_between_two_areas_of_the_set_is_no_outline():
    found = place(rows(("old", 1, 0.5), ("older", 0.9999, 0.5)), CODES, SHAPES)
    assert found.foreign_codes == {"old": 1, "older": 1}


def test_each_distinct_coordinate_is_looked_up_once(monkeypatch):
    looked_up = []
    make_points = shapely.points

    def counted(coordinates):
        looked_up.extend(map(tuple, coordinates.tolist()))
        return make_points(coordinates)

    monkeypatch.setattr(placing.shapely, "points", counted)
    snap_points = [(0.5, 0.5), (1.5, 0.5), (9.0, 9.0), (0.5, 0.25)]
    found = place(rows(*[(None, *snap_points[at % 4]) for at in range(1000)]), CODES, SHAPES)
    assert sorted(looked_up) == sorted(snap_points)
    assert tally(found) == (0, 750, 0, 250)
    assert found.area[:8].tolist() == [0, 1, -1, 0] * 2


def test_rows_that_state_a_known_code_are_not_looked_up_at_all(monkeypatch):
    monkeypatch.setattr(placing.shapely, "points", lambda _: pytest.fail("a stated row was looked up"))
    assert place(rows(("west", 0.5, 0.5), ("east", 0.5, 0.5)), CODES, SHAPES).by_code == 2


def test_no_rows_are_placed_nowhere():
    found = place(rows(), CODES, SHAPES)
    assert len(found.area) == 0
    assert tally(found) == (0, 0, 0, 0)


def test_points_that_are_unknown_lie_in_no_area():
    lon, lat = np.array([NONE, 0.5, NONE, 1.5]), np.array([0.5, NONE, NONE, 0.5])
    assert locate(lon, lat, SHAPES).tolist() == [-1, -1, -1, 1]
