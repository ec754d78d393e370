"""The ground of a printed map: areas in the colours of their classes, and over them water, parks, roads and names."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import shapely

from data.papers.print_frame import Frame
from data.papers.print_labels import Room
from data.papers.print_marks import ink_on
from data.papers.print_sheet import DrawnSheet, cut
from data.papers.print_spec import BORDER, Ground, PrintMap
from geo import columns as c
from geo.arrays import Shapes
from geo.basemap import themes as t
from geo.maps.classes import CASING, INK, NO_DATA, NO_DATA_FILL, NO_DATA_LINE, ZERO, ZERO_FILL, ZERO_LINE

_BEYOND: Final = "#f3f4f6"  # where the map has no areas
_APART: Final = 3.5  # points between the lines of hatching
_VALUE, _LETTER = 6.2, 6.5  # points of letters
_FEWEST: Final = 60.0  # square points of an area that has room for words
_MOST_NAMES: Final = 30
_MOST_VALUES: Final = 60  # areas; with more, figures would hide the map
_LONGEST: Final = 34  # letters of a name
_WATER_FILL, _WATER = "#dfe9f1", "#587d99"
_GREEN: Final = "#3d6b45"


class _Road(NamedTuple):
    """How a kind of road is drawn: its width and colour, what it is cased by, and up to how many metres to a point."""

    width: float
    colour: str
    cased: float
    up_to: float


_ROADS: Final = {
    t.PATH: _Road(0.3, "#6b7680", 0, 5),
    t.SERVICE: _Road(0.3, "#6b7680", 0, 7),
    t.LOCAL: _Road(0.45, "#56616b", 0, 16),
    t.SECONDARY: _Road(0.8, "#4a555f", 1.8, 60),
    t.MAIN: _Road(1.1, "#3d4852", 2.3, 1000),
    t.MOTORWAY: _Road(1.6, "#3d4852", 2.8, 1000),
}


class _Name(NamedTuple):
    """How names of a kind are written: which come first, their size, weight and colour, up to how many metres."""

    first: int
    size: float
    bold: bool
    colour: str
    up_to: float


_NAMES: Final = {
    (t.POINT, t.PLACE): _Name(0, 8, True, INK, 1000),
    (t.POINT, t.STATION): _Name(1, 6.8, True, INK, 40),
    (t.LAND, t.PARK): _Name(2, 6.5, False, _GREEN, 12),
    (t.WATER, t.LAKE): _Name(3, 6.5, False, _WATER, 20),
    (t.WATER, t.RIVER): _Name(3, 6.5, False, _WATER, 30),
    (t.ROAD, t.MOTORWAY): _Name(4, 6.5, True, INK, 60),
    (t.ROAD, t.MAIN): _Name(4, 6.5, False, INK, 14),
    (t.ROAD, t.SECONDARY): _Name(5, 6.2, False, INK, 12),
    (t.ROAD, t.LOCAL): _Name(7, 5.8, False, INK, 11),
}


def draw_areas(sheet: DrawnSheet, frame: Frame, spec: PrintMap) -> Shapes:
    """Draw areas in the colours of their classes, light to dark, hatched where there is no data; return them drawn."""
    areas, index = frame.areas_on_page(spec.shapes), spec.classes.index
    sheet.shapes([frame.box], fill=_BEYOND)
    fills = {NO_DATA: NO_DATA_FILL, ZERO: ZERO_FILL} | dict(enumerate(spec.colours, start=1))
    for number, fill in fills.items():
        sheet.shapes(areas[index == number], fill=fill, line=ZERO_LINE, width=0.4)
    sheet.shapes(hatching(areas[index == NO_DATA]), line=NO_DATA_LINE, width=0.5)
    return areas


def draw_lines(sheet: DrawnSheet, frame: Frame, ground: Ground) -> None:
    """Draw water, the edges of parks, railways and roads over the areas, as many as the scale has room for."""
    of, drawn = ground.features, frame.on_page(ground.features.geometry.to_numpy())
    theme, kind = of[t.THEME].to_numpy(), of[c.KIND].to_numpy()
    dimension = shapely.get_dimensions(drawn)
    sheet.shapes(drawn[(theme == t.WATER) & (dimension == 2)], fill=_WATER_FILL, line=_WATER, width=0.4)
    sheet.shapes(drawn[(theme == t.WATER) & (kind == t.RIVER) & (dimension == 1)], line=_WATER, width=1.1)
    if frame.scale < 20:
        parks = (theme == t.LAND) & np.isin(kind, (t.PARK, t.WOOD))
        sheet.shapes(drawn[parks], line=_GREEN, width=0.6, dash=(1.5, 1.2))
    roads = [(look, drawn[(theme == t.ROAD) & (kind == one)]) for one, look in _ROADS.items()]
    roads = [(look, lines) for look, lines in roads if frame.scale <= look.up_to]
    for look, lines in roads:
        if look.cased:
            sheet.shapes(lines, line=CASING, width=look.cased, alpha=0.7)
    for look, lines in roads:
        sheet.shapes(lines, line=look.colour, width=look.width, alpha=1.0 if look.cased else 0.55)
    sheet.shapes(drawn[theme == BORDER], line=CASING, width=1.8, alpha=0.8)
    sheet.shapes(drawn[theme == BORDER], line=INK, width=0.9, dash=(5, 1.5, 1, 1.5))
    rail = drawn[(theme == t.RAIL) & (kind == t.TRAIN)]
    sheet.shapes(rail, line=INK, width=1.3)
    sheet.shapes(rail, line=CASING, width=0.7, dash=(3, 3))


def draw_counted(sheet: DrawnSheet, spec: PrintMap, areas: Shapes) -> None:
    """Outline together the areas that are counted."""
    if spec.counted is None:
        return
    outline = shapely.union_all(areas[list(spec.counted)], grid_size=0.1)
    sheet.shapes([outline], line=CASING, width=3.0, alpha=0.85)
    sheet.shapes([outline], line=INK, width=1.5)


def draw_values(sheet: DrawnSheet, spec: PrintMap, areas: Shapes, room: Room) -> None:
    """Write each counted area's value in it, or the letter of its class, where there is room."""
    wanted = range(len(areas)) if spec.counted is None else spec.counted
    if len(wanted) > _MOST_VALUES and not spec.letters:
        return
    for at in wanted:
        number, area = int(spec.classes.index[at]), areas[at]
        words, size = (spec.texts[at], _VALUE) if spec.texts else ("", _VALUE)
        if spec.letters:
            words, size = (spec.letters[number - 1] if number > ZERO else ""), _LETTER
        if not words or shapely.area(area) < _FEWEST:
            continue
        fill = spec.colours[number - 1] if number > ZERO else ZERO_FILL if number == ZERO else NO_DATA_FILL
        middle = shapely.point_on_surface(area)
        if room.place(middle.x, middle.y - size / 3, words, size, bold=True):
            sheet.words(
                middle.x, middle.y - size / 3, words, size, bold=True, colour=ink_on(fill), at="center", halo=fill
            )


def draw_names(sheet: DrawnSheet, frame: Frame, ground: Ground, room: Room) -> None:
    """Write the names that there is room for, each once: what people find their way by comes first."""
    written: set[str] = set()
    for name, look, x, y, turned in _candidates(frame, ground):
        if len(written) >= _MOST_NAMES:
            return
        if name not in written and room.place(x, y, name, look.size, bold=look.bold, turned=turned):
            written.add(name)
            sheet.words(
                x, y, name, look.size, bold=look.bold, colour=look.colour, at="center", turned=turned, halo=CASING
            )


def hatching(areas: Shapes) -> list[shapely.Geometry]:
    """Return slanting lines across areas, in points."""
    seen = areas[~shapely.is_empty(areas)]
    if not len(seen):
        return []
    ground = shapely.union_all(seen)
    west, south, east, north = ground.bounds
    high = north - south
    first = np.floor((west - high) / _APART) * _APART
    lines = [shapely.LineString([(x, south), (x + high, north)]) for x in np.arange(first, east, _APART).tolist()]
    found = shapely.intersection(np.array(lines, dtype=object), ground)
    return list(shapely.transform(found[~shapely.is_empty(found)], lambda xy: np.round(xy, 1)))


def _candidates(frame: Frame, ground: Ground) -> Iterator[tuple[str, _Name, float, float, float]]:
    """Yield names with their look, their place on the page and how far they are turned, the most useful first."""
    of = ground.features
    listed = zip(of[t.THEME], of[c.KIND], of[c.NAME], of[t.RANK], of.geometry, strict=True)
    looks = [
        (look.first, rank, -shape.length, at, cut(name, _LONGEST), look, shape)
        for at, (theme, kind, name, rank, shape) in enumerate(listed)
        if (look := _NAMES.get((theme, kind))) and not pd.isna(name) and name and frame.scale <= look.up_to
    ]
    for *_, name, look, shape in sorted(looks, key=lambda one: one[:4]):
        (drawn,) = frame.on_page(np.array([shape], dtype=object))
        if not drawn.is_empty:
            yield from _places(name, look, drawn)


def _places(name: str, look: _Name, drawn: shapely.Geometry) -> Iterator[tuple[str, _Name, float, float, float]]:
    """Yield where the name of a shape on the page could stand: at a point, amid an area, along its longest line."""
    down = look.size / 3
    if shapely.get_dimensions(drawn) != 1:
        for at in shapely.get_parts(shapely.point_on_surface(np.array([drawn], dtype=object))):
            yield name, look, at.x, at.y - down, 0.0
        return
    line = max(shapely.get_parts(drawn), key=lambda part: part.length)
    for share in (0.5, 0.3, 0.7):
        middle = line.interpolate(share, normalized=True)
        here, ahead = (line.interpolate(share + step, normalized=True) for step in (-0.05, 0.05))
        turned = (np.degrees(np.arctan2(ahead.y - here.y, ahead.x - here.x)) + 90) % 180 - 90
        turn = np.radians(turned)
        yield name, look, middle.x + down * np.sin(turn), middle.y - down * np.cos(turn), float(round(turned, 1))
