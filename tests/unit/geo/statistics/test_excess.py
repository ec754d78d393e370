"""Excess: it equals scipy's negative binomial, is right under the null, and says nothing of too few places."""

import numpy as np
import pytest
from scipy.stats import nbinom

from geo.statistics.excess import excess


def alike(number, mean, size, seed=0, exposures=None):
    """Draw counts of places that differ among themselves (negative binomial, size ``size``)."""
    rng = np.random.default_rng(seed)
    exposures = np.ones(number) if exposures is None else exposures
    return rng.poisson(mean * exposures * rng.gamma(size, 1 / size, number)).astype(float), exposures


def test_p_and_what_is_usual_are_those_of_the_negative_binomial_that_the_others_show():
    counts, exposures = alike(400, 20, 3)
    found = excess(60.0, 2.0, counts, exposures, power=0.5)
    mean = counts.mean()
    alpha = ((counts - mean) ** 2 - mean).mean() / mean**2
    alpha = (alpha + (1 + alpha) / 400) * (1 + 2 / 399)
    law = nbinom(1 / alpha, 1 / (1 + alpha * mean * 2**0.5))
    assert found.expected == pytest.approx(mean * 2**0.5)
    assert found.p == pytest.approx(law.sf(59))
    assert law.sf(found.usual) <= 0.05 < law.sf(found.usual - 1)
    assert found.low < 60 / found.expected < found.high


@pytest.mark.parametrize("size", [1.5, 3, 1e6])
@pytest.mark.parametrize("number", [12, 60, 400])
def test_of_places_that_are_like_the_others_one_in_twenty_at_most_is_high(size, number):
    p = []
    for seed in range(400):
        counts, exposures = alike(number + 1, 15, size, seed)
        p.append(excess(counts[0], 1.0, counts[1:], exposures[1:]).p)
    assert np.mean(np.array(p) <= 0.05) <= 0.05 + 2 * (0.05 * 0.95 / 400) ** 0.5


def test_a_place_with_nothing_is_never_high():
    counts, exposures = alike(50, 15, 3)
    assert excess(0.0, 1.0, counts, exposures).p == 1.0


@pytest.mark.parametrize(
    ("counts", "exposures", "own"),
    [
        (np.full(9, 5.0), np.ones(9), 1.0),  # too few
        (np.zeros(50), np.ones(50), 1.0),  # nothing anywhere
        (np.full(50, 5.0), np.append(np.ones(49), np.nan), 1.0),  # exposure unknown
        (np.full(50, 5.0), np.ones(50), 0.0),  # none of its own
    ],
)
def test_nothing_is_said_where_places_cannot_be_compared(counts, exposures, own):
    assert excess(5.0, own, counts, exposures) is None
