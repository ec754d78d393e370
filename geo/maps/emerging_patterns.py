"""Emerging hot spots on a map: which areas are newly hot, which have long been, and which no longer are."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.calendar import periods as p
from geo.counts.filters import Choice
from geo.maps import categories
from geo.maps.measure_result import Fact, MeasureResult, Past
from geo.statistics.emerging import Emerged, Pattern, emerging
from geo.statistics.time_steps import Steps, known_steps, steps
from geo.views.scene import Scene

Codes = npt.NDArray[np.int8]

METHOD: Final = (
    "Emerging hot spots: Getis-Ord Gi* of an area and its neighbours (areas that touch it), in each {step} and the "
    "one before, at 95 % with the false discovery rate held across all areas; then the trend of its share of "
    "all (Mann-Kendall)"
)
MEANING: Final = (
    "An area is hot when it and the areas beside it hold clearly more than all others do at that time; the pattern "
    "says since when. New: hot now for the first time. Consecutive: hot without a break up to now, and not before. "
    "Intensifying, persistent, diminishing: consistently hot, and more so, the same, or less so over time. Sporadic: "
    "on and off. Oscillating: hot now, and cold at some time before. Historical: consistently hot before, and not now. "
    "A rise everywhere at once lights no area, since areas are compared with each other."
)
_STEPS: Final = {1: "month", 3: "step of three months", 6: "half-year", 12: "year"}
_NOW: Final = (Pattern.NEW, Pattern.CONSECUTIVE, Pattern.INTENSIFYING)


def emerging_result(scene: Scene, choice: Choice, *, cold: bool) -> MeasureResult:
    """Return each unit's pattern up to the scene's last period, in the counts that a choice leaves.

    ``cold`` shows cold patterns too. Raises ThinDataError as ``geo.statistics.emerging`` does.
    """
    stepped = steps(scene.history(choice.harms, choice.category), scene.periods, scene.graph)
    found = emerging(stepped.counts, scene.graph)
    codes = np.where(cold, found.patterns, np.maximum(found.patterns, 0)).astype(np.int8)
    known = np.array(scene.spread([True] * len(codes), other=False))
    every = np.array(scene.spread(codes.tolist(), 0), dtype=np.int8)
    painted = categories.patterns(every, cold=cold, known=known)
    hot, there = (found.states == 1).sum(axis=1), int(known_steps(found.states).sum())
    labels = tuple(p.say_range(one) for one in stepped.periods)
    times = [f"{n} of {there}" for n in hot.tolist()]
    names = [_name(code) for code in codes.tolist()]
    return MeasureResult(
        values=np.array(scene.spread(_strength(codes, found).tolist(), np.nan)),
        words=painted.words,
        texts=painted.words,
        facts=(
            Fact("pattern", "Pattern", scene.spread(names, "–")),
            Fact("hot_steps", f"Hot in how many {_many(stepped)}", scene.spread(times, "–")),
        ),
        headline=_headline(scene, codes, np.nan_to_num(found.z[:, -1]), labels),
        method=METHOD.format(step="half-term" if _by_half_terms(stepped) else _STEPS[stepped.length]),
        meaning=MEANING,
        painted=painted,
        past=Past(labels, _every(scene, found.states)),
    )


def _name(code: int) -> str:
    """Name a pattern: "New", "Cold persistent"."""
    return Pattern(code).name.replace("_", " ").capitalize() if code else "None"


def _every(scene: Scene, states: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    every = np.full((len(scene.view.units.codes), states.shape[1]), np.nan)
    every[scene.kept] = states
    return every


def _strength(codes: Codes, found: Emerged) -> npt.NDArray[np.float64]:
    """Return what ranks units: those newly hot first, then other hot ones; within these by the latest score."""
    lately = np.isin(codes, _NOW) * 2 + (codes > 0)
    latest = np.nan_to_num(found.z[:, -1])
    return np.asarray(100.0 * lately + np.clip(latest, -49, 49), dtype=np.float64)


def _by_half_terms(stepped: Steps) -> bool:
    return p.is_half_term(stepped.periods[-1][-1])


def _many(stepped: Steps) -> str:
    return "half-terms" if _by_half_terms(stepped) else "months" if stepped.length == 1 else "steps"


def _headline(scene: Scene, codes: Codes, latest: npt.NDArray[np.float64], labels: Sequence[str]) -> str:
    """Say which patterns there are, those of now first, and where the first of them is strongest."""
    until = f"up to {labels[-1]}"
    there = [pattern for pattern in Pattern if pattern > 0 and (codes == pattern).any()]
    if not there:
        return f"No area has been a hot spot, {until}."
    counted = [f"{int((codes == one).sum()):,} {_name(one).lower()}" for one in there]
    strongest = np.flatnonzero(codes == there[0])
    name = scene.view.units.names[scene.kept[strongest[np.argmax(latest[strongest])]]]
    return f"{name} stands out most, {_name(there[0]).lower()}; in all, {until}: {', '.join(counted)}."
