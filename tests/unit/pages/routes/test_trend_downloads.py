"""Downloads of courses, comparisons and clocks: released figures, whatever an address asks for."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from data.principal import LOCAL_USER
from data.services import incident_times, visibility
from data.services.opening import open_store
from data.store import datasets
from data.store.datasets import Access
from geo import harms
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.clock.timed_counts import clock_of
from geo.counts.filters import Choice
from geo.release.kinds import Protected
from geo.trends.series import Figure
from geo.trends.trend_table import TrendTableRequest
from geo.views.view import periods
from pages.routes import downloads
from pages.routes import trend_downloads as routes
from tests.unit.data import small_place
from tests.unit.pages.routes.conftest import LOG

POLICE, TIMED = 1, 4  # of the second, in which too few incidents are, nothing is asked
ALL = tuple(harms.HARM_GROUPS)
YEARS = ("2023/24", "2024/25")
ASKED = "Zebedee99"
TIMES = (
    "Date,From,To,Area code,Type\n"
    "01/09/2021,15:10,15:40,E01000001,Knife crime\n"
    "02/09/2021,15:20,,E01000001,Drugs\n"
    "05/11/2021,23:30,00:30,E01000002,Drugs\n"
    "06/11/2021,09:30,,,Drugs\n"
)
AUTUMN = Choice(("2021-09", "2021-10", "2021-11"), ALL)
TREND = TrendTableRequest(ALL, None, None, "month", Figure.COUNT)
HALF_TERMS = TrendTableRequest(ALL, None, None, "half-term", Figure.COUNT)
Address = dict[str, str | list[str] | None]


@pytest.fixture(scope="module")
def home(home_with_log: Path) -> Path:
    """The home of that store with an open dataset with times besides."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(home_with_log))
        store = open_store()
        assert small_place.add(store, small_place.incidents(TIMES, access=Access.OPEN)) == TIMED
        store.close()
    return home_with_log


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def got(client: TestClient, path: str, asked: object) -> list[dict[str, str]]:
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return rows_of(answer.text)


def released() -> Protected:
    store = open_store()
    counts = visibility.released_counts(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, LOG))
    assert isinstance(counts, Protected)
    return counts


def test_a_course_is_the_counts_by_period(client: TestClient) -> None:
    rows = got(client, routes.TREND, routes.trend_of(POLICE, TREND))
    assert [(row["period"], row["n"]) for row in rows] == [("2021-08", "3"), ("2021-09", ""), ("2021-10", "4")]
    one = TrendTableRequest(("substances",), "lsoa", "E01000004", "month", Figure.COUNT)
    rows = got(client, routes.TREND, routes.trend_of(POLICE, one))
    assert [row["n"] for row in rows] == ["0", "", "1"]
    assert {row["area"] for row in rows} == {"North (Anytown 4)"}


@pytest.mark.parametrize("unit", ["month", "half-term", "term", "school year"])
@pytest.mark.parametrize("figure", Figure)
def test_every_unit_and_figure_of_the_page_can_be_asked_for(client: TestClient, unit: str, figure: Figure) -> None:
    asked = routes.trend_of(POLICE, TrendTableRequest(ALL, None, None, unit, figure), "100001")  # type: ignore[arg-type]
    assert " " not in f"{asked['by']}{asked['figures']}"
    assert got(client, routes.TREND, asked)


def test_a_school_has_its_own_term_dates_and_must_be_on_the_list(client: TestClient) -> None:
    asked = routes.trend_of(POLICE, TREND, "100001")
    assert asked["school"] == "100001"
    assert "school" not in routes.trend_of(POLICE, TREND)
    assert got(client, routes.TREND, asked)


def test_the_course_of_a_protected_dataset_is_that_of_its_release(client: TestClient) -> None:
    rows = got(client, routes.TREND, routes.trend_of(LOG, HALF_TERMS))
    sums = [int(np.sum(shown)) for shown in released().shown]
    assert [row["period"] for row in rows] == list(periods(released()))
    assert [(row["n"], row["shown"]) for row in rows] == [
        (str(n) if n >= 10 else "", f"about {n:,}" if n >= 10 else "fewer than 10") for n in sums
    ]


def test_a_rare_harm_of_a_protected_dataset_is_told_as_fewer_than_10(client: TestClient) -> None:
    rows = got(
        client, routes.TREND, routes.trend_of(LOG, TrendTableRequest(("cse",), None, None, "half-term", Figure.WEEK))
    )
    assert {(row["n"], row["value"], row["usual"], row["shown"]) for row in rows} == {("", "", "", "fewer than 10")}


def test_areas_without_residents_cannot_be_compared_and_it_says_why(client: TestClient) -> None:
    answer = client.get(routes.COMPARED, params=routes.compared_of(POLICE, "lsoa", Choice(("2021-08",), ALL)))
    assert answer.status_code == 400
    assert answer.text.startswith("Areas are compared by their residents")


@pytest.mark.parametrize(("hours", "slots"), [(False, 7), (True, 24)])
def test_the_clock_of_an_open_dataset_holds_its_placed_incidents(client: TestClient, hours: bool, slots: int) -> None:
    rows = got(client, routes.CLOCK, routes.clock_of_times(TIMED, AUTUMN, hours))
    assert len(rows) == 2 * 7 * slots
    assert sum(float(row["n"]) for row in rows) == 3
    assert {row["period"] for row in rows} == {"2021-09 to 2021-11"}
    counted = {(row["day"], row["slot"]): float(row["n"]) for row in rows if float(row["n"])}
    assert counted[("Wednesday", "15:00" if hours else "home time")] == 1


def test_a_clock_is_of_the_chosen_harms_and_months(client: TestClient) -> None:
    drugs = Choice(("2021-09",), ("substances",))
    rows = got(client, routes.CLOCK, routes.clock_of_times(TIMED, drugs, False, "100001"))
    assert [row["day"] for row in rows if float(row["n"])] == ["Thursday"]
    assert {row["harm"] for row in rows} == {"Drugs and alcohol"}


def test_the_clock_of_a_protected_dataset_is_that_of_its_release(client: TestClient) -> None:
    rows = got(client, routes.CLOCK, routes.clock_of_release(LOG, YEARS))
    store = open_store()
    dataset = datasets.load_dataset(store, LOCAL_USER, LOG)
    figures = incident_times.released_clock(store, LOCAL_USER, dataset, YEARS, NATIONAL_PATTERN).figures.ravel()
    assert [row["n"] for row in rows] == [str(int(n)) if n else "" for n in figures]
    assert {row["period"] for row in rows} == {"2023/24, 2024/25"}
    one = got(client, routes.CLOCK, routes.clock_of_release(LOG, YEARS[:1]))
    assert {row["period"] for row in one} == {"2023/24"}


def test_a_series_of_months_has_no_clock_to_download(client: TestClient) -> None:
    answer = client.get(routes.CLOCK, params=routes.clock_of_times(POLICE, Choice(("2021-08",), ALL), False))
    assert answer.status_code == 400
    assert answer.text.startswith("This dataset knows months, not days or times")


GOOD: dict[str, tuple[str, object]] = {
    "a course": (
        routes.TREND,
        routes.trend_of(POLICE, TrendTableRequest(ALL, "lsoa", "E01000001", "month", Figure.COUNT)),
    ),
    "a clock of times": (routes.CLOCK, routes.clock_of_times(TIMED, AUTUMN, True)),
    "a clock of a release": (routes.CLOCK, routes.clock_of_release(LOG, YEARS)),
}
NAMES = ["trend-lsoa-month.csv", "clock-hours-2021-09-2021-11.csv", "clock-2023-24-2024-25.csv"]


@pytest.mark.parametrize(("good", "name"), list(zip(GOOD.values(), NAMES, strict=True)), ids=list(GOOD))
def test_a_download_is_a_file_that_nothing_on_the_way_keeps(
    client: TestClient, good: tuple[str, object], name: str
) -> None:
    path, asked = good
    headers = client.get(path, params=asked).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-disposition"] == f'attachment; filename="{name}"'
    assert client.post(path, params=asked).status_code == 405


def changed(base: object, **values: object) -> Address:
    return {name: value for name, value in (dict(base) | values).items() if value is not None}  # type: ignore[call-overload]


COURSE, COMPARISON = routes.trend_of(POLICE, TREND), routes.compared_of(POLICE, "lsoa", Choice(("2021-08",), ALL))
TIMES_OF, RELEASE = routes.clock_of_times(TIMED, AUTUMN, False), routes.clock_of_release(LOG, YEARS)
BAD: list[tuple[str, object, dict[str, object]]] = [
    *(
        (path, base, bad)
        for path, base in ((routes.TREND, COURSE), (routes.COMPARED, COMPARISON), (routes.CLOCK, TIMES_OF))
        for bad in (
            {"dataset": None},
            {"dataset": "99"},
            {"dataset": ASKED},
            {"dataset": "9" * 5000},
            {"harm": None},
            {"harm": ["asb", ASKED]},
        )
    ),
    *((routes.TREND, COURSE, {"by": bad}) for bad in (None, ASKED, "school year", "", "\r\nSet-Cookie: a=b")),
    *((routes.TREND, COURSE, {"figures": bad}) for bad in (None, ASKED, "school day")),
    *((routes.TREND, COURSE, {"school": bad}) for bad in (ASKED, "", "999999")),
    (routes.TREND, COURSE, {"level": "lsoa"}),
    (routes.TREND, COURSE, {"area": "E01000001"}),
    (routes.TREND, COURSE, {"level": "lsoa", "area": ASKED}),
    (routes.TREND, COURSE, {"level": f"../{ASKED}", "area": "E01000001"}),
    (routes.TREND, COURSE, {"level": "", "area": ""}),
    (routes.TREND, COURSE, {"dataset": str(LOG)}),
    *(
        (path, base, bad)
        for path, base in ((routes.COMPARED, COMPARISON), (routes.CLOCK, TIMES_OF))
        for bad in ({"from": None}, {"to": ASKED}, {"from": "2021-13"}, {"from": "2021-12"}, {"from": "2021/22-1"})
    ),
    *((routes.COMPARED, COMPARISON, {"level": bad}) for bad in (None, ASKED, f"../{ASKED}", "ward")),
    (routes.CLOCK, TIMES_OF, {"by": ASKED}),
    (routes.CLOCK, TIMES_OF, {"by": None}),
    (routes.CLOCK, TIMES_OF, {"from": "1999-01"}),
    (routes.CLOCK, TIMES_OF, {"school": ASKED}),
    (routes.CLOCK, TIMES_OF, {"year": "2021/22"}),
    *((routes.CLOCK, RELEASE, {"year": bad}) for bad in (None, ASKED, "2023", ["2023/24", "2022/23"], "2022/23")),
    *(
        (routes.CLOCK, RELEASE, {name: bad})
        for name, bad in (("harm", "asb"), ("by", "hours"), ("from", "2023-09"), ("school", "100001"), ("area", ASKED))
    ),
]


@pytest.mark.parametrize(("path", "base", "bad"), BAD)
def test_bad_questions_are_refused_in_one_sentence_without_repeating_them(
    client: TestClient, path: str, base: object, bad: dict[str, object]
) -> None:
    answer = client.get(path, params=changed(base, **bad))
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ASKED not in answer.text + str(answer.headers)
    assert answer.text.endswith(".")
    assert ". " not in answer.text


@pytest.mark.parametrize("path", [routes.TREND, routes.COMPARED, routes.CLOCK])
def test_an_address_without_any_question_is_refused(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("path", [routes.TREND, routes.COMPARED, routes.CLOCK])
def test_of_a_protected_dataset_too_small_for_a_release_no_figure_is_told(client: TestClient, path: str) -> None:
    asked = HALF_TERM if path == routes.COMPARED else HALF_TERM | {"level": None}
    if path == routes.CLOCK:
        asked = {"year": "2021/22"}
    answer = client.get(path, params=changed(asked, dataset="2"))
    if path == routes.TREND:
        assert [(row["n"], row["shown"]) for row in rows_of(answer.text)] == [("", "fewer than 10")]
    else:
        assert answer.status_code == 400


HALF_TERM: Address = {
    "harm": list(ALL),
    "level": "zone",
    "by": "half-term",
    "figures": "count",
    "from": "2021/22-1",
    "to": "2021/22-1",
}
PEERING: list[dict[str, object]] = [
    {},
    *({name: value} for name in ("lens", "eyes", "figures", "access", "as") for value in ("exact", "custodian")),
    *({"board": value} for value in ("false", "0", "")),
    *({"level": level, "area": area} for level in ("lsoa", "zone", "msoa") for area in small_place.CODES[:2]),
    *({"level": level, "area": None} for level in ("lsoa", "zone", "msoa", "district")),
    *({"by": by} for by in ("month", "half-term", "term", "school-year", "hours", "bands", "day")),
    *({"from": "2023-09", "to": "2025-07", "by": by} for by in ("month", "hours", "bands")),
    *({"year": list(YEARS), "harm": None, "from": None, "to": None, "by": None, "level": None} for _ in range(1)),
    {"category": "Drugs"},
    {"measure": "count", "level": "zone"},
    {"measure": "count", "level": "lsoa", "from": "2023-09", "to": "2023-09"},
    {"version": "1", "number": "1"},
]


@pytest.mark.parametrize("path", [downloads.AREAS, routes.TREND, routes.COMPARED, routes.CLOCK])
@pytest.mark.parametrize("peering", PEERING)
def test_no_address_gives_exact_counts_of_a_protected_dataset(
    client: TestClient, path: str, peering: dict[str, object]
) -> None:
    base = HALF_TERM | {"level": None, "dataset": str(LOG), "from": "2023/24-1", "to": "2024/25-6", "measure": "count"}
    answer = client.get(path, params=changed(base, **peering))
    assert answer.status_code in (200, 400, 403)
    if answer.status_code != 200:
        assert ". " not in answer.text
        return
    for row in rows_of(answer.text):
        assert row["n"] == "" or (int(row["n"]) >= 10 and int(row["n"]) % 5 == 0)
        assert row["shown"] == (f"about {int(row['n']):,}" if row["n"] else row["shown"])
        assert row["n"] or row["shown"] in ("", "fewer than 10")


def test_the_clock_of_a_custodian_is_exact_and_has_no_address(client: TestClient) -> None:
    store = open_store()
    dataset = datasets.load_dataset(store, LOCAL_USER, LOG)
    months = tuple(dataset.months)
    exact = clock_of(incident_times.timed(store, LOCAL_USER, dataset), Choice(months, ALL), NATIONAL_PATTERN)
    assert (exact.weights % 5 != 0).any()
    for hours in (True, False):
        asked = routes.clock_of_times(LOG, Choice(months, ALL), hours)
        assert client.get(routes.CLOCK, params=asked).status_code == 400
