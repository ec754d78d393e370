"""Changes: which areas rose or fell from the same periods a year before, beyond what all others did.

Each area is compared by the conditional binomial test (``geo.statistics.rate_ratio``) with the change of all others as
what to expect, and its p allows for the area's own overdispersion (``geo.statistics.overdispersion``). Of many areas
some change by chance: the false discovery rate is held at 5 % (Benjamini and Hochberg 1995).
"""

from typing import Final

import numpy as np

from geo.arrays import Floats
from geo.calendar import periods as p
from geo.errors import ThinDataError
from geo.findings.finding import Finding, FindingKind
from geo.release.balancing import STEP
from geo.statistics.false_discovery import benjamini_hochberg
from geo.statistics.overdispersion import quasi_p_values
from geo.statistics.rate_ratio import MIN_EVENTS, Ratios, compare_all
from geo.views.scene import Scene

FDR: Final = 0.05  # share of the changes reported that may be chance
MIN_AREAS: Final = 5  # areas that can be compared, under which all others together show no change


def before(scene: Scene, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same periods of a year before. Raises ThinDataError when any of either side has no figures."""
    earlier = tuple(p.year_before(chosen))
    there = {period for period, known in zip(scene.periods, scene.supplied, strict=True) if known}
    lacking = [period for period in (*earlier, *chosen) if period not in there]
    if lacking:
        raise ThinDataError(
            f"A change is told from the same {p.unit_of(chosen)}s a year before, and {p.say(lacking[0])} has no "
            "figures; choose a later or a shorter period."
        )
    return earlier


def spans(scene: Scene, chosen: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the runs of periods to compare with a year before: the chosen one, and a whole year up to its end.

    A year tells what a few months are too short for; it is left out where the data do not reach back two years.
    """
    size = len(p.HALVES) if p.is_half_term(chosen[-1]) else 12
    year = scene.periods[-size:]
    reaches = len(scene.periods) >= 2 * size
    return [chosen, year] if reaches and len(chosen) < size else [chosen]


def testable(scene: Scene, harm: str, chosen: tuple[str, ...]) -> int:
    """Return how many areas hold enough in some periods to be compared with a year before."""
    where = [scene.periods.index(period) for period in chosen if period in scene.periods]
    return int(np.count_nonzero(np.nansum(scene.history((harm,))[:, where], axis=1) >= MIN_EVENTS))


def find(scene: Scene, harm: str, chosen: tuple[str, ...]) -> list[Finding]:
    """Return the areas whose change stands out, in the counts of one harm group.

    Raises ThinDataError when the chosen periods cannot be compared with a year before, or hardly any area can be
    tested.
    """
    earlier = before(scene, chosen)
    then, now = _totals(scene, harm, earlier), _totals(scene, harm, chosen)
    off_by = STEP if scene.view.cube.protected else 0.0
    ratios = compare_all(then, now, then.sum() - then, now.sum() - now, off_by=off_by)
    testable = ~np.isnan(ratios.p)
    if testable.sum() < MIN_AREAS:
        raise ThinDataError(
            f"A change needs {MIN_EVENTS} incidents or more in the two periods together, and fewer than {MIN_AREAS} "
            "areas "
            "have them; choose a longer period or larger areas."
        )
    elsewhere = (now.sum() - now) / np.maximum(then.sum() - then, 1)
    sure = quasi_p_values(ratios.p, then, now, elsewhere, scene.dispersion((harm,)))
    real = benjamini_hochberg(sure) <= FDR
    by_unit = compare_all(then, now, np.ones(len(then)), np.ones(len(then)), off_by=off_by)
    return [_finding(scene, harm, chosen, by_unit, int(at), then, now, float(sure[at])) for at in np.flatnonzero(real)]


def _totals(scene: Scene, harm: str, chosen: tuple[str, ...]) -> Floats:
    where = [scene.periods.index(period) for period in chosen]
    totals: Floats = scene.history((harm,))[:, where].sum(axis=1)
    return totals


def _finding(
    scene: Scene,
    harm: str,
    chosen: tuple[str, ...],
    by_unit: Ratios,
    at: int,
    then: Floats,
    now: Floats,
    sure: float,
) -> Finding:
    elsewhere = float((now.sum() - now[at]) / (then.sum() - then[at]))
    return Finding(
        kind=FindingKind.RISE if now[at] > then[at] * elsewhere else FindingKind.FALL,
        harms=(harm,),
        level=scene.level,
        units=(int(scene.kept[at]),),
        periods=chosen,
        observed=float(now[at]),
        expected=float(then[at]),
        ratio=float(by_unit.ratio[at]),
        p=sure,
        share=1.0,
        low=float(by_unit.low[at]),
        high=float(by_unit.high[at]),
        elsewhere=elsewhere,
    )
