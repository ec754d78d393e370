"""Changes near a place: what the areas around it hold now and a year before, taken together, for each harm group.

It is said of every group whether its change is real or noise, so that silence is never taken for good news. As
everywhere, the test of a change allows for the overdispersion of the counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.calendar import periods as p
from geo.change_wording import UNCERTAIN, change
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


@dataclass(frozen=True)
class Nearby:
    """What one harm group did in some areas together.

    ``sentence`` says it, and ``direction`` is 1 for a real rise, −1 for a real fall and 0 for what may be noise.
    """

    harm: str
    sentence: str
    direction: int = 0


def nearby(cube: Cube, choice: Choice, areas: Sequence[int]) -> list[Nearby]:
    """Return the change from a year before to the chosen periods, in some areas (positions) together.

    There is one for each chosen harm group that the counts know, those with a real change first.
    """
    present = [code for code in HARM_GROUPS if code in choice.harms and code in cube.harm]
    sentences = [_one(cube, Choice(choice.periods, (code,)), areas) for code in present]
    return sorted(sentences, key=lambda one: -abs(one.direction))


def _one(cube: Cube, choice: Choice, areas: Sequence[int]) -> Nearby:
    (harm,) = choice.harms
    label, earlier = HARM_GROUPS[harm], choice.of(p.year_before(choice.periods))
    if not_supplied(cube, choice) or not_supplied(cube, earlier):
        unit = p.unit_of(choice.periods)
        return Nearby(harm, f"{label}: a year before cannot be set beside it, as {unit}s are missing.")
    now, then = total(cube, choice, areas), total(cube, earlier, areas)
    when = p.say_range(choice.periods)
    counts = (
        f"{figure(now, protected=cube.protected)} in {when}, {figure(then, protected=cube.protected)} a year before"
    )
    if cube.protected and now + then < 2 * THRESHOLD:
        return Nearby(harm, f"{label}: too few to say ({counts}).")
    try:
        # What is shown as fewer than 10 may be a released 5: each figure is taken as that at least.
        minimum, off_by = (STEP, STEP) if cube.protected else (0, 0)
        found = compare(max(then, minimum), max(now, minimum), 1, 1, off_by=off_by)
    except ThinDataError:
        return Nearby(harm, f"{label}: too few to say (fewer than {THRESHOLD} in both years together).")
    factor = _dispersion(cube, choice, areas)
    low, high = widen_intervals(found.ratio, found.low, found.high, factor)
    (sure,) = quasi_p_values(np.array([found.p]), np.array([then]), np.array([now]), 1.0, np.array([factor]))
    comparable = then and (now or not cube.protected)
    size = change(found.ratio, low, high) if comparable else ""
    if sure > SIGNIFICANCE:
        if size == UNCERTAIN:
            return Nearby(harm, f"{label}: {UNCERTAIN} ({counts}).")
        return Nearby(harm, f"{label}: no real change. {capital(counts)}{size and f', {size}'}.")
    if size == UNCERTAIN:
        size = f"by how much is {UNCERTAIN}"
    way, direction = ("rose", 1) if now > then else ("fell", -1)
    return Nearby(harm, f"{label} {way}: {counts}{size and f', {size}'}.", direction)


def _dispersion(cube: Cube, choice: Choice, areas: Sequence[int]) -> float:
    """Return how many times chance's variance the areas' counts together usually have, compared with all others."""
    until = choice.periods[-1]
    past = [period for period in cube.periods if period <= until and period not in cube.missing][-PAST:-LATEST]
    wanted = chosen_categories(cube, choice)
    counts = cube.n[:, cube.period_slice(past)][:, :, wanted].sum(axis=2).astype(np.float64)
    inside = np.isin(np.arange(len(counts)), list(areas))
    both = np.vstack([counts[inside].sum(axis=0), counts[~inside].sum(axis=0)])
    return float(dispersion_of_counts(both, ROUNDING if cube.protected else 0.0)[0])
