"""All harms: one sentence over several kinds of harm, first all of them together, then which kinds changed."""

from collections.abc import Sequence
from typing import Final

from geo.calendar import periods as p
from geo.harms import spoken
from geo.trends.overview import Chart, Overview

_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven")
_SURE: Final = "unlikely to be chance"
_OPENS: Final = "Over all kinds of harm,"


def answer(found: Overview, labels: Sequence[str], periods: Sequence[str]) -> str:
    """Return one sentence over all kinds of harm, as of some periods.

    The rows of the charts are the kinds by their ``labels``, and one more of all of them together.
    """
    together = next(one for one in found.charts if one.row == len(labels))
    return f"{_together(together, periods)}; {_kinds(_single(found, labels), labels)}."


def silent(found: Overview, labels: Sequence[str]) -> str:
    """Say of which kinds there are too few incidents to say anything; "" where something is said of each."""
    few = [spoken(labels[one.row]) for one in _single(found, labels) if not one.speaks]
    return f"Too few incidents to say: {', '.join(few)}." if few else ""


def _single(found: Overview, labels: Sequence[str]) -> list[Chart]:
    return [one for one in found.charts if one.row < len(labels)]


def _together(one: Chart, periods: Sequence[str]) -> str:
    said = p.say_range(periods)
    when = f"the {said}" if said.startswith("school year") else said
    side = one.narrative.side
    if side:
        return f"{_OPENS} incidents went {_way(side)} in {when}, and that is {_SURE}"
    if not one.unchanged:
        return f"{_OPENS} there is too little to say how {when} compares with what this area normally sees"
    single = len(periods) == 1 or said.startswith("school year ")
    return f"{_OPENS} {when} {'is' if single else 'are'} in line with what this area normally sees"


def _kinds(charts: Sequence[Chart], labels: Sequence[str]) -> str:
    changed = {side: [spoken(labels[one.row]) for one in charts if one.narrative.side == side] for side in (1, -1)}
    parts = [f"{_named(names)} went {_way(side)}" for side, names in changed.items() if names]
    if parts:
        return f"{' and '.join(parts)}, and that is {_SURE}"
    unchanged = [spoken(labels[one.row]) for one in charts if one.unchanged]
    if not unchanged:
        return "no single group has enough incidents to say more"
    if len(unchanged) == len(charts):
        return "no single group changed beyond normal ups and downs"
    of = f"the one group that can be judged, {unchanged[0]}, did not change"
    if len(unchanged) > 1:
        of = f"none of the {_NUMBERS[len(unchanged)]} groups that can be judged changed"
    return f"{of} beyond normal ups and downs"


def _named(names: Sequence[str]) -> str:
    """Write how many groups and which: "one group, drugs and alcohol," or "two groups, a, and b,"."""
    *others, last = names
    listed = f"{', '.join(others)}, and {last}" if others else last
    return f"{_NUMBERS[len(names)]} {'groups' if others else 'group'}, {listed},"


def _way(side: int) -> str:
    return "up" if side > 0 else "down"
