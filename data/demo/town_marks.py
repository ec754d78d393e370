"""A session of safety marks around Castlebrook Academy: where young people feel safe, and where not.

Two things are planted. South of the academy they feel unsafe where little is recorded, which is a disagreement; around
the academy itself they feel unsafe where much is recorded too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from shapely import Point

from data.demo.grid import EASTING, NORTHING
from data.demo.terms import SCHOOLS
from data.demo.town_areas import Area, containing
from geo.safety_marks.session_map import COLUMNS, ROWS, SessionMap, map_around

MARK_HEADER: Final = ("map", "cell", "mark", "session date", "number")
SCHOOL: Final = "Castlebrook Academy"
SESSION: Final = "12/05/2026"
_MARKS: Final = 640
_DISAGREE: Final = Point(-555, -1514)
_UNSAFE: Final = {"disagree": 0.92, "agree": 0.88}  # share of marks there that say unsafe
_USUAL: Final = 0.3
_LEAST: Final = 5  # squares of an area on the map; smaller corners are left blank
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class TownMarks:
    """The rows of the session's file, and what was planted in it."""

    rows: tuple[tuple[str, ...], ...]
    truth: Mapping[str, object]


def draw_marks(areas: Sequence[Area], rng: np.random.Generator) -> TownMarks:
    """Draw the marks of one session, about as many in each area on the map."""
    school = SCHOOLS[SCHOOL][1]
    on = map_around(EASTING + school.x, NORTHING + school.y)
    planted = {"disagree": containing(areas, _DISAGREE).code, "agree": containing(areas, school).code}
    inside = _squares(on, areas)
    squares = sorted(square for listed in inside.values() for square in listed)
    of_square = {square: code for code, listed in inside.items() for square in listed}
    weight = np.array([1 / len(inside[of_square[square]]) for square in squares])
    share = {code: _UNSAFE[what] for what, code in planted.items()}
    numbers: dict[tuple[str, str], int] = {}
    for at in rng.choice(len(squares), _MARKS, p=weight / weight.sum()).tolist():
        unsafe = rng.random() < share.get(of_square[squares[at]], _USUAL)
        key = (squares[at], "unsafe" if unsafe else "safe")
        numbers[key] = numbers.get(key, 0) + 1
    rows = tuple((on.code, square, felt, SESSION, str(n)) for (square, felt), n in sorted(numbers.items()))
    truth = {
        "school": SCHOOL,
        "session": SESSION,
        "map": on.code,
        "marks": _MARKS,
        **{what: {"areas": [code], "unsafe_share": _UNSAFE[what]} for what, code in planted.items()},
        "usual_unsafe_share": _USUAL,
    }
    return TownMarks(rows, truth)


def _squares(on: SessionMap, areas: Sequence[Area]) -> dict[str, list[str]]:
    """Return the squares of a map by the area that holds their middle, without areas that it hardly touches."""
    found: dict[str, list[str]] = {}
    for letter in _LETTERS[:COLUMNS]:
        for number in range(1, ROWS + 1):
            east, north = on.middle_of(f"{letter}{number}")
            middle = Point(east - EASTING, north - NORTHING)
            code = next((area.code for area in areas if area.shape.contains(middle)), None)
            if code is not None:
                found.setdefault(code, []).append(f"{letter}{number}")
    return {code: squares for code, squares in found.items() if len(squares) >= _LEAST}
