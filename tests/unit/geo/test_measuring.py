import numpy as np
import pandas as pd
import pytest

from geo.measuring import Measure, measured, rates_per_1000
from tests.unit.geo.samples import units


def counts(*values):
    return np.array(values, dtype=float)


def test_rates_are_per_thousand_residents():
    assert rates_per_1000(counts(3, 0, 1), counts(1500, 400, 3)).tolist() == pytest.approx([2, 0, 1000 / 3])


def test_a_rate_is_unknown_where_residents_are_unknown_or_none_live_there():
    assert np.isnan(rates_per_1000(counts(3, 3, 0), counts(np.nan, 0, 0))).all()


def test_a_rate_is_unknown_where_the_count_is():
    assert np.isnan(rates_per_1000(counts(np.nan), counts(1000))).all()


def test_highest_comes_first_and_ties_share_the_better_rank():
    found = measured(units([1000] * 5), counts(4, 9, 4, 0, 1), Measure.COUNT)
    assert found.table["rank"].tolist() == [1, 2, 2, 4, 5]
    assert found.table["area"].tolist() == ["A1", "A0", "A2", "A4", "A3"]
    assert found.ranked == 5
    assert found.first == 1


def test_ties_are_listed_by_name():
    found = measured(units([1000] * 3, names=["Oak", "Ash", "Elm"]), counts(4, 4, 4), Measure.COUNT)
    assert found.table["name"].tolist() == ["Ash", "Elm", "Oak"]
    assert found.first == 3


def test_the_measure_decides_the_rank():
    of_two = units([100, 10_000])
    assert measured(of_two, counts(5, 50), Measure.COUNT).table["area"].tolist() == ["A1", "A0"]
    assert measured(of_two, counts(5, 50), Measure.RATE).table["area"].tolist() == ["A0", "A1"]


def test_areas_without_a_figure_come_last_and_have_no_rank():
    found = measured(units([np.nan, 1000, 0]), counts(90, 0, 80), Measure.RATE)
    assert found.table["area"].tolist() == ["A1", "A0", "A2"]
    assert found.table["rank"].tolist() == [1, pd.NA, pd.NA]
    assert found.ranked == 1


def test_values_keep_the_order_of_the_units():
    found = measured(units([1000, 500, np.nan]), counts(1, 4, 2), Measure.COUNT)
    assert found.values.tolist() == [1, 4, 2]
    by_rate = measured(units([1000, 500, np.nan]), counts(1, 4, 2), Measure.RATE)
    assert by_rate.values.tolist() == pytest.approx([1, 8, np.nan], nan_ok=True)


def test_lines_are_those_of_the_positions_asked_for():
    found = measured(units([1000, 500], names=["Oak", "Ash"]), counts(1, 4), Measure.COUNT)
    assert found.rows([0]) == [{"rank": 2, "area": "A0", "name": "Oak", "n": 1, "residents": 1000, "rate": 1}]
    assert [line["area"] for line in found.rows(found.order)] == ["A1", "A0"]


def test_a_rank_is_a_plain_number_or_none():
    found = measured(units([1000, np.nan]), counts(1, 4), Measure.RATE)
    assert [line["rank"] for line in found.rows([0, 1])] == [1, None]
    assert isinstance(found.rows([0])[0]["rank"], int)


def test_nothing_is_ranked_when_no_month_was_supplied():
    found = measured(units([1000, 500]), counts(np.nan, np.nan), Measure.COUNT)
    assert (found.ranked, found.first) == (0, 0)
