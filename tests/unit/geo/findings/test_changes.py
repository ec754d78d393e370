"""Changes are found where they stand out from chance, from what happened elsewhere, and from how places wander."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binomtest

from geo.errors import ThinDataError
from geo.findings import changes
from geo.findings.finding import FindingKind
from geo.findings.told import Family
from geo.statistics.rate_ratio import compare, compare_all
from tests.unit.geo.findings import making

GRID = making.grid(8)
NOW = ("2019-10", "2019-11", "2019-12")
LAST = ("2020-10", "2020-11", "2020-12")
EACH = 10
OF_FOUR_YEARS = ("2021-10", "2021-11", "2021-12")


def two_years(then, now, areas=GRID, **of_cube):
    """Look at two years whose last three months hold ``then`` and ``now``, all in the first of them."""
    n = np.zeros((len(areas.codes), 24), dtype=int)
    n[:, 9], n[:, 21] = then, now
    return making.scene(n, areas, **of_cube)


def steady(now=None, then=None, **of_cube):
    """Look at three years of 10 a month in every area, but for the last three months of some and those a year before.

    Both are the number a month of each of these areas.
    """
    n = np.full((64, 36), EACH)
    for columns, of_area in ((slice(33, 36), now), (slice(21, 24), then)):
        for at, each in (of_area or {}).items():
            n[at, columns] = each
    return making.scene(n, GRID, **of_cube)


def told(scene, chosen=LAST):
    return making.told_of(changes.find(scene, "violence", chosen))


def test_a_rise_and_a_fall_equal_the_case_worked_by_hand():
    rise, fall = told(steady({0: 30}, {1: 30}))
    assert (rise.kind, rise.units, rise.observed, rise.expected, rise.ratio) == (FindingKind.RISE, (0,), 90, 30, 3)
    assert (fall.kind, fall.units, fall.observed, fall.expected) == (FindingKind.FALL, (1,), 30, 90)
    others = 62 * 3 * EACH
    assert rise.elsewhere == pytest.approx((30 + others) / (90 + others))
    assert fall.elsewhere == pytest.approx((90 + others) / (30 + others))
    # Months in random order hardly ever bring the three high ones together, and no area scatters by itself.
    assert rise.p == 0.001
    by_chance = 2 * (np.sqrt(90) - np.sqrt(30 * rise.elsewhere)) / np.sqrt(1 + rise.elsewhere)
    assert by_chance / 1.5 < rise.score <= by_chance
    exact = binomtest(90, 120).proportion_ci(0.95, "exact")
    ends = exact.low / (1 - exact.low), exact.high / (1 - exact.high)
    assert (rise.low, rise.high) == pytest.approx(ends, rel=0.02)  # no wider, as nothing scatters
    assert (rise.usual, rise.periods, rise.share) == (30, LAST, 1)


def test_an_interval_is_as_wide_as_the_scatter_that_the_change_is_held_against():
    rng = np.random.default_rng(3)
    n = rng.poisson(20 * rng.gamma(8, 1 / 8, (64, 36)))
    n[0, -3:] = 100
    (found,) = told(making.scene(n, GRID))
    plain = compare(found.expected, found.observed, 1, 1)
    apart = 2 * (np.sqrt(found.observed) - np.sqrt(found.expected * found.elsewhere)) / np.sqrt(1 + found.elsewhere)
    times = (apart / found.score) ** 2
    assert times > 2
    widened = compare(found.expected, found.observed, 1, 1, dispersion=times)
    assert (found.low, found.high) == pytest.approx((widened.low, widened.high), rel=1e-3)
    assert found.low < plain.low
    assert found.high > plain.high


def test_a_rise_everywhere_is_no_finding():
    n = making.even(GRID, 36, each=12)
    n[:, -3:] = making.even(GRID, 3, each=36, seed=2)
    assert told(making.scene(n, GRID)) == []


def test_what_stays_while_all_others_treble_is_told_as_a_fall_beside_them():
    n = making.even(GRID, 36, each=12)
    n[:, -3:] = making.even(GRID, 3, each=36, seed=2)
    n[7, -3:] = n[7, -15:-12] + 1
    (found,) = told(making.scene(n, GRID))
    assert (found.kind, found.units) == (FindingKind.FALL, (7,))
    assert found.ratio > 1
    assert found.elsewhere == pytest.approx(3, rel=0.1)


def test_the_same_rise_is_told_where_counts_are_calm_and_not_where_they_always_jump():
    n = making.even(GRID, 36, each=8)
    n[0], n[1] = np.tile([0, 40], 18), 20
    n[:2, -3:] = 40
    n[:2, -15:-12] = 15
    found = told(making.scene(n, GRID))
    assert [one.units for one in found if one.units[0] < 2] == [(1,)]
    assert found[0].observed == 120
    assert found[0].expected == 45


def test_changes_that_are_usual_in_a_place_are_scatter_and_not_told():
    rng = np.random.default_rng(4)
    n = rng.poisson(20 * rng.gamma(2, 0.5, (64, 36)))
    then, now = n[:, -15:-12].sum(axis=1), n[:, -3:].sum(axis=1)
    plain = compare_all(then, now, then.sum() - then, now.sum() - now)
    assert (plain.p <= 0.05 / 64).sum() > 10  # by chance alone
    assert told(making.scene(n, GRID)) == []


def test_what_is_new_does_not_pass_for_usual():
    n = making.even(GRID, 36, each=8)
    n[5, -3:] += [60, 20, 60]
    (found,) = told(making.scene(n, GRID))
    assert (found.kind, found.units) == (FindingKind.RISE, (5,))


def test_nothing_before_has_no_ratio_and_is_no_error():
    n = making.even(GRID, 36, each=8)
    n[0, :-3], n[0, -3:] = 0, [14, 13, 13]
    (found,) = told(making.scene(n, GRID))
    assert found.ratio == found.high == float("inf")
    assert found.low > 1


def test_fewer_than_ten_incidents_in_both_years_are_never_told():
    n = np.full((64, 36), EACH)
    n[0] = 0
    n[0, -3:] = 3
    assert told(making.scene(n, GRID)) == []
    n[0, -1] = 4
    assert [one.units for one in told(making.scene(n, GRID))] == [(0,)]


def test_what_is_found_comes_with_the_strongest_of_searches_where_nothing_is_going_on():
    (found,) = changes.find(steady({0: 30}), "violence", LAST)
    assert found.family is Family.CHANGE
    assert len(found.strongest) == 999
    assert found.found[0].p == (1 + np.count_nonzero(found.strongest >= found.found[0].score)) / 1000


def test_thin_data_are_refused_in_one_sentence():
    with pytest.raises(ThinDataError, match="needs 10 incidents or more in the two periods together, and fewer than 5"):
        changes.find(two_years(np.full(64, 2), np.full(64, 2)), "violence", NOW)
    few = np.where(np.arange(64) < 4, 30, 1)
    with pytest.raises(ThinDataError, match="choose a longer period or larger areas"):
        changes.find(two_years(few, few), "violence", NOW)


def test_areas_that_held_enough_a_year_before_alone_can_be_compared():
    n = making.even(GRID, 36, each=12)
    n[5] = making.even(GRID, 36, each=48)[5]
    n[:, -3:] = np.where(np.arange(64) == 5, 0, 3)[:, None]
    (found,) = told(making.scene(n, GRID))
    assert (found.kind, found.units, found.observed) == (FindingKind.FALL, (5,), 0)


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
    rise = {0: 25}
    (exact,), (about,) = told(steady(rise)), told(steady(rise, protected=True))
    assert (about.p, about.ratio) == (exact.p, exact.ratio)
    assert about.low < exact.low < exact.high < about.high
    assert told(steady({0: 18}))
    assert told(steady({0: 18}, protected=True)) == []


def overdispersed(seed, planted=(), months=48):
    """Return negative binomial counts of areas of all sizes; what is planted rises to four times in three months."""
    rng = np.random.default_rng(seed)
    usual = np.maximum(6 * rng.lognormal(-0.3, 0.8, 64), np.isin(np.arange(64), planted) * 10.0)
    n = rng.poisson(usual[:, np.newaxis] * rng.gamma(8, 1 / 8, (64, months)))
    n[list(planted), -3:] = rng.poisson(4 * usual[list(planted), np.newaxis] * rng.gamma(8, 1 / 8, (len(planted), 3)))
    return n


def test_counts_that_scatter_more_than_chance_make_few_false_changes():
    searches = [told(making.scene(overdispersed(seed), GRID), OF_FOUR_YEARS) for seed in range(60)]
    assert np.mean([bool(one) for one in searches]) <= 0.1


def test_of_the_changes_told_in_such_counts_few_are_false_and_most_planted_ones_are_told():
    planted = (17, 44)
    false = right = 0
    for seed in range(40):
        for found in told(making.scene(overdispersed(seed, planted), GRID), OF_FOUR_YEARS):
            right += found.units[0] in planted and found.kind is FindingKind.RISE
            false += found.units[0] not in planted
    assert right >= 55  # of 80: of two areas that changed, each is among what chance is seen from for the other
    assert false <= 0.05 * (false + right)


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
