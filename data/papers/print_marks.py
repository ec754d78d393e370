"""What stands on a printed map: the school, distances, known hotspots, places by number, scale and north."""

from typing import Final

import numpy as np
import shapely

from data.papers.print_frame import WIDTH, Frame
from data.papers.print_labels import Room
from data.papers.print_sheet import DrawnSheet, cut, width_of
from data.papers.print_spec import PrintMap
from geo.maps.classes import CASING, INK
from geo.maps.hotspot_signs import SIGNS
from geo.wording import say_metres

WALK: Final = "#0b5966"  # as on screen
_BRIGHT: Final = 120  # of 255; above it dark letters read better than white ones
_BOX: Final = 24.0  # units of a sign
_SIGN: Final = 11.0  # points
# The shapes of ``SIGNS``, in a box of 24 units from the lower left.
_CORNERS: Final = {
    "active": ((12, 1.5), (22.5, 12), (12, 22.5), (1.5, 12)),
    "monitoring": ((3, 3), (21, 3), (21, 21), (3, 21)),
    "proposed": ((7, 3), (17, 3), (22.5, 12), (17, 21), (7, 21), (1.5, 12)),
}
_NAME: Final = 8.0  # points of the school's name
_LONGEST: Final = 40  # letters of a name on the map


def draw_marks(sheet: DrawnSheet, frame: Frame, spec: PrintMap, room: Room) -> None:
    """Draw what stands on the ground, and note in ``room`` where no name may stand."""
    if spec.walk is not None:
        walk(sheet, *frame.on_page(np.array([spec.walk], dtype=object)))
    _clusters(sheet, frame, spec, room)
    _rings(sheet, frame, spec, room)
    for one in spec.signs:
        shape = frame.on_page(np.array([one.shape], dtype=object))
        look = SIGNS[one.status]
        sheet.shapes(shape, line=look["line"], width=1.4, dash=(3, 2) if look["dash"] else None)
        for at in shapely.points(shapely.get_coordinates(shapely.point_on_surface(shape))):
            sign(sheet, at.x, at.y, one.status)
            room.take(at.buffer(_SIGN / 2 + 1))
    for place in spec.places:
        at = shapely.Point(*frame.points(shapely.get_coordinates(place.at))[0])
        if frame.box.contains(at):
            number(sheet, at.x, at.y, place.number)
            room.take(at.buffer(6))
    if spec.school is not None:
        _school(sheet, frame, spec, room)


def draw_edge(sheet: DrawnSheet, frame: Frame) -> None:
    """Draw a map's scale, its arrow to the north and its edge, over all else."""
    _scale(sheet, frame)
    _north(sheet, frame)
    sheet.shapes([frame.box], line=INK, width=0.8)


def reserve(frame: Frame) -> Room:
    """Return the room for words on a map, but for where its scale and its arrow stand."""
    room = Room(frame.box)
    room.take(shapely.box(0, frame.foot, _bar_width(frame) + 22, frame.foot + 24))
    room.take(shapely.box(WIDTH - 24, frame.top - 34, WIDTH, frame.top))
    return room


def pin(sheet: DrawnSheet, x: float, y: float, size: float = 1.0) -> None:
    """Draw the pin of a school, its tip at a point."""
    turns = np.radians(np.arange(-30, 211, 15))
    head = np.column_stack((6 * np.cos(turns), 12 + 6 * np.sin(turns)))
    corners = np.vstack(((0, 0), head)) * size + (x, y)
    sheet.shapes([shapely.Polygon(np.round(corners, 1))], fill=INK, line=CASING, width=0.8)
    eye = shapely.Point(x, y + 12 * size).buffer(2.2 * size)
    sheet.shapes([_rounded(eye)], fill=CASING)


def sign(sheet: DrawnSheet, x: float, y: float, status: str) -> None:
    """Draw the sign of a known hotspot around a point: a shape and a letter by its status."""
    look = SIGNS[status]
    if status in _CORNERS:
        shape = shapely.Polygon(((np.array(_CORNERS[status]) - _BOX / 2) / _BOX * _SIGN) + (x, y))
    else:
        shape = shapely.Point(x, y).buffer(9.5 / _BOX * _SIGN)
    shape = _rounded(shape)
    sheet.shapes([shape], fill=CASING, line=CASING, width=2.2)
    sheet.shapes([shape], fill=look["fill"], line=look["line"], width=1.0, dash=(3, 2) if look["dash"] else None)
    sheet.words(x, y - 2.1, look["letter"], 5.8, bold=True, colour=look["ink"], at="center")


def number(sheet: DrawnSheet, x: float, y: float, which: int) -> None:
    """Draw the number of a place around a point."""
    sheet.shapes([_rounded(shapely.Point(x, y).buffer(5))], fill=CASING, line=INK, width=1.0)
    sheet.words(x, y - 2.3, f"{which}", 6.2, bold=True, at="center")


def badge(sheet: DrawnSheet, x: float, y: float, words: str) -> None:
    """Draw the number of a detected cluster around a point."""
    sheet.shapes([_rounded(shapely.box(x - 5, y - 4.5, x + 5, y + 4.5))], fill=INK, line=CASING, width=0.8)
    sheet.words(x, y - 2.3, words, 6.2, bold=True, colour=CASING, at="center")


def walk(sheet: DrawnSheet, shape: shapely.Geometry) -> None:
    """Draw the edge of what can be reached on foot."""
    sheet.shapes([shape], line=CASING, width=2.6, alpha=0.8)
    sheet.shapes([shape], line=WALK, width=1.4, dash=(4, 2))


def ring_line(sheet: DrawnSheet, line: shapely.Geometry) -> None:
    """Draw the line of a distance around the school."""
    sheet.shapes([line], line=CASING, width=2.0, alpha=0.8)
    sheet.shapes([line], line=INK, width=0.9, dash=(5, 2.5))


def ink_on(fill: str) -> str:
    """Choose dark or white for letters on a ``#rrggbb``, by how bright that looks (the weights of NTSC)."""
    red, green, blue = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > _BRIGHT else CASING


def _clusters(sheet: DrawnSheet, frame: Frame, spec: PrintMap, room: Room) -> None:
    for at, shape in enumerate(frame.on_page(np.array(list(spec.clusters), dtype=object)), start=1):
        sheet.shapes([shape], line=CASING, width=4.0)
        sheet.shapes([shape], line=INK, width=2.2)
        if not shape.is_empty:
            middle = shapely.point_on_surface(shape)
            badge(sheet, middle.x, middle.y, f"{at}")
            room.take(middle.buffer(6))


def _rings(sheet: DrawnSheet, frame: Frame, spec: PrintMap, room: Room) -> None:
    if spec.school is None:
        return
    for radius in spec.rings:
        circle = spec.school.buffer(radius, quad_segs=24).exterior
        for line in frame.on_page(np.array([circle], dtype=object)):
            ring_line(sheet, line)
        (x, y) = frame.points(np.array([[spec.school.x, spec.school.y + radius]]))[0]
        said = say_metres(radius)
        if room.place(x, y - 2.6, said, 7, bold=True):
            sheet.words(x, y - 2.6, said, 7, bold=True, at="center", halo=CASING)


def _school(sheet: DrawnSheet, frame: Frame, spec: PrintMap, room: Room) -> None:
    if spec.school is None:
        return
    (x, y) = frame.points(shapely.get_coordinates(spec.school))[0]
    pin(sheet, x, y)
    room.take(shapely.box(x - 7, y, x + 7, y + 19))
    said = cut(spec.school_name, _LONGEST)
    half = width_of(said, _NAME, bold=True) / 2
    inside = min(max(x, half + 3), WIDTH - half - 3)
    tried = ((inside, y - 9.5), (inside, y + 21), (x + half + 10, y + 8), (x - half - 10, y + 8))
    free = (at for at in tried if room.place(*at, said, _NAME, bold=True))
    sheet.words(*next(free, tried[0]), said, _NAME, bold=True, at="center", halo=CASING)


def _bar_width(frame: Frame) -> float:
    return frame.bar()[0] / frame.scale


def _scale(sheet: DrawnSheet, frame: Frame) -> None:
    """Draw a bar of half black, half white, with its length at its end."""
    metres, said = frame.bar()
    wide, x, y = round(metres / frame.scale, 1), 8.0, frame.foot + 6
    plate = shapely.box(0.4, frame.foot + 0.4, x + wide + 12, frame.foot + 23)
    sheet.shapes([_rounded(plate)], fill=CASING, alpha=0.9)
    half = round(wide / 2, 1)
    sheet.shapes([_rounded(shapely.box(x, y, x + half, y + 3.5))], fill=INK, line=INK, width=0.6)
    sheet.shapes([_rounded(shapely.box(x + half, y, x + wide, y + 3.5))], fill=CASING, line=INK, width=0.6)
    sheet.words(x, y + 6, "0", 6.8, at="center")
    sheet.words(x + wide, y + 6, said, 6.8, at="center")


def _north(sheet: DrawnSheet, frame: Frame) -> None:
    x, y = WIDTH - 12.0, frame.top - 30
    sheet.shapes([_rounded(shapely.box(x - 9, y - 2, WIDTH - 0.4, frame.top - 0.4))], fill=CASING, alpha=0.9)
    arrow = shapely.Polygon([(x, y + 18), (x + 5, y), (x, y + 4), (x - 5, y)])
    sheet.shapes([_rounded(arrow)], fill=INK)
    sheet.words(x, y + 20.5, "N", 8, bold=True, at="center")


def _rounded(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda xy: np.round(xy, 1))
