import math
from dataclasses import replace

import numpy as np
import pytest

from geo.counts.filters import (
    Choice,
    TwoCounts,
    chosen_categories,
    mix,
    mix_by_harm,
    not_supplied,
    series,
    supplied,
    total,
    totals,
    with_year_before,
)
from tests.unit.geo.samples import cube

# Two areas, four months of which the third was never supplied, and Burglary, Drugs and Robbery.
CUBE = cube(
    [[[1, 2, 0], [0, 4, 8], [0, 0, 0], [0, 0, 16]], [[0, 32, 0], [0, 0, 0], [0, 0, 0], [64, 0, 0]]],
    missing=["2021-03"],
)
# Two areas, two periods and the same categories, every count as a release has them.
PROTECTED = replace(cube([[[5, 5, 0], [0, 5, 10]], [[0, 15, 0], [0, 0, 5]]]), protected=True)
ALL = ("substances", "violence", "other")
NEVER = ("2020-12", "2021-03")


def choose(*months, harms=ALL, category=None):
    return Choice(months, harms, category)


def test_only_the_chosen_months_are_counted():
    assert totals(CUBE, choose("2021-01")).tolist() == [3, 32]
    assert totals(CUBE, choose("2021-01", "2021-02")).tolist() == [15, 32]


def test_only_the_chosen_harm_groups_are_counted():
    assert totals(CUBE, choose("2021-01", "2021-02", harms=("substances",))).tolist() == [6, 32]


def test_one_category_is_looked_at_whether_or_not_its_harm_group_is_chosen():
    choice = choose("2021-01", "2021-04", harms=("substances",), category="Burglary")
    assert chosen_categories(CUBE, choice) == [0]
    assert totals(CUBE, choice).tolist() == [1, 64]


def test_a_category_that_the_data_lacks_has_no_incidents():
    assert totals(CUBE, choose("2021-01", category="Taxi")).tolist() == [0, 0]


def test_a_month_that_is_missing_or_outside_the_period_is_not_supplied():
    choice = choose("2020-12", "2021-01", "2021-03", "2021-04", "2021-05")
    assert supplied(CUBE, choice) == ["2021-01", "2021-04"]
    assert not_supplied(CUBE, choice) == ["2020-12", "2021-03", "2021-05"]


def test_a_month_without_incidents_of_the_kind_is_supplied_all_the_same():
    choice = choose("2021-04", harms=("substances",))
    assert not_supplied(CUBE, choice) == []
    assert totals(CUBE, choice).tolist() == [0, 0]


def test_totals_are_unknown_when_no_chosen_month_was_supplied():
    assert np.isnan(totals(CUBE, choose(*NEVER))).tolist() == [True, True]


def test_totals_are_those_of_the_supplied_months_when_some_are_missing():
    assert totals(CUBE, choose(*NEVER, "2021-01")).tolist() == [3, 32]


def test_months_never_supplied_are_gaps_in_the_series_not_zeros():
    found = series(CUBE, choose("2021-01"))
    assert found["period"].tolist() == ["2021-01", "2021-02", "2021-03", "2021-04"]
    assert found["n"].tolist() == pytest.approx([35, 12, np.nan, 80], nan_ok=True)


def test_months_without_incidents_are_zeros_in_the_series_not_gaps():
    found = series(CUBE, choose("2021-01"), [1])
    assert found["n"].tolist() == pytest.approx([32, 0, np.nan, 64], nan_ok=True)


def test_a_series_covers_the_whole_period_whatever_months_are_chosen():
    assert series(CUBE, choose("2021-04")).equals(series(CUBE, choose("2020-12")))


def test_no_areas_are_not_all_areas():
    nothing = series(CUBE, choose("2021-01"), [])
    assert nothing["n"].tolist() == pytest.approx([0, 0, np.nan, 0], nan_ok=True)
    assert len(mix(CUBE, choose("2021-01"), [])) == 0


def test_the_mix_lists_what_occurs_most_first():
    assert mix(CUBE, choose("2021-01", "2021-02")).to_numpy().tolist() == [
        ["Drugs and alcohol", "Drugs", 38],
        ["Violence and weapons", "Robbery", 8],
        ["Other", "Burglary", 1],
    ]
    assert mix(CUBE, choose("2021-01", "2021-02"), [1]).to_numpy().tolist() == [["Drugs and alcohol", "Drugs", 32]]


def test_the_mix_by_harm_group_adds_its_categories():
    two = cube([[[5, 1, 5, 2]]], categories=("Drugs", "Public order", "Robbery", "Violent crime"))
    found = mix_by_harm(two, choose("2021-01", harms=("violence", "substances", "asb")))
    assert found.to_numpy().tolist() == [
        ["Violence and weapons", 7],
        ["Drugs and alcohol", 5],
        ["Anti-social behaviour", 1],
    ]


def test_the_mix_adds_up_to_the_total():
    choice = choose("2021-01", "2021-02", "2021-03")
    assert mix(CUBE, choice)["n"].sum() == mix_by_harm(CUBE, choice)["n"].sum() == totals(CUBE, choice).sum()


def test_nothing_chosen_has_an_empty_mix():
    assert len(mix_by_harm(CUBE, choose(*NEVER))) == 0


def test_the_same_choice_for_other_months_keeps_what_is_looked_at():
    choice = choose("2021-01", harms=("violence",), category="Robbery")
    assert choice.of(["2020-01"]) == choose("2020-01", harms=("violence",), category="Robbery")


def test_looking_leaves_the_counts_as_they_were():
    before = CUBE.n.copy()
    series(CUBE, choose("2021-01"))
    totals(CUBE, choose(*NEVER))
    assert np.array_equal(CUBE.n, before)


def test_the_total_is_that_of_the_areas_asked_for():
    choice = choose("2021-01", "2021-02")
    assert (total(CUBE, choice), total(CUBE, choice, [1]), total(CUBE, choice, [])) == (47, 32, 0)
    assert np.isnan(total(CUBE, choose(*NEVER), [1]))


def test_protected_sums_under_ten_look_alike_and_others_stay_as_they_are():
    assert totals(PROTECTED, choose("2021-01")).tolist() == [10, 15]
    assert totals(PROTECTED, choose("2021-02", harms=("substances",))).tolist() == [0, 0]
    assert series(PROTECTED, choose("2021-01"), [0])["n"].tolist() == [10, 15]
    assert series(PROTECTED, choose("2021-01", harms=("violence",)))["n"].tolist() == [0, 15]


def test_what_is_told_of_protected_areas_together_is_their_sum_and_not_the_sum_of_what_is_told():
    choice = choose("2021-02", harms=("violence", "substances"))
    assert totals(PROTECTED, choice).tolist() == [15, 0]
    assert total(PROTECTED, choice, [1]) == 0
    assert total(PROTECTED, choice) == 20


def test_the_mix_of_a_protected_cube_lists_every_group_even_those_without_a_figure():
    one_month = choose("2021-02")
    assert mix(PROTECTED, one_month).to_numpy().tolist() == [
        ["Violence and weapons", "Robbery", 15],
        ["Other", "Burglary", 0],
        ["Drugs and alcohol", "Drugs", 0],
    ]
    assert mix_by_harm(PROTECTED, one_month, [1]).to_numpy().tolist() == [
        ["Drugs and alcohol", 0],
        ["Other", 0],
        ["Violence and weapons", 0],
    ]


# Two areas over fourteen months from Nov 2019 to Dec 2020: 1, 2, 3 … in the first, ten times that in the second.
FOURTEEN_MONTHS = [[[month] for month in range(1, 15)], [[10 * month] for month in range(1, 15)]]


def two_winters(missing=()):
    return cube(FOURTEEN_MONTHS, first="2019-11", categories=("Drugs",), missing=missing)


def drugs_in(*months, harms=("substances",), category=None):
    return Choice(months, harms, category)


def test_both_counts_are_of_the_same_months_of_the_calendar():
    assert with_year_before(two_winters(), drugs_in("2020-11", "2020-12")) == TwoCounts(now=297, before=33)


def test_both_counts_are_of_the_same_areas():
    assert with_year_before(two_winters(), drugs_in("2020-11"), [0]) == TwoCounts(now=13, before=1)
    assert with_year_before(two_winters(), drugs_in("2020-11"), [1]) == TwoCounts(now=130, before=10)
    assert with_year_before(two_winters(), drugs_in("2020-11"), [0, 1]) == TwoCounts(now=143, before=11)


def test_no_areas_have_no_incidents_in_either_year():
    assert with_year_before(two_winters(), drugs_in("2020-11"), []) == TwoCounts(now=0, before=0)


def test_both_counts_are_of_the_same_kind_of_incident():
    assert with_year_before(two_winters(), drugs_in("2020-11", harms=("asb",))) == TwoCounts(now=0, before=0)
    assert with_year_before(two_winters(), drugs_in("2020-11", harms=(), category="Drugs")).before == 11


def test_no_year_before_when_any_chosen_month_is_missing():
    found = with_year_before(two_winters(missing=["2020-12"]), drugs_in("2020-11", "2020-12"))
    assert found.before is None
    assert found.now == 143 + 154  # what the cube holds; the page says which month is missing


def test_no_year_before_when_any_earlier_month_is_missing():
    assert with_year_before(two_winters(missing=["2019-11"]), drugs_in("2020-11", "2020-12")) == TwoCounts(297, None)


def test_no_year_before_when_an_earlier_month_lies_before_the_data():
    assert with_year_before(two_winters(), drugs_in("2020-10", "2020-11")).before is None


def test_no_year_before_when_a_chosen_month_lies_after_the_data():
    assert with_year_before(two_winters(), drugs_in("2020-12", "2021-01")).before is None


def test_a_gap_elsewhere_does_not_matter():
    assert with_year_before(two_winters(missing=["2020-05"]), drugs_in("2020-11")).before == 11


def test_the_count_is_unknown_when_no_chosen_month_was_supplied():
    found = with_year_before(two_winters(), drugs_in("2022-11", "2022-12"), [0])
    assert math.isnan(found.now)
    assert found.before is None
