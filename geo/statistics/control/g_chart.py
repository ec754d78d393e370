"""g-chart: a control chart of the periods between one incident and the next, for harms so rare that counts say nothing.

Where most periods have no incident or one, limits around counts have no room below and are passed by two. How long it
takes to the next incident says more, and is easily told: "none for 14 months, where 3 are usual" (g-chart). It shows
well that incidents have become rarer, and late that they come more often, for many are then of one period. Sources:
Benneyan (2001), Quality Engineering 13(4); Provost and Murray (2011), with the median as its centre, as in qicharts2.
"""

from dataclasses import dataclass
from math import ceil, log, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.arrays import Floats
from geo.errors import ThinDataError
from geo.statistics.control.limits import BASELINE_POINTS, MIN_POINTS
from geo.statistics.control.rules import IN_A_ROW, in_a_row
from geo.statistics.control.scatter import SIGMAS

RARE: Final = 2.0  # incidents a period, under which waits say more than counts
MIN_INCIDENTS: Final = 5
LONGEST_RUN: Final = BASELINE_POINTS  # waits; a run as long as a baseline says nothing that can be told in time
_MEDIAN: Final = 0.693  # of the mean: ln 2, as for waits that end by chance


@dataclass(frozen=True)
class UsualWait:
    """What waits are usually like, in periods: ``mean``, ``centre`` (their median by theory) and ``high`` limit.

    ``run`` is how many waits below the centre in a row say that incidents come more often; None where no run does, for
    waits are so short that nearly all lie below the centre anyway. ``trial``: from fewer than 12 waits. The figures are
    NaN, and ``run`` None, where fewer than 4 waits are known, or all incidents are of one period.
    """

    mean: float
    centre: float
    high: float
    run: int | None
    trial: bool


@dataclass(frozen=True)
class GChart:
    """Waits by incident, in order of time: ``at`` the period of the incident, from 0, ``wait`` the periods up to it.

    ``wait`` counts from the incident before, and is 0 where both are of one period. It is NaN for the first incident,
    and where figures of a period between them are missing. ``centre`` and ``high`` are what each wait is compared with.
    ``signal`` is −1 for a wait above its limit (rarer), 1 for those of a run below the centre (more often), else 0.
    ``since`` is how many whole periods have passed without an incident after the last one; NaN where there is none, or
    where figures are missing since. ``now`` is what is usual at the end.
    """

    at: npt.NDArray[np.intp]
    wait: Floats
    centre: Floats
    high: Floats
    signal: npt.NDArray[np.int8]
    since: float
    now: UsualWait

    @property
    def rarer_now(self) -> bool:
        """Whether the wait that is still going on is above the limit already."""
        return self.since > self.now.high


def g_chart(values: Floats) -> GChart:
    """Return how long it took from one incident to the next, and whether that has changed.

    ``values`` are counts of single incidents by period, NaN where there is no figure; counts rounded to fives are none.
    The first 24 known waits say what is usual: the centre is 0.693 times their mean m, the limit m + 3√(m(m + 1)), as
    for a geometric distribution. A wait above it is a signal, and so is a run below the centre as long as makes it no
    likelier under that distribution than seven on one side of a symmetric chart, 2⁻⁷. No run crosses a wait that is not
    known. Raises ThinDataError for fewer than 5 incidents.
    """
    if np.nansum(values) < MIN_INCIDENTS:
        # How many there are is not told: not everybody may see a sum under 10.
        raise ThinDataError(
            f"The waits between incidents need at least {MIN_INCIDENTS} incidents, and there are fewer; "
            "choose a longer time, a larger area or more kinds of harm together."
        )
    return however_few(values)


def however_few(values: Floats) -> GChart:
    """Return what ``g_chart`` does, without limits and signals where there are too few incidents for any."""
    at = np.repeat(np.arange(len(values)), np.nan_to_num(values).astype(np.intp))
    wait = _between(at, values)
    usual = _usual(wait)
    centre, high = np.full(wait.shape, usual.centre), np.full(wait.shape, usual.high)
    return GChart(at, wait, centre, high, _signal(wait, usual), _since(at, values), usual)


def _between(at: npt.NDArray[np.intp], values: Floats) -> Floats:
    """Return the wait before each incident; NaN where a missing period lies in between."""
    passed = np.isnan(values).cumsum()[at]
    wait = np.full(at.shape, np.nan)
    wait[1:] = np.where(np.diff(passed) == 0, np.diff(at), np.nan)
    return wait


def _usual(wait: Floats) -> UsualWait:
    known = wait[~np.isnan(wait)][:BASELINE_POINTS]
    trial = len(known) < MIN_POINTS
    mean = float(known.mean()) if len(known) >= MIN_INCIDENTS - 1 else 0.0
    if not mean:
        return UsualWait(np.nan, np.nan, np.nan, None, trial)
    centre = _MEDIAN * mean
    return UsualWait(mean, centre, mean + SIGMAS * sqrt(mean * (mean + 1)), _run(mean, centre), trial)


def _run(mean: float, centre: float) -> int | None:
    """Return how many waits below the centre are as unlikely as a run of seven; None where they are too many."""
    below = 1 - (mean / (mean + 1)) ** ceil(centre)
    # A hair less, so that a half, whose logarithm may have any last digit, takes seven.
    run = ceil(IN_A_ROW * log(2) / -log(below) - 1e-9)
    return run if run <= LONGEST_RUN else None


def _signal(wait: Floats, usual: UsualWait) -> npt.NDArray[np.int8]:
    signal = np.where(wait > usual.high, np.int8(-1), np.int8(0))
    if usual.run is None:
        return signal
    below, known = (wait < usual.centre)[np.newaxis], ~np.isnan(wait)
    long_enough = in_a_row(below, known[np.newaxis]) >= usual.run
    return np.where((below & long_enough)[0], np.int8(1), signal)


def _since(at: npt.NDArray[np.intp], values: Floats) -> float:
    """Count the periods after the last incident."""
    if not at.size:
        return float("nan")
    after = values[at[-1] + 1 :]
    return float("nan") if np.isnan(after).any() else float(len(after))
