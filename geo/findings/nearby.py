"""Changes near a place: what the areas around it hold now and a year before, taken together, for each harm group.

It is said of every group whether its change is real or noise, so that silence is never taken for good news. A change is
real where chance and the place's own scatter hardly make it, and where so many harm groups looked at together do not
make it either (Holm 1979). The scatter is that from one period to the next before what is chosen, as many times as
what happens there lasts: how much more runs of periods differ a year apart, of all harm groups together, against what
happened elsewhere. So bursts that last for months and a level that drifts are no change, and a rise everywhere is one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.arrays import Floats
from geo.calendar import periods as p
from geo.change_wording import UNCERTAIN, change, ends
from geo.counts.cube import Cube
from geo.counts.filters import Choice, chosen_categories, not_supplied, total
from geo.disclosure import THRESHOLD
from geo.errors import ThinDataError
from geo.harms import HARM_GROUPS
from geo.release.balancing import STEP
from geo.statistics.false_discovery import holm
from geo.statistics.overdispersion import degrees_of_freedom, dispersion_of_counts, lasting
from geo.statistics.rate_ratio import Ratio, compare
from geo.views.scene import LATEST, PAST, ROUNDING
from geo.wording import capital, figure

SIGNIFICANCE: Final = 0.05
_LEVEL: Final = 1e9  # incidents a period elsewhere, where there is no elsewhere: the course is level
_AMONG: Final = " among so many kinds of harm"  # by itself it would be a change
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
class CountScatter:
    """How many times chance's variance counts have, and the degrees of freedom that this is known by."""

    factor: float
    df: float


@dataclass(frozen=True)
class _Counted:
    """What is counted of one harm group, or of all: now and a year before, and how the two compare where they can be.

    ``unsaid`` is what is said instead where nothing can be compared.
    """

    harm: str
    now: float = 0.0
    then: float = 0.0
    found: Ratio | None = None
    unsaid: tuple[str, str] = ("", "")


def nearby(cube: Cube, choice: Choice, areas: Sequence[int]) -> list[Nearby]:
    """Return the change from a year before to the chosen periods, in some areas (positions) together.

    There is one for each chosen harm group that the counts know, those with a real change first.
    """
    present = [code for code in HARM_GROUPS if code in choice.harms and code in cube.harm]
    scatter = scatter_of(cube, {code: Choice(choice.periods, (code,)) for code in present}, areas)
    counted = [_count(cube, Choice(choice.periods, (code,)), areas, code, scatter.get(code)) for code in present]
    adjusted = holm(np.array([np.nan if one.found is None else one.found.p for one in counted]))
    told = [_told(cube, choice, one, real=bool(p <= SIGNIFICANCE)) for one, p in zip(counted, adjusted, strict=True)]
    return sorted(told, key=lambda one: -abs(one.direction))


def over_all(cube: Cube, choice: Choice, areas: Sequence[int]) -> Nearby:
    """Return the change of all chosen harm groups together."""
    counted = _count(cube, choice, areas, "", scatter_of(cube, {"": choice}, areas).get(""))
    return _told(cube, choice, counted, real=counted.found is not None and counted.found.p <= SIGNIFICANCE)


def _count(cube: Cube, choice: Choice, areas: Sequence[int], harm: str, scatter: CountScatter | None) -> _Counted:
    earlier = choice.of(p.year_before(choice.periods))
    if scatter is None or not_supplied(cube, choice) or not_supplied(cube, earlier):
        unit = p.unit_of(choice.periods)
        return _Counted(harm, unsaid=(f"a year before cannot be set beside it, as {unit}s are missing.", ""))
    now, then = total(cube, choice, areas), total(cube, earlier, areas)
    if cube.protected and now + then < 2 * THRESHOLD:
        return _Counted(harm, unsaid=(f"too few to say ({_both(cube, choice, now, then)}).", _TOO_FEW))
    # What is shown as fewer than 10 may be a released 5: each figure is taken as that at least.
    minimum, off_by = (STEP, STEP) if cube.protected else (0, 0)
    try:
        found = compare(
            max(then, minimum), max(now, minimum), 1, 1, off_by, dispersion=scatter.factor, df=scatter.df
        )  # fmt: skip
    except ThinDataError:
        few = f"too few to say (fewer than {THRESHOLD} in both years together)"
        return _Counted(harm, unsaid=(f"{few}.", _TOO_FEW))
    return _Counted(harm, now, then, found)


def _both(cube: Cube, choice: Choice, now: float, then: float) -> str:
    said_now, said_then = (figure(n, protected=cube.protected) for n in (now, then))
    return f"{said_now} in {p.say_range(choice.periods)}, {said_then} a year before"


def _told(cube: Cube, choice: Choice, counted: _Counted, *, real: bool) -> Nearby:
    label, found = HARM_GROUPS.get(counted.harm, "All of these kinds of harm"), counted.found
    if found is None:
        sentence, short = counted.unsaid
        return Nearby(counted.harm, f"{label}: {sentence}", short)
    now, then = counted.now, counted.then
    counts = _both(cube, choice, now, then)
    size = change(found.ratio, found.low, found.high) if then and (now or not cube.protected) else ""
    if not real:
        if size == UNCERTAIN:
            return Nearby(counted.harm, f"{label}: {UNCERTAIN} ({counts}).", f"{UNCERTAIN} whether that is a change")
        among = "" if found.low <= 1 <= found.high else _AMONG
        interval = size and f" (could be anywhere from {ends(found.low, found.high)})"
        sentence = f"{label}: no real change{among}. {capital(counts)}{size and f', {size}'}."
        return Nearby(counted.harm, sentence, f"no real change{among}{interval}", judged=True)
    way, noun, direction = ("rose", "rise", 1) if now > then else ("fell", "fall", -1)
    said = size and f", {f'by how much is {UNCERTAIN}' if size == UNCERTAIN else size}"
    return Nearby(counted.harm, f"{label} {way}: {counts}{said}.", f"a real {noun}{said}", direction, judged=True)


def scatter_of(cube: Cube, choices: Mapping[str, Choice], areas: Sequence[int]) -> Mapping[str, CountScatter]:
    """Return the scatter of the areas' counts together of each choice, from the periods before what is chosen.

    At least the latest periods are left out too, so that what is new there does not pass for usual.
    """
    if not choices:
        return {}
    periods = next(iter(choices.values())).periods
    until = [at for at, period in enumerate(cube.periods) if period <= periods[-1]]
    before = [at for at in until if cube.periods[at] < periods[0]]
    at = before[: max(0, len(until) - LATEST)][-PAST:]
    own, rest = _series(cube, choices, areas, at)
    known = ~np.isnan(own).any(axis=0)
    noise = ROUNDING if cube.protected else 0.0
    steps = np.array([dispersion_of_counts(pair[:, known], noise)[0] for pair in np.stack([own, rest], axis=1)])
    year = len(p.HALVES) if p.is_half_term(periods[0]) else 12
    longer = lasting(steps, own, rest, year, len(periods))
    df = degrees_of_freedom(int(np.count_nonzero(known)))
    return {name: CountScatter(float(one) * longer, df) for name, one in zip(choices, steps, strict=True)}


def _series(
    cube: Cube, choices: Mapping[str, Choice], areas: Sequence[int], at: Sequence[int]
) -> tuple[Floats, Floats]:
    """Return the counts of the areas and of all others, [choice, period], NaN in the periods never supplied."""
    inside = cube.n[list(areas)].sum(axis=0)[at]
    outside = cube.n.sum(axis=0)[at] - inside
    wanted = [chosen_categories(cube, one) for one in choices.values()]
    own, rest = (np.array([n[:, each].sum(axis=1) for each in wanted], dtype=np.float64) for n in (inside, outside))
    if len(set(areas)) == len(cube.areas):
        rest[:] = _LEVEL
    lacking = [column for column, position in enumerate(at) if cube.periods[position] in cube.missing]
    own[:, lacking], rest[:, lacking] = np.nan, np.nan
    return own, rest
