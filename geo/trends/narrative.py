"""Telling: what a control chart says, in one plain sentence, and what else it shows, each in one more."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo import disclosure
from geo.calendar import lockdowns
from geo.calendar import periods as p
from geo.statistics.control.limits import LEAST
from geo.statistics.control.rules import IN_A_ROW
from geo.trends.control_charts import FEWEST, Judged, State
from geo.trends.episodes import Episode, Rule, episodes
from geo.trends.rare_harms import Rare
from geo.trends.series import Figure

_WAYS: Final = {1: "rise", -1: "fall"}
_MOST: Final = 0.5
_SMALL: Final = 20.0
_NOISE: Final = 1e-9  # of a limit: a count that is the limit lies within, whatever has become of its last digits
_A_YEAR: Final = {"month": 12, "half-term": 6, "term": 3}  # periods that have seasons


@dataclass(frozen=True)
class Told:
    """What is said of one course: its sentence as of the chosen periods, what to know of that, and what else it shows.

    ``side`` is 1 or −1 where the chosen periods hold a signal, else 0. ``notes`` and ``others`` are sentences.
    """

    sentence: str
    side: int
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def told(found: Judged, row: int, chosen: tuple[int, int], rare: Rare | None = None) -> Told:
    """Say what one course shows in the chosen periods (first and last position), and before and after them."""
    if rare is not None:
        return Told(rare.sentence, rare.side)
    state = found.states[row]
    if state is not State.CHARTED:
        return Told(_nothing(found, row, state), 0)
    listed = episodes(found, row)
    now = [one for one in listed if one.touches(*chosen)]
    latest = now[-1] if now else None
    others = tuple(_aside(found, one) for one in listed if one is not latest)
    if latest is None:
        return Told(_no_change(found, row, chosen), 0, _trial(found, row, chosen[1]), others)
    return Told(_change(found, row, latest), latest.side, _notes(found, row, latest), others)


def usual(found: Judged, row: int, at: int) -> str:
    """Write what a course normally shows at a position: "2,940 to 3,610 a month"."""
    return f"{span(found, row, at)}{per(found)}"


def span(found: Judged, row: int, at: int) -> str:
    """Write the limits at a position: "2,940 to 3,610"; of counts, the least and the most that lie within them."""
    low, high = float(found.limits.low[row, at]), float(found.limits.high[row, at])
    if found.courses.figure is Figure.COUNT:
        low, high = np.ceil(max(low - _NOISE * high, 0.0)), np.floor(high + _NOISE * high)
    return f"{_about(found)}{figure(found, low)} to {figure(found, high)}"


def figure(found: Judged, value: float) -> str:
    """Write a value, or a limit, of a course: whole for counts, else with a decimal where it is small."""
    exact = found.courses.figure is Figure.COUNT or abs(value) >= 100
    return f"{value:,.0f}" if exact else f"{value:,.1f}"


def middle(found: Judged, value: float) -> str:
    """Write a usual level: with a decimal where it is small, since it is a mean."""
    return _about(found) + (f"{value:,.1f}" if value < _SMALL else figure(found, value))


def per(found: Judged) -> str:
    """Write what a figure is counted by: " a month", " a week", " a school day"."""
    return f" a {found.courses.unit if found.courses.figure is Figure.COUNT else found.courses.figure.value}"


def value(found: Judged, row: int, at: int) -> str:
    """Write the value at a position as it may be told."""
    courses = found.courses
    if courses.few[row, at]:
        return f"{disclosure.FEWER} incidents"
    return _about(found) + figure(found, float(courses.values[row, at]))


def _about(found: Judged) -> str:
    return "about " if found.courses.protected else ""


def _no_change(found: Judged, row: int, chosen: tuple[int, int]) -> str:
    first, last = chosen
    known = [at for at in range(first, last + 1) if not np.isnan(found.courses.values[row, at])]
    when = p.say_range(found.courses.periods[first : last + 1])
    if not known and not np.isnan(found.courses.counts[row, first : last + 1]).all():
        return f"{when}: no school days, so nothing can be said by school day."
    if not known:
        return f"No figures for {when}: a gap, not zero."
    if np.isnan(found.limits.high[row, known[-1]]):
        return _no_range(found, row, known[-1], when)
    stay = "stays" if _is_one(when, last - first + 1) else "stay"
    return f"No real change: {when} {stay} within what is usual here ({usual(found, row, known[-1])})."


def _no_range(found: Judged, row: int, at: int, when: str) -> str:
    """Say why a phase has no usual range: it is too young, or its protected counts are too few."""
    unit = found.courses.unit
    phase = sum(start <= at for start in found.starts) - 1
    if found.courses.protected and found.baseline[phase, row].sum() >= FEWEST:
        return f"Too few to say of {when}: most {unit}s of its usual range hold {disclosure.FEWER}, so no limits are drawn."
    return f"Nothing can be said yet of {when}: a new usual range needs {FEWEST} {unit}s."


def _change(found: Judged, row: int, one: Episode) -> str:
    of = found.courses.periods[one.first : one.last + 1]
    when, unit, number = p.say_range(of), found.courses.unit, one.last - one.first + 1
    way, side = _WAYS[one.side], "above" if one.side > 0 else "below"
    if one.rule is Rule.RUN:
        level = f"{middle(found, found.limits.centre[row, one.last])}{per(found)}"
        beyond = f", {_outside(one)} {side} what is usual ({span(found, row, one.last)})" if one.outside else ""
        if _is_cut(one):
            first = f"{when} {_first_of(when, one)}"
            return f"A real {way}: {first} {unit}s in a row {side} the usual level of {level}{beyond}."
        return f"A real {way}: all {number} {unit}s, {when}, lie {side} the usual level of {level}{beyond}."
    if one.rule is Rule.OUTSIDE:
        # Points between two that lie outside need not do so themselves.
        few = f"{len(one.outside)} of the {number} {unit}s {when}" if len(one.outside) < number else when
        lie = "lies" if few == when and _is_one(when, number) else "lie"
        return f"A real {way}: {few} {lie} {side} what is usual here ({usual(found, row, one.last)})."
    if one.rule is Rule.COURSE:
        higher = "higher" if one.side > 0 else "lower"
        if _is_cut(one):
            return f"A real {way}: {when} {_first_of(when, one)} {unit}s in a row, each {higher} than the one before."
        return f"A real {way}: {number} {unit}s in a row, {when}, each {higher} than the one before."
    return (
        f"A real {way}: two of three {unit}s in a row lie near the {_edge(one)} edge of what is usual here "
        f"({usual(found, row, one.last)}), {when}."
    )


def _is_cut(one: Episode) -> bool:
    """Answer whether a run or a course goes on after a new usual range has begun, by the one before."""
    # Where one course turns into another, the point there is the first's, and leaves the other one less.
    return one.rule in (Rule.RUN, Rule.COURSE) and one.last - one.first + 1 < IN_A_ROW - 1


def _first_of(when: str, one: Episode) -> str:
    """Write that some periods begin a pattern: "is the first of seven or more"."""
    is_first = "is" if _is_one(when, one.last - one.first + 1) else "are"
    return f"{is_first} the first of seven or more"


def _is_one(when: str, periods: int) -> bool:
    """Answer whether the words for some periods name a single one, be it a year for all its half-terms."""
    return periods == 1 or when.startswith("school year ")


def _notes(found: Judged, row: int, one: Episode) -> tuple[str, ...]:
    """Say what to know of a signal: where it is furthest, and what may explain it."""
    furthest = _furthest(found, row, one)
    when = p.say(found.courses.periods[furthest])
    far = f"{'Highest' if one.side > 0 else 'Lowest'}: {value(found, row, furthest)}, {when}."
    season = ""
    if _season(found, row, one):
        same = found.courses.unit if one.first == one.last else f"{found.courses.unit}s"
        season = f"The same {same} a year before stood out in the same way, so it may be the season."
    return (far, *filter(None, (season, _lockdown(found, one).strip())), *_trial(found, row, one.last))


def _aside(found: Judged, one: Episode) -> str:
    when = p.say_range(found.courses.periods[one.first : one.last + 1])
    side = "above" if one.side > 0 else "below"
    beyond = f", {_outside(one)} {side} what was usual" if one.outside else ""
    every = "" if len(one.outside) == one.last - one.first + 1 else f"{_outside(one)} "
    if _is_cut(one):
        pattern = f"{side} the usual level{beyond}" if one.rule is Rule.RUN else "rising" if one.side > 0 else "falling"
        return f"{when}: the first of seven or more in a row {pattern}.{_lockdown(found, one)}"
    said = {
        Rule.RUN: f"{when}: all {side} the usual level{beyond}",
        Rule.OUTSIDE: f"{when}: {every}{side} what was usual",
        Rule.COURSE: f"{when}: a {_WAYS[one.side]} in every {found.courses.unit}",
        Rule.NEAR: f"{when}: near the {_edge(one)} edge of what was usual",
    }[one.rule]
    return f"{said}.{_lockdown(found, one)}"


def _furthest(found: Judged, row: int, one: Episode) -> int:
    """Give the position in an episode that lies furthest from the middle line."""
    at = np.arange(one.first, one.last + 1)
    return int(at[np.nanargmax((found.courses.seen[row, at] - found.limits.centre[row, at]) * one.side)])


def _outside(one: Episode) -> str:
    """Say how many points of an episode lie outside their limits."""
    number = one.last - one.first + 1
    return "all" if len(one.outside) == number else f"{len(one.outside)} of them"


def _edge(one: Episode) -> str:
    return "upper" if one.side > 0 else "lower"


def _season(found: Judged, row: int, one: Episode) -> bool:
    """Answer whether most of the same periods of the year before were marked on the same side too."""
    back = _A_YEAR.get(found.courses.unit)
    if back is None or one.last - one.first >= back or one.first < back:
        return False
    before = found.sides[row][one.first - back : one.last - back + 1] == one.side
    return bool(before.mean() > _MOST)


def _lockdown(found: Judged, one: Episode) -> str:
    of = found.courses.periods[one.first : one.last + 1]
    share = sum(lockdowns.touched([period]) for period in of) / len(of)
    if share > _MOST:
        return " England was in lockdown then."
    return " England was in lockdown for part of this time." if share else ""


def _trial(found: Judged, row: int, at: int) -> tuple[str, ...]:
    if not found.trial[row, at] or np.isnan(found.limits.high[row, at]):
        return ()
    return (f"These are trial limits, set by fewer than {LEAST} {found.courses.unit}s, and may still move.",)


def _nothing(found: Judged, row: int, state: State) -> str:
    unit = found.courses.unit
    if state is State.TOO_SHORT:
        known = int((~np.isnan(found.courses.values[row])).sum())
        shortest = unit == ("half-term" if found.courses.protected else "month")
        remedy = "bring in earlier ones" if shortest else "choose shorter periods"
        there = f"there {'is' if known == 1 else 'are'} {known}"
        return f"Too few {unit}s to say: limits need {FEWEST}, and {there}; {remedy}."
    if found.courses.protected:
        return (
            f"Too few to say: most {unit}s hold {disclosure.FEWER}, so no limits are drawn; "
            "choose longer periods, a larger area or more kinds of harm."
        )
    return "Too rare for limits."
