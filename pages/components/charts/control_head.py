"""The head of a control chart: which periods set the usual range, where it begins anew, and what was done when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pages.components.charts.chart_look import INK

BADGE: Final = 17  # px, a row of letters
LINE: Final = 14  # px, a line of words
BRACKET: Final = 7  # px, a bracket and the room around it
AIR: Final = 4  # px, between the head and the curve
MOST_BADGES: Final = 3  # rows of letters; more of them at one place lie over each other
NEAR: Final = 0.06  # of all periods: letters nearer than this do not fit beside each other on a phone

Row = dict[str, Any]


@dataclass(frozen=True)
class Mark:
    """Something that was done: where among the periods (3.5 is between two), its letter, and what it was."""

    at: float
    letter: str
    label: str


@dataclass(frozen=True)
class Phase:
    """A usual range: the first and last period that set it, what it says, and why it began anew, if it did."""

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
    return [f"Begins anew: {phase.reason}", phase.label] if phase.reason else [phase.label]


def _line(at: float, top: float, to: float, foot: float | None, *, width: float = 1, dashed: bool = False) -> Row:
    return {"at": at, "top": top, "to": to, "foot": foot, "width": width, "dashed": dashed, "colour": INK}
