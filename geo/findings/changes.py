"""Changes: which areas rose or fell from the same periods a year before, beyond what all others did.

Each area's share of all is set against its share a year before (``geo.statistics.share_changes``): that allows for the
scatter of its counts, for how places wander from year to year, and for the many areas that are looked at.
"""

from typing import Final

import numpy as np
from scipy.sparse import csr_array, eye_array

from geo.calendar import periods as p
from geo.errors import ThinDataError
from geo.findings.finding import Finding, FindingKind
from geo.findings.told import SIGNIFICANCE, Detected, Family
from geo.release.balancing import STEP
from geo.statistics.rate_ratio import MIN_EVENTS, compare
from geo.statistics.share_changes import FALL, RISE, Contrast, ShareChanges, share_changes
from geo.views.scene import PAST, Scene

MIN_AREAS: Final = 5  # areas that can be compared, under which all others together show no change
SEED: Final = 21


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


def find(scene: Scene, harm: str, chosen: tuple[str, ...]) -> list[Detected]:
    """Return the areas whose change stands out, in the counts of one harm group.

    Raises ThinDataError when the chosen periods cannot be compared with a year before, or hardly any area can be
    tested.
    """
    earlier = before(scene, chosen)
    in_both = scene.history((harm,))[:, [scene.periods.index(period) for period in (*earlier, *chosen)]].sum(axis=1)
    if np.count_nonzero(in_both >= MIN_EVENTS) < MIN_AREAS:
        raise ThinDataError(
            f"A change needs {MIN_EVENTS} incidents or more in the two periods together, and fewer than {MIN_AREAS} "
            "areas have them; choose a longer period or larger areas."
        )
    known = [at for at in range(_first(scene, earlier), len(scene.periods)) if scene.supplied[at]]
    there = [scene.periods[at] for at in known]
    contrast = Contrast(*(tuple(there.index(period) for period in side) for side in (chosen, earlier)))
    counts = scene.history((harm,))[:, known]
    each = csr_array(eye_array(len(counts), dtype=np.float32))
    found = share_changes(counts, each, [contrast], seed=SEED, ways=(RISE, FALL))
    then = counts[:, list(contrast.then)].sum(axis=1)
    told = np.flatnonzero((found.p[:, 0] <= SIGNIFICANCE) & (found.observed[:, 0] + then >= MIN_EVENTS))
    every = (_finding(scene, harm, chosen, found, int(at), float(then[at])) for at in told)
    # Of protected counts a change is told only where it would be one were each of them off by its rounding.
    sure = tuple(one for one in every if one.low > one.elsewhere or one.high < one.elsewhere)
    return [Detected(Family.CHANGE, scene, sure, found.strongest)]


def _first(scene: Scene, earlier: tuple[str, ...]) -> int:
    """Return the first period that is looked back at: three years ago, or where what is compared begins."""
    return min(scene.periods.index(earlier[0]), max(len(scene.periods) - PAST, 0))


def _finding(scene: Scene, harm: str, chosen: tuple[str, ...], found: ShareChanges, at: int, then: float) -> Finding:
    now, elsewhere = float(found.observed[at, 0]), float(found.elsewhere[at, 0])
    off_by = STEP if scene.view.cube.protected else 0.0
    by_itself = compare(then, now, 1, 1, off_by, dispersion=float(found.dispersion[at, 0]))
    return Finding(
        kind=FindingKind.RISE if now > then * elsewhere else FindingKind.FALL,
        harms=(harm,),
        level=scene.level,
        units=(int(scene.kept[at]),),
        periods=chosen,
        observed=now,
        expected=then,
        ratio=by_itself.ratio,
        p=float(found.p[at, 0]),
        score=float(found.score[at, 0]),
        share=1.0,
        low=by_itself.low,
        high=by_itself.high,
        elsewhere=elsewhere,
        usual=then,
    )
