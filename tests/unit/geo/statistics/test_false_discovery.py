"""p-values of many tests equal those of statsmodels, and what could not be tested stays so."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from geo.statistics.false_discovery import benjamini_hochberg, holm


@pytest.mark.parametrize(("adjust", "theirs"), [(benjamini_hochberg, "fdr_bh"), (holm, "holm")])
def test_adjusted_p_equal_those_of_an_independent_library(adjust, theirs):
    p = np.random.default_rng(1).random(40) ** 4
    assert adjust(p) == pytest.approx(multipletests(p, method=theirs)[1])
    gaps = np.insert(p, [0, 7, 40], np.nan)
    assert np.isnan(adjust(gaps)).sum() == 3
    assert adjust(gaps)[~np.isnan(gaps)] == pytest.approx(adjust(p))


def test_no_test_at_all_is_no_error():
    assert holm(np.array([])).tolist() == []
    assert np.isnan(holm(np.array([np.nan]))).all()
