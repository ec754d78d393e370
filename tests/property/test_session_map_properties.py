"""Squares of a session's map and places on it are one: every square comes back from its middle, every place is near."""

from hypothesis import given
from hypothesis import strategies as st

from geo.safety_marks.session_map import COLUMNS, ROWS, SIDES, SessionMap, map_around, read_code

maps = st.builds(
    SessionMap,
    st.integers(0, 6_900).map(lambda number: number * 100),
    st.integers(0, 12_900).map(lambda number: number * 100),
    st.sampled_from(SIDES),
)


@given(maps, st.integers(0, COLUMNS - 1), st.integers(1, ROWS))
def test_a_square_comes_back_from_its_middle(on: SessionMap, across: int, down: int) -> None:
    square = f"{chr(ord('A') + across)}{down}"
    assert on.square_at(*on.middle_of(square)) == square


@given(maps)
def test_a_map_comes_back_from_its_code(on: SessionMap) -> None:
    assert read_code(on.code) == on


@given(st.floats(10_000, 690_000), st.floats(10_000, 1_290_000), st.sampled_from(SIDES))
def test_a_place_lies_within_half_a_square_of_the_middle_of_its_own(east: float, north: float, side: int) -> None:
    on = map_around(east, north, side)
    square = on.square_at(east, north)
    assert square is not None
    middle = on.middle_of(square)
    assert max(abs(middle[0] - east), abs(middle[1] - north)) <= side / 2
