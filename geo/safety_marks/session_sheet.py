"""The sheet of a session: an A3 page with the map, its squares and code, and what staff have to know, as SVG.

Units of the page are millimetres. A square is 20 mm: the map is 1 : 5,000 with squares of 100 m, 1 : 10,000 with 200 m.
"""

from collections.abc import Iterator, Sequence
from html import escape
from string import ascii_uppercase
from textwrap import wrap
from typing import Final

from geo.arrays import Floats
from geo.safety_marks.session_map import COLUMNS, ROWS, SessionMap
from geo.safety_marks.sheet_ground import SheetGround

WIDTH: Final = 420  # mm, A3
HEIGHT: Final = 297
_POINTS: Final = 72 / 25.4  # to a millimetre; what makes a PDF of the sheet takes its units for points
SQUARE: Final = 20  # mm
LEFT: Final = 16  # mm to the map
TOP: Final = 32
_BESIDE: Final = LEFT + COLUMNS * SQUARE + 6  # where the column of words begins
_FACE: Final = "'Liberation Sans', 'DejaVu Sans', Arial, Helvetica, sans-serif"
_INK: Final = "#1f2933"
_LINES: Final = {  # stroke and width in mm
    "street": ("#b9c0c8", 0.9), "main": ("#98a2ad", 1.6), "river": ("#9cc3de", 1.8), "rail": ("#6b7580", 0.5),
}  # fmt: skip
_NAMES: Final = {"school": 3.2, "station": 3.0, "park": 2.9, "place": 3.2}
_TITLE: Final = "Where do you feel safe, and where not?"
_MARKS: Final = (
    "Put S in a square where you feel safe.",
    "Put U in a square where you feel unsafe.",
    "Think of the way here and home, and of free time.",
    "One letter for each person and square.",
    "Leave squares blank that you do not know.",
)
STAFF: Final = (
    "No names on this sheet, of anybody, and no initials.",
    "Nobody has to take part. Nobody is asked why.",
    "No accounts of what happened, spoken or written: marks only.",
    "If a child tells you something: listen, promise nothing, and follow the school’s procedure the same day.",
    "That means: tell the Designated Safeguarding Lead.",
    "In danger now: 999.",
    "Afterwards type the letters into the template, by square.",
    "Then destroy this sheet as confidential paper.",
    "Anything is shown only from 10 marks in a place on. 150 or more in all are worth aiming for.",
)


def sheet_svg(on: SessionMap, ground: SheetGround, school: str, place: tuple[float, float]) -> str:
    """Return the sheet of a map around a school (its name and place, EPSG:27700) as SVG of A3 size."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {_size()} font-family="{_FACE}" fill="{_INK}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(LEFT, 14, 7.5, _TITLE, weight="bold"),
        _text(LEFT, 21.5, 4.2, f"Around {school}"),
        *_lines(on, ground.lines),
        *_squares(),
        *_names(on, ground),
        *_school(on, school, place),
        *_column(on),
        _text(LEFT, TOP + ROWS * SQUARE + 14, 2.6, f"Map: {ground.attribution}"),
        "</svg>",
    ]
    return "\n".join(parts)


def _size() -> str:
    return f'width="{WIDTH * _POINTS:.4f}" height="{HEIGHT * _POINTS:.4f}" viewBox="0 0 {WIDTH} {HEIGHT}"'


def _across(on: SessionMap, east: float) -> float:
    return LEFT + (east - on.west) / on.side * SQUARE


def _down(on: SessionMap, north: float) -> float:
    return TOP + (on.north - north) / on.side * SQUARE


def _lines(on: SessionMap, lines: Sequence[tuple[str, Floats]]) -> Iterator[str]:
    """Draw the lines of each kind as one path, streets last so that water does not cover them."""
    for kind in ("river", "rail", "street", "main"):
        stroke, width = _LINES[kind]
        drawn = [line for of, line in lines if (of if of in _LINES else "street") == kind]
        if drawn:
            path = "".join(
                "M" + "L".join(f"{_across(on, east):.2f} {_down(on, north):.2f}" for east, north in line.tolist())
                for line in drawn
            )
            dash = ' stroke-dasharray="2 1"' if kind == "rail" else ""
            yield (
                f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round" '
                f'stroke-linejoin="round"{dash}/>'
            )


def _squares() -> Iterator[str]:
    """Draw the squares, and letters and numbers on both sides."""
    right, foot = LEFT + COLUMNS * SQUARE, TOP + ROWS * SQUARE
    upright = "".join(f"M{LEFT + at * SQUARE} {TOP}V{foot}" for at in range(COLUMNS + 1))
    flat = "".join(f"M{LEFT} {TOP + at * SQUARE}H{right}" for at in range(ROWS + 1))
    yield f'<path d="{upright}{flat}" fill="none" stroke="{_INK}" stroke-width="0.25"/>'
    for at in range(COLUMNS):
        for y in (TOP - 2, foot + 5.5):
            yield _text(LEFT + (at + 0.5) * SQUARE, y, 4.5, ascii_uppercase[at], weight="bold", anchor="middle")
    for at in range(ROWS):
        for x in (LEFT - 4.5, right + 3):
            yield _text(x, TOP + (at + 0.5) * SQUARE + 1.6, 4.5, str(at + 1), weight="bold", anchor="middle")


def _names(on: SessionMap, ground: SheetGround) -> Iterator[str]:
    for one in ground.names:
        x, y = _across(on, one.east), _down(on, one.north)
        size = _NAMES.get(one.kind, 2.5)
        turn = f' transform="rotate({-one.turned:.1f} {x:.2f} {y:.2f})"' if one.turned else ""
        weight = "bold" if one.kind in _NAMES else "normal"
        yield _text(x, y + size / 3, size, one.name, anchor="middle", halo=True, extra=turn, weight=weight)


def _school(on: SessionMap, school: str, place: tuple[float, float]) -> Iterator[str]:
    x, y = _across(on, place[0]), _down(on, place[1])
    yield (
        f'<path d="M{x:.2f} {y:.2f}l-2.6 -5.2a2.9 2.9 0 1 1 5.2 0z" fill="{_INK}" stroke="#ffffff" '
        f'stroke-width="0.5"/><circle cx="{x:.2f}" cy="{y - 6.4:.2f}" r="1.1" fill="#ffffff"/>'
    )
    yield _text(x, y + 4.6, 3.6, school, anchor="middle", halo=True, weight="bold")


def _column(on: SessionMap) -> Iterator[str]:
    """Write the code, north and scale, and the words for young people and for staff, beside the map."""
    x, wide = _BESIDE, WIDTH - _BESIDE - 8
    yield _text(x, 14, 3, "Code of this map")
    yield _text(x, 20.5, 5, on.code, weight="bold")
    yield (
        f'<path d="M{x + 6} {TOP + 2}l-3 9 3 -2 3 2z" fill="{_INK}"/>'
        + _text(x + 6, TOP + 16, 4, "N", weight="bold", anchor="middle")
        + f'<path d="M{x + 18} {TOP + 11}v2h{SQUARE}v-2" fill="none" stroke="{_INK}" stroke-width="0.5"/>'
        + _text(x + 18, TOP + 8.5, 3, f"{on.side} m, one square")
        + _text(x + 18, TOP + 18, 3, f"1 : {on.side * 1000 // SQUARE:,}")
    )
    y = TOP + 30.0
    for heading, sentences in (("What to mark", _MARKS), ("For staff", STAFF)):
        yield _text(x, y, 4, heading, weight="bold")
        y += 6
        for sentence in sentences:
            for line in wrap(sentence, int(wide / 1.5)):
                yield _text(x, y, 3, line)
                y += 4
            y += 1.8
        y += 4
    yield _text(x, y, 3, "Session date: ______________")
    yield _text(x, y + 8, 3, "Number of young people: _____")


def _text(
    x: float,
    y: float,
    size: float,
    words: str,
    *,
    weight: str = "normal",
    anchor: str = "start",
    halo: bool = False,
    extra: str = "",
) -> str:
    """Write one line of words; with a ``halo`` it can be read over the lines of the map."""
    attributes = f'x="{x:.2f}" y="{y:.2f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"{extra}'
    under = (
        f'<text {attributes} stroke="#ffffff" stroke-width="{size / 3:.2f}" stroke-linejoin="round" fill="#ffffff">'
        f"{escape(words)}</text>"
        if halo
        else ""
    )
    return f"{under}<text {attributes}>{escape(words)}</text>"
