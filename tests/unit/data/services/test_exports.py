"""Exports: released counts only, and never a formula."""

import csv
import inspect
import io
import json
import typing

import numpy as np
import pandas as pd
import pytest

from data.formats import csv_output
from data.formats.csv_output import frame_csv
from data.principal import LOCAL_USER
from data.services import exports, visibility
from data.store import area_sets, datasets
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.counts.cube import Cube
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from geo.release.kinds import Exact, Open, Released
from geo.views.listing import CountsRequest
from tests.unit.data import small_place
from tests.unit.geo.findings import making
from tests.unit.geo.samples import squares

MONTHS = ("2021-08", "2021-09", "2021-10")
ALL_HARMS = ("violence", "substances", "asb", "other")
ONE_AREA = squares(1)
BY_CATEGORY = CountsRequest(["category"])
FORMULAS = ("=1+1", "+441", "-2", "@SUM(A1)", "\tcmd", "\rcmd", "=HYPERLINK(1)")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def counted(*categories: str) -> Cube:
    """Return one area and month with one incident of each category."""
    n = np.ones((1, 1, len(categories)), dtype=np.int64)
    harm = ("other",) * len(categories)
    return Cube(ONE_AREA.codes, ("2021-08",), categories, harm, frozenset(), n)


def by_category(*categories: str) -> list[dict[str, str]]:
    """Read the export of one incident of each category."""
    return rows_of(exports.counts_csv(Open(counted(*categories)), ONE_AREA, BY_CATEGORY))


def public_functions() -> list[tuple[str, object]]:
    found = inspect.getmembers(exports, inspect.isfunction)
    return [(name, one) for name, one in found if one.__module__ == exports.__name__ and not name.startswith("_")]


@pytest.mark.parametrize(("name", "function"), public_functions())
def test_no_export_accepts_exact_counts(name: str, function: object) -> None:
    hints = typing.get_type_hints(function)
    for hint in hints.values():
        assert hint is not Exact
        assert Exact not in typing.get_args(hint)
    assert hints.get("released", Released) == Released


def test_exact_and_released_counts_are_not_of_one_kind() -> None:
    assert not issubclass(Exact, Released)
    assert not any(issubclass(one, Exact) for one in typing.get_args(Released))
    assert "Exact" not in vars(exports)


def test_exact_counts_are_refused_where_no_type_checker_asked() -> None:
    exact, choice = Exact(counted("Drugs")), Choice(("2021-08",), ALL_HARMS)
    with pytest.raises(TypeError):
        exports.counts_csv(exact, ONE_AREA, BY_CATEGORY)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        exports.counts_json(exact, ONE_AREA, BY_CATEGORY)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        exports.areas_table(exact, ONE_AREA, "area", choice, MeasureRequest(Measure.COUNT), "Anybody")  # type: ignore[arg-type]


@pytest.mark.parametrize("category", FORMULAS)
def test_a_spreadsheet_never_runs_a_cell(category: str) -> None:
    [row] = by_category(category)
    assert row["category"] == f"'{category}".replace("\r", "\n")


@pytest.mark.parametrize(
    "category", ["Drugs", "a=b", "1+1", 'He said "stop", then ran', "Zoë’s café", "a\nb", "'quoted"]
)
def test_other_words_are_written_as_they_are(category: str) -> None:
    [row] = by_category(category)
    assert row["category"] == category


@pytest.mark.parametrize("category", ["one\rtwo", "one\r\ntwo", "one\ntwo"])
def test_a_line_end_inside_a_cell_is_one_line_feed(category: str) -> None:
    [row] = by_category(category)
    assert row["category"] == "one\ntwo"


def test_json_repeats_words_as_they_are() -> None:
    text = exports.counts_json(Open(counted("=1+1", "Zoë")), ONE_AREA, BY_CATEGORY)
    assert json.loads(text) == [{"category": "=1+1", "n": 1}, {"category": "Zoë", "n": 1}]


def test_figures_are_written_plainly() -> None:
    frame = pd.DataFrame({"n": [3.0, 2.5, np.nan], "rank": pd.array([1, 2, None], dtype="Int64"), "loss": [-1, 0, 1]})
    assert csv_output.frame_csv(frame) == "n,rank,loss\n3,1,-1\n2.5,2,0\n,,1\n"


@pytest.fixture
def place(store: Store) -> tuple[Released, AreaSet, datasets.Dataset]:
    """The released counts of the small place, its areas and its dataset."""
    dataset = datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    return visibility.released_counts(store, LOCAL_USER, dataset), areas, dataset


def areas_table(place: tuple[Released, AreaSet, datasets.Dataset], level: str, choice: Choice) -> str:
    counts, areas, dataset = place
    return frame_csv(exports.areas_table(counts, areas, level, choice, MeasureRequest(Measure.COUNT), dataset.source))


def test_the_table_of_the_map_lists_every_area_with_period_and_source(
    place: tuple[Released, AreaSet, datasets.Dataset],
) -> None:
    rows = rows_of(areas_table(place, "lsoa", Choice(MONTHS, ALL_HARMS)))
    assert {row["area"]: int(row["n"]) for row in rows} == dict(zip(small_place.CODES, (2, 1, 2, 1, 1, 0), strict=True))
    assert {row["period"] for row in rows} == {"2021-08 to 2021-10"}
    assert {row["source"] for row in rows} == {place[2].source}


def test_larger_areas_are_sums_of_those_inside(place: tuple[Released, AreaSet, datasets.Dataset]) -> None:
    rows = rows_of(areas_table(place, "msoa", Choice(MONTHS, ALL_HARMS)))
    assert [(row["area"], row["n"]) for row in rows] == [("E02000001", "5"), ("E02000002", "2")]


def test_a_choice_narrows_the_table(place: tuple[Released, AreaSet, datasets.Dataset]) -> None:
    rows = rows_of(areas_table(place, "district", Choice(("2021-10",), ("substances",))))
    assert [(row["area"], row["n"]) for row in rows] == [("E08000001", "1")]
    rows = rows_of(areas_table(place, "district", Choice(MONTHS, ("asb",), "Robbery")))
    assert [(row["area"], row["n"]) for row in rows] == [("E08000001", "2")]


def test_a_period_that_was_never_supplied_has_no_figures(
    place: tuple[Released, AreaSet, datasets.Dataset],
) -> None:
    rows = rows_of(areas_table(place, "lsoa", Choice(("2021-09",), ALL_HARMS)))
    assert len(rows) == 6
    assert {(row["n"], row["rank"]) for row in rows} == {("", "")}


GRID = making.grid(6)
YEARS = 36


def of_the_grid(**of_cube: object) -> Cube:
    """Count one harm group of 36 areas in three years, with a place in the south-west where there is more of it."""
    n = making.even(GRID, YEARS)
    n[[0, 1, 6, 7]] *= 4
    n[[34, 35], -12:] *= 3
    n[20] = 0
    return making.cube_of({"violence": n * 5 if of_cube else n}, GRID, **of_cube)


def table_by(cube: Cube, asked: MeasureRequest) -> list[dict[str, str]]:
    choice = Choice(cube.periods[-12:], ("violence",))
    return rows_of(frame_csv(exports.areas_table(Open(cube), GRID, "lsoa", choice, asked, "Anybody")))


COLUMNS = {
    Measure.RATE: ["low", "high"],
    Measure.SMOOTHED: ["smoothed", "own_share"],
    Measure.CHANGE: ["before", "ratio", "low", "high", "real"],
    Measure.HOT: ["hot", "z"],
    Measure.PATTERN: ["pattern", "hot_steps"],
}


@pytest.mark.parametrize("measure", COLUMNS)
def test_the_table_of_a_measure_has_the_columns_of_the_map_beside_its_counts(measure: Measure) -> None:
    rows = table_by(of_the_grid(), MeasureRequest(measure))
    usual = ["rank", "area", "name", "n", "residents", "rate"]
    assert list(rows[0]) == [*usual, *COLUMNS[measure], "period", "source"]
    plain = {row["area"]: row["n"] for row in table_by(of_the_grid(), MeasureRequest(Measure.COUNT))}
    assert {row["area"]: row["n"] for row in rows} == plain
    ranks = [int(row["rank"]) for row in rows if row["rank"]]
    assert ranks == sorted(ranks)
    assert "inf" not in {cell for row in rows for cell in row.values()}
    assert "nan" not in {cell for row in rows for cell in row.values()}


def test_what_cannot_be_said_of_an_area_is_left_blank_and_it_comes_last() -> None:
    *_, last = table_by(of_the_grid(), MeasureRequest(Measure.CHANGE))
    assert last["area"] == GRID.codes[20]
    assert (last["rank"], last["ratio"], last["low"], last["high"]) == ("", "", "", "")
    assert last["real"] == "too few to say"
    assert last["n"] == last["before"] == "0"


def test_how_a_measure_is_looked_at_goes_into_the_table() -> None:
    cold, hot = (table_by(of_the_grid(), MeasureRequest(Measure.HOT, cold=each)) for each in (True, False))
    assert "Neither hot nor cold" in {row["hot"] for row in cold}
    assert "No hot spot" in {row["hot"] for row in hot}
    assert [row["z"] for row in cold] == [row["z"] for row in hot]
    by_residents = table_by(of_the_grid(), MeasureRequest(Measure.HOT, residents=True))
    assert [row["z"] for row in by_residents] != [row["z"] for row in hot]


@pytest.mark.parametrize("measure", COLUMNS)
def test_a_protected_table_tells_no_figure_under_10_of_either_year(measure: Measure) -> None:
    rows = table_by(of_the_grid(protected=True), MeasureRequest(measure))
    (few,) = (row for row in rows if row["area"] == GRID.codes[20])
    assert (few["n"], few["shown"], few["rate"]) == ("", "fewer than 10", "")
    for row in rows:
        assert not row["n"] or (int(row["n"]) >= 10 and int(row["n"]) % 5 == 0)
        assert row["shown"] == (f"about {int(row['n']):,}" if row["n"] else "fewer than 10")
    if measure is Measure.CHANGE:
        assert few["before"] == "fewer than 10"
        assert {row["before"].split()[0] for row in rows} == {"about", "fewer"}
    if measure in (Measure.RATE, Measure.SMOOTHED, Measure.CHANGE):
        assert {few[column] for column in COLUMNS[measure][-2:]} <= {"", "too few to say"}


def test_data_too_thin_for_a_statistic_are_refused() -> None:
    counts = Open(counted("Drugs"))
    for measure in set(COLUMNS) - {Measure.RATE}:
        with pytest.raises(ThinDataError):
            frame_csv(
                exports.areas_table(
                    counts, ONE_AREA, "area", Choice(("2021-08",), ALL_HARMS), MeasureRequest(measure), "Anybody"
                )
            )
