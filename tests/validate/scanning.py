"""The space-time scan in simulated places: how often it finds what is not there, and what was planted.

With 199 replications in place of 999, p is as right and the scan finds a little less.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo.harms import HARM_GROUPS
from geo.release.rounding import RoundingError, protect
from geo.statistics.scan import scan
from tests.validate.places import PERIODS, Place

RATES: Final = (2.0, 0.4)  # cases in the average area and period: a frequent harm and a rare one
KINDS: Final = {"as they are": 1, "each rounded to 5": 5, "as released": 5}

_REPLICATIONS: Final = 199
_A_YEAR: Final = 6  # half-terms
_PARENT: Final = 5  # areas in a larger one

Floats = npt.NDArray[np.float64]


def false_alarm(place: Place, rate: float, kind: str, seed: int) -> bool:
    """Tell whether anything is flagged in counts without any cluster."""
    rng = np.random.default_rng(seed)
    counts = _shown(rng.poisson(place.usual(rate)), kind, rng)
    return bool(_found(place, counts, rng))


def found(place: Place, usual: int, kind: str, seed: int) -> bool:
    """Tell whether a planted cluster is found: one that is flagged holds at least two of the three areas."""
    rng = np.random.default_rng(seed)
    three = place.three(rng)
    counts = _shown(rng.poisson(place.planted(three, usual)), kind, rng)
    return any(len(set(three.tolist()) & areas) >= 2 for areas in _found(place, counts, rng))


def _found(place: Place, counts: Floats, rng: np.random.Generator) -> list[set[int]]:
    seed = int(rng.integers(2**32))  # not the one that the counts come from
    found = scan(counts, place.points, seed=seed, replications=_REPLICATIONS)
    return [set(one.areas) for one in found.clusters]


def _shown(cases: npt.NDArray[np.int64], kind: str, rng: np.random.Generator) -> Floats:
    if kind == "as released":
        return _released(cases, rng)
    step = KINDS[kind]
    return step * np.floor(cases / step + rng.random(cases.shape)) if step > 1 else cases.astype(np.float64)


def _released(cases: npt.NDArray[np.int64], rng: np.random.Generator) -> Floats:
    """The cases of one harm as a release of all shows them, half-term after half-term; the others are as many."""
    areas, harms = len(cases), len(HARM_GROUPS)
    others = rng.poisson(cases.mean(), (areas, PERIODS, harms - 1))
    n = np.concatenate([cases[:, :, None], others], axis=2)
    secret, parent = rng.bytes(32), np.arange(areas) // _PARENT
    rounding_error, shown = RoundingError.fresh(areas, int(parent.max()) + 1), []
    for period in range(PERIODS):
        if period and period % _A_YEAR == 0:
            rounding_error = rounding_error.next_year(areas, np.arange(areas))
        now = n[np.newaxis, :, period]
        names = [f"{period}|{area}|{harm}" for area in range(areas) for harm in range(harms)]
        shown.append(protect(now, parent, rounding_error, names, secret))
        rounding_error = rounding_error.after(now, shown[-1], parent)
    return np.stack(shown)[:, :, 0].T.astype(np.float64)
