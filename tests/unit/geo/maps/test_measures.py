"""Each measure by its name: the figures it adds, and the periods through which its units must stay the same."""

import numpy as np
import pytest
from scipy.stats import chi2

from geo.calendar import periods as p
from geo.counts.filters import Choice
from geo.maps.measure import Measure
from geo.maps.measures import STATISTICS, MeasureRequest, covering
from tests.unit.geo.findings import making
from tests.unit.geo.maps.looking import AREAS, GRID, HARM, MONTHS, column, hot_corner, measure, scene

HALF_TERMS = tuple(p.between("2022/23-1", "2024/25-6"))
NOW = Choice(HALF_TERMS[-6:-3], HARM)


def in_the_last_month(counts):
    n = np.zeros((AREAS, MONTHS), dtype=int)
    n[:, -1] = counts
    return n


def test_counts_have_no_further_figures():
    found = measure(scene(hot_corner()), Measure.COUNT)
    assert (found.facts, found.result) == ((), None)


def test_the_interval_of_a_rate_is_that_of_its_poisson_count():
    counts = np.arange(AREAS)
    found = measure(scene(in_the_last_month(counts)), Measure.RATE)
    low, high = chi2.ppf(0.025, 2 * counts) / 2, chi2.ppf(0.975, 2 * counts + 2) / 2
    residents = found.units.residents / 1000
    # From 10 on, Byar's approximation is 0.2 % off at most.
    assert column(found, "low") == pytest.approx(np.nan_to_num(low) / residents, rel=0.002)
    assert column(found, "high") == pytest.approx(high / residents, rel=0.002)
    assert column(found, "low")[:10] == pytest.approx((np.nan_to_num(low) / residents)[:10])
    assert ((found.rates >= column(found, "low")) & (found.rates <= column(found, "high"))).all()


def test_the_interval_of_a_protected_rate_holds_for_every_count_that_it_may_stand_for():
    counts = 5 * (np.arange(AREAS) % 8)
    found = measure(scene(in_the_last_month(counts), protected=True), Measure.RATE)
    low, high = np.array(column(found, "low")), np.array(column(found, "high"))
    told = counts >= 10
    assert np.array_equal(~np.isnan(low), told)
    assert np.array_equal(~np.isnan(high), told)
    for off_by in range(-5, 6):
        true = (counts + off_by)[told]
        residents = found.units.residents[told] / 1000
        assert (low[told] <= np.nan_to_num(chi2.ppf(0.025, 2 * true) / 2) / residents * 1.002).all()
        assert (high[told] >= chi2.ppf(0.975, 2 * true + 2) / 2 / residents * 0.998).all()


@pytest.mark.parametrize("of", sorted(STATISTICS))
def test_a_statistic_says_what_it_says_in_columns_too(of):
    found = measure(scene(hot_corner()), of)
    assert found.result is not None
    assert found.facts == found.result.facts
    assert {fact.key for fact in found.facts} <= set(found.table.columns)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (MeasureRequest(Measure.COUNT), NOW.periods),
        (MeasureRequest(Measure.RATE), NOW.periods),
        (MeasureRequest(Measure.SMOOTHED), NOW.periods),
        (MeasureRequest(Measure.HOT), NOW.periods),
        (MeasureRequest(Measure.CHANGE), (*HALF_TERMS[-12:-9], *NOW.periods)),
        (MeasureRequest(Measure.PATTERN), HALF_TERMS[:-3]),
        (MeasureRequest(Measure.COUNT, clusters=True), HALF_TERMS[:-3]),
        (MeasureRequest(Measure.CHANGE, clusters=True), HALF_TERMS[:-3]),
    ],
    ids=str,
)
def test_units_stay_the_same_through_all_that_is_looked_at(asked, expected):
    assert covering(asked, NOW, HALF_TERMS) == expected


def test_the_looks_of_one_measure_leave_the_others_alone():
    view = scene(making.even(GRID, MONTHS, 8))
    for of in (Measure.COUNT, Measure.RATE, Measure.SMOOTHED, Measure.CHANGE):
        plain, looked = measure(view, of), measure(view, of, residents=True, cold=True)
        assert plain.table.equals(looked.table)
