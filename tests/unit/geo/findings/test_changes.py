"""Changes are found where they stand out from chance, from what happened elsewhere, and from overdispersion."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom, false_discovery_control, norm

from geo.errors import ThinDataError
from geo.findings import changes
from geo.findings.finding import FindingKind
from geo.statistics.rate_ratio import compare_all
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
    assert (rise.kind, rise.units, rise.observed, rise.expected, rise.ratio) == (FindingKind.RISE, (0,), 60, 20, 3)
    assert (fall.kind, fall.units, fall.observed, fall.expected) == (FindingKind.FALL, (1,), 20, 60)
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
    assert (found.kind, found.units) == (FindingKind.FALL, (7,))
    assert found.ratio == 1.1
    assert found.elsewhere == 3


def test_the_same_rise_is_told_where_counts_are_calm_and_not_where_they_always_jump():
    n = making.even(GRID, 36, each=8)
    n[0], n[1] = np.tile([0, 40], 18), 20
    n[:2, -3:] = 32
    n[:2, -15:-12] = 15
    scene = making.scene(n, GRID)
    found = changes.find(scene, "violence", scene.periods[-3:])
    assert [one.units for one in found if one.units[0] < 2] == [(1,)]
    assert found[0].observed == 96
    assert found[0].expected == 45


def test_changes_that_are_usual_in_a_place_are_scatter_and_not_told():
    rng = np.random.default_rng(4)
    n = rng.poisson(20 * rng.gamma(2, 0.5, (64, 36)))
    scene = making.scene(n, GRID)
    then, now = n[:, -13], n[:, -1]
    plain = compare_all(then, now, then.sum() - then, now.sum() - now)
    assert np.nansum(false_discovery_control(np.nan_to_num(plain.p, nan=1)) <= changes.FDR) > 10  # by chance alone
    assert len(changes.find(scene, "violence", scene.periods[-1:])) <= 1


def test_what_is_new_does_not_pass_for_usual():
    n = making.even(GRID, 36, each=8)
    n[5, -3:] += [60, 20, 60]
    scene = making.scene(n, GRID)
    (found,) = changes.find(scene, "violence", scene.periods[-3:])
    assert (found.kind, found.units) == (FindingKind.RISE, (5,))
    assert scene.dispersion(("violence",))[5] < 2


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


def overdispersed(seed, planted=(), months=48):
    """Return negative binomial counts of areas of all sizes; what is planted rises to four times in three months."""
    rng = np.random.default_rng(seed)
    usual = np.maximum(6 * rng.lognormal(-0.3, 0.8, 64), np.isin(np.arange(64), planted) * 10.0)
    n = rng.poisson(usual[:, np.newaxis] * rng.gamma(8, 1 / 8, (64, months)))
    n[list(planted), -3:] = rng.poisson(4 * usual[list(planted), np.newaxis] * rng.gamma(8, 1 / 8, (len(planted), 3)))
    return n


LAST = ("2021-10", "2021-11", "2021-12")


def test_counts_that_scatter_more_than_chance_make_few_false_changes():
    sentences = [len(changes.find(making.scene(overdispersed(seed), GRID), "violence", LAST)) for seed in range(60)]
    assert np.mean(np.array(sentences) > 0) <= 0.12


def test_of_the_changes_told_in_such_counts_few_are_false_and_most_planted_ones_are_told():
    planted = (17, 44)
    false = right = 0
    for seed in range(40):
        for found in changes.find(making.scene(overdispersed(seed, planted), GRID), "violence", LAST):
            right += found.units[0] in planted and found.kind is FindingKind.RISE
            false += found.units[0] not in planted
    assert right >= 65  # of 80
    assert false <= 0.12 * (false + right)


def looked(periods, **of_cube):
    return making.scene(np.full((64, periods), 6), GRID, **of_cube)


def test_a_whole_year_is_compared_beside_a_few_months():
    scene = looked(30)
    assert changes.spans(scene, scene.periods[-3:]) == [scene.periods[-3:], scene.periods[-12:]]
    assert changes.spans(scene, scene.periods[-1:]) == [scene.periods[-1:], scene.periods[-12:]]


def test_a_year_or_more_is_compared_alone_and_so_are_data_that_do_not_reach_back_two_years():
    scene, short = looked(30), looked(23)
    assert changes.spans(scene, scene.periods[-12:]) == [scene.periods[-12:]]
    assert changes.spans(scene, scene.periods[-14:]) == [scene.periods[-14:]]
    assert changes.spans(short, short.periods[-3:]) == [short.periods[-3:]]
    assert len(changes.spans(looked(24), looked(24).periods[-3:])) == 2


def test_a_whole_year_of_half_terms_is_six():
    chosen = ("2025/26-5", "2025/26-6")
    keys = tuple(f"{year}/{(year + 1) % 100}-{half}" for year in (2024, 2025) for half in range(1, 7))
    scene = replace(looked(12), periods=keys)
    assert changes.spans(scene, chosen) == [chosen, keys[-6:]]
    assert changes.spans(replace(scene, periods=keys[1:]), chosen) == [chosen]


def test_the_areas_that_can_be_compared_are_those_that_hold_enough_now():
    n = np.zeros((64, 24), dtype=int)
    n[:7, -1], n[7:9, -1], n[20:40, 3] = 10, 9, 50
    assert changes.testable(making.scene(n, GRID), "violence", ("2019-11", "2019-12")) == 7
    assert changes.testable(making.scene(n, GRID), "violence", ("2019-11",)) == 0
    assert changes.testable(making.scene(n, GRID, missing=("2019-11",)), "violence", ("2019-11", "2019-12")) == 7
