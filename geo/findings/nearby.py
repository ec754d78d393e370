"""Changes near a place: what the areas around it hold now and a year before, taken together, for each harm group.

It is said of every group whether its change is real or noise, so that silence is never taken for good news. As
everywhere, the test of a change allows for the overdispersion of the counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.calendar import periods as p
from geo.change_wording import UNCERTAIN, change, ends
from geo.counts.cube import Cube
from geo.counts.filters import Choice, chosen_categories, not_supplied, total
from geo.disclosure import THRESHOLD
from geo.errors import ThinDataError
from geo.harms import HARM_GROUPS
from geo.release.balancing import STEP
from geo.statistics.overdispersion import dispersion_of_counts, quasi_p_values, widen_intervals
from geo.statistics.rate_ratio import compare
from geo.views.scene import LATEST, PAST, ROUNDING
from geo.wording import capital, figure

SIGNIFICANCE: Final = 0.05
_TOO_FEW: Final = "too few to say whether that is a change"


@dataclass(frozen=True)
class Nearby:
    """What one harm group, or several together, did in some areas together.

    ``sentence`` says it of a harm group, with both counts, and ``short`` in a few words without them, "" where the two
    years cannot be compared. ``direction`` is 1 for a real rise, −1 for a real fall and 0 for what may be noise, or
    where nothing can be said: ``judged`` tells these two apart.
    """

    harm: str
    sentence: str
    short: str = ""
    direction: int = 0
    judged: bool = False


@dataclass(frozen=True)
class _Change:
    """A change with its size in words, "" where none can be said, and the interval of its ratio."""

    size: str
    low: float
    high: float
    real: bool


def nearby(cube: Cube, choice: Choice, areas: Sequence[int]) -> list[Nearby]:
    """Return the change from a year before to the chosen periods, in some areas (positions) together.

    There is one for each chosen harm group that the counts know, those with a real change first.
    """
    present = [code for code in HARM_GROUPS if code in choice.harms and code in cube.harm]
    sentences = [_one(cube, Choice(choice.periods, (code,)), areas, code) for code in present]
    return sorted(sentences, key=lambda one: -abs(one.direction))


def over_all(cube: Cube, choice: Choice, areas: Sequence[int]) -> Nearby:
    """Return the change of all chosen harm groups together."""
    return _one(cube, choice, areas, "")


def _one(cube: Cube, choice: Choice, areas: Sequence[int], harm: str) -> Nearby:
    label, earlier = HARM_GROUPS.get(harm, "All of these kinds of harm"), choice.of(p.year_before(choice.periods))
    if not_supplied(cube, choice) or not_supplied(cube, earlier):
        unit = p.unit_of(choice.periods)
        return Nearby(harm, f"{label}: a year before cannot be set beside it, as {unit}s are missing.")
    now, then = total(cube, choice, areas), total(cube, earlier, areas)
    when = p.say_range(choice.periods)
    counts = (
        f"{figure(now, protected=cube.protected)} in {when}, {figure(then, protected=cube.protected)} a year before"
    )
    if cube.protected and now + then < 2 * THRESHOLD:
        return Nearby(harm, f"{label}: too few to say ({counts}).", _TOO_FEW)
    try:
        found = _change(cube, choice, areas, now, then)
    except ThinDataError:
        few = f"too few to say (fewer than {THRESHOLD} in both years together)"
        return Nearby(harm, f"{label}: {few}.", _TOO_FEW)
    if not found.real:
        if found.size == UNCERTAIN:
            return Nearby(harm, f"{label}: {UNCERTAIN} ({counts}).", f"{UNCERTAIN} whether that is a change")
        size = found.size and f", {found.size}"
        interval = found.size and f" (could be anywhere from {ends(found.low, found.high)})"
        return Nearby(
            harm, f"{label}: no real change. {capital(counts)}{size}.", f"no real change{interval}", judged=True
        )
    size = f"by how much is {UNCERTAIN}" if found.size == UNCERTAIN else found.size
    way, noun, direction = ("rose", "rise", 1) if now > then else ("fell", "fall", -1)
    said = size and f", {size}"
    return Nearby(harm, f"{label} {way}: {counts}{said}.", f"a real {noun}{said}", direction, judged=True)


def _change(cube: Cube, choice: Choice, areas: Sequence[int], now: float, then: float) -> _Change:
    """Return how two counts compare. Raises ThinDataError as ``geo.statistics.rate_ratio.compare`` does."""
    # What is shown as fewer than 10 may be a released 5: each figure is taken as that at least.
    minimum, off_by = (STEP, STEP) if cube.protected else (0, 0)
    found = compare(max(then, minimum), max(now, minimum), 1, 1, off_by=off_by)
    factor = _dispersion(cube, choice, areas)
    low, high = widen_intervals(found.ratio, found.low, found.high, factor)
    (sure,) = quasi_p_values(np.array([found.p]), np.array([then]), np.array([now]), 1.0, np.array([factor]))
    comparable = then and (now or not cube.protected)
    size = change(found.ratio, low, high) if comparable else ""
    return _Change(size, float(low), float(high), bool(sure <= SIGNIFICANCE))


def _dispersion(cube: Cube, choice: Choice, areas: Sequence[int]) -> float:
    """Return how many times chance's variance the areas' counts together usually have, compared with all others."""
    until = choice.periods[-1]
    past = [period for period in cube.periods if period <= until and period not in cube.missing][-PAST:-LATEST]
    wanted = chosen_categories(cube, choice)
    counts = cube.n[:, cube.period_slice(past)][:, :, wanted].sum(axis=2).astype(np.float64)
    inside = np.isin(np.arange(len(counts)), list(areas))
    both = np.vstack([counts[inside].sum(axis=0), counts[~inside].sum(axis=0)])
    return float(dispersion_of_counts(both, ROUNDING if cube.protected else 0.0)[0])
