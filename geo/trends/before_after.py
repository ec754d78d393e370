"""Before and after: what followed an action where it was taken and next to it, net of what changed everywhere else."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo import disclosure
from geo.arrays import Floats, Positions
from geo.calendar import lockdowns
from geo.calendar import periods as p
from geo.change_wording import UNCERTAIN, amount_against, brief, difference
from geo.errors import ThinDataError
from geo.release.balancing import STEP
from geo.statistics.overdispersion import dispersion_of_counts
from geo.statistics.ratio_of_ratios import RatioOfRatios, ratio_of_ratios
from geo.views.scene import ROUNDING, Scene
from geo.wording import count, how_many

_A_YEAR: Final = {"month": 12, "half-term": 6, "term": 3}
_MIN_PERIODS: Final = {"month": 3, "half-term": 2, "term": 2}  # periods after the action
NOT_COVERED: Final = (
    "What followed an action needs figures from before it and after it, and the data do not cover its day; choose "
    "another dataset."
)
CANNOT: Final = (
    "This cannot show why: other things changed in the same months too, and a place is often chosen when it is at its "
    "worst, after which it would have calmed down anyway. Fewer reports can mean less harm, or less reporting."
)


@dataclass(frozen=True)
class ActionPlace:
    """Where an action was taken, as positions among all units of a level: the place, and the ring of units around it.

    ``elsewhere`` are all the others that are places of their own.
    """

    place: Positions
    ring: Positions
    elsewhere: Positions


def around(scene: Scene, areas: Sequence[int]) -> ActionPlace:
    """Return the units of a scene that some areas (positions in their set) belong to, their ring, and the rest."""
    member = scene.view.units.member[list(areas)]
    inside = np.isin(scene.kept, member)
    touched = np.asarray(scene.graph @ inside.astype(np.int64)) > 0
    ring = touched & ~inside
    return ActionPlace(np.unique(member), scene.kept[ring], scene.kept[~inside & ~ring])


@dataclass(frozen=True)
class Comparison:
    """One line of the answer: what followed in some units, compared with what followed elsewhere."""

    label: str
    units: int
    found: RatioOfRatios


@dataclass(frozen=True)
class BeforeAfter:
    """What followed an action: the periods before and after, the parts, the sentence, and the sentences below it.

    A ratio to a protected count under 10 is not shown either.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    parts: tuple[Comparison, ...]
    sentence: str
    more: tuple[str, ...]
    protected: bool


def before_after(
    counts: Floats, periods: Sequence[str], at: int, action_place: ActionPlace, *, protected: bool
) -> BeforeAfter:
    """Return how the periods after an action compare with the same periods of the year before it.

    ``counts`` is unit × period with NaN where nothing was supplied, and ``at`` the position of the period in which the
    action was taken. That one is on neither side, so what is looked at ends before the same period a year later. A
    period that is missing on one side is left out on both, so that seasons cancel. Raises ThinDataError where too
    little time has passed, where the year before is not covered, and where there are too few incidents.
    """
    earlier, later = _windows(counts, periods, at)
    dispersion = _dispersion(counts, at, action_place, protected=protected)

    def total(units: Positions, window: Sequence[int]) -> float:
        found = float(counts[np.ix_(units, np.array(window))].sum())
        # What is not shown is taken in the middle of what it may be, so that no answer distinguishes two such sums.
        return disclosure.THRESHOLD / 2 if protected and found < disclosure.THRESHOLD else found

    elsewhere = (total(action_place.elsewhere, earlier), total(action_place.elsewhere, later))

    def follow(units: Positions, factor: float) -> RatioOfRatios:
        return ratio_of_ratios(
            total(units, earlier), total(units, later), *elsewhere,
            dispersion=factor, elsewhere_dispersion=dispersion[2],
            off_by=STEP if protected else 0.0,
        )  # fmt: skip

    parts = [Comparison("Where it was done", len(action_place.place), follow(action_place.place, dispersion[0]))]
    with suppress(ThinDataError):  # the answer stands without what happened next to it
        parts.append(Comparison("Next to it", len(action_place.ring), follow(action_place.ring, dispersion[1])))
    before, after = (tuple(periods[one] for one in window) for window in (earlier, later))
    sentence, more = _sentences(parts, before, after, protected=protected)
    return BeforeAfter(before, after, tuple(parts), sentence, more, protected)


def _windows(counts: Floats, periods: Sequence[str], at: int) -> tuple[list[int], list[int]]:
    unit = p.unit_of(periods)
    if unit not in _A_YEAR:
        raise ThinDataError(
            "What followed an action needs periods shorter than a year, and school years are shown; choose terms, "
            "half-terms or months."
        )
    year = _A_YEAR[unit]
    there = (~np.isnan(counts[0])).tolist()  # a period is missing everywhere or nowhere
    after = [one for one in range(at + 1, min(at + year, len(periods))) if there[one]]
    pairs = [(one - year, one) for one in after if one >= year and there[one - year]]
    if len(pairs) < _MIN_PERIODS[unit]:
        early = len(after) < _MIN_PERIODS[unit] and len(periods) < at + year
        raise ThinDataError(
            f"What followed can be judged by {_MIN_PERIODS[unit]} {unit}s after the action that are also known a year "
            f"before, and there {'is' if len(pairs) == 1 else 'are'} {len(pairs)}; "
            f"{'look again later' if early else f'bring in the {unit}s that are missing'}."
        )
    return [before for before, _ in pairs], [after for _, after in pairs]


def _dispersion(counts: Floats, at: int, action_place: ActionPlace, *, protected: bool) -> list[float]:
    """Return how many times chance's variance the counts before the action had: place, ring, elsewhere."""
    groups = (action_place.place, action_place.ring, action_place.elsewhere)
    past = counts[:, :at]
    past = past[:, ~np.isnan(past).any(axis=0)]
    summed = np.array([past[units].sum(axis=0) for units in groups])
    rounding = [ROUNDING * len(units) if protected else 0.0 for units in groups]
    return [float(dispersion_of_counts(summed, one)[number]) for number, one in enumerate(rounding)]


def _sentences(
    parts: Sequence[Comparison], before: Sequence[str], after: Sequence[str], *, protected: bool
) -> tuple[str, tuple[str, ...]]:
    first = parts[0].found
    sentence = f"{_verdict(first)}: {_where_done(first, after, protected=protected)}."
    more = [_a_year_before(first, before, protected=protected), *_left_out(after)]
    for part in parts[1:]:
        ring, size = how_many(part.units, "area", "areas"), _size(part.found, protected=protected)
        more.append(f"In the {ring} next to it: {_ring(part.found, size, fell=first.net_high < 1)}")
    if lockdowns.touched((*before, *after)):
        more.append("A lockdown lies in this time, so what changed may be its doing.")
    return sentence, (*more, CANNOT)


def _verdict(found: RatioOfRatios) -> str:
    if found.net_high < 1:
        return "A real fall followed"
    return "A real rise followed" if found.net_low > 1 else "No real change followed"


def _where_done(found: RatioOfRatios, after: Sequence[str], *, protected: bool) -> str:
    """Say how many there were where it was done, and how many were to be expected from what happened elsewhere."""
    there = f"{count(found.after, protected=protected)}, {p.say_range(after)}"
    if _is_hidden(found, protected=protected):
        return f"{there}; how much fewer or more is not told of so few"
    expected = f"{found.before * found.elsewhere:,.0f}"
    were = "was" if expected == "1" else "were"
    return f"{there}, where about {expected} {were} to be expected: {_than_expected(found)}"


def _a_year_before(found: RatioOfRatios, before: Sequence[str], *, protected: bool) -> str:
    then = (
        f"A year before, {p.say_range(before)}, {'there was' if found.before == 1 and not protected else 'there were'} "
    )
    then += count(found.before, protected=protected)
    if hidden(found.elsewhere_before, found.elsewhere_after, protected=protected):
        return f"{then}."
    return f"{then}; everywhere else there were {amount_against(found.elsewhere, 'a year before')}."


def _left_out(after: Sequence[str]) -> tuple[str, ...]:
    """Say which periods between the first and the last are on neither side, since figures are missing."""
    lacking = [p.say(period) for period in p.between(after[0], after[-1]) if period not in after]
    return (f"Left out, since figures are missing: {', '.join(lacking)}.",) if lacking else ()


def hidden(*counts: float, protected: bool) -> bool:
    """Return whether a ratio to one of these counts would disclose more of it than "fewer than 10" does."""
    return protected and min(counts) < disclosure.THRESHOLD


def _is_hidden(found: RatioOfRatios, *, protected: bool) -> bool:
    return hidden(found.before, found.after, found.elsewhere_before, found.elsewhere_after, protected=protected)


def _size(found: RatioOfRatios, *, protected: bool) -> str:
    if _is_hidden(found, protected=protected):
        return "how much is not told of so few"
    return f"{_than_expected(found)} against what was to be expected"


def _ring(found: RatioOfRatios, size: str, *, fell: bool) -> str:
    """Say what followed in the ring; harm may have moved there only where it ``fell`` at the place."""
    if found.net_low > 1:
        return f"a real rise, {size}{': some of the harm may have moved there' if fell else ''}."
    if found.net_high < 1:
        return f"a real fall{' too' if fell else ''}, {size}."
    return f"no real change, {size}{', so nothing shows that the harm moved there' if fell else ''}."


def _than_expected(found: RatioOfRatios) -> str:
    size = difference(found.net, found.net_low, found.net_high)
    return f"how much fewer or more is {UNCERTAIN}" if size == UNCERTAIN else size


def frame(answer: BeforeAfter) -> pd.DataFrame:
    """Return the parts of an answer for drawing: ``label``, ``ratio``, ``low``, ``high`` and ``told``.

    The three figures are NaN where the counts are too few to be shown.
    """
    return pd.DataFrame([_drawn(part, protected=answer.protected) for part in answer.parts])


def _drawn(part: Comparison, *, protected: bool) -> dict[str, str | float]:
    found = part.found
    if _is_hidden(found, protected=protected):
        return {"label": part.label, "ratio": np.nan, "low": np.nan, "high": np.nan, "told": "too few to tell"}
    text = brief(found.net, found.net_low, found.net_high)
    return {"label": part.label, "ratio": found.net, "low": found.net_low, "high": found.net_high, "told": text}
