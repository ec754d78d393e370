"""Laws of placing: no row is lost, and every row is where a plain look at its code and its point puts it."""

import math
from collections import Counter

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.areas.placing import Located, locate, place

VOCABULARY = ("A0", "A1", "A2", "A3", "old", "far")
HALVES = st.integers(-1, 7).map(lambda step: step / 2)  # on borders and corners as often as inside
COORDINATE = st.one_of(HALVES, st.floats(-0.5, 3.5), st.just(math.nan))
ROW = st.tuples(st.integers(-1, len(VOCABULARY) - 1), COORDINATE, COORDINATE)


@st.composite
def area_sets(draw):
    """Draw areas of a grid of three by three, in any order, some missing; any four are known by their code."""
    squares = [shapely.box(x, y, x + 1, y + 1) for x in range(3) for y in range(3)]
    chosen = draw(st.lists(st.sampled_from(squares), min_size=1, max_size=9, unique_by=lambda square: square.bounds))
    return [f"A{at}" for at in range(len(chosen))], np.array(chosen)


def located(rows):
    stated = np.array([row[0] for row in rows], dtype=np.int32)
    lon, lat = (np.array([row[at] for row in rows], dtype=float) for at in (1, 2))
    return Located(stated, VOCABULARY, lon, lat)


def one_by_one(row, codes, shapes):
    """Place one row as one would by hand: how, and where."""
    stated, lon, lat = row
    code = VOCABULARY[stated] if stated >= 0 else None
    if code in codes:
        return "by_code", codes.index(code)
    if math.isnan(lon) or math.isnan(lat):
        return ("outside" if code else "no_location"), -1
    hits = [at for at, shape in enumerate(shapes) if shape.intersects(shapely.Point(lon, lat))]
    return ("by_point", hits[0]) if hits else ("outside", -1)


def all_around_lies_inside(lon, lat, shapes):
    """Look in sixteen directions, one by one, whether 300 m from a point there is still an area."""
    turns = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    step = 300 / 111_320
    around = [(lon + step * np.cos(turn) / np.cos(np.radians(lat)), lat + step * np.sin(turn)) for turn in turns]
    return all(any(shape.intersects(shapely.Point(one)) for shape in shapes) for one in around)


@given(area_sets(), st.lists(ROW, max_size=40))
def test_every_row_is_placed_as_one_by_one_and_counted_in_one_place_only(areas, rows):
    codes, shapes = areas
    found = place(located(rows), codes, shapes)
    expected = [one_by_one(row, codes, shapes) for row in rows]
    assert found.area.tolist() == [at for _, at in expected]
    for how in ("by_code", "by_point", "no_location", "outside"):
        assert getattr(found, how) == sum(each == how for each, _ in expected)
    assert found.by_code + found.by_point + found.no_location + found.outside == len(rows)
    assert found.placed == int((found.area >= 0).sum())


@given(area_sets(), st.lists(ROW, max_size=40))
def test_rows_placed_against_their_code_are_foreign_or_of_the_border_as_their_points_say(areas, rows):
    codes, shapes = areas
    how = [(VOCABULARY[row[0]] if row[0] >= 0 else None, one_by_one(row, codes, shapes)[0], row) for row in rows]
    placed = Counter(code for code, where, _ in how if code and where == "by_point")
    beyond = Counter(code for code, where, row in how if code and where == "outside" and not math.isnan(sum(row)))
    deep = {code for code, where, row in how if where == "by_point" and all_around_lies_inside(*row[1:], shapes)}
    found = place(located(rows), codes, shapes)
    assert found.foreign_codes == {code: n for code, n in placed.items() if n > beyond[code] and code in deep}
    assert found.foreign_codes | found.border_codes == dict(placed)


@given(area_sets(), st.lists(st.tuples(HALVES, HALVES), min_size=1, max_size=20), st.data())
def test_where_a_point_lies_does_not_depend_on_the_rows_around_it(areas, points, data):
    _, shapes = areas
    lon, lat = np.array(points).T
    together = locate(lon, lat, shapes)
    order = np.array(data.draw(st.permutations(range(len(points)))))
    assert locate(lon[order], lat[order], shapes).tolist() == together[order].tolist()
