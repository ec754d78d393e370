"""Space-time scan: is there a cluster right now, where is it, and since when?

Kulldorff's prospective scan, set against each place's own past (Kulldorff and others 2005): every circle of
neighbouring areas that holds up to half of all incidents, with every window of the last 1 to 6 periods, is a candidate.
What is expected is what the circle held before, moved as all other areas have moved: permanent hotspots and a rise
everywhere cancel out. How often chance alone makes as strong a cluster anywhere is seen with the periods in random
order (``geo.statistics.share_changes``), so that the many candidates are accounted for, and the bursts in which
incidents are recorded as well. Replications by Poisson's law, which the method was published with, know no bursts: on
South Yorkshire with the months of each area shuffled, 7 to 8 of 10 searches then told a cluster that nothing had made.

p can be read as a recurrence interval (Kleinman and others 2004): scanned each period, chance makes a cluster once in
1/p periods.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.arrays import Bools, Floats, Positions
from geo.errors import ThinDataError
from geo.statistics.circles import circles
from geo.statistics.share_changes import REPLICATIONS, ShareChanges, latest, share_changes

WINDOWS: Final = 6
MIN_AREAS: Final = 20
MIN_INCIDENTS: Final = 10
MIN_PERIODS_BEFORE: Final = 12  # periods before the windows that tell what is usual in an area


@dataclass(frozen=True)
class Cluster:
    """Areas and last periods with more than is expected there.

    ``areas`` are positions, the nearest to ``centre`` (the first) first; ``periods`` are columns of the counts, oldest
    first. ``score`` is how far the counts lie apart, in standard deviations on the scale of square roots, and ``p`` the
    part of the replications, what was seen included, whose strongest cluster is at least as strong.
    """

    areas: tuple[int, ...]
    periods: tuple[int, ...]
    observed: int
    expected: float
    score: float
    p: float

    @property
    def centre(self) -> int:
        """The area around which the cluster is drawn."""
        return self.areas[0]

    @property
    def ratio(self) -> float:
        """Observed ÷ expected; infinite where the circle held nothing before."""
        return self.observed / self.expected if self.expected else math.inf


@dataclass(frozen=True)
class Scanned:
    """The clusters that were found, most likely first, and the strongest scores of the replications."""

    clusters: tuple[Cluster, ...]
    strongest: Floats


def scan(
    counts: Floats,
    points: Floats,
    *,
    seed: int,
    windows: int = WINDOWS,
    radius: float | None = None,
    times: float = 1.0,
    replications: int = REPLICATIONS,
    significance: float = 0.05,
) -> Scanned:
    """Return the clusters of now with p up to ``significance``, most likely first; no two of them share an area.

    ``counts`` is area × period, oldest first; a period with an unknown (NaN) is left out, of windows too. ``points``
    are the areas' centres in metres, ``radius`` the largest circle in metres. A cluster has at least ``times`` what is
    expected, and 10 incidents. The same seed gives the same, whatever the order of the areas.

    Raises ThinDataError where there is too little, ValueError for a count under 0.
    """
    if (counts < 0).any():
        raise ValueError("counts have to be 0 or more")
    known = np.flatnonzero(~np.isnan(counts).any(axis=0))
    # Areas are taken from west to east, so that their order in the input changes nothing.
    rank = np.lexsort((points[:, 1], points[:, 0]))
    cases = counts[rank][:, known]
    _refuse_thin(cases, windows)
    candidates = circles(points[rank], cases.sum(axis=1), radius)
    looked_at = latest(range(1, windows + 1), len(known))
    found = share_changes(cases, candidates.members, looked_at, seed=seed, times=times, replications=replications)
    clusters: list[Cluster] = []
    taken = np.zeros(len(cases), dtype=np.bool_)
    for circle, contrast in _strongest_first(found, candidates.lengths, significance):
        first, last = candidates.members.indptr[circle : circle + 2]
        members = candidates.members.indices[first:last]
        if taken[members].any():
            continue
        taken[members] = True
        clusters.append(_cluster(found, circle, contrast, rank[members], known[list(looked_at[contrast].now)]))
    return Scanned(tuple(clusters), found.strongest)


def _strongest_first(found: ShareChanges, lengths: Positions, significance: float) -> list[tuple[int, int]]:
    """Return circle and contrast of what is told, the strongest first; of equal ones that of fewest areas, periods."""
    told: Bools = (found.p <= significance) & (found.score > 0)
    circle, contrast = np.nonzero(told)
    order = np.lexsort((contrast, lengths[circle], -found.score[told]))
    return list(zip(circle[order].tolist(), contrast[order].tolist(), strict=True))


def _cluster(found: ShareChanges, circle: int, contrast: int, areas: Positions, periods: Positions) -> Cluster:
    at = (circle, contrast)
    return Cluster(
        areas=tuple(areas.tolist()),
        periods=tuple(periods.tolist()),
        observed=round(float(found.observed[at])),
        expected=float(found.expected[at]),
        score=float(found.score[at]),
        p=float(found.p[at]),
    )


def _refuse_thin(cases: Floats, windows: int) -> None:
    areas, periods = cases.shape
    if areas < MIN_AREAS:
        raise ThinDataError(
            f"A search for clusters needs at least {MIN_AREAS} areas, and there are {areas}; "
            "look at each area over time instead."
        )
    if periods < windows + MIN_PERIODS_BEFORE:
        raise ThinDataError(
            f"A search for clusters needs at least {MIN_PERIODS_BEFORE} periods before the last {windows}, and there "
            f"are {max(periods - windows, 0)}; add earlier ones, or look at the map of all periods together."
        )
    if cases[:, -windows:].sum() < MIN_INCIDENTS:
        raise ThinDataError(
            f"A search for clusters needs at least {MIN_INCIDENTS} incidents in the last {windows} periods, and "
            "there are fewer; choose more kinds of harm together."
        )
