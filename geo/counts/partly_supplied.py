"""Months supplied in part: those for which a police force visibly gave fewer rows than it does.

Three signs, each of which hardly comes from what happened: a force of the dataset gave no rows at all; a kind of
incident that is common before and after has none; or there are less than half as many rows as in the months before and
in those after, in every common kind and in every district at once. A wave of harm, a holiday or a lockdown moves some
kinds or some places, or lasts longer than a month; an own log of a school knows holidays, and is not judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.arrays import Bools, Floats
from geo.calendar import lockdowns
from geo.counts.cube import Counts

SIDE: Final = 3  # supplied months on either side that say what is usual
COMMON: Final = 30  # rows a month from which the absence or fall of one kind, or one district, says something
LARGE: Final = 200  # rows a month from which a force is judged by its total
TOTAL: Final = 1 / 2  # of what is usual, under which a month's total must lie
EACH: Final = 2 / 3  # … and each common kind and district
_NAMED: Final = 3  # kinds of incident that are named


@dataclass(frozen=True)
class ForceRows:
    """The rows of one police force: month × category, and month × district as their area codes say.

    ``name`` is "" where nothing says whose they are.
    """

    name: str
    by_category: Counts
    by_district: Counts


def partly_supplied(
    forces: Sequence[ForceRows], months: Sequence[str], categories: Sequence[str], missing: Sequence[str]
) -> dict[str, str]:
    """Return the months that were supplied in part, in order, each with the reason in words.

    ``missing`` months were not supplied at all, and are no part of what is usual.
    """
    there = np.array([month not in set(missing) for month in months])
    reasons: dict[int, list[str]] = {}
    for force in forces:
        for at in np.flatnonzero(there).tolist():
            if why := _why(force, at, there, months, categories, several=len(forces) > 1):
                reasons.setdefault(at, []).append(why)
    return {months[at]: "; ".join(reasons[at]) for at in sorted(reasons)}


def _why(
    force: ForceRows, at: int, there: Bools, months: Sequence[str], categories: Sequence[str], *, several: bool
) -> str:
    """Return the reason why a force's rows of a month are thought to be a part, "" where they are not."""
    total = force.by_category.sum(axis=1)
    whose = f" from {force.name}" if several and force.name else ""
    if total[at] == 0:
        usual = np.median(total[there & (total > 0)]) if (there & (total > 0)).any() else 0
        return f"no rows{whose}" if usual >= COMMON else ""
    usual_kinds, sides = _usual(force.by_category, at, there & (total > 0))
    if not sides:
        return ""
    lacking = np.flatnonzero((usual_kinds >= COMMON) & (force.by_category[at] == 0)).tolist()
    if len(lacking):
        return f"no rows of {_listed([categories[one] for one in lacking])}{whose}"
    if sides == 1 and months[at] in lockdowns.MONTHS:
        return ""  # nothing after it says that it was a month only
    usual_total = float(_usual(total[:, None], at, there & (total > 0))[0][0])
    usual_places, _ = _usual(force.by_district, at, there & (total > 0))
    low = (
        usual_total >= LARGE
        and total[at] < TOTAL * usual_total
        and _all_low(force.by_category[at], usual_kinds)
        and _all_low(force.by_district[at], usual_places)
    )
    return f"{100 * total[at] / usual_total:.0f} % of the usual rows{whose}" if low else ""


def _usual(counts: Counts, at: int, there: Bools) -> tuple[Floats, int]:
    """Return what is usual beside a month, the lesser of before and after, and on how many sides that is known."""
    known = np.flatnonzero(there)
    sides = [known[known < at][-SIDE:], known[known > at][:SIDE]]
    medians = [np.median(counts[side], axis=0) for side in sides if len(side) == SIDE]
    if not medians:
        return np.zeros(counts.shape[1]), 0
    return np.min(medians, axis=0), len(medians)


def _all_low(held: Counts, usual: Floats) -> bool:
    common = usual >= COMMON
    return bool((held[common] < EACH * usual[common]).all())


def _listed(kinds: Sequence[str]) -> str:
    return ", ".join(f"“{kind}”" for kind in kinds) if len(kinds) <= _NAMED else f"{len(kinds)} kinds of incident"
