"""Months supplied in part: found where rows are visibly missing, and nowhere else."""

import numpy as np
import pytest

from geo.calendar import months
from geo.counts.partly_supplied import ForceRows, partly_supplied

CATEGORIES = ("Anti-social behaviour", "Burglary", "Drugs", "Robbery")
USUAL = np.array([400, 200, 60, 10])
RUN = tuple(months.between("2018-01", "2019-12"))


def force(name="", run=RUN, **factors):
    """Return steady rows in three districts, each month's times its factor: ``m2018_05=0.3``."""
    times = np.array([factors.get(f"m{month.replace('-', '_')}", 1.0) for month in run])
    by_category = np.rint(USUAL * times[:, None]).astype(int)
    by_district = np.rint(np.array([400, 200, 70]) * times[:, None]).astype(int)
    return ForceRows(name, by_category, by_district)


def found(*forces, run=RUN, missing=()):
    return partly_supplied(forces, run, CATEGORIES, missing)


def test_a_month_with_a_third_of_its_rows_is_found_and_says_so():
    assert found(force(m2018_05=0.3)) == {"2018-05": "30 % of the usual rows"}


def test_the_newest_and_the_oldest_month_are_judged_by_the_side_there_is():
    assert list(found(force(m2018_01=0.4, m2019_12=0.4))) == ["2018-01", "2019-12"]


def test_two_months_in_a_row_are_both_found():
    assert list(found(force(m2018_05=0.3, m2018_06=0.4))) == ["2018-05", "2018-06"]


def test_steady_and_seasonal_and_noisy_months_are_whole():
    assert found(force()) == {}
    assert found(force(m2018_08=0.6)) == {}
    rng = np.random.default_rng(1)
    for _ in range(50):
        n = rng.negative_binomial(10, 10 / (10 + USUAL), (len(RUN), 4))
        assert found(ForceRows("", n, n.sum(axis=1)[:, None])) == {}


def test_a_level_that_stays_lower_is_a_change_and_no_gap():
    assert found(force(**{f"m{month.replace('-', '_')}": 0.3 for month in RUN[12:]})) == {}


@pytest.mark.parametrize("at", ["category", "district"])
def test_where_one_kind_or_one_district_held_up_the_rest_fell_in_truth(at):
    rows = force(m2018_05=0.3)
    (rows.by_category if at == "category" else rows.by_district)[4, 1] = 200
    assert found(rows) == {}


def test_a_lockdown_at_the_end_of_the_data_is_not_taken_for_a_gap_but_one_inside_is_judged():
    run = tuple(months.between("2018-05", "2020-04"))
    assert found(force(run=run, m2020_04=0.3), run=run) == {}
    longer = tuple(months.between("2018-05", "2020-12"))
    assert list(found(force(run=longer, m2020_04=0.3), run=longer)) == ["2020-04"]


def test_a_common_kind_that_has_no_rows_is_named_and_a_rare_one_is_not():
    rows = force()
    rows.by_category[7, 2] = rows.by_category[9, 3] = 0
    assert found(rows) == {"2018-08": "no rows of “Drugs”"}


def test_a_force_that_is_missing_while_another_is_there_is_named():
    hill, dale = force("Hill"), force("Dale", m2018_03=0.0)
    assert found(hill, dale) == {"2018-03": "no rows from Dale"}
    assert found(hill, force("Dale", m2019_02=0.3)) == {"2019-02": "30 % of the usual rows from Dale"}


def test_a_month_that_was_not_supplied_at_all_is_a_gap_and_no_part_of_what_is_usual():
    assert found(force(m2018_05=0.0), missing=["2018-05"]) == {}


def test_few_rows_a_month_say_nothing():
    rows = force(m2018_05=0.3)
    assert found(ForceRows("", rows.by_category // 10, rows.by_district // 10)) == {}


def test_no_months_at_all_are_none_in_part():
    none = np.zeros((len(RUN), 4), dtype=int)
    assert found(ForceRows("", none, none)) == {}
