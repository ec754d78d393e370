"""Listing: released counts as a table, summed as somebody asks for them, as they are exported."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo import columns as c
from geo import disclosure
from geo.areas.area_set import LEVELS, AreaSet
from geo.calendar import periods as p
from geo.calendar.usual_periods import usual
from geo.counts.cube import DIMENSIONS, Cube, tabulate
from geo.counts.filters import Choice, chosen_categories
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.release.kinds import Protected, Released
from geo.views.view import View, levels, periods, view_counts, years_of

SHOWN: Final = "shown"


@dataclass(frozen=True)
class CountsRequest:
    """What is asked for: by what to list (area, period, category, harm) and a filter; what is left out is all.

    ``areas`` are codes at ``level``; ``first`` and ``last`` are months or half-terms.
    """

    by: Sequence[str]
    level: str | None = None
    areas: Sequence[str] = ()
    first: str | None = None
    last: str | None = None
    harms: Sequence[str] = ()
    category: str | None = None


def list_counts(counts: Released, areas: AreaSet, request: CountsRequest) -> pd.DataFrame:
    """Return released counts summed as asked: the columns of ``by``, in its order, and ``n``.

    Of open counts only what is not empty is listed. Of a release every combination is, ``n`` is missing where the sum
    is under 10, and ``shown`` has it in words: which lines are there must disclose nothing.

    Raises InputError for a level, an area, a period, a harm group or a category that there is none of.
    """
    chosen = chosen_periods(periods(counts), request.first, request.last)
    view = view_counts(counts, areas, _level(counts, areas, request.level), years_of(counts, chosen))
    cube = _only(view, request, chosen)
    return _every_combination(cube, request.by) if isinstance(counts, Protected) else tabulate(cube, request.by)


def _level(counts: Released, areas: AreaSet, request: str | None) -> str:
    there = levels(counts, areas)
    if request is None:
        return there[0]
    if request not in there:
        known = ", ".join(there)
        raise InputError(
            f"A level must be one that these counts have ({known}), and “{LEVELS.get(request, request)}” is none of "
            "them; choose one of those."
        )
    return request


def chosen_periods(there: Sequence[str], first: str | None, last: str | None) -> tuple[str, ...]:
    """Return the periods from ``first`` to ``last`` of those there are; an end left out is that of all.

    Raises InputError for one that is not there, and for ends in the wrong order.
    """
    for end in (first, last):
        if end is not None and end not in there:
            raise InputError(
                f"A period must be one that these counts cover ({there[0]} to {there[-1]}), and “{end}” is none; "
                "choose one of those, or leave it out."
            )
    first, last = first or there[0], last or there[-1]
    if first > last:
        raise InputError(f"The first period must not be after the last, and {p.say(first)} is; turn them round.")
    return tuple(key for key in there if first <= key <= last)


def usual_or_chosen(
    there: Sequence[str], first: str | None, last: str | None, missing: Sequence[str]
) -> tuple[str, ...]:
    """Return the periods that are asked for; where no first one is, as many as are usual up to the last one.

    ``missing`` are those that were never supplied. Raises InputError as ``chosen_periods`` does.
    """
    asked = chosen_periods(there, first, last)
    if first:
        return asked
    shown = tuple(usual(asked, missing))
    return shown if last is None else asked[-len(shown) :]


def _only(view: View, request: CountsRequest, chosen: Sequence[str]) -> Cube:
    """Return the part of a cube that a filter leaves."""
    cube = view.cube
    require_known("area", request.areas, cube.areas, "the listing by area")
    require_known("harm group", request.harms, tuple(HARM_GROUPS), ", ".join(HARM_GROUPS))
    category = () if request.category is None else (request.category,)
    require_known("category", category, cube.categories, "the listing by category")
    choice = Choice(tuple(chosen), tuple(request.harms) or tuple(HARM_GROUPS), request.category)
    wanted = [view.units.position[code] for code in dict.fromkeys(request.areas)] or list(range(len(cube.areas)))
    columns = chosen_categories(cube, choice)
    return Cube(
        areas=tuple(cube.areas[at] for at in wanted),
        periods=tuple(chosen),
        categories=tuple(cube.categories[at] for at in columns),
        harm=tuple(cube.harm[at] for at in columns),
        missing=cube.missing & set(chosen),
        n=cube.n[np.ix_(wanted, cube.period_slice(chosen), columns)],
        protected=cube.protected,
    )


def require_known(what: str, request: Sequence[str], known: Sequence[str], where: str) -> None:
    """Raise InputError when any that is ``asked`` for is not among the ``known`` ones, which ``where`` lists."""
    unknown = [one for one in request if one not in set(known)]
    if unknown:
        raise InputError(
            f"Each {what} must be one that these counts have, and “{unknown[0]}” is none of them; see {where}."
        )


def _every_combination(cube: Cube, by: Sequence[str]) -> pd.DataFrame:
    """List a protected cube by every combination of what ``by`` names, each sum as it may be shown."""
    unknown = [name for name in by if name not in DIMENSIONS]
    if unknown or not by:
        tabulate(cube, by)  # says what is wrong
    axes = {"area": 0, "period": 1, "category": 2, "harm": 2}
    named = {"area": cube.areas, "period": cube.periods, "category": cube.categories, "harm": cube.harm}
    kept = sorted({axes[name] for name in by})
    sums = cube.n.sum(axis=tuple(axis for axis in range(3) if axis not in kept)).reshape(-1)
    places = np.unravel_index(np.arange(len(sums)), tuple(cube.n.shape[axis] for axis in kept))
    shown = disclosure.suppress_small(sums)
    frame = pd.DataFrame({name: np.array(named[name], dtype=object)[places[kept.index(axes[name])]] for name in by})
    frame[c.COUNT] = pd.array(np.where(shown < disclosure.THRESHOLD, -1, shown), dtype="Int64")
    frame.loc[shown < disclosure.THRESHOLD, c.COUNT] = pd.NA
    frame[SHOWN] = [disclosure.say(n) for n in shown.tolist()]
    return frame.sort_values(list(by), ignore_index=True, kind="stable")
