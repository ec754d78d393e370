"""Exports of what happened when: released figures only, each file saying what it counts and where it comes from."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from data.formats.csv_output import frame_csv
from data.principal import LOCAL_USER
from data.services import exports, visibility
from data.store import area_sets, datasets
from data.store.datasets import Dataset
from data.store.store import Store
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.clock.slots import BY_BAND
from geo.clock.week_clock import Clock, Precision, Visibility
from geo.counts.cube import Cube
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.harms import HARM_GROUPS
from geo.release.kinds import Exact, Open
from geo.trends import funnel_plot
from geo.trends.series import Figure
from geo.trends.trend_table import TrendTableRequest
from geo.views.view import view_counts
from tests.unit.data import small_place
from tests.unit.data.services.test_exports import FORMULAS, rows_of
from tests.unit.geo.findings import making

GRID = making.grid(6)
MONTHS = 36
HARMS = ("violence",)
TREND = TrendTableRequest(HARMS, None, None, "month", Figure.COUNT)
ONE = replace(TREND, level="lsoa", area=GRID.codes[20])


@dataclass(frozen=True)
class Set:
    reason: str
    harm: str = "violence"
    level: str = ""
    area: str = ""
    first_day: date = date(2100, 1, 1)


def cube(protected: bool = False) -> Cube:
    """Count one harm group of 36 areas in three years; one area has none, and one has many."""
    n = making.even(GRID, MONTHS)
    n[20] = 0
    n[3] *= 4
    return making.cube_of({"violence": n * 5 if protected else n}, GRID, protected=protected)


@pytest.fixture
def dataset(store: Store) -> Dataset:
    return datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))


def clock(lens_of: Visibility) -> Clock:
    weights = np.tile([0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0], (2, 7, 1))
    precision = Precision(one=int(weights.sum()))
    return Clock(lens_of, BY_BAND, weights, weights, weights.sum(axis=2), np.full((2, 7), 10), precision)


def test_exact_figures_are_refused_where_no_type_checker_asked(dataset: Dataset) -> None:
    exact, choice = Exact(cube()), Choice(cube().periods[-12:], HARMS)
    with pytest.raises(TypeError):
        exports.trend_table(exact, GRID, TREND, dataset, NATIONAL_PATTERN, [])  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        exports.compared_table(exact, GRID, "lsoa", choice, "Anybody")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        exports.clock_table(clock(Visibility.EXACT), "2021", HARMS, "Anybody")


def test_a_course_holds_the_counts_and_says_of_what_where_and_from_whom(dataset: Dataset) -> None:
    rows = rows_of(frame_csv(exports.trend_table(Open(cube()), GRID, TREND, dataset, NATIONAL_PATTERN, [])))
    assert [int(row["n"]) for row in rows] == cube().n.sum(axis=(0, 2)).tolist()
    assert [row["period"] for row in rows] == list(cube().periods)
    told = {(row["harm"], row["area"], row["source"]) for row in rows}
    assert told == {(HARM_GROUPS["violence"], "All areas together", dataset.source)}
    every = replace(TREND, harms=tuple(HARM_GROUPS))
    assert (
        rows_of(frame_csv(exports.trend_table(Open(cube()), GRID, every, dataset, NATIONAL_PATTERN, [])))[0]["harm"]
        == "All harm groups"
    )


def test_a_month_that_is_missing_is_an_empty_cell_and_no_zero(store: Store, dataset: Dataset) -> None:
    counts = visibility.released_counts(store, LOCAL_USER, dataset)
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    asked = replace(TREND, harms=tuple(HARM_GROUPS))
    rows = rows_of(frame_csv(exports.trend_table(counts, areas, asked, dataset, NATIONAL_PATTERN, [])))
    assert [(row["period"], row["n"]) for row in rows] == [("2021-08", "3"), ("2021-09", ""), ("2021-10", "4")]


def test_of_protected_counts_no_course_tells_a_figure_under_10(dataset: Dataset) -> None:
    rows = rows_of(frame_csv(exports.trend_table(Open(cube(protected=True)), GRID, ONE, dataset, NATIONAL_PATTERN, [])))
    assert {(row["n"], row["value"], row["shown"]) for row in rows} == {("", "", "fewer than 10")}
    whole = rows_of(
        frame_csv(exports.trend_table(Open(cube(protected=True)), GRID, TREND, dataset, NATIONAL_PATTERN, []))
    )
    assert {row["shown"] for row in whole} == {f"about {int(row['n']):,}" for row in whole}


@pytest.mark.parametrize("words", FORMULAS)
def test_a_spreadsheet_runs_no_reason_and_no_source(dataset: Dataset, words: str) -> None:
    first = date.fromisoformat(f"{cube().periods[12]}-01")
    of = replace(dataset, source=words)
    rows = rows_of(
        frame_csv(exports.trend_table(Open(cube()), GRID, TREND, of, NATIONAL_PATTERN, [Set(words, first_day=first)]))
    )
    told = f"'{words}".replace("\r", "\n")
    assert rows[12]["reason"] == told
    assert {row["source"] for row in rows} == {told}
    rows = rows_of(frame_csv(exports.clock_table(clock(Visibility.OPEN), "2021", HARMS, words)))
    assert {row["source"] for row in rows} == {told}


def test_areas_compared_stand_in_alphabetical_order_with_the_figures_of_the_funnel() -> None:
    choice = Choice(cube().periods[-12:], HARMS)
    rows = rows_of(frame_csv(exports.compared_table(Open(cube()), GRID, "lsoa", choice, "Anybody")))
    page = funnel_plot.funnel_plot(view_counts(Open(cube()), GRID, "lsoa"), choice).rows
    assert [row["name"] for row in rows] == page["name"].tolist() == sorted(row["name"] for row in rows)
    for column in ("n", "expected", "ratio"):
        assert [float(row[column]) for row in rows] == page[column].tolist()
    assert [row["verdict"] for row in rows] == page["verdict"].tolist()
    assert {(row["harm"], row["period"], row["source"]) for row in rows} == {
        (HARM_GROUPS["violence"], f"{choice.periods[0]} to {choice.periods[-1]}", "Anybody")
    }


def test_protected_areas_with_fewer_than_10_are_not_compared() -> None:
    counts, choice = Open(cube(protected=True)), Choice(cube().periods[-12:], HARMS)
    rows = rows_of(frame_csv(exports.compared_table(counts, GRID, "lsoa", choice, "Anybody")))
    assert len(rows) == 35
    assert min(int(row["n"]) for row in rows) >= 10
    assert {row["shown"] for row in rows} == {f"about {int(row['n']):,}" for row in rows}


def test_areas_that_cannot_be_compared_are_refused_in_one_sentence() -> None:
    with pytest.raises(ThinDataError, match=r"^A comparison needs all the periods chosen, .*; choose others\.$"):
        frame_csv(exports.compared_table(Open(cube()), GRID, "lsoa", Choice(("2001-01",), HARMS), "Anybody"))


def test_a_clock_says_its_figures_and_a_released_one_none_under_10() -> None:
    rows = rows_of(frame_csv(exports.clock_table(clock(Visibility.OPEN), "2021-08 to 2021-10", HARMS, "Anybody")))
    assert [row["n"] for row in rows[:3]] == ["0", "5", "10"]
    assert rows[2]["per_day"] == "1"
    assert {(row["harm"], row["period"]) for row in rows} == {(HARM_GROUPS["violence"], "2021-08 to 2021-10")}
    rows = rows_of(frame_csv(exports.clock_table(clock(Visibility.RELEASED), "2021/22", tuple(HARM_GROUPS), "Anybody")))
    assert [(row["n"], row["shown"]) for row in rows[:3]] == [
        ("", "fewer than 10"),
        ("", "fewer than 10"),
        ("10", "about 10"),
    ]
    assert {row["harm"] for row in rows} == {"All harm groups"}
