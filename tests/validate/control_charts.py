"""Control charts of simulated series: how often they speak where nothing has changed, and how soon they see a step.

Beside the limits that charts have stand those by mean moving ranges, from which no point is left out (``by_ranges``).

The bar is what the four rules do themselves, with limits that are known and normal values, on as many points. A signal
is an unbroken stretch of points that rules call up, or down, whichever rules these are: one event, told once.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.errors import ThinDataError
from geo.statistics.control.g_chart import GChart, g_chart
from geo.statistics.control.limits import ControlLimits, of_counts, of_rates, rates, xmr
from geo.statistics.control.rules import Signals, signals

SERIES: Final = 1_000
PERIODS: Final = 36
BEFORE: Final = 24  # stable periods, and then those in which a step of a half is to be seen
AFTER: Final = 6
STEPPING: Final = (5, 10, 20, 30, 50)
SURE: Final = 20  # incidents a period, from which a step has to be found
TIMES: Final = {"up": 1.5, "down": 0.5}
AFTER_RARE: Final = 12
SHORT: Final = (12, 18, 24)  # periods of a series that is all baseline
BURSTS: Final = (1.5, 2.0, 3.0)  # variance over mean of negative binomial counts
BURSTING: Final = (2, 5, 10, 20, 50, 200)
ODD: Final = ((1, 3.0), (2, 2.5))  # odd periods in a baseline, and how many times the usual they hold
TIMES_RARE: Final = {"up": 3.0, "down": 0.0}
RULES: Final = tuple(rule.name for rule in fields(Signals))

_OFTEN: Final = (2, 3, 5, 10, 20, 50, 200)
_TIE: Final = 0.5
_SHORTEST, _LONGEST = 51, 92  # days in a period of unequal ones

Floats = npt.NDArray[np.float64]
Limits = Callable[[Floats], ControlLimits]


def by_ranges(counts: Floats) -> ControlLimits:
    """Return limits by the mean moving range of all points of a baseline, and never closer than chance has them."""
    found = xmr(counts)
    half = np.maximum(found.high - found.centre, 3 * np.sqrt(found.centre))
    return ControlLimits(found.centre, np.maximum(found.centre - half, 0.0), found.centre + half)


def known_limits(series: int, seed: int, periods: int = PERIODS) -> Signals:
    """Return what the rules say of normal values whose mean and spread are known; the bar comes from them."""
    values = np.random.default_rng(seed).normal(100, 1, (series, periods))
    return signals(values, ControlLimits(*(np.full(values.shape, line) for line in (100.0, 97.0, 103.0))))


def counts_of(mean: float, series: int, seed: int, periods: int = PERIODS) -> float:
    """Return the signals a series of charts of counts where nothing has changed."""
    return told(_of_counts(np.random.default_rng(seed).poisson(mean, (series, periods))))


def bursts_of(mean: float, times: float, series: int, seed: int, limits: Limits = of_counts) -> float:
    """Those of counts that come in bursts, negative binomial with so many times the variance of chance."""
    size = mean / (times - 1)
    counts = np.random.default_rng(seed).negative_binomial(size, 1 / times, (series, PERIODS))
    return told(_of_counts(counts, limits))


def rates_of(mean: float, series: int, seed: int) -> float:
    """Those of charts of rates where nothing has changed but the days of a period; ``mean`` is for usual days."""
    rng = np.random.default_rng(seed)
    days = rng.integers(_SHORTEST, _LONGEST + 1, (series, PERIODS)).astype(np.float64)
    counts = rng.poisson(mean * days / ((_SHORTEST + _LONGEST) / 2)).astype(np.float64)
    return told(signals(rates(counts, days), of_rates(counts, days), _TIE / days))


def waits_of(mean: float, series: int, seed: int) -> float:
    """Return the signals a series of charts of waits where nothing has changed; series too thin for one have none."""
    found = 0
    for chart in _g_chart(np.random.default_rng(seed).poisson(mean, (series, PERIODS))):
        found += sum(_stretches((chart.signal == side)[np.newaxis]) for side in (1, -1)) + chart.rarer_now
    return found / series


def step_found(
    mean: float, way: str, series: int, seed: int, odd: tuple[int, float] = (0, 1.0), limits: Limits = of_counts
) -> float:
    """Return the share of the series that step up or down by a half in which a point after the step says so.

    Before the step are some ``odd`` periods, by chance at any place: how many, and how many times as much they hold.
    """
    rng = np.random.default_rng(seed)
    counts = rng.poisson(np.repeat([mean, TIMES[way] * mean], (BEFORE, AFTER)), (series, BEFORE + AFTER))
    for _ in range(odd[0]):
        counts[np.arange(series), rng.integers(0, BEFORE, series)] = rng.poisson(odd[1] * mean, series)
    found = _of_counts(counts, limits)
    side = 1 if way == "up" else -1
    return float(_said(found, side)[:, BEFORE:].any(axis=1).mean())


def rare_step_found(mean: float, way: str, series: int, seed: int) -> float:
    """Return the share of the series whose rare harm triples, or ends, in which a wait after that says so."""
    expected = np.repeat([mean, TIMES_RARE[way] * mean], (BEFORE, AFTER_RARE))
    counts = np.random.default_rng(seed).poisson(expected, (series, BEFORE + AFTER_RARE))
    if way == "down":
        return sum(chart.rarer_now for chart in _g_chart(counts)) / series
    return sum(bool((chart.signal[chart.at >= BEFORE] == 1).any()) for chart in _g_chart(counts)) / series


def told(found: Signals) -> float:
    """Return the signals a series."""
    return sum(_stretches(_said(found, side)) for side in (1, -1)) / len(found.astronomical)


def by_rule(found: Signals) -> dict[str, float]:
    """Return the signals a series of each rule by itself."""
    both = {rule: sum(_stretches(getattr(found, rule) == side) for side in (1, -1)) for rule in RULES}
    return {rule: number / len(found.astronomical) for rule, number in both.items()}


def _of_counts(counts: npt.NDArray[np.int64], limits: Limits = of_counts) -> Signals:
    values = counts.astype(np.float64)
    return signals(values, limits(values), _TIE)


def _g_chart(counts: npt.NDArray[np.int64]) -> Iterator[GChart]:
    for row in counts.astype(np.float64):
        with suppress(ThinDataError):
            yield g_chart(row)


def _said(found: Signals, side: int) -> npt.NDArray[np.bool_]:
    return np.any([getattr(found, rule) == side for rule in RULES], axis=0)


def _stretches(there: npt.NDArray[np.bool_]) -> int:
    begins = there.copy()
    begins[:, 1:] &= ~there[:, :-1]
    return int(begins.sum())


STABLE: Final[dict[str, Callable[[float, int, int], float]]] = {
    "counts": counts_of,
    "rates": rates_of,
    "waits": waits_of,
}
MEANS: Final = {"counts": _OFTEN, "rates": _OFTEN, "waits": (0.3, 0.7, 1.5)}
