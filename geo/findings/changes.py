"""Changes: which areas rose or fell from the same periods a year before, apart from what all others did.

Each area is compared by the conditional binomial test (``geo.statistics.ratios``) with the course of all others as
what to expect. Real counts scatter more than chance alone would have them, so a change must also stand out from the
scatter of all areas' changes (over-dispersion by random effects on the square-root scale, winsorised by a tenth, as
Spiegelhalter 2005). It is the busy areas that scatter more than chance, so it is added and does not multiply.
Of many areas some change by chance: the false discovery rate is held at 5 % (Benjamini and Hochberg 1995).
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import false_discovery_control, norm
from scipy.stats.mstats import winsorize

from geo import periods as p
from geo.errors import ThinDataError
from geo.findings.finding import Finding, Kind
from geo.release.balancing import STEP
from geo.scene import Scene
from geo.statistics.ratios import LEAST, Ratios, compare_all

Floats = npt.NDArray[np.float64]

FALSE: Final = 0.05  # share of the changes told that may be chance
TAIL: Final = 0.1  # share of areas at each end whose scatter is pulled in
FEWEST: Final = 5  # areas that can be compared, under which nothing is said of how all of them scatter


def before(scene: Scene, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Give the same periods of a year before. Raises ThinDataError when any of either side has no figures."""
    earlier = tuple(p.year_before(chosen))
    there = {period for period, known in zip(scene.periods, scene.supplied, strict=True) if known}
    lacking = [period for period in (*earlier, *chosen) if period not in there]
    if lacking:
        raise ThinDataError(
            f"A change is told from the same {p.unit_of(chosen)}s a year before, and {p.say(lacking[0])} has no "
            "figures; choose a later or a shorter period."
        )
    return earlier


def find(scene: Scene, harm: str, chosen: tuple[str, ...]) -> list[Finding]:
    """Find the areas whose change stands out, in the counts of one harm group.

    Raises ThinDataError when a year before cannot be set beside the chosen periods, or hardly any area can be tested.
    """
    earlier = before(scene, chosen)
    then, now = _totals(scene, harm, earlier), _totals(scene, harm, chosen)
    off_by = STEP if scene.seen.cube.protected else 0.0
    ratios = compare_all(then, now, then.sum() - then, now.sum() - now, off_by=off_by)
    testable = ~np.isnan(ratios.p)
    if testable.sum() < FEWEST:
        raise ThinDataError(
            f"A change needs {LEAST} incidents or more in the two periods together, and fewer than {FEWEST} areas "
            "have them; choose a longer period or larger areas."
        )
    sure, _ = held_against_scatter(then, now, ratios)
    real = np.zeros(len(then), dtype=np.bool_)
    real[testable] = false_discovery_control(sure[testable]) <= FALSE
    own = compare_all(then, now, np.ones(len(then)), np.ones(len(then)), off_by=off_by)
    return [_finding(scene, harm, chosen, own, int(at), then, now, float(sure[at])) for at in np.flatnonzero(real)]


def held_against_scatter(then: Floats, now: Floats, ratios: Ratios) -> tuple[Floats, float]:
    """Give each p no smaller than the scatter of all areas' changes allows, and that scatter: 0 is chance alone.

    It is the variance, from area to area, of the logarithm of the true change.
    """
    tested = ~np.isnan(ratios.p)
    expected = then.sum() and now.sum() / then.sum()
    z = 2 * (np.sqrt(now) - np.sqrt(expected * then)) / np.sqrt(1 + expected)
    # The more an area holds, the less chance hides of how it scatters: z has a variance of 1 + scatter × weight.
    weight = expected * (then + now) / (1 + expected) ** 2
    scatter = _scatter(z[tested], weight[tested])
    return np.fmax(ratios.p, 2 * norm.sf(np.abs(z) / np.sqrt(1 + scatter * weight))) + 0 * ratios.p, scatter


def _scatter(z: Floats, weight: Floats) -> float:
    """Give the scatter with which pulled-in scores vary as much as pulled-in normal ones do (Paule and Mandel 1982)."""
    usual = _pulled_in_variance(int(TAIL * len(z)) / len(z))

    def too_wide(scatter: float) -> float:
        pulled_in = np.asarray(winsorize(z / np.sqrt(1 + scatter * weight), limits=(TAIL, TAIL)))
        return float(np.mean(pulled_in**2)) - usual

    if too_wide(0) <= 0:
        return 0.0
    return float(brentq(too_wide, 0, float(np.max(z**2) / np.min(weight)) / usual))


def _pulled_in_variance(part: float) -> float:
    """Give the variance of a standard normal score of which this part at each end is pulled in."""
    if not part:
        return 1.0
    end = float(norm.isf(part))
    return 1 - 2 * part - 2 * end * float(norm.pdf(end)) + 2 * part * end**2


def _totals(scene: Scene, harm: str, chosen: tuple[str, ...]) -> Floats:
    where = [scene.periods.index(period) for period in chosen]
    totals: Floats = scene.history((harm,))[:, where].sum(axis=1)
    return totals


def _finding(
    scene: Scene, harm: str, chosen: tuple[str, ...], own: Ratios, at: int, then: Floats, now: Floats, sure: float
) -> Finding:
    elsewhere = float((now.sum() - now[at]) / (then.sum() - then[at]))
    return Finding(
        kind=Kind.RISE if now[at] > then[at] * elsewhere else Kind.FALL,
        harms=(harm,),
        level=scene.level,
        units=(int(scene.kept[at]),),
        periods=chosen,
        observed=float(now[at]),
        expected=float(then[at]),
        ratio=float(own.ratio[at]),
        p=sure,
        share=1.0,
        low=float(own.low[at]),
        high=float(own.high[at]),
        elsewhere=elsewhere,
    )
