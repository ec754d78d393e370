"""What is downloaded from Trends and the School-day clock are the figures that the pages show."""

import csv
import io
from typing import Final

import pytest
from starlette.testclient import TestClient

from data.principal import LOCAL_USER
from data.services import visibility
from data.services.opening import open_store
from data.store import area_sets, datasets, places
from data.store.datasets import Dataset
from geo.counts.filters import Choice
from geo.release.kinds import Protected
from geo.trends import chart_data, funnel_plot
from geo.trends.period_counts import charts, count_periods
from geo.trends.series import Figure
from geo.trends.trend_table import TrendTableRequest
from geo.views.view import levels, periods, view_counts, years_of
from pages.routes import trend_downloads as routes
from tests.pages.conftest import Open
from tests.pages.facts import POLICE, SCHOOL
from tests.pages.shown import number

USUAL: Final = ("violence", "substances", "asb")
FIGURES: Final = (("value", "value"), ("usual", "centre"), ("low", "low"), ("high", "high"))


def rows_of(client: TestClient, path: str, asked: object) -> list[dict[str, str]]:
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def dataset_of(title: str) -> Dataset:
    [found] = [one for one in datasets.datasets(open_store(), LOCAL_USER) if one.title == title]
    return found


@pytest.mark.parametrize("title", [POLICE, SCHOOL])
@pytest.mark.parametrize("figure", [Figure.WEEK, Figure.SCHOOL_DAY])
@pytest.mark.parametrize("whole", [True, False], ids=["all areas", "one area"])
def test_a_course_holds_the_figures_of_its_chart(client: TestClient, title: str, figure: Figure, whole: bool) -> None:
    store, dataset = open_store(), dataset_of(title)
    counts = visibility.released_counts(store, LOCAL_USER, dataset)
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    level = levels(counts, areas)[-1]
    seen = view_counts(counts, areas, level, years_of(counts, periods(counts)))
    calendar = places.school_calendar(store, LOCAL_USER)
    found = count_periods(counts, seen, dataset.gaps, "half-term", calendar)
    _, made = charts(found, figure, [USUAL], None if whole else [0], (0, 1), [])
    drawn = chart_data.frame(made.charts[0].control_charts, 0)
    where = (None, None) if whole else (level, seen.units.codes[0])
    rows = rows_of(
        client, routes.TREND, routes.trend_of(dataset.id, TrendTableRequest(USUAL, *where, "half-term", figure))
    )
    assert [row["label"] for row in rows] == drawn["label"].tolist()
    assert [row["signal"] for row in rows] == drawn["course"].tolist()
    assert [row["why"] for row in rows] == drawn["why"].tolist()
    for ours, theirs in FIGURES:
        for row, value, few in zip(rows, drawn[theirs], drawn["few"], strict=True):
            if row[ours]:
                assert float(row[ours]) == pytest.approx(value, abs=0.051 if title == SCHOOL else 1e-9)
            else:
                assert value != value or (few and ours == "value")


def test_areas_compared_hold_the_figures_of_the_funnel(client: TestClient) -> None:
    store, dataset = open_store(), dataset_of(POLICE)
    counts = visibility.released_counts(store, LOCAL_USER, dataset)
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    choice = Choice(periods(counts)[-12:], USUAL)
    page = funnel_plot.funnel_plot(view_counts(counts, areas, "lsoa"), choice).rows
    rows = rows_of(client, routes.COMPARED, routes.compared_of(dataset.id, "lsoa", choice))
    assert [row["name"] for row in rows] == page["name"].tolist()
    assert [(int(row["n"]), row["verdict"]) for row in rows] == list(
        zip(page["n"].astype(int), page["verdict"], strict=True)
    )


def test_protected_areas_compared_tell_none_under_10(client: TestClient) -> None:
    store, dataset = open_store(), dataset_of(SCHOOL)
    counts = visibility.released_counts(store, LOCAL_USER, dataset)
    choice = Choice(periods(counts), USUAL)
    rows = rows_of(client, routes.COMPARED, routes.compared_of(dataset.id, "zone", choice))
    assert {int(row["n"]) % 5 for row in rows} == {0}
    assert min(int(row["n"]) for row in rows) >= 10
    assert {row["shown"] for row in rows} == {f"about {int(row['n']):,}" for row in rows}


def test_the_clock_of_a_release_tells_none_under_10(client: TestClient) -> None:
    rows = rows_of(client, routes.CLOCK, routes.clock_of_release(dataset_of(SCHOOL).id, ("2024/25",)))
    assert {row["shown"] for row in rows} == {
        f"about {int(row['n']):,}" if row["n"] else "fewer than 10" for row in rows
    }
    counted = [int(row["n"]) for row in rows if row["n"]]
    assert counted
    assert all(n >= 10 and n % 5 == 0 for n in counted)
    store = open_store()
    counts = visibility.released_counts(store, LOCAL_USER, dataset_of(SCHOOL))
    assert isinstance(counts, Protected)
    year = [one for one in counts.periods if one.year == "2024/25"]
    days = {(row["kind"], row["day"]): int(row["days"]) for row in rows}
    assert sum(days.values()) == (year[-1].last - year[0].first).days + 1


@pytest.mark.parametrize("eyes", [{"dataset": POLICE}, {"dataset": SCHOOL, "board": "true"}], ids=["open", "board"])
def test_the_table_of_the_page_has_the_rows_of_the_download(
    open_demo: Open, client: TestClient, eyes: dict[str, str | list[str]]
) -> None:
    table = open_demo("trends", eyes | {"trend_harm": "Anti-social behaviour"}).table("What stands out")
    dataset = dataset_of(str(eyes["dataset"]))
    unit = "term" if "board" in eyes else "month"
    figure = Figure.WEEK if "board" in eyes else Figure.COUNT
    rows = rows_of(
        client, routes.TREND, routes.trend_of(dataset.id, TrendTableRequest(("asb",), None, None, unit, figure))
    )[::-1]
    assert [row[unit.capitalize()] for row in table] == [row["label"] for row in rows]
    assert [row["What stands out"].strip("–") for row in table] == [row["why"] for row in rows]
    shown = [row[f"Incidents a {'week' if 'board' in eyes else 'month'}"] for row in table]
    for told, row in zip(shown, rows, strict=True):
        if row["value"]:
            assert number(told.removeprefix("about ")) == pytest.approx(float(row["value"]), abs=0.5)
        else:
            assert told in ("fewer than 10 incidents", "no figures")


def test_a_course_around_the_school_is_that_of_the_page(client: TestClient, open_demo: Open) -> None:
    """Points of open data, zones of protected: the file has what the chart shows, by the same words."""
    for eyes in ({"dataset": POLICE}, {"dataset": SCHOOL, "board": "true"}):
        for where in ("Around my school", "My district"):
            asked = eyes | {"school": "Castlebrook Academy", "where": where, "trend_harm": "All these harm groups"}
            shown = open_demo("trends", asked)
            (link,) = (one for one in shown.links if one.startswith(routes.TREND))
            answer = client.get(link)
            assert answer.status_code == 200, answer.text
            rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
            table = next(one for one in shown.tables if "Usual range" in one[0])
            assert [row["label"] for row in rows] == [row[0] for row in table[1:]][::-1]
            assert rows[0]["area"].lower() in shown.text.lower()
            if "board" in eyes:
                assert all(not row["n"] or (int(float(row["n"])) % 5 == 0 and float(row["n"]) >= 10) for row in rows)


@pytest.mark.parametrize(
    "asked",
    [
        {"where": "school"},
        {"where": "school", "within": "801", "school": "900001"},
        {"where": "school", "within": "800", "school": "999999"},
        {"where": "county", "school": "900001"},
        {"where": "district", "school": "900001", "level": "lsoa", "area": "X01000001"},
    ],
)
def test_a_part_of_the_map_that_there_is_not_is_refused(client: TestClient, asked: dict[str, str]) -> None:
    request = TrendTableRequest(USUAL, None, None, "month", Figure.COUNT)
    answer = client.get(routes.TREND, params={**routes.trend_of(dataset_of(POLICE).id, request), **asked})
    assert answer.status_code == 400
    assert answer.text.startswith("A download needs ")
