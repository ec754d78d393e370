import numpy as np
import pandas as pd
import pytest

from geo import columns as c
from geo.counts.cube import by_category, cells, count, cube_from_cells, tabulate
from geo.errors import InputError
from tests.unit.geo.samples import cube, squares

# Two areas, three months, and Burglary, Drugs and Robbery.
TWO = cube([[[1, 0, 2], [0, 0, 0], [0, 3, 0]], [[0, 4, 0], [0, 0, 0], [5, 0, 6]]], missing=["2021-02"])


def frame(*rows):
    return pd.DataFrame(rows, columns=[c.AREA, c.MONTH, c.CATEGORY, c.COUNT])


def test_rows_are_counted_where_when_and_what_they_are():
    n = count(np.array([0, 1, 1, 0]), np.array([2, 0, 0, 2]), np.array([1, 0, 0, 0]), (2, 3, 2))
    assert n.shape == (2, 3, 2)
    assert n[0, 2].tolist() == [1, 1]
    assert n[1, 0].tolist() == [2, 0]
    assert n.sum() == 4


def test_rows_that_belong_to_no_area_are_not_counted_in_the_last():
    n = count(np.array([-1, 0, -1]), np.array([0, 0, 1]), np.array([0, 0, 0]), (2, 2, 1))
    assert n.tolist() == [[[1], [0]], [[0], [0]]]


def test_nothing_placed_makes_zeros_of_the_whole_shape():
    assert count(np.array([-1]), np.array([0]), np.array([0]), (2, 1, 3)).tolist() == [[[0, 0, 0]], [[0, 0, 0]]]


def test_cube_has_every_month_between_the_first_and_the_last_cell():
    found = cube_from_cells(frame(("A1", "2021-01", "Drugs", 2), ("A0", "2020-11", "Drugs", 1)), ["A0", "A1"], [])
    assert found.periods == ("2020-11", "2020-12", "2021-01")
    assert found.n[:, :, 0].tolist() == [[1, 0, 0], [0, 0, 2]]


def test_span_widens_the_cube_to_months_without_incidents():
    rows = frame(("A0", "2021-02", "Drugs", 7))
    found = cube_from_cells(rows, ["A0"], ["2021-03"], span=("2021-01", "2021-04"))
    assert found.periods == ("2021-01", "2021-02", "2021-03", "2021-04")
    assert found.n.ravel().tolist() == [0, 7, 0, 0]
    assert found.missing == {"2021-03"}


def test_cells_that_come_twice_are_added():
    found = cube_from_cells(frame(("A0", "2021-01", "Drugs", 2), ("A0", "2021-01", "Drugs", 3)), ["A0"], [])
    assert found.n.tolist() == [[[5]]]


def test_areas_without_incidents_stay_in_the_cube():
    found = cube_from_cells(frame(("A2", "2021-01", "Drugs", 2)), ["A0", "A1", "A2"], [])
    assert found.areas == ("A0", "A1", "A2")
    assert found.n[:, 0, 0].tolist() == [0, 0, 2]


def test_categories_take_the_harm_group_that_the_dataset_gives_them():
    rows = frame(("A0", "2021-01", "Burglary", 1), ("A0", "2021-01", "Taxi", 1), ("A0", "2021-01", "Drugs", 1))
    found = cube_from_cells(rows, ["A0"], [], {"Taxi": "cse"})
    assert found.categories == ("Burglary", "Drugs", "Taxi")
    assert found.harm == ("other", "substances", "cse")


def test_chosen_months_that_the_cube_lacks_are_passed_over():
    assert TWO.period_slice(["2020-12", "2021-01", "2021-03", "2021-04"]) == [0, 2]


def test_larger_areas_hold_the_sum_of_the_areas_inside_them():
    areas = squares(3, msoa_code=["M2", "M1", "M2"], msoa_name=["West", "East", "West"])
    of_three = cube([[[1], [2]], [[10], [20]], [[100], [200]]], categories=("Drugs",), missing=["2021-02"])
    found = of_three.rolled_up(areas.units("msoa"))
    assert found.areas == ("M1", "M2")
    assert found.n[:, :, 0].tolist() == [[10, 20], [101, 202]]
    assert (found.periods, found.categories) == (of_three.periods, of_three.categories)
    assert (found.harm, found.missing) == (of_three.harm, of_three.missing)


def test_rolling_up_leaves_the_smaller_areas_as_they_were():
    areas = squares(2, msoa_code=["M", "M"], msoa_name=["Both", "Both"])
    before = TWO.n.copy()
    assert TWO.rolled_up(areas.units("msoa")).n.sum() == before.sum()
    assert np.array_equal(TWO.n, before)


def test_only_cells_with_incidents_are_listed():
    assert cells(TWO).to_numpy().tolist() == [
        ["A0", "2021-01", "Burglary", 1],
        ["A0", "2021-01", "Robbery", 2],
        ["A0", "2021-03", "Drugs", 3],
        ["A1", "2021-01", "Drugs", 4],
        ["A1", "2021-03", "Burglary", 5],
        ["A1", "2021-03", "Robbery", 6],
    ]


def test_categories_are_listed_most_first_with_their_harm_group_in_words():
    assert by_category(TWO).to_numpy().tolist() == [
        ["Robbery", "Violence and weapons", 8],
        ["Drugs", "Drugs and alcohol", 7],
        ["Burglary", "Other", 6],
    ]


@pytest.mark.parametrize("by", [["period"], ["area", "harm"], ["harm", "area"], ["category", "period", "area"]])
def test_counts_are_listed_in_the_columns_and_the_order_asked_for(by):
    assert list(tabulate(TWO, by).columns) == [*by, "n"]


def test_counts_are_summed_over_everything_that_is_not_asked_for():
    assert tabulate(TWO, ["harm"]).to_numpy().tolist() == [["other", 6], ["substances", 7], ["violence", 8]]
    assert tabulate(TWO, ["period", "area"]).to_numpy().tolist() == [
        ["2021-01", "A0", 3],
        ["2021-01", "A1", 4],
        ["2021-03", "A0", 3],
        ["2021-03", "A1", 11],
    ]


def test_a_cube_without_incidents_lists_nothing_under_the_same_header():
    empty = tabulate(cube([[[0, 0, 0]]]), ["area", "harm"])
    assert list(empty.columns) == ["area", "harm", "n"]
    assert len(empty) == 0


@pytest.mark.parametrize(("by", "found"), [(["area", "postcode", "n"], "postcode, n was"), ([], "nothing was")])
def test_an_unknown_name_is_refused_in_one_sentence_that_names_the_known(by, found):
    with pytest.raises(
        InputError, match=rf"^Counts can be listed by area, period, category, harm, and {found}"
    ) as told:
        tabulate(TWO, by)
    assert str(told.value).endswith(".")
    assert str(told.value).count(".") == 1
