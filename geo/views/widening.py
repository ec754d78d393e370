"""Widening: what is shown instead when a protected view holds fewer than 10, so that it is not empty.

In this order, each step on top of the one before: half-terms to whole school years, harm groups to all of them, and
zones to larger areas. What was widened is always said.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from geo import disclosure
from geo.areas.area_set import LEVELS
from geo.calendar import periods as p
from geo.counts import filters
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from geo.views.extent import Extent, units_in
from geo.views.view import View

ALL_HARMS: Final = "all harm groups"
_NOT_NESTED: Final = "ward"  # wards cut across the larger areas, so they are no step on the way up


@dataclass(frozen=True)
class Wide:
    """A choice and a level, as they were asked for or widened; ``by`` says in words what was widened, in order."""

    choice: Choice
    level: str
    by: tuple[str, ...] = ()

    @property
    def every_harm(self) -> bool:
        """Whether harm groups were widened to all of them."""
        return ALL_HARMS in self.by


def widened(
    choice: Choice, level: str, levels: Sequence[str], released: Sequence[str], holds: Callable[[Choice, str], float]
) -> Wide:
    """Return the first step that holds 10 or more, or the last one when none does.

    ``levels`` are those there are from small to large, ``released`` all periods that are released, and ``holds`` says
    what a choice holds at a level (in its largest unit, or in the one that is looked at).
    """
    found = Wide(choice, level)
    for found in _steps(choice, level, levels, released):
        if holds(found.choice, found.level) >= disclosure.THRESHOLD:
            break
    return found


def in_part(
    part: Extent,
    choice: Choice,
    levels: Sequence[str],
    released: Sequence[str],
    seen: Callable[[Choice, str], View],
) -> Wide:
    """Return the first step that holds 10 or more in a part of the map, as ``widened`` does.

    ``seen`` returns the counts that a choice is made of, by the units of a level.
    """

    def holds(choice: Choice, level: str) -> float:
        view = seen(choice, level)
        return filters.total(view.cube, choice, units_in(view, part))

    return widened(choice, levels[0], levels, released, holds)


def with_all_harms(found: Wide) -> Wide:
    """Return the choice with all harm groups, where it has not all yet."""
    if found.every_harm:
        return found
    return Wide(Choice(found.choice.periods, tuple(HARM_GROUPS)), found.level, (*found.by, ALL_HARMS))


def sentence(found: Wide, where: str | None = None) -> str | None:
    """Say what was widened, or None when nothing was; ``where`` names the larger area that is shown now."""
    if not found.by:
        return None
    named = [*found.by[:-1], where] if where and found.by[-1] in LEVELS.values() else list(found.by)
    return f"Widened to {', '.join(named)}: what was chosen holds {disclosure.FEWER_THAN} incidents, too few to show."


def _steps(choice: Choice, level: str, levels: Sequence[str], released: Sequence[str]) -> Iterator[Wide]:
    found = Wide(choice, level)
    yield found
    whole = _whole_years(choice.periods, released)
    if whole != choice.periods:
        found = Wide(choice.of(whole), level, (p.say_range(whole),))
        yield found
    if set(choice.harms) != set(HARM_GROUPS) or choice.category is not None:
        found = with_all_harms(found)
        yield found
    for larger in levels[levels.index(level) + 1 :]:
        if larger != _NOT_NESTED:
            kept = tuple(one for one in found.by if one not in LEVELS.values())
            found = Wide(found.choice, larger, (*kept, LEVELS.get(larger, larger)))
            yield found


def _whole_years(chosen: Sequence[str], released: Sequence[str]) -> tuple[str, ...]:
    """Return all released half-terms of the school years from the first to the last of those chosen."""
    years = {p.school_year(period) for period in chosen}
    return tuple(one for one in released if min(years) <= p.school_year(one) <= max(years))
