"""Overdispersion: how much more counts vary than chance alone makes them, which every test of a change allows for.

Recorded incidents come in bunches: one night counts several times, one patrol makes a month. How much of that is usual
in an area is seen from its own past, period by period, compared with what all areas do.
"""

from typing import Final

import numpy as np

from geo.arrays import Floats

_MIN_DF: Final = 8.0  # degrees of freedom where little is seen: how much counts scatter is seldom far from usual


def dispersion_of_counts(counts: Floats, rounding: float = 0.0) -> Floats:
    """Return each area's variance over that of chance, from counts by area × period without NaN.

    What is expected is area's share × period's share of all, and the variance is seen from how what is left moves from
    one period to the next (von Neumann 1941, as control charts do): a slow change is no overdispersion. An area has its
    own figure; one that looks calmer than the middle area, or than chance, has that of the middle area, or 1.
    ``rounding`` is the variance that rounding adds to a count, which is none of the incidents' own. Of fewer than two
    periods nothing is known, and all have 1.
    """
    factors = np.ones(len(counts))
    if counts.shape[1] < 2:
        return factors
    usual = counts.mean(axis=1)
    some = usual > 0
    if some.any():
        expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
        moves = np.diff(counts - expected, axis=1)
        variance = (moves**2).mean(axis=1) / 2 - rounding
        factors[some] = variance[some] / usual[some]
        factors = np.maximum(factors, max(1.0, float(np.median(factors[some]))))
    return factors


def lasting(steps: Floats, counts: Floats, elsewhere: Floats, year: int, size: int) -> float:
    """Return how many times the scatter from one period to the next that of a change from a year before is, 1 at least.

    ``steps`` are the factors of ``dispersion_of_counts`` of some rows. Bursts that go on for months, and levels that
    drift, make runs of periods a year apart differ by more (``year_on_year_dispersion``). One row shows too little of
    that, so it is seen from all together, in quarters of a year and in runs as long as what is compared (``size``).
    """
    if not len(steps):
        return 1.0
    seen = [year_on_year_dispersion(counts, elsewhere, year, each) for each in {max(1, year // 4), size}]
    return max([1.0, *(float(years.sum() / steps.sum()) for years in seen if not np.isnan(years).any())])


def degrees_of_freedom(periods: int) -> float:
    """Return with how many degrees of freedom ``dispersion_of_counts`` estimates a factor, 8 at least.

    Successive differences are two thirds as good as a variance of as many values (von Neumann 1941).
    """
    return max(_MIN_DF, 2 / 3 * (periods - 1))


def year_on_year_dispersion(counts: Floats, elsewhere: Floats, year: int, size: int) -> Floats:
    """Return each row's variance over that of chance, seen from how runs of its periods differ a year apart.

    ``counts`` and ``elsewhere`` are [row, period], NaN where a period is missing, ``year`` is how many periods a year
    has, and ``size`` how many a run has. Each run, one beginning with every period, is set against the same of the year
    before and against what happened elsewhere, by the chi-square of the four counts (Pearson 1900), 1 on average where
    chance is all there is. What is above that is scatter that lasts for months, or from one year to the next, which
    ``dispersion_of_counts`` does not see. A period that is missing on one side is left out on both. A row without
    incidents has 0. All are NaN where fewer than half a year of runs can be compared.
    """
    pairs = counts.shape[1] - year
    if pairs < size + year // 2 - 1:
        return np.full(len(counts), np.nan)
    there = np.asarray(~np.isnan(counts).any(axis=0))
    known = there[:pairs] & there[year:]

    def runs(table: Floats, first: int) -> Floats:
        summed = np.pad(np.cumsum(np.where(known, table[:, first : first + pairs], 0.0), axis=1), ((0, 0), (1, 0)))
        return summed[:, size:] - summed[:, :-size]

    then, now, then_elsewhere, now_elsewhere = (runs(each, at) for each in (counts, elsewhere) for at in (0, year))
    margins = (now + then) * (now_elsewhere + then_elsewhere) * (now + now_elsewhere) * (then + then_elsewhere)
    all_four = now + then + now_elsewhere + then_elsewhere
    moved = all_four * (now * then_elsewhere - then * now_elsewhere) ** 2
    factors: Floats = (moved / np.where(margins > 0, margins, np.inf)).mean(axis=1)
    return factors
