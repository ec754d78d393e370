"""Smoothed rates are those of empirical Bayes on the counts that a choice leaves, and stand where a rate may stand."""

import numpy as np
import pytest

from geo import disclosure
from geo.errors import ThinDataError
from geo.maps.measure import Measure
from geo.statistics.empirical_bayes import empirical_bayes, shrinkage
from tests.unit.geo.findings import making
from tests.unit.geo.maps.looking import AREAS, GRID, MONTHS, column, hot_corner, last, measure, scene

UNEQUAL = making.grid(6, residents=np.random.default_rng(4).integers(300, 3000, AREAS).astype(float))


def test_smoothed_rates_are_those_of_the_method_per_thousand_residents():
    n = hot_corner()
    found = measure(scene(n, UNEQUAL), Measure.SMOOTHED)
    events, residents = n[:, -12:].sum(axis=1).astype(float), found.units.residents
    assert found.values == pytest.approx(1000 * empirical_bayes(events, residents))
    assert column(found, "smoothed") == pytest.approx(found.values)
    assert column(found, "own_share") == pytest.approx(100 * shrinkage(events, residents))


def test_a_smoothed_rate_lies_between_the_areas_own_and_that_of_all():
    found = measure(scene(hot_corner(), UNEQUAL), Measure.SMOOTHED)
    of_all = 1000 * found.counts.sum() / found.units.residents.sum()
    low, high = np.minimum(found.rates, of_all), np.maximum(found.rates, of_all)
    assert ((low - 1e-9 <= found.values) & (found.values <= high + 1e-9)).all()


def test_words_and_headline_tell_the_figures_of_the_table():
    found = measure(scene(hot_corner(), UNEQUAL), Measure.SMOOTHED)
    top = int(found.order[0])
    share = column(found, "own_share")[top]
    told = f"{found.values[top]:,.1f} per 1,000 residents"
    assert found.result.words[top] == f"{told}; weight given to this area’s own rate: {share:.0f} %"
    assert found.result.texts[top] == f"{found.values[top]:,.1f}"
    assert found.result.headline == f"{found.units.names[top]} has the highest smoothed rate: {told}, Jan–Dec 2020."


def test_an_area_without_known_residents_has_none_and_changes_no_other():
    some = UNEQUAL.frame["residents"].to_numpy().copy()
    some[5] = np.nan
    without = measure(scene(hot_corner(), making.grid(6, residents=some)), Measure.SMOOTHED)
    assert np.isnan(without.values[5])
    assert without.result.words[5] == without.result.texts[5] == ""
    events = without.counts.copy()
    assert without.values == pytest.approx(1000 * empirical_bayes(events, some), nan_ok=True)


def test_a_protected_area_that_has_no_rate_has_no_smoothed_one_and_nothing_of_how_it_came_about():
    n = np.zeros((AREAS, MONTHS), dtype=int)
    n[:, -1] = np.arange(AREAS) % 4 * 5
    found = measure(scene(n, UNEQUAL, protected=True), Measure.SMOOTHED)
    told = found.counts >= disclosure.THRESHOLD
    assert 0 < told.sum() < AREAS
    for figures in (found.rates, found.values, column(found, "smoothed"), column(found, "own_share")):
        assert np.array_equal(~np.isnan(figures), told)
    assert [bool(text) for text in found.result.texts] == told.tolist()
    assert all(text.startswith("about ") for text in found.result.texts if text)


def test_where_nothing_can_be_told_that_is_said():
    n = np.zeros((AREAS, MONTHS), dtype=int)
    n[:, -1] = 5
    found = measure(scene(n, protected=True), Measure.SMOOTHED)
    assert found.ranked == 0
    assert found.result.headline == "No area can be told apart: each has fewer than 10 incidents, Jan–Dec 2020."


def test_areas_without_residents_are_refused_in_one_sentence():
    view = scene(hot_corner(), making.grid(6, residents=[np.nan] * AREAS))
    with pytest.raises(ThinDataError, match=r"^Smoothed rates need the residents .*; look at the counts\.$"):
        measure(view, Measure.SMOOTHED)


def test_too_few_incidents_are_refused():
    n = np.zeros((AREAS, MONTHS), dtype=int)
    n[0, -1] = 9
    with pytest.raises(ThinDataError, match="10 incidents or more"):
        measure(scene(n), Measure.SMOOTHED)


def test_months_that_were_never_supplied_are_refused():
    view = scene(making.even(GRID, MONTHS), missing=("2020-12",))
    with pytest.raises(ThinDataError):
        measure(view, Measure.SMOOTHED, last(view, 1))
