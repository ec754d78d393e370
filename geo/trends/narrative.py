"""Narrative: what a control chart says in one plain sentence, and what else it shows, each in one more."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo import disclosure
from geo.calendar import lockdowns
from geo.calendar import periods as p
from geo.statistics.control.limits import MIN_POINTS
from geo.statistics.control.rules import IN_A_ROW
from geo.trends.control_charts import MIN_PHASE_POINTS, ChartState, ControlCharts
from geo.trends.episodes import Episode, Rule, episodes
from geo.trends.rare_harms import NO_CHANGE, RareHarms
from geo.trends.series import Figure

_WAYS: Final = {1: "rise", -1: "fall"}
_MAJORITY: Final = 0.5
_SMALL: Final = 20.0
_NOISE: Final = 1e-9  # of a limit: a count that is the limit lies within, whatever has become of its last digits
_A_YEAR: Final = {"month": 12, "half-term": 6, "term": 3}  # periods that have seasons


@dataclass(frozen=True)
class Narrative:
    """What is said of one series: its sentence as of the chosen periods, what to know of that, and what else it shows.

    ``side`` is 1 or −1 where the chosen periods hold a signal, else 0. ``notes`` and ``others`` are sentences, and so
    is ``left_out``, the last of the notes: which periods were too odd to set the limits ("" for none).
    """

    sentence: str
    side: int
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    left_out: str = ""

    @property
    def in_full(self) -> str:
        """What a chart says to those who do not see it."""
        return " ".join(filter(None, (self.sentence, self.left_out)))


def narrate(found: ControlCharts, row: int, chosen: tuple[int, int], rare: RareHarms | None = None) -> Narrative:
    """Say what one series shows in the chosen periods (first and last position), and before and after them."""
    if rare is not None:
        return Narrative(rare.sentence, rare.side)
    state = found.states[row]
    if state is not ChartState.CHARTED:
        return Narrative(_nothing(found, row, state), 0)
    listed = episodes(found, row)
    now = [one for one in listed if one.touches(*chosen)]
    latest = now[-1] if now else None
    others = tuple(_aside(found, one) for one in listed if one is not latest)
    without = _left_out(found, row)
    last = tuple(filter(None, (without,)))
    if latest is None:
        notes = (*_trial(found, row, chosen[1]), *last)
        return Narrative(_no_change(found, row, chosen), 0, notes, others, without)
    notes = (*_notes(found, row, latest), *last)
    return Narrative(_change(found, row, latest), latest.side, notes, others, without)


def usual(found: ControlCharts, row: int, at: int) -> str:
    """Write what a series normally shows at a position: "2,940 to 3,610 a month"."""
    return f"{span(found, row, at)}{per(found)}"


def span(found: ControlCharts, row: int, at: int) -> str:
    """Write the limits at a position: "2,940 to 3,610"; of counts, the smallest and the largest within them."""
    low, high = float(found.limits.low[row, at]), float(found.limits.high[row, at])
    if found.series_set.figure is Figure.COUNT:
        low, high = np.ceil(max(low - _NOISE * high, 0.0)), np.floor(high + _NOISE * high)
    return f"{_about(found)}{figure(found, low)} to {figure(found, high)}"


def figure(found: ControlCharts, value: float) -> str:
    """Write a value, or a limit, of a series: whole for counts, else with a decimal where it is small."""
    exact = found.series_set.figure is Figure.COUNT or abs(value) >= 100
    return f"{value:,.0f}" if exact else f"{value:,.1f}"


def middle(found: ControlCharts, value: float) -> str:
    """Write a centre line: with a decimal where it is small, since it is a mean."""
    return _about(found) + (f"{value:,.1f}" if value < _SMALL else figure(found, value))


def per(found: ControlCharts) -> str:
    """Write what a figure is counted by: " a month", " a week", " a school day"."""
    return f" a {found.series_set.unit if found.series_set.figure is Figure.COUNT else found.series_set.figure.value}"


def value(found: ControlCharts, row: int, at: int) -> str:
    """Write the value at a position as it may be shown."""
    series_set = found.series_set
    if series_set.few[row, at]:
        return f"{disclosure.FEWER_THAN} incidents"
    return _about(found) + figure(found, float(series_set.values[row, at]))


def _about(found: ControlCharts) -> str:
    return "about " if found.series_set.protected else ""


def _no_change(found: ControlCharts, row: int, chosen: tuple[int, int]) -> str:
    first, last = chosen
    known = [at for at in range(first, last + 1) if not np.isnan(found.series_set.values[row, at])]
    when = p.say_range(found.series_set.periods[first : last + 1])
    if not known and not np.isnan(found.series_set.counts[row, first : last + 1]).all():
        return f"{when}: no school days, so nothing can be said by school day."
    if not known:
        return f"No figures for {when}: a gap, not zero."
    if np.isnan(found.limits.high[row, known[-1]]):
        return _no_range(found, row, known[-1], when)
    stay = "stays" if _is_one(when, last - first + 1) else "stay"
    return f"{NO_CHANGE}: {when} {stay} within what is usual here ({usual(found, row, known[-1])})."


def _no_range(found: ControlCharts, row: int, at: int, when: str) -> str:
    """Say why a phase has no usual range: it is too young, or its protected counts are too few."""
    unit = found.series_set.unit
    phase = sum(start <= at for start in found.starts) - 1
    if found.series_set.protected and found.baseline[phase, row].sum() >= MIN_PHASE_POINTS:
        return (
            f"Too few to say of {when}: most {unit}s of its usual range hold {disclosure.FEWER_THAN}, "
            "so no limits are drawn."
        )
    return f"Nothing can be said yet of {when}: a baseline that was reset needs {MIN_PHASE_POINTS} {unit}s."


def _change(found: ControlCharts, row: int, one: Episode) -> str:
    of = found.series_set.periods[one.first : one.last + 1]
    when, unit, number = p.say_range(of), found.series_set.unit, one.last - one.first + 1
    way, side = _WAYS[one.side], "above" if one.side > 0 else "below"
    if one.rule is Rule.SHIFT:
        centre = f"{middle(found, found.limits.centre[row, one.last])}{per(found)}"
        beyond = f", {_outside(one)} {side} what is usual ({span(found, row, one.last)})" if one.outside else ""
        if _is_cut(one):
            first = f"{when} {_first_of(when, one)}"
            return f"A real {way}: {first} {unit}s in a row {side} the usual level of {centre}{beyond}."
        return f"A real {way}: all {number} {unit}s, {when}, lie {side} the usual level of {centre}{beyond}."
    if one.rule is Rule.ASTRONOMICAL:
        # Points between two that lie outside need not do so themselves.
        few = f"{len(one.outside)} of the {number} {unit}s {when}" if len(one.outside) < number else when
        lie = "lies" if few == when and _is_one(when, number) else "lie"
        return f"A real {way}: {few} {lie} {side} what is usual here ({usual(found, row, one.last)})."
    if one.rule is Rule.TREND:
        higher = "higher" if one.side > 0 else "lower"
        if _is_cut(one):
            return f"A real {way}: {when} {_first_of(when, one)} {unit}s in a row, each {higher} than the one before."
        return f"A real {way}: {number} {unit}s in a row, {when}, each {higher} than the one before."
    return (
        f"A real {way}: two of three {unit}s in a row lie near the {_edge(one)} edge of what is usual here "
        f"({usual(found, row, one.last)}), {when}."
    )


def _is_cut(one: Episode) -> bool:
    """Return whether a run or a trend goes on, by the limits before, after rebased ones have begun."""
    # Where one trend turns into another, the point there is the first's, and leaves the other one less.
    return one.rule in (Rule.SHIFT, Rule.TREND) and one.last - one.first + 1 < IN_A_ROW - 1


def _first_of(when: str, one: Episode) -> str:
    """Write that some periods begin a pattern: "is the first of seven or more"."""
    is_first = "is" if _is_one(when, one.last - one.first + 1) else "are"
    return f"{is_first} the first of seven or more"


def _is_one(when: str, periods: int) -> bool:
    """Return whether the words for some periods name a single one, be it a year for all its half-terms."""
    return periods == 1 or when.startswith("school year ")


def _notes(found: ControlCharts, row: int, one: Episode) -> tuple[str, ...]:
    """Say what to know of a signal: where it is furthest, and what may explain it."""
    furthest = _furthest(found, row, one)
    when = p.say(found.series_set.periods[furthest])
    far = f"{'Highest' if one.side > 0 else 'Lowest'}: {value(found, row, furthest)}, {when}."
    season = ""
    if _season(found, row, one):
        same = found.series_set.unit if one.first == one.last else f"{found.series_set.unit}s"
        season = f"The same {same} a year before stood out in the same way, so it may be the season."
    return (far, *filter(None, (season, _lockdown(found, one).strip())), *_trial(found, row, one.last))


def _aside(found: ControlCharts, one: Episode) -> str:
    when = p.say_range(found.series_set.periods[one.first : one.last + 1])
    side = "above" if one.side > 0 else "below"
    beyond = f", {_outside(one)} {side} what was usual" if one.outside else ""
    every = "" if len(one.outside) == one.last - one.first + 1 else f"{_outside(one)} "
    if _is_cut(one):
        pattern = (
            f"{side} the usual level{beyond}" if one.rule is Rule.SHIFT else "rising" if one.side > 0 else "falling"
        )
        return f"{when}: the first of seven or more in a row {pattern}.{_lockdown(found, one)}"
    said = {
        Rule.SHIFT: f"{when}: all {side} the usual level{beyond}",
        Rule.ASTRONOMICAL: f"{when}: {every}{side} what was usual",
        Rule.TREND: f"{when}: a {_WAYS[one.side]} in every {found.series_set.unit}",
        Rule.TWO_OF_THREE: f"{when}: near the {_edge(one)} edge of what was usual",
    }[one.rule]
    return f"{said}.{_lockdown(found, one)}"


def _furthest(found: ControlCharts, row: int, one: Episode) -> int:
    """Return the position in an episode that lies furthest from the centre line."""
    at = np.arange(one.first, one.last + 1)
    return int(at[np.nanargmax((found.series_set.shown[row, at] - found.limits.centre[row, at]) * one.side)])


def _outside(one: Episode) -> str:
    """Say how many points of an episode lie outside their limits."""
    number = one.last - one.first + 1
    return "all" if len(one.outside) == number else f"{len(one.outside)} of them"


def _edge(one: Episode) -> str:
    return "upper" if one.side > 0 else "lower"


def _season(found: ControlCharts, row: int, one: Episode) -> bool:
    """Return whether most of the same periods of the year before were marked on the same side too."""
    back = _A_YEAR.get(found.series_set.unit)
    if back is None or one.last - one.first >= back or one.first < back:
        return False
    before = found.sides[row][one.first - back : one.last - back + 1] == one.side
    return bool(before.mean() > _MAJORITY)


def _lockdown(found: ControlCharts, one: Episode) -> str:
    of = found.series_set.periods[one.first : one.last + 1]
    share = sum(lockdowns.touched([period]) for period in of) / len(of)
    if share > _MAJORITY:
        return " England was in lockdown then."
    return " England was in lockdown for part of this time." if share else ""


def _trial(found: ControlCharts, row: int, at: int) -> tuple[str, ...]:
    if not found.trial[row, at] or np.isnan(found.limits.high[row, at]):
        return ()
    return (f"These are trial limits, set by fewer than {MIN_POINTS} {found.series_set.unit}s, and may still move.",)


def _left_out(found: ControlCharts, row: int) -> str:
    """Say which periods of one series were left out when limits were set, and why; "" for none."""
    out = np.flatnonzero(found.left_out[:, row].any(axis=0))
    if not out.size:
        return ""
    *others, last = (p.say(found.series_set.periods[at]) for at in out)
    said = f"{'; '.join(others)} and {last} were" if others else f"{last} was"
    far = f"{'they are' if others else 'it is'} too far from the other {found.series_set.unit}s"
    return f"{said} left out when the limits were set: {far} to say what is usual."


def _nothing(found: ControlCharts, row: int, state: ChartState) -> str:
    unit = found.series_set.unit
    if state is ChartState.TOO_SHORT:
        known = int((~np.isnan(found.series_set.values[row])).sum())
        shortest = unit == ("half-term" if found.series_set.protected else "month")
        remedy = "bring in earlier ones" if shortest else "choose shorter periods"
        there = f"there {'is' if known == 1 else 'are'} {known}"
        return f"Too few {unit}s to say: limits need {MIN_PHASE_POINTS}, and {there}; {remedy}."
    if found.series_set.protected:
        return (
            f"Too few to say: most {unit}s hold {disclosure.FEWER_THAN}, so no limits are drawn; "
            "choose longer periods, a larger area or more kinds of harm."
        )
    return "Too rare for limits."
