"""Near repeats (Knox test): does one incident bring others soon after and close by? For incidents whose days are known.

Knox's test counts the pairs of incidents that lie close in space and in time. Then it deals the dates out again at
random, many times: places keep their incidents and days keep theirs, and only what ties the two together is gone.

Sources: E. G. Knox, The detection of space-time interactions, Applied Statistics 13 (1964); S. D. Johnson and others,
Space-time patterns of risk, Journal of Quantitative Criminology 23 (2007), for dates that are permuted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from geo.arrays import Floats
from geo.errors import InputError, ThinDataError
from geo.statistics.near_repeat_bands import DAYS, METRES
from geo.wording import how_many

Days = npt.NDArray[np.int64]
Progress = Callable[[float, str], None]  # share done from 0 to 1, what is being done

DISTANCE: Final = "distance"
TIME: Final = "time"
OBSERVED: Final = "observed"
EXPECTED: Final = "expected"
RATIO: Final = "ratio"
P: Final = "p"
SENTENCE: Final = "sentence"

MIN_INCIDENTS: Final = 30
MIN_PAIRS: Final = 10  # observed and expected together; with fewer, a ratio says nothing
MAX_PAIRS: Final = 5_000_000  # some 250 MB, and a minute
SIGNIFICANCE: Final = 0.05
RUNS: Final = 999

MONTHS_ONLY: Final = (
    "This series has months, not days, and a near-repeat test needs days; choose a dataset with days, or look at the "
    "monthly trend instead."
)
ONE_DAY: Final = (
    "A near-repeat test needs days, and here every incident has the same day of the month, which stands for the month "
    "alone; choose a dataset with days, or look at the monthly trend instead."
)

_AT_ONCE: Final = 1 << 16  # pairs, so that their figures stay where the processor reaches them fast


@dataclass(frozen=True)
class _Pairs:
    """Pairs of incidents by position; those of the distance band ``b`` stand from ``ends[b]`` to ``ends[b + 1]``."""

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]


def near_repeats(
    xy: Floats,
    days: Days,
    seed: int,
    *,
    metres: Sequence[float] = METRES,
    time: Sequence[int] = DAYS,
    runs: int = RUNS,
    tell: Progress | None = None,
) -> pd.DataFrame:
    """Return how many more pairs of incidents are close in space and time than if dates had nothing to do with places.

    Parameters
    ----------
    xy
        Where incidents happened, [n, 2] in metres (EPSG:27700).
    days
        When, [n] in whole days since 1970-01-01.
    seed
        Of the random dates.
    metres, time
        Where bands begin and end, ascending, in metres and days: 0, 100, 200 means [0, 100) and [100, 200). A pair on
        the same day and place is in the first band of each that begins with 0.
    runs
        How many times dates are dealt out.
    tell
        Called with the part done and what is being done.

    Returns
    -------
    pandas.DataFrame
        A line for each band of distance and of time, the closest first: ``distance`` and ``time`` (in words),
        ``observed`` (pairs), ``expected`` (mean of the random ones), ``ratio`` (NaN when none is expected), ``p`` and
        ``sentence``. p is (random runs with at least as many + 1) / (runs + 1), for each line by itself: the first
        line is the test, and the others say how far it reaches.

    Raises
    ------
    ThinDataError
        If there are fewer than 30 incidents, if they know months only, or when no two are as close as that.
    InputError
        If there are more than five million pairs, or bands that do not ascend.
    """
    _require_bands(metres, time)
    _require_days(days)
    pairs = _pairs(xy, metres)
    rng, report = np.random.default_rng(seed), tell or (lambda _share, _what: None)
    shuffled = days - days.min()
    shuffled = shuffled.astype(np.int16 if shuffled.max() < 1 << 15 else np.int64)  # small ones are fetched faster
    observed = _count_periods(pairs, shuffled, time)
    total, at_least = np.zeros(observed.shape), np.ones(observed.shape)
    for run in range(runs):
        rng.shuffle(shuffled)
        found = _count_periods(pairs, shuffled, time)
        total += found
        at_least += found >= observed
        report((run + 1) / runs, "Dealing out dates at random")
    return _table(observed, total / runs, at_least / (runs + 1), metres, time)


def _require_bands(*bands: Sequence[float]) -> None:
    for edges in bands:
        if len(edges) < 2 or edges[0] < 0 or not all(np.diff(edges) > 0):
            raise InputError(
                "Bands of distance and of time must begin at 0 or above and each end after it began, and these do not; "
                "write for example 0, 100, 200."
            )


def _require_days(days: Days) -> None:
    if len(days) < MIN_INCIDENTS:
        raise ThinDataError(
            f"A near-repeat test needs at least {MIN_INCIDENTS} incidents with a day and a place, and here are "
            f"{len(days)}; choose a longer period or more kinds of harm."
        )
    dates = days.astype("datetime64[D]")
    if len(np.unique(dates - dates.astype("datetime64[M]").astype("datetime64[D]"))) == 1:
        raise ThinDataError(ONE_DAY)


def _pairs(xy: Floats, metres: Sequence[float]) -> _Pairs:
    """Return the pairs in each band of distance; raises errors for too many and for none."""
    tree, widest = cKDTree(xy), metres[-1]
    # Counted before they are listed: the list may be larger than the memory.
    number = (int(tree.count_neighbors(tree, widest)) - len(xy)) // 2
    if number > MAX_PAIRS:
        raise InputError(
            f"A near-repeat test can take {MAX_PAIRS:,} pairs of incidents within {widest:g} m, and here are "
            f"{number:,}; choose a smaller area, a shorter period or a smaller distance."
        )
    found = tree.query_pairs(widest, output_type="ndarray")
    distance = np.hypot(*(xy[found[:, 0]] - xy[found[:, 1]]).T)
    band = np.searchsorted(metres, distance, side="right") - 1
    kept = (band >= 0) & (band < len(metres) - 1)
    if not kept.any():
        raise ThinDataError(
            f"A near-repeat test needs incidents close to each other, and no two of these {len(xy):,} lie "
            f"{metres[0]:g} to {widest:g} m apart; choose a longer period, more kinds of harm or a larger distance."
        )
    found, band = found[kept], band[kept]
    order = np.lexsort((found[:, 0], band))
    ends = np.searchsorted(band[order], np.arange(len(metres)))
    one, other = np.ascontiguousarray(found[order].T)
    return _Pairs(one, other, ends)


def _count_periods(pairs: _Pairs, days: npt.NDArray[np.integer], time: Sequence[int]) -> npt.NDArray[np.int64]:
    """Count pairs by band of distance and of time."""
    below = np.zeros((len(pairs.ends) - 1, len(time)), dtype=np.int64)
    for band, (first, end) in enumerate(zip(pairs.ends[:-1], pairs.ends[1:], strict=True)):
        for start in range(first, end, _AT_ONCE):
            these = slice(start, min(start + _AT_ONCE, end))
            days_apart = np.abs(days[pairs.one[these]] - days[pairs.other[these]])
            below[band] += [np.count_nonzero(days_apart < edge) for edge in time]
    return np.diff(below, axis=1)


def _table(
    observed: npt.NDArray[np.int64],
    expected: Floats,
    p: Floats,
    metres: Sequence[float],
    time: Sequence[int],
) -> pd.DataFrame:
    ratio = np.divide(observed, expected, out=np.full(expected.shape, np.nan), where=expected > 0)
    lines = [
        {
            DISTANCE: f"{near:g} to under {far:g} m",
            TIME: _days(soon, late),
            OBSERVED: observed[at],
            EXPECTED: expected[at],
            RATIO: ratio[at],
            P: p[at],
            SENTENCE: f"{_where(near, far, soon, late)}, {_what(observed[at], expected[at], p[at])}.",
        }
        for at, (near, far, soon, late) in _bands(metres, time)
    ]
    return pd.DataFrame(lines)


def _bands(metres: Sequence[float], time: Sequence[int]) -> list[tuple[tuple[int, int], tuple[float, float, int, int]]]:
    """List the bands, the closest first: position, nearest and farthest metre, first and last day."""
    return [
        ((row, column), (metres[row], metres[row + 1], time[column], time[column + 1]))
        for row in range(len(metres) - 1)
        for column in range(len(time) - 1)
    ]


def _days(soon: int, late: int) -> str:
    if late - soon > 1:
        return f"{soon} to {late - 1} days"
    return how_many(soon, "day", "days") if soon else "the same day"


def _where(near: float, far: float, soon: int, late: int) -> str:
    where = f"At {near:g} to {far:g} m" if near else f"Within {far:g} m"
    whole = how_many(late, "day", "days")
    when = f"{soon} to {whole}" if soon else f"within {whole}" if near else whole
    return f"{where} and {when} of an incident"


def _what(observed: int, expected: float, p: float) -> str:
    if observed + expected < MIN_PAIRS:
        return "there were too few incidents to say anything"
    chance = f"p = {p:.3f}"
    if not expected:
        return f"there were {observed:,} pairs of incidents, and by chance alone there would be none ({chance})"
    times = f"{observed / expected:.2f} times as many"
    if p < SIGNIFICANCE:
        return f"incidents were {times} as if the dates had nothing to do with each other ({chance})"
    return f"there were no more incidents than chance alone brings ({times}, {chance})"
