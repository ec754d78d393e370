"""Downloads: the figures of the commands, never stored on the way, and nothing that is not released."""

import csv
import io
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.services import access_log
from data.services.opening import open_store
from geo import harms
from geo.counts.filters import Choice
from geo.maps.measure import Measure
from geo.maps.measures import STATISTICS, MeasureRequest
from pages.routes import downloads, transient_files
from tests.unit.data import small_place
from tests.unit.data.conftest import fill
from tests.unit.data.running import copied, done

MONTHS = ("2021-08", "2021-09", "2021-10")
ALL = Choice(MONTHS, tuple(harms.HARM_GROUPS))
AUTUMN = Choice(("2021/22-1",), tuple(harms.HARM_GROUPS))
OPEN, PROTECTED = 1, 2
FRESH = "Date,Area code,Type\n01/09/2021,E01000003,Drugs\n"
SOON = date(2021, 9, 10)  # a week after the incidents, so that no half-term of theirs is over
ASKED = "Zebedee99"
Address = dict[str, str | list[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a store that holds the small place."""
    return fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("files"))


def address(
    level: str = "lsoa", choice: Choice = ALL, measure: Measure = Measure.COUNT, dataset: int = OPEN
) -> Address:
    return dict(downloads.areas_of(dataset, level, MeasureRequest(measure), choice))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def figures(client: TestClient, asked: Address) -> dict[str, int]:
    given = client.get(downloads.AREAS, params=asked)
    assert given.status_code == 200, given.text
    return {row["area"]: int(row["n"]) for row in rows_of(given.text)}


def counted(home: Path, by: str) -> list[dict[str, str]]:
    """List the counts of the open dataset as the command does."""
    return rows_of(done(home, "counts", "--dataset", OPEN, "--by", by).out)


@pytest.mark.parametrize(
    "choice",
    [ALL, Choice(MONTHS[2:], ALL.harms), Choice(MONTHS, ("substances",)), Choice(MONTHS, ("asb",), "Robbery")],
    ids=["all", "one month", "one harm group", "one category"],
)
def test_figures_equal_those_of_the_command(client: TestClient, home: Path, choice: Choice) -> None:
    expected = Counter(dict.fromkeys(small_place.CODES, 0))
    for row in counted(home, "area,period,category,harm"):
        chosen = row["harm"] in choice.harms if choice.category is None else row["category"] == choice.category
        if row["period"] in choice.periods and chosen:
            expected[row["area"]] += int(row["n"])
    assert figures(client, address(choice=choice)) == expected


@pytest.mark.parametrize(("level", "units"), [("msoa", 2), ("district", 1)])
def test_larger_areas_hold_the_same_sum(client: TestClient, home: Path, level: str, units: int) -> None:
    found = figures(client, address(level))
    assert len(found) == units
    assert sum(found.values()) == sum(int(row["n"]) for row in counted(home, "area"))


def test_a_rate_says_the_figures_it_is_made_of(client: TestClient) -> None:
    rows = rows_of(client.get(downloads.AREAS, params=address(measure=Measure.RATE)).text)
    assert set(rows[0]) == {"rank", "area", "name", "n", "low", "high", "residents", "rate", "period", "source"}


@pytest.mark.parametrize("measure", sorted(STATISTICS))
def test_a_statistic_of_data_too_thin_for_it_is_no_file(client: TestClient, measure: Measure) -> None:
    given = client.get(downloads.AREAS, params=address(measure=measure))
    assert given.status_code == 400
    assert given.text.endswith(".")
    assert ". " not in given.text
    assert "content-disposition" not in given.headers


def test_an_address_says_how_a_measure_is_looked_at_and_nothing_that_was_not_asked_for() -> None:
    plain = downloads.areas_of(OPEN, "lsoa", MeasureRequest(Measure.HOT), ALL)
    assert set(plain) == {"dataset", "level", "measure", "from", "to", "harm"}
    looked = MeasureRequest(Measure.HOT, residents=True, cold=True, clusters=True)
    every = downloads.areas_of(OPEN, "lsoa", looked, ALL)
    assert {name: every[name] for name in set(every) - set(plain)} == {
        "residents": "true",
        "cold": "true",
        "clusters": "true",
    }
    assert every["measure"] == "hot"


@pytest.mark.parametrize("switch", ["residents", "cold", "clusters"])
@pytest.mark.parametrize("value", ["false", "", ASKED, "1"])
def test_a_switch_is_on_only_where_the_address_says_so(client: TestClient, switch: str, value: str) -> None:
    plain = client.get(downloads.AREAS, params=address())
    assert client.get(downloads.AREAS, params=address() | {switch: value}).text == plain.text
    assert client.get(downloads.AREAS, params=address() | {switch: "true"}).status_code == 200


def test_a_download_is_a_file_that_nothing_on_the_way_keeps(client: TestClient) -> None:
    headers = client.get(downloads.AREAS, params=address()).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-disposition"] == 'attachment; filename="areas-lsoa-2021-08-2021-10.csv"'


def test_the_figures_of_a_protected_dataset_are_those_of_its_release(client: TestClient, home: Path) -> None:
    given = client.get(downloads.AREAS, params=address("zone", AUTUMN, dataset=PROTECTED))
    assert given.status_code == 200
    assert given.headers["cache-control"] == "no-store"
    assert given.headers["content-disposition"] == 'attachment; filename="areas-zone-2021-22-1-2021-22-1.csv"'
    listed = {row["area"]: (row["n"], row["shown"]) for row in rows_of(given.text)}
    command = done(home, "counts", "--dataset", PROTECTED, "--by", "area", "--level", "zone")
    assert listed == {row["area"]: (row["n"], row["shown"]) for row in rows_of(command.out)}
    assert set(listed.values()) == {("", "fewer than 10")}


@pytest.mark.parametrize(
    "asked",
    [
        address("lsoa", AUTUMN, dataset=PROTECTED),
        address("zone", ALL, dataset=PROTECTED),
        address("zone", Choice(("2020/21-1",), AUTUMN.harms), dataset=PROTECTED),
        address("zone", Choice(AUTUMN.periods, AUTUMN.harms, "Drugs"), dataset=PROTECTED),
        address("zone", Choice(AUTUMN.periods, AUTUMN.harms, "Nothing of the kind"), dataset=PROTECTED),
    ],
    ids=["its areas", "its months", "a half-term before it", "one of its categories", "another category"],
)
def test_a_protected_dataset_gives_nothing_finer_than_its_release(client: TestClient, asked: Address) -> None:
    given = client.get(downloads.AREAS, params=asked)
    assert given.status_code == 400
    assert given.text.endswith(".")
    assert ". " not in given.text
    assert "content-disposition" not in given.headers


@pytest.mark.parametrize("level", ["zone", "lsoa", "nothing"])
def test_a_protected_dataset_of_which_nothing_is_released_is_refused_in_one_sentence(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    own = copied(home, tmp_path / "own")
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(own))
    fresh = small_place.add(open_store(), small_place.incidents(FRESH, today=SOON))
    with TestClient(Starlette(routes=downloads.routes())) as asking:
        given = asking.get(downloads.AREAS, params=address(level, AUTUMN, dataset=fresh))
    open_store().close()
    assert given.status_code == 403
    assert "protected" in given.text
    assert given.text.endswith(".")
    assert ". " not in given.text
    assert given.headers["cache-control"] == "no-store"
    assert "content-disposition" not in given.headers


BAD = {
    "no such dataset": {"dataset": "99"},
    "text for a dataset": {"dataset": ASKED},
    "a huge dataset": {"dataset": "9" * 5000},
    "no dataset": {"dataset": None},
    "no such level": {"level": ASKED},
    "a level the set lacks": {"level": "ward"},
    "a level that is a path": {"level": f"../{ASKED}"},
    "no level": {"level": None},
    "no such measure": {"measure": ASKED},
    "no measure": {"measure": None},
    "text for a month": {"from": ASKED},
    "a month of no year": {"to": "2021-13"},
    "months the wrong way round": {"from": "2021-10", "to": "2021-08"},
    "no months": {"from": None, "to": None},
    "no such harm group": {"harm": ["asb", ASKED]},
    "no harm group": {"harm": []},
    "no such category": {"category": ASKED},
    "a line break": {"from": "2021-08\r\nSet-Cookie: a=b"},
}


@pytest.mark.parametrize("changed", BAD.values(), ids=BAD)
def test_bad_questions_are_refused_in_one_sentence_without_repeating_them(
    client: TestClient, changed: dict[str, str | list[str] | None]
) -> None:
    asked = {name: value for name, value in (address() | changed).items() if value is not None}
    given = client.get(downloads.AREAS, params=asked)
    assert given.status_code == 400
    assert given.headers["content-type"] == "text/plain; charset=utf-8"
    assert given.headers["cache-control"] == "no-store"
    assert given.headers["x-content-type-options"] == "nosniff"
    assert ASKED not in given.text + str(given.headers)
    assert given.text.endswith(".")
    assert ". " not in given.text


def test_an_address_without_any_question_is_refused(client: TestClient) -> None:
    assert client.get(downloads.AREAS).status_code == 400


def test_a_download_changes_nothing_and_takes_nothing(client: TestClient) -> None:
    assert client.post(downloads.AREAS, params=address()).status_code == 405


def test_counts_that_changed_on_disk_are_not_served(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = copied(home, tmp_path / "own")
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(own))
    with closing(sqlite3.connect(own / "local-context.sqlite")) as file, file:
        file.execute("DROP TRIGGER blob_no_update")
        file.execute("UPDATE blob SET content = x'00' WHERE sha256 IN (SELECT counts FROM version)")
    with TestClient(Starlette(routes=downloads.routes())) as asking:
        given = asking.get(downloads.AREAS, params=address())
    open_store().close()
    assert given.status_code == 400
    assert "content-disposition" not in given.headers


LISTED = b"file,sheet,problem,column,row\r\nlog.csv,,a date that cannot be read,Date,7\r\n"


def test_a_list_of_problems_is_given_as_it_was_handed_over_and_is_not_stored(client: TestClient) -> None:
    given = client.get(downloads.PROBLEMS, params={"of": transient_files.offer(LISTED)})
    assert given.status_code == 200
    assert given.content == LISTED
    assert given.headers["content-type"] == "text/csv; charset=utf-8"
    assert given.headers["content-disposition"] == 'attachment; filename="problems.csv"'
    assert given.headers["cache-control"] == "no-store"
    assert given.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("asked", [{"of": ASKED}, {"of": ""}, {}], ids=["an unknown name", "a blank name", "no name"])
def test_a_list_that_nobody_handed_over_is_not_found(client: TestClient, asked: dict[str, str]) -> None:
    given = client.get(downloads.PROBLEMS, params=asked)
    assert given.status_code == 404
    assert given.headers["cache-control"] == "no-store"
    assert ASKED not in given.text
    assert given.text.endswith("check the files again.")


def test_a_list_that_was_handed_over_anew_takes_the_place_of_the_one_before(client: TestClient) -> None:
    name = transient_files.offer(b"before")
    assert transient_files.offer(LISTED, name) == name
    assert client.get(downloads.PROBLEMS, params={"of": name}).content == LISTED


def test_lists_are_held_for_a_while_only_and_the_oldest_goes_first(client: TestClient) -> None:
    names = [transient_files.offer(str(number).encode()) for number in range(30)]
    assert len(set(names)) == 30
    codes = [client.get(downloads.PROBLEMS, params={"of": name}).status_code for name in names]
    assert codes == [404] * 6 + [200] * 24


def test_a_data_package_leaves_through_its_own_address_and_is_logged(client: TestClient) -> None:
    before = len(access_log.entries())
    given = client.get(downloads.PACKAGE, params={"dataset": str(OPEN)})
    assert given.status_code == 200, given.text
    assert given.headers["content-type"] == "application/zip"
    assert given.headers["cache-control"] == "no-store"
    assert given.headers["content-disposition"].startswith(f'attachment; filename="counts-{OPEN}-20')
    with zipfile.ZipFile(io.BytesIO(given.content)) as parts:
        assert sum(int(row["n"]) for row in rows_of(parts.read("counts.csv").decode())) == 7
    [entry] = access_log.entries()[before:]
    assert (entry.where, entry.dataset) == ("counts.zip", OPEN)


@pytest.mark.parametrize("dataset", ["99", ASKED, ""])
def test_a_data_package_of_no_dataset_is_refused_in_one_sentence(client: TestClient, dataset: str) -> None:
    given = client.get(downloads.PACKAGE, params={"dataset": dataset})
    assert given.status_code == 400
    assert given.text == "A data package needs a dataset that exists; use the link on Datasets."
