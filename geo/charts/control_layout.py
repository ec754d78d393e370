"""The layout of a control chart around its curve: what lies behind it, and what stands above it.

Behind lie the chosen periods, the usual range and the gaps; above stand which periods set that range, where it was
rebased, and what was done when. All are rows of places in periods and figures, or in px from the top.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Final

from geo.charts.chart_look import EDGE, FEW, INK, SHADE

USUAL: Final = "#d3e4ef"  # the usual range
MISSING: Final = "#f7f4f8"  # where there are no figures, below a hatch …
HATCH: Final = "#cbbfd0"  # … that tells it from what is chosen, in grey print too
HATCHES: Final = 60  # across a chart from side to side
BADGE: Final = 17  # px, a row of letters
LINE: Final = 14  # px, a line of words
BRACKET: Final = 7  # px, a bracket and the room around it
AIR: Final = 4  # px, between the head and the curve
MOST_BADGES: Final = 3  # rows of letters; more of them at one place lie over each other
NEAR: Final = 0.06  # of all periods: letters nearer than this do not fit side by side on a phone

SIGNS: Final = {"": "", "up": "▲", "down": "▼"}
HOLLOW: Final = {"": "", "up": "△", "down": "▽"}  # of what set no usual range

Row = dict[str, Any]
Limits = tuple[float | None, float | None, float | None]  # low end, middle, high end


@dataclass(frozen=True)
class Mark:
    """Something that was done: where among the periods (3.5 is between two), its letter, and what it was."""

    at: float
    letter: str
    label: str


@dataclass(frozen=True)
class Phase:
    """A usual range: the first and last period that set it, what it says, and why it was rebased, if it was."""

    first: int
    last: int
    label: str
    reason: str = ""


@dataclass(frozen=True)
class Head:
    """What stands above the curve of ``length`` periods: words and brackets, then letters. A small one has no words.

    Places are in periods from the left and in px from the top.
    """

    marks: Sequence[Mark]
    phases: Sequence[Phase]
    length: int
    small: bool

    @property
    def height(self) -> int:
        """Height that the curve must leave free at the top."""
        return self._top_of_badges + BADGE * (max(self._rows, default=-1) + 1) + AIR

    @property
    def words(self) -> Iterator[Row]:
        """The words of each range: ``at``, ``top`` (their middle), ``words``, and if they end there (``late``).

        Words of a late range end at the right edge, as they might not fit before it on a phone.
        """
        for phase, tops in () if self.small else zip(self.phases, self._tops, strict=True):
            late = phase.first > 0.3 * self.length
            at = self.length - 0.5 if late else phase.first - 0.5
            for number, words in enumerate(_words(phase)):
                yield {"at": at, "top": tops - LINE * (len(_words(phase)) - number - 0.5), "words": words, "late": late}

    @property
    def lines(self) -> Iterator[Row]:
        """Each line: ``at``, ``top``, ``to``, ``foot`` (None: down to the axis), ``width`` and ``dashed``."""
        for number, (phase, top) in enumerate(zip(self.phases, self._tops, strict=True)):
            first, last, top = phase.first - 0.5, phase.last + 0.5, top + 2
            yield _line(first, top, last, top)
            for end in (first, last):
                yield _line(end, top, end, top + 4)
            if number:
                yield _line(first, top, first, None, width=1.75)
        for badge in self.badges:
            yield _line(badge["at"], badge["top"] + BADGE / 2, badge["at"], None, dashed=True)

    @property
    def badges(self) -> list[Row]:
        """The letter of each mark: ``at``, ``top`` (its middle), ``letter`` and ``label``."""
        return [
            {
                "at": mark.at, "top": self._top_of_badges + BADGE * (row + 0.5), "letter": mark.letter,
                "label": mark.label,
            }
            for mark, row in zip(self.marks, self._rows, strict=True)
        ]  # fmt: skip

    @property
    def _tops(self) -> list[int]:
        """Where each bracket is. Without words, all are in one row."""
        tops, top = [], 0
        for phase in self.phases:
            if not self.small:
                top += LINE * len(_words(phase))
            tops.append(top)
            if not self.small:
                top += BRACKET
        return tops

    @property
    def _top_of_badges(self) -> int:
        return max(self._tops, default=-BRACKET) + BRACKET

    @property
    def _rows(self) -> list[int]:
        """The row of each letter: one that is near another stands a row below it, where there is room for rows."""
        rows: list[int] = []
        for number, mark in enumerate(self.marks):
            near = NEAR * self.length
            taken = {rows[other] for other in range(number) if abs(self.marks[other].at - mark.at) < near}
            free = (row for row in range(MOST_BADGES) if row not in taken)
            rows.append(0 if self.small else next(free, MOST_BADGES - 1))
        return rows


def _words(phase: Phase) -> list[str]:
    return [f"Baseline reset: {phase.reason}", phase.label] if phase.reason else [phase.label]


def _line(at: float, top: float, to: float, foot: float | None, *, width: float = 1, dashed: bool = False) -> Row:
    return {"at": at, "top": top, "to": to, "foot": foot, "width": width, "dashed": dashed, "colour": INK}


def placed(rows: Iterable[Row], level: Callable[[float], float]) -> Iterator[Row]:
    """Return what is placed in px from the top its height as a figure; what has no foot ends at the axis."""
    for row in rows:
        foot = row.get("foot")
        yield row | {"top": level(row["top"]), "foot": 0.0 if foot is None else level(foot)}


def behind(rows: Sequence[Row], shaded: tuple[int, int] | None, top: float) -> Iterator[Row]:
    """Return what lies behind the curve, from below: the chosen periods, the usual range and gaps.

    ``rows`` have ``order``, ``value`` (None: no figures) and ``limits``. A surface has ``first``, ``last``, ``low``,
    ``high`` and ``colour``; ``top`` is how high one goes that is of no figure.
    """
    if shaded is not None:
        yield _surface(*shaded, 0, top, SHADE)
    for (low, _, high), first, last in _stretches(rows):
        if high is not None:
            yield _surface(first, last, low or 0, high, USUAL)
    for first, last in gaps(rows):
        yield _surface(first, last, 0, top, MISSING)
        yield from _hatch(first - 0.5, last + 0.5, top, len(rows) / HATCHES)


def _hatch(first: float, last: float, top: float, step: float) -> Iterator[Row]:
    """Return upright stripes between two places, about ``step`` apart; a third of the room is theirs."""
    number = max(1, round((last - first) / step))
    room = (last - first) / number
    for stripe in range(number):
        at = first + (stripe + 0.5) * room
        # A surface reaches half a period to either side of what it is given.
        yield _surface(at - room / 6 + 0.5, at + room / 6 - 0.5, 0, top, HATCH)


def gaps(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Return the first and the last period of each gap."""
    for absent, same in groupby(rows, lambda row: row["value"] is None):
        orders = [row["order"] for row in same]
        if absent:
            yield orders[0], orders[-1]


def few(rows: Sequence[Row]) -> Iterator[Row]:
    """Return the part of the band that each figure lies in that is not told, with the ``sign`` of a signal."""
    for row in rows:
        if row["few"]:
            ends = {"first": row["order"] - 0.5, "last": row["order"] + 0.5, "foot": 0.0}
            yield row | ends | {"sign": (HOLLOW if row["left_out"] else SIGNS)[row["course"]]}


def band(rows: Sequence[Row]) -> Iterator[Row]:
    """Return the band of what is fewer than 10 in each period, which is as high as a period is short, as surfaces."""
    for row in rows:
        if row["ceiling"] is not None:
            yield _surface(row["order"], row["order"], 0, row["ceiling"], FEW)


def _surface(first: float, last: float, low: float, high: float, colour: str) -> Row:
    return {"first": first - 0.5, "last": last + 0.5, "low": low, "high": high, "colour": colour}


def _stretches(rows: Sequence[Row]) -> list[tuple[Limits, int, int]]:
    """Return each stretch of one range: its low end, middle and high end, its first and its last period."""
    runs = [(limits, [row["order"] for row in same]) for limits, same in groupby(rows, lambda row: row["limits"])]
    return [(limits, orders[0], orders[-1]) for limits, orders in runs]


def usual(rows: Sequence[Row], rebases: Sequence[int]) -> Iterator[Row]:
    """Return the ends of the usual range and its middle as lines in steps, without a step where a range was rebased."""
    stretches = _stretches(rows)
    for limits, first, last in stretches:
        for value, colour, dashed in zip(limits, (EDGE, INK, EDGE), (False, True, False), strict=True):
            if value is not None:
                yield _step(first - 0.5, value, last + 0.5, value, colour, dashed=dashed)
    for (before, _, _), (after, first, _) in pairwise(stretches):
        for end in () if first in rebases else (0, 2):
            one, other = before[end], after[end]
            if one is not None and other is not None and one != other:
                yield _step(first - 0.5, one, first - 0.5, other, EDGE)


def _step(at: float, top: float, to: float, foot: float, colour: str, *, dashed: bool = False) -> Row:
    return {"at": at, "top": top, "to": to, "foot": foot, "width": 1, "dashed": dashed, "colour": colour}
