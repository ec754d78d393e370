"""Sheet ground: the lines and names that lie under the squares of a session's map, in metres, cut to its edges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import shapely

from geo.arrays import Floats
from geo.safety_marks.session_map import SessionMap

MOST_NAMES: Final = 140  # on one sheet; more would hide the map
_CLOSE: Final = 26.0  # metres between two names above one another, at the least
_LETTER: Final = 11.5  # metres along a letter of a name, about
_WIDE: Final = 10.0  # the same of the school's, which stands in larger letters
_HIGH: Final = 45.0  # metres above and below the school that its sign and name take
_SHARES: Final = (0.5, 0.25, 0.75)  # of a line, where its name could stand
_STEP: Final = 0.02  # of a line, on both sides of a name, along which it is turned
_FIRST: Final = {"school": 0, "station": 1, "park": 2, "place": 3, "water": 4, "main": 5, "street": 6}


class NamedPoint(NamedTuple):
    """A name on the map: its kind, where it stands (EPSG:27700), and how far its line is turned (degrees)."""

    name: str
    kind: str
    east: float
    north: float
    turned: float = 0.0


@dataclass(frozen=True)
class SheetGround:
    """What lies under the squares: lines by kind ("street", "river", "rail"), and names."""

    lines: tuple[tuple[str, Floats], ...]
    names: tuple[NamedPoint, ...]
    attribution: str


def cut_to(on: SessionMap, lines: Sequence[tuple[str, Floats]]) -> tuple[tuple[str, Floats], ...]:
    """Return the parts of lines ([n, 2], EPSG:27700) that lie on a map."""
    box = shapely.box(on.west, on.south, on.east, on.north)
    cut: list[tuple[str, Floats]] = []
    for kind, line in lines:
        (west, south), (east, north) = line.min(axis=0), line.max(axis=0)
        if west > on.east or east < on.west or south > on.north or north < on.south or len(line) < 2:
            continue
        parts = shapely.get_parts(shapely.intersection(shapely.linestrings(line), box))
        cut += [
            (kind, shapely.get_coordinates(part))
            for part in parts
            if part.geom_type == "LineString" and not part.is_empty
        ]
    return tuple(cut)


def along(names: Sequence[NamedPoint], segments: Floats) -> list[NamedPoint]:
    """Turn the names of streets along the nearest of some segments ([n, 2, 2], EPSG:27700), to be read upright."""
    if not len(segments):
        return list(names)
    tree = shapely.STRtree(shapely.linestrings(segments))
    turned = []
    for one in names:
        if one.kind == "street":
            (x0, y0), (x1, y1) = segments[int(tree.nearest(shapely.Point(one.east, one.north)))]
            one = one._replace(turned=upright(float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))))
        turned.append(one)
    return turned


def names_along(on: SessionMap, name: str, kind: str, line: Floats) -> list[NamedPoint]:
    """Return where the name of a line could stand on a map: amid each part of it that lies there, or a quarter off."""
    found = []
    for _, part in cut_to(on, [(kind, line)]):
        whole = shapely.LineString(part)
        for share in _SHARES:
            here, ahead = (whole.interpolate(share + step, normalized=True) for step in (-_STEP, _STEP))
            turned = upright(float(np.degrees(np.arctan2(ahead.y - here.y, ahead.x - here.x))))
            middle = whole.interpolate(share, normalized=True)
            found.append(NamedPoint(name, kind if kind == "main" else "street", middle.x, middle.y, turned))
    return found


def upright(degrees: float) -> float:
    """Return a direction as a line of writing takes it, from −90 to 90 degrees."""
    return (degrees + 90) % 180 - 90


def chosen_names(on: SessionMap, names: Sequence[NamedPoint], school: NamedPoint) -> tuple[NamedPoint, ...]:
    """Return the names that there is room for on a map, each once: what people find their way by comes first.

    Room is kept for the name of the ``school``, whose sign and name the sheet draws itself.
    """
    scale = on.side / 100
    kept: list[NamedPoint] = []
    taken: list[shapely.Geometry] = [_box(school, len(school.name) * _WIDE * scale / 2, _HIGH * scale)]
    written = {school.name}
    for one in sorted(names, key=lambda each: (_FIRST.get(each.kind, 9), each.name)):
        half = len(one.name) * _LETTER * scale / 2
        box = _box(one, half, _CLOSE * scale / 2)
        west, south, east, north = box.bounds
        inside = west > on.west and east < on.east and south > on.south and north < on.north
        if not inside or one.name in written or len(kept) >= MOST_NAMES or any(box.intersects(each) for each in taken):
            continue
        kept.append(one)
        taken.append(box)
        written.add(one.name)
    return tuple(kept)


def _box(one: NamedPoint, half: float, high: float) -> shapely.Geometry:
    turn = np.radians(one.turned)
    along_it, across = np.array([np.cos(turn), np.sin(turn)]) * half, np.array([-np.sin(turn), np.cos(turn)]) * high
    middle = np.array([one.east, one.north])
    corners = [middle + a * along_it + b * across for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return shapely.Polygon(corners)
