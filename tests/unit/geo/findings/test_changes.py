"""Changes are told where they stand out from chance, from what happened elsewhere, and from how all areas scatter."""

import numpy as np
import pytest
from scipy.stats import binom, false_discovery_control, norm

from geo.errors import ThinDataError
from geo.findings import changes
from geo.findings.finding import Kind
from geo.statistics.ratios import compare_all
from tests.unit.geo.findings import making

GRID = making.grid(8)
NOW = ("2019-10", "2019-11", "2019-12")


def two_years(then, now, areas=GRID, **of_cube):
    """Look at two years whose last three months hold ``then`` and ``now``, all in the first of them."""
    n = np.zeros((len(areas.codes), 24), dtype=int)
    n[:, 9], n[:, 21] = then, now
    return making.scene(n, areas, **of_cube)


def test_a_rise_and_a_fall_equal_the_case_worked_by_hand():
    then = np.array([20, 60, *[30] * 62])
    now = np.array([60, 20, *[30] * 62])
    rise, fall = changes.find(two_years(then, now), "violence", NOW)
    assert (rise.kind, rise.units, rise.observed, rise.expected, rise.ratio) == (Kind.RISE, (0,), 60, 20, 3)
    assert (fall.kind, fall.units, fall.observed, fall.expected) == (Kind.FALL, (1,), 20, 60)
    others = 62 * 30
    assert rise.elsewhere == (20 + others) / (60 + others)
    assert fall.elsewhere == (60 + others) / (20 + others)
    # 60 or more of 80 are now, where about half would be; the two that moved are pulled in, so scatter is chance alone.
    by_chance = 2 * binom.sf(59, 80, (20 + others) / (80 + 2 * others))
    by_scatter = 2 * norm.sf(2 * (np.sqrt(60) - np.sqrt(20)) / np.sqrt(2))
    assert rise.p == pytest.approx(max(by_chance, by_scatter))
    assert rise.low < 3 < rise.high
    assert rise.periods == NOW
    assert rise.share == 1


def test_a_rise_everywhere_is_no_finding():
    then = making.even(GRID, 1, each=40)[:, 0]
    now = making.even(GRID, 1, each=120, seed=2)[:, 0]
    assert changes.find(two_years(then, now), "violence", NOW) == []


def test_what_stays_while_all_others_treble_is_told_as_a_fall_beside_them():
    then = np.full(64, 40)
    now = np.where(np.arange(64) == 7, 44, 120)
    (found,) = changes.find(two_years(then, now), "violence", NOW)
    assert (found.kind, found.units) == (Kind.FALL, (7,))
    assert found.ratio == 1.1
    assert found.elsewhere == 3


def test_changes_that_are_common_are_scatter_and_not_told():
    rng = np.random.default_rng(4)
    then = rng.poisson(40 * rng.gamma(2, 0.5, 64))
    now = rng.poisson(40 * rng.gamma(2, 0.5, 64))
    plain = compare_all(then, now, then.sum() - then, now.sum() - now)
    assert (false_discovery_control(plain.p) <= changes.FALSE).sum() > 10  # as chance alone would have it
    sure, scatter = changes.held_against_scatter(then.astype(float), now.astype(float), plain)
    assert scatter == pytest.approx(1, abs=0.5)  # of each count's logarithm about a half, so of their difference one
    assert (sure >= plain.p).all()
    assert len(changes.find(two_years(then, now), "violence", NOW)) <= 1


def test_without_extra_scatter_there_is_none_and_p_hardly_changes():
    then = making.even(GRID, 1, each=40)[:, 0].astype(float)
    now = making.even(GRID, 1, each=40, seed=2)[:, 0].astype(float)
    plain = compare_all(then, now, then.sum() - then, now.sum() - now)
    sure, scatter = changes.held_against_scatter(then, now, plain)
    assert scatter < 0.01
    assert np.abs(sure - plain.p).max() < 0.15


def test_an_area_that_cannot_be_tested_stays_untested():
    then = np.array([2.0, *[30.0] * 8])
    now = np.array([3.0, *[30.0] * 8])
    plain = compare_all(then, now, then.sum() - then, now.sum() - now)
    sure, _ = changes.held_against_scatter(then, now, plain)
    assert np.isnan(sure[0])
    assert not np.isnan(sure[1:]).any()


def test_nothing_before_has_no_ratio_and_is_no_error():
    then = np.array([0, *[30] * 63])
    now = np.array([40, *[30] * 63])
    (found,) = changes.find(two_years(then, now), "violence", NOW)
    assert found.ratio == found.high == float("inf")
    assert found.low > 1


def test_thin_data_are_refused_in_one_sentence():
    with pytest.raises(ThinDataError, match="needs 10 incidents or more in the two periods together, and fewer than 5"):
        changes.find(two_years(np.full(64, 2), np.full(64, 2)), "violence", NOW)
    few = np.where(np.arange(64) < 4, 30, 1)
    with pytest.raises(ThinDataError, match="choose a longer period or larger areas"):
        changes.find(two_years(few, few), "violence", NOW)


@pytest.mark.parametrize("harm", ["asb", "cse"])
def test_a_harm_group_without_incidents_is_refused_and_is_no_error(harm):
    with pytest.raises(ThinDataError, match="fewer than 5 areas have them"):
        changes.find(two_years(np.full(64, 20), np.full(64, 20)), harm, NOW)


@pytest.mark.parametrize("missing", ["2018-11", "2019-12"])
def test_a_missing_month_in_either_year_is_refused_by_its_name(missing):
    scene = two_years(np.full(64, 20), np.full(64, 20), missing=(missing,))
    said = {"2018-11": "Nov 2018", "2019-12": "Dec 2019"}[missing]
    with pytest.raises(ThinDataError, match=f"the same months a year before, and {said} has no figures; choose"):
        changes.find(scene, "violence", NOW)


def test_a_year_before_that_the_data_do_not_reach_is_refused():
    scene = two_years(np.full(64, 20), np.full(64, 20))
    assert changes.before(scene, NOW) == ("2018-10", "2018-11", "2018-12")
    with pytest.raises(ThinDataError, match="Nov 2017 has no figures"):
        changes.before(scene, ("2018-11", "2018-12"))


def test_protected_counts_are_sure_only_where_they_would_be_if_each_were_off_by_five():
    then = np.full(64, 20)
    now = np.full(64, 20)
    now[0] = 80
    (exact,) = changes.find(two_years(then, now), "violence", NOW)
    (about,) = changes.find(two_years(then, now, protected=True), "violence", NOW)
    assert about.p > exact.p
    assert about.low < exact.low < exact.high < about.high
    now[0] = 60
    assert changes.find(two_years(then, now), "violence", NOW)
    assert changes.find(two_years(then, now, protected=True), "violence", NOW) == []


@pytest.mark.parametrize("part", [0.05, 0.1, 0.25])
def test_what_pulling_in_takes_from_normal_scores_is_known(part):
    drawn = norm.isf(np.linspace(0.00001, 0.99999, 99_999))
    pulled_in = np.clip(drawn, norm.ppf(part), norm.isf(part))
    assert changes._pulled_in_variance(part) == pytest.approx(np.mean(pulled_in**2), abs=1e-3)
    assert changes._pulled_in_variance(0) == 1


def overdispersed(seed, planted=(), months=24):
    """Give negative binomial counts of areas of all sizes; what is planted trebles in the last three months."""
    rng = np.random.default_rng(seed)
    usual = np.maximum(6 * rng.lognormal(-0.3, 0.8, 64), np.isin(np.arange(64), planted) * 10.0)
    n = rng.poisson(usual[:, np.newaxis] * rng.gamma(8, 1 / 8, (64, months)))
    n[list(planted), -3:] = rng.poisson(4 * usual[list(planted), np.newaxis] * rng.gamma(8, 1 / 8, (len(planted), 3)))
    return n


def test_counts_that_scatter_more_than_chance_make_few_false_changes():
    told = [len(changes.find(making.scene(overdispersed(seed), GRID), "violence", NOW)) for seed in range(60)]
    assert np.mean(np.array(told) > 0) <= 0.15  # 39 % of such places, if scatter only multiplied


def test_of_the_changes_told_in_such_counts_few_are_false():
    planted = (17, 44)
    false = right = 0
    for seed in range(40):
        for found in changes.find(making.scene(overdispersed(seed, planted), GRID), "violence", NOW):
            right += found.units[0] in planted and found.kind is Kind.RISE
            false += found.units[0] not in planted
    assert right >= 20  # of 80: a rise to four times is hardly more than the scatter
    assert false <= 0.15 * (false + right)  # a third, if scatter only multiplied
