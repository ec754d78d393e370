"""Change apart: it goes by what others did, and allows for how much they differ."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from geo.statistics.change_apart import change_apart


def test_p_is_that_of_the_four_counts_where_others_differ_by_chance_alone():
    found = change_apart(20, 45, np.full(40, 10_000.0), np.full(40, 12_000.0))
    expected = chi2_contingency([[20, 45], [400_000, 480_000]], correction=True).pvalue
    assert found.p == pytest.approx(expected, rel=0.01)
    assert found.rose


def test_a_rise_that_all_around_share_is_none():
    assert change_apart(20, 40, np.full(40, 100.0), np.full(40, 200.0)).p == 1
    assert not change_apart(20, 20, np.full(40, 100.0), np.full(40, 200.0)).rose


def test_of_places_that_change_as_others_do_one_in_twenty_at_most_is_called_changed():
    rng = np.random.default_rng(1)
    levels = rng.gamma(4, 0.25, (2, 500, 60))
    before, now = rng.poisson(30 * levels)
    p = [change_apart(b[0], n[0], b[1:], n[1:]).p for b, n in zip(before, now, strict=True)]
    assert np.mean(np.array(p) <= 0.05) <= 0.07


@pytest.mark.parametrize(("before", "now", "others"), [(4, 5, np.ones(40)), (20, 20, np.zeros(40))])
def test_nothing_is_said_of_too_little(before, now, others):
    assert change_apart(before, now, others, others) is None
