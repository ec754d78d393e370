"""A session's map is read back from its code, has its letters across and its numbers down, and holds the school."""

import pytest

from geo.safety_marks.session_map import COLUMNS, ROWS, SessionMap, map_around, read_code

MAP = read_code("SK42309240-100")


def test_the_code_names_the_corner_and_the_side() -> None:
    assert SessionMap(442300, 392400, 100) == MAP
    assert MAP.code == "SK42309240-100"
    assert read_code("SK42309240-200").side == 200


def test_letters_go_across_and_numbers_down() -> None:
    assert MAP.middle_of("A1") == (442350, 392400 + ROWS * 100 - 50)
    assert MAP.middle_of(f"A{ROWS}") == (442350, 392450)
    assert MAP.middle_of("Q1") == (442300 + COLUMNS * 100 - 50, 392400 + ROWS * 100 - 50)


@pytest.mark.parametrize("square", ["", "A", "1", "A0", "R1", "A13", "1A", "a1", "A1 ", "AA1", "A01"])
def test_what_is_no_square_of_the_map_is_refused(square: str) -> None:
    with pytest.raises(ValueError, match="a square is"):
        MAP.middle_of(square)


@pytest.mark.parametrize("code", ["", "SK42309240", "SK42309240-150", "SK4230924-100", "XX42309240-100"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"code|reference"):
        read_code(code)


@pytest.mark.parametrize("side", [100, 200])
def test_the_school_is_in_the_middle_and_squares_are_those_of_the_national_grid(side: int) -> None:
    made = map_around(443210.5, 393187.9, side)
    assert made.square_at(443210.5, 393187.9) == "I6"
    assert (made.west % side, made.south % side) == (0, 0)


def test_a_place_beyond_the_map_is_in_no_square() -> None:
    assert MAP.square_at(MAP.west - 1, MAP.south) is None
    assert MAP.square_at(MAP.west, MAP.north) is None
    assert MAP.square_at(MAP.east, MAP.south) is None


@pytest.mark.parametrize(("place", "side"), [((443210, 393187), 150), ((0, 0), 100), ((699_999, 100_000), 900)])
def test_no_map_is_made_off_the_grid_or_of_other_squares(place: tuple[int, int], side: int) -> None:
    with pytest.raises(ValueError, match=r"squares|reference"):
        map_around(*place, side)
