from dataclasses import replace

import numpy as np
import pytest

from geo.selecting import Choice
from geo.trends import Line, highest, long, wide
from tests.unit.geo.samples import cube

CUBE = cube(
    [[[0, 1, 2], [0, 3, 0], [0, 0, 0]], [[0, 4, 8], [0, 0, 0], [0, 16, 0]]], first="2020-12", missing=["2021-01"]
)
DRUGS = Choice(("2020-12",), ("substances",))
VIOLENCE = Choice(("2020-12",), ("violence",))
LINES = [Line("Drugs", DRUGS, None), Line("Violence in A0", VIOLENCE, (0,))]


def test_every_line_has_every_month_under_its_own_label():
    found = long(CUBE, LINES)
    assert found.columns.tolist() == ["period", "n", "series"]
    assert found["series"].tolist() == ["Drugs"] * 3 + ["Violence in A0"] * 3
    assert found["period"].tolist() == ["2020-12", "2021-01", "2021-02"] * 2
    assert found["n"].tolist() == pytest.approx([5, np.nan, 16, 2, np.nan, 0], nan_ok=True)


def test_the_table_has_the_newest_month_first_and_a_column_a_line():
    found = wide(CUBE, LINES)
    assert found.columns.tolist() == ["period", "Drugs", "Violence in A0"]
    assert found["period"].tolist() == ["Feb 2021", "Jan 2021", "Dec 2020"]
    assert found.index.tolist() == [0, 1, 2]
    assert found["Drugs"].tolist() == pytest.approx([16, np.nan, 5], nan_ok=True)


def test_the_table_says_what_the_lines_show():
    drawn = long(CUBE, LINES).pivot_table(index="period", columns="series", values="n", dropna=False, sort=False)
    table = wide(CUBE, LINES)[::-1]
    for line in LINES:
        assert table[line.label].tolist() == pytest.approx(drawn[line.label].tolist(), nan_ok=True)


def test_the_highest_figure_is_that_of_all_lines_and_none_where_there_is_no_line():
    assert highest(CUBE, LINES) == 16
    assert highest(CUBE, LINES[1:]) == 2
    assert highest(CUBE, []) == 0


def test_lines_of_protected_counts_tell_them_as_they_may_be_told():
    protected = replace(cube([[[0, 5, 0], [0, 15, 0]]], first="2021-01"), protected=True)
    drugs = [Line("Drugs", Choice(("2021-01",), ("substances",)), None)]
    assert long(protected, drugs)["n"].tolist() == [0, 15]
    assert wide(protected, drugs)["Drugs"].tolist() == [15, 0]
