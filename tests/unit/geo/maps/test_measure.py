from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geo.maps.measure import Measure, measured, rates_per_1000
from geo.maps.measure_result import Fact, MeasureResult
from tests.unit.geo.samples import ALL_OF_IT, view


def counts(*values):
    return np.array(values, dtype=float)


def measure(counted, how=Measure.COUNT, residents=None, names=None, **looks):
    return measured(view(counted, residents, names, **looks), ALL_OF_IT, how)


def test_rates_are_per_thousand_residents():
    assert rates_per_1000(counts(3, 0, 1), counts(1500, 400, 3)).tolist() == pytest.approx([2, 0, 1000 / 3])


def test_a_rate_is_unknown_where_residents_are_unknown_or_none_live_there():
    assert np.isnan(rates_per_1000(counts(3, 3, 0), counts(np.nan, 0, 0))).all()


def test_a_rate_is_unknown_where_the_count_is():
    assert np.isnan(rates_per_1000(counts(np.nan), counts(1000))).all()


def test_highest_comes_first_and_ties_share_the_better_rank():
    found = measure([4, 9, 4, 0, 1])
    assert found.table["rank"].tolist() == [1, 2, 2, 4, 5]
    assert found.table["area"].tolist() == ["A1", "A0", "A2", "A4", "A3"]
    assert found.ranked == 5
    assert found.first == 1


def test_ties_are_listed_by_name():
    found = measure([4, 4, 4], names=["Oak", "Ash", "Elm"])
    assert found.table["name"].tolist() == ["Ash", "Elm", "Oak"]
    assert found.first == 3


def test_the_measure_decides_the_rank():
    residents = [100, 10_000]
    assert measure([5, 50], Measure.COUNT, residents).table["area"].tolist() == ["A1", "A0"]
    assert measure([5, 50], Measure.RATE, residents).table["area"].tolist() == ["A0", "A1"]


def test_areas_without_a_figure_come_last_and_have_no_rank():
    found = measure([90, 0, 80], Measure.RATE, [np.nan, 1000, 0])
    assert found.table["area"].tolist() == ["A1", "A0", "A2"]
    assert found.table["rank"].tolist() == [1, pd.NA, pd.NA]
    assert found.ranked == 1


def test_values_keep_the_order_of_the_units():
    found = measure([1, 4, 2], Measure.COUNT, [1000, 500, np.nan])
    assert found.values.tolist() == [1, 4, 2]
    by_rate = measure([1, 4, 2], Measure.RATE, [1000, 500, np.nan])
    assert by_rate.values.tolist() == pytest.approx([1, 8, np.nan], nan_ok=True)


def test_lines_are_those_of_the_positions_asked_for():
    found = measure([1, 4], Measure.COUNT, [1000, 500], ["Oak", "Ash"])
    assert found.rows([0]) == [{"rank": 2, "area": "A0", "name": "Oak", "n": 1, "residents": 1000, "rate": 1}]
    assert [line["area"] for line in found.rows(found.order)] == ["A1", "A0"]


def test_a_rank_is_a_plain_number_or_none():
    found = measure([1, 4], Measure.RATE, [1000, np.nan])
    assert [line["rank"] for line in found.rows([0, 1])] == [1, None]
    assert isinstance(found.rows([0])[0]["rank"], int)


def test_nothing_is_ranked_when_no_month_was_supplied():
    found = measure([np.nan, np.nan])
    assert (found.ranked, found.first) == (0, 0)


def test_protected_counts_under_ten_look_alike_and_have_no_rate():
    found = measure([0, 5, 10, 25], protected=True)
    assert found.counts.tolist() == [0, 0, 10, 25]
    assert found.rates.tolist() == pytest.approx([np.nan, np.nan, 10, 25], nan_ok=True)
    assert found.ranks.tolist() == [3, 3, 2, 1]


def test_places_apart_from_each_other_have_a_count_and_no_place_among_the_ranks():
    found = measure([90, 20, 10], protected=True, elsewhere=[0])
    assert found.counts.tolist() == [90, 20, 10]
    assert found.values.tolist() == pytest.approx([np.nan, 20, 10], nan_ok=True)
    assert found.table["area"].tolist() == ["A1", "A2", "A0"]
    assert found.table["rank"].tolist() == [1, 2, pd.NA]
    assert found.ranked == 2


def result(*values):
    """Return what a statistic says, of which only the values matter here."""
    return MeasureResult(counts(*values), [""] * len(values), [""] * len(values), (), "", "", "")


def test_what_a_statistic_says_decides_the_rank_and_counts_stay():
    found = replace(measure([90, 20, 10], Measure.HOT), result=result(-1.5, np.nan, 3))
    assert found.values.tolist() == pytest.approx([-1.5, np.nan, 3], nan_ok=True)
    assert found.counts.tolist() == [90, 20, 10]
    assert found.table["area"].tolist() == ["A2", "A0", "A1"]
    assert found.table["rank"].tolist() == [1, 2, pd.NA]
    assert (found.ranked, found.first) == (2, 1)


def test_equals_by_a_statistic_share_a_rank_and_come_by_name():
    found = replace(measure([1, 2, 3], Measure.PATTERN, names=["Oak", "Ash", "Elm"]), result=result(7, 7, 0))
    assert found.table["name"].tolist() == ["Ash", "Oak", "Elm"]
    assert found.table["rank"].tolist() == [1, 1, 3]


def test_facts_are_further_columns_of_the_units_they_belong_to():
    facts = (Fact("z", "Gi* (z)", [0.5, np.nan], 2), Fact("hot", "Hot spot", ["No", "–"]))
    found = replace(measure([1, 4]), facts=facts)
    assert [(line["area"], line["hot"]) for line in found.rows(found.order)] == [("A1", "–"), ("A0", "No")]
    assert found.rows([0])[0]["z"] == 0.5
    assert list(found.table.columns) == ["rank", "area", "name", "n", "residents", "rate", "z", "hot"]


def test_without_a_statistic_each_measure_ranks_by_its_own_figure():
    for how in set(Measure) - {Measure.RATE}:
        assert measure([5, 50], how, [100, 10_000]).table["area"].tolist() == ["A1", "A0"]
