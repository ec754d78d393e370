"""Completeness: how many rows of a dataset have no location, and what a move of their share would show by itself.

A row without a location is counted in no area. Where the share of such rows falls from one year to the next, every area
holds more without more having been recorded: with 16 % a year before and 7 % now, 0.93 / 0.84 = 1.11 times as many.
What is compared with other areas of the same months, as (a / b) / (c / d) of placed rows, is free of that as far as the
share moved alike everywhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.calendar import periods as p
from geo.change_wording import amount
from geo.counts.cube import Counts
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from geo.wording import how_many

MOVED: Final = 0.03  # of the rows: what a share must move by, more than that, to be told
_WHOLE: Final = 12  # months of a school year
_LONG: Final = 6  # months of one from which it is set beside another
FEWEST: Final = 100  # rows on either side; among fewer, one row moves the share by more than a point


@dataclass(frozen=True)
class Completeness:
    """The rows of a dataset by month and category: all that were ``read``, ``placed``, and ``without`` a location.

    All three have the shape month × category; the rows in neither of the last two lie outside the areas. ``harm`` gives
    the harm group of each category. ``partly`` says of each month that was supplied in part why that is thought.
    """

    months: tuple[str, ...]
    categories: tuple[str, ...]
    harm: tuple[str, ...]
    read: Counts
    placed: Counts
    without: Counts
    partly: Mapping[str, str]

    @property
    def outside(self) -> Counts:
        """The rows that lie outside the areas, month × category."""
        return self.read - self.placed - self.without


@dataclass(frozen=True)
class RowsOfYear:
    """The rows of one school year, by where they could be placed, and of how many ``months`` they are."""

    school_year: str
    months: int
    read: int
    placed: int
    no_location: int
    outside: int


@dataclass(frozen=True)
class ShareMove:
    """The share of rows without a location, from 0 to 1, in some periods a year before and now."""

    then: float
    now: float

    @property
    def alone(self) -> float:
        """How many times as many rows would be placed if only this share had moved."""
        return (1 - self.now) / (1 - self.then)

    @property
    def said(self) -> str:
        """What that alone would show: "about 11 % more"."""
        size = amount(self.alone)
        return size if size.startswith("about") else f"about {size}"


def share_move(found: Completeness, now: Choice, then: Choice) -> ShareMove | None:
    """Return how the share of rows without a location moved between two choices of periods.

    None where it moved by 3 points or less, and where either has too few rows to say.
    """
    shares = [_share(found, one) for one in (then, now)]
    if shares[0] is None or shares[1] is None or shares[0] == 1 or abs(shares[1] - shares[0]) <= MOVED:
        return None
    return ShareMove(shares[0], shares[1])


def year_on_year(found: Completeness | None, choice: Choice) -> ShareMove | None:
    """Return how that share moved from a year before to the chosen periods.

    None as ``share_move``, and where a month of either is missing or nothing is known (``found`` is None).
    """
    earlier = choice.of(p.year_before(choice.periods))
    if found is None or not {*choice.periods, *earlier.periods} <= _supplied(found):
        return None
    return share_move(found, choice, earlier)


def completeness_note(found: Completeness | None, choice: Choice) -> str:
    """Say what any comparison of the chosen periods with a year before must allow for; "" where that is nothing.

    ``found`` is None where it may not be told or is not known.
    """
    return " ".join(filter(None, (_moved(found, choice), partly_note(found, choice))))


def notes_by_harm(found: Completeness | None, choice: Choice) -> dict[str, str]:
    """Say of each chosen harm group whose own share moved what that alone would show; the others are left out."""
    moves = {harm: year_on_year(found, Choice(choice.periods, (harm,))) for harm in choice.harms}
    return {harm: f"{said_of(move)}." for harm, move in moves.items() if move is not None}


def said_of(move: ShareMove) -> str:
    """Say a move of some rows: "16 % of these rows had no location a year before, 7 % now: that alone …"."""
    then, now = _percent(move.then), _percent(move.now)
    return f"{then} of these rows had no location a year before, {now} now: that alone would show {move.said}"


def partly_note(found: Completeness | None, choice: Choice) -> str:
    """Say which months on either side of a comparison with a year before were supplied in part, and why; or ""."""
    return _partly(found, {*choice.periods, *p.year_before(choice.periods)})


def course_note(found: Completeness | None, choice: Choice) -> str:
    """Say what a course over all chosen periods must allow for; "" where that is nothing, or nothing is known."""
    return " ".join(filter(None, (moved_sentence(found, choice), _partly(found, choice.periods))))


def partly_sentence(partly: Mapping[str, str]) -> str:
    """Say which months were supplied in part, each with its reason: "Jul 2020 (12 % of the usual rows)"; or ""."""
    listed = ", ".join(f"{p.say(month)} ({why})" for month, why in sorted(partly.items()))
    return f"Supplied only in part: {listed}" if partly else ""


def by_year(found: Completeness) -> list[RowsOfYear]:
    """Return the rows of each school year that has any, in order."""
    years = [p.school_year_of_month(month) for month in found.months]
    sums = []
    for year in sorted(set(years)):
        of_year = np.array([one == year for one in years])
        figures = (found.read, found.placed, found.without, found.outside)
        read, placed, without, outside = (int(each[of_year].sum()) for each in figures)
        supplied = int(found.read[of_year].any(axis=1).sum())
        sums.append(RowsOfYear(year, supplied, read, placed, without, outside))
    return [one for one in sums if one.read]


def years_sentence(years: Sequence[RowsOfYear]) -> str:
    """Say which share of rows had no location in each school year; "" where all rows have one."""
    if not any(one.no_location for one in years):
        return ""
    return f"Without a location, by school year: {', '.join(map(_of_year, years))}"


def moved_sentence(found: Completeness | None, choice: Choice) -> str:
    """Say, for a course over several school years, how far the share without a location moved; "" where it did not.

    The two years of the chosen periods whose shares are farthest apart are named, if that is more than 3 points; years
    with fewer than six months are left out.
    """
    if found is None:
        return ""
    years: dict[str, list[str]] = {}
    for month in choice.periods:
        years.setdefault(p.school_year_of_month(month), []).append(month)
    long = {year: choice.of(held) for year, held in years.items() if len(held) >= _LONG}
    shares = {year: share for year, of_year in long.items() if (share := _share(found, of_year)) is not None}
    if len(shares) < 2:
        return ""
    first, last = sorted((min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)))
    move = share_move(found, long[last], long[first])
    return "" if move is None else f"{_between(move, first, last)} by then."


def _partly(found: Completeness | None, among: Collection[str]) -> str:
    if found is None:
        return ""
    said = partly_sentence({month: why for month, why in found.partly.items() if month in among})
    return f"{said}. What is compared with that may differ for this reason alone." if said else ""


def _of_year(one: RowsOfYear) -> str:
    part = f" ({how_many(one.months, 'month', 'months')})" if one.months < _WHOLE else ""
    return f"{one.school_year}{part} {100 * one.no_location / one.read:.1f} %"


def _moved(found: Completeness | None, choice: Choice) -> str:
    move = year_on_year(found, choice)
    if move is None:
        return ""
    return f"{_between(move, p.say_range(p.year_before(choice.periods)), p.say_range(choice.periods))}."


def _between(move: ShareMove, then: str, now: str) -> str:
    shares = f"In {then}, {_percent(move.then)} of these rows had no location, in {now} {_percent(move.now)}"
    return f"{shares}: that alone would show {move.said}"


def _supplied(found: Completeness) -> set[str]:
    """Return the months that have rows, wherever these lie."""
    return {month for month, held in zip(found.months, found.read.sum(axis=1), strict=True) if held}


def _share(found: Completeness, choice: Choice) -> float | None:
    """Return the share of the rows of a choice that have no location; None among too few rows."""
    rows = _month_positions(found, choice.periods)
    read, without = (int(each[np.ix_(rows, _chosen(found, choice))].sum()) for each in (found.read, found.without))
    return without / read if read >= FEWEST else None


def _month_positions(found: Completeness, wanted: Sequence[str]) -> npt.NDArray[np.intp]:
    among = set(wanted)
    return np.flatnonzero([month in among for month in found.months])


def _chosen(found: Completeness, choice: Choice) -> npt.NDArray[np.intp]:
    if choice.category is not None:
        return np.flatnonzero([category == choice.category for category in found.categories])
    return np.flatnonzero([harm in choice.harms for harm in found.harm])


def _percent(share: float) -> str:
    """Write a share with a decimal, unless it is whole: "16 %", "9.8 %"."""
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def labelled(notes: Mapping[str, str]) -> list[str]:
    """Write notes of harm groups as sentences of their own, each led by the name of its group."""
    return [f"{HARM_GROUPS[harm]}: {note}" for harm, note in notes.items()]
