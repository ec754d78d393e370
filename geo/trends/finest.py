"""Finest: the shortest periods by which most kinds of harm can be judged, and the line that says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.calendar.periods import Unit
from geo.trends.overview import Overview


@dataclass(frozen=True)
class Judgeable:
    """How many of some kinds of harm can be judged by periods of a unit."""

    unit: Unit
    judged: int
    kinds: int

    @property
    def most(self) -> bool:
        """Whether most kinds can be judged."""
        return 2 * self.judged > self.kinds


def judgeable(found: Overview, unit: Unit) -> Judgeable:
    """Return how many of some charts, one for each kind of harm, say anything by periods of a unit."""
    return Judgeable(unit, len([one for one in found.charts if one.speaks]), len(found.charts))


def finest(offered: Sequence[Judgeable]) -> Unit:
    """Return the first unit by which most kinds can be judged; else the first of those by which the most can be."""
    return next((one for one in offered if one.most), max(offered, key=lambda one: one.judged)).unit


def sentence(offered: Sequence[Judgeable], shown: Unit) -> str | None:
    """Say why periods of a unit are shown, or what others would tell; None where the shortest do, or nothing helps."""
    by_unit = {one.unit: one for one in offered}
    here, best = by_unit[shown], by_unit[finest(offered)]
    if not best.judged or (here is best and here is offered[0]):
        return None
    if here is best:
        opens = (
            f"Shown by {shown}, the shortest period by which {here.judged} of {here.kinds} kinds of harm can be judged"
        )
        return f"{opens} (by {offered[0].unit} {_so_many(offered[0].judged)}); choose another under “By”."
    if here.judged >= best.judged:
        return None
    return (
        f"By {shown} {_so_many(here.judged)} of {here.kinds} kinds of harm can be judged; "
        f"by {best.unit} {_so_many(best.judged)} can."
    )


def _so_many(number: int) -> str:
    return f"{number}" if number else "none"
