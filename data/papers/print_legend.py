"""The words of a printed map: its title above, and below it what its classes and signs mean, and where all is from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from data.papers import print_ground, print_marks
from data.papers.print_sheet import DrawnSheet, cut, width_of, wrapped
from data.papers.print_spec import PrintMap
from geo.maps.classes import INK, NO_DATA_FILL, NO_DATA_LINE, ZERO_FILL, ZERO_LINE
from geo.maps.hotspot_signs import SIGNS
from geo.wording import capital, how_many

_TITLE, _HEAD, _TEXT, _SMALL = 10.0, 8.5, 8.0, 6.8  # points of letters
_LEADING: Final = 1.4  # of a line, to its letters
_GAP: Final = 5.0
_EDGE: Final = 1.0  # left free at both sides, for the edges of swatches
_WIDE, _HIGH = 16.0, 9.0  # of a swatch
_APART: Final = 14.0  # between two entries
_LONGEST: Final = 60  # letters of a name in the legend
_SENTENCE: Final = 400  # letters of any other words that come from files
_MOST_TITLE: Final = 2  # lines
_PROTECTED: Final = "Protected figures: each is “about”, by steps of 5, and under 10 none is given."

Draw = Callable[[DrawnSheet, float, float], None]  # at the left end and the base of an entry


@dataclass(frozen=True)
class _Entry:
    """One entry: how its swatch is drawn and how wide that is, and its words."""

    draw: Draw
    words: str
    wide: float = _WIDE


@dataclass(frozen=True)
class PrintedLegend:
    """What is drawn below a map: pieces from the top down, with the height of all."""

    pieces: tuple[tuple[float, float, Draw], ...]
    height: float


def head_of(title: str, width: float) -> list[str]:
    """Return the lines of a title, two at most."""
    lines = wrapped(cut(title, _SENTENCE), _TITLE, width, bold=True)
    return lines if len(lines) <= _MOST_TITLE else [lines[0], f"{lines[1]} …"]


def head_height(head: Sequence[str]) -> float:
    """Return how high the lines of a title are together, in points."""
    return round(len(head) * _TITLE * _LEADING + _GAP, 1) if head else 1.0


def draw_head(sheet: DrawnSheet, head: Sequence[str], above: float) -> None:
    """Write the lines of a title over a map."""
    for number, line in enumerate(reversed(head)):
        sheet.words(0, above + _GAP + number * _TITLE * _LEADING, line, _TITLE, bold=True)


def legend_of(spec: PrintMap, width: float) -> PrintedLegend:
    """Lay out the legend of a map within a width, in points."""
    laid: list[tuple[float, float, Draw]] = []
    width -= 2 * _EDGE
    down = _GAP + 4
    when = cut(spec.period, _SENTENCE)
    heading = f"{capital(spec.unit)}, {when}" if spec.unit else capital(when)
    for line in wrapped(heading, _HEAD, width, bold=True):
        down += _HEAD
        laid.append((0, down, _line(line, _HEAD, bold=True)))
        down += _HEAD * (_LEADING - 1)
    for entries in (_classes(spec), _marks(spec), _places(spec)):
        down = _flow(list(entries), width, down, laid)
    down += 3
    for paragraph in _foot(spec):
        for line in wrapped(paragraph, _SMALL, width):
            down += _SMALL * _LEADING
            laid.append((0, down, _line(line, _SMALL)))
    height = round(down + 3, 1)
    return PrintedLegend(tuple((x + _EDGE, round(height - y, 1), draw) for x, y, draw in laid), height)


def draw_legend(sheet: DrawnSheet, legend: PrintedLegend) -> None:
    """Draw a legend at the foot of a sheet."""
    for x, y, draw in legend.pieces:
        draw(sheet, x, y)


def _flow(entries: Sequence[_Entry], width: float, down: float, laid: list[tuple[float, float, Draw]]) -> float:
    """Lay entries side by side, in as many lines as they need; return how far down the last one reaches."""
    if not entries:
        return down
    x, y = 0.0, down + _TEXT * _LEADING + 1.5
    for entry in entries:
        words = wrapped(entry.words, _TEXT, width - entry.wide - 4)
        wide = entry.wide + 4 + max(width_of(line, _TEXT) for line in words or [""])
        if x and x + wide > width:
            x, y = 0.0, y + _TEXT * _LEADING + 1.5
        laid.append((round(x, 1), y, entry.draw))
        for number, line in enumerate(words):
            laid.append((round(x + entry.wide + 4, 1), y + number * _TEXT * _LEADING, _line(line, _TEXT)))
        y += (len(words) - 1) * _TEXT * _LEADING
        x += wide + _APART
    return y


def _line(words: str, size: float, *, bold: bool = False) -> Draw:
    return lambda sheet, x, y: sheet.words(x, y, words, size, bold=bold)


def _classes(spec: PrintMap) -> Iterator[_Entry]:
    """Say each class with its range and its number of areas, lowest first; then those without an amount."""
    areas = spec.classes.areas
    if areas[0]:
        said = spec.zero or spec.classes.labels[0]
        yield _Entry(_box(ZERO_FILL, ZERO_LINE), f"{said} ({how_many(areas[0], 'area', 'areas')})")
    for number, label in enumerate(spec.classes.labels[1:], start=1):
        if areas[number] or not spec.are_kinds:
            letter = spec.letters[number - 1] if spec.letters else ""
            draw = _box(spec.colours[number - 1], ZERO_LINE, letter)
            yield _Entry(draw, f"{label} ({how_many(areas[number], 'area', 'areas')})")
    if spec.classes.without_data:
        yield _Entry(_hatched, f"{spec.aside} ({how_many(spec.classes.without_data, 'area', 'areas')})")


def _marks(spec: PrintMap) -> Iterator[_Entry]:
    """Say what stands on the map: the school, distances, outlines, and known hotspots by their state."""
    if spec.school is not None:
        yield _Entry(lambda sheet, x, y: print_marks.pin(sheet, x + 5, y - 1, 0.6), cut(spec.school_name, _LONGEST), 10)
    if spec.rings:
        yield _Entry(_dashes, f"{_listed([f'{ring:,}' for ring in spec.rings])} m in a straight line")
    if spec.walk is not None:
        yield _Entry(_walked, "Reached on foot")
    if spec.counted is not None:
        yield _Entry(_outlined, cut(spec.counted_said, _SENTENCE))
    if spec.clusters:
        said = f"{how_many(len(spec.clusters), 'detected cluster', 'detected clusters')}, outlined and numbered"
        yield _Entry(lambda sheet, x, y: print_marks.badge(sheet, x + 5, y + 3, "1"), said, 10)
    worn = {sign.status for sign in spec.signs}
    for status, look in SIGNS.items():
        if status in worn:
            words = f"Known hotspot, {look['label'].lower()}"
            yield _Entry(_signed(status), words, 10)


def _places(spec: PrintMap) -> Iterator[_Entry]:
    for place in spec.places:
        yield _Entry(_numbered(place.number), f"{cut(place.name, _LONGEST)}: {place.text}", 10)


def _signed(status: str) -> Draw:
    return lambda sheet, x, y: print_marks.sign(sheet, x + 5, y + 3, status)


def _numbered(number: int) -> Draw:
    return lambda sheet, x, y: print_marks.number(sheet, x + 5, y + 3, number)


def _foot(spec: PrintMap) -> Iterator[str]:
    """Say how classes came about, what the figures and the ground are, and to whom all is owed."""
    yield f"{spec.method.removesuffix('.')}. Classes are those of all {len(spec.classes.index):,} areas of the map."
    notes = [_PROTECTED] if spec.protected else []
    yield " ".join([f"{cut(spec.what, _SENTENCE)}.", *notes, *spec.notes, spec.ground.note])
    owed = [f"Base map: {spec.ground.attribution}"] if spec.ground.attribution else []
    facts = (f"Source: {spec.source}", spec.period, f"made {spec.day}", *owed, *spec.attributions)
    yield " · ".join(cut(fact, _SENTENCE) for fact in facts)


def _listed(words: Sequence[str]) -> str:
    return " and ".join([*filter(None, [", ".join(words[:-1])]), words[-1]])


def _rectangle(x: float, y: float) -> shapely.Geometry:
    return shapely.box(x, round(y - 1.5, 1), x + _WIDE, round(y - 1.5 + _HIGH, 1))


def _box(fill: str, line: str, letter: str = "") -> Draw:
    def draw(sheet: DrawnSheet, x: float, y: float) -> None:
        sheet.shapes([_rectangle(x, y)], fill=fill, line=line, width=0.6)
        if letter:
            sheet.words(x + _WIDE / 2, y + 0.6, letter, 6.5, bold=True, colour=print_marks.ink_on(fill), at="center")

    return draw


def _hatched(sheet: DrawnSheet, x: float, y: float) -> None:
    box = _rectangle(x, y)
    sheet.shapes([box], fill=NO_DATA_FILL)
    sheet.shapes(print_ground.hatching(np.array([box], dtype=object)), line=NO_DATA_LINE, width=0.5)
    sheet.shapes([box], line=NO_DATA_LINE, width=0.6)


def _dashes(sheet: DrawnSheet, x: float, y: float) -> None:
    print_marks.ring_line(sheet, shapely.LineString([(x, y + 3), (x + _WIDE, y + 3)]))


def _walked(sheet: DrawnSheet, x: float, y: float) -> None:
    print_marks.walk(sheet, _rectangle(x, y))


def _outlined(sheet: DrawnSheet, x: float, y: float) -> None:
    sheet.shapes([_rectangle(x, y)], line=INK, width=1.4)
