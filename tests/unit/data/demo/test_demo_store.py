"""The demonstration town goes into a store the way that real data go, and comes out as its truth file says."""

import csv
import io
import json
from pathlib import Path

import pytest

from data.demo import demo_store, write_town
from data.principal import LOCAL_USER
from data.store import datasets
from data.store.store import Store
from tests.unit.data.running import copied, done, dump, run

POLICE, INCIDENTS = "Castlebrook police (fictional)", "Castlebrook schools (fictional)"
MARKS = "Castlebrook young people’s marks (fictional)"


@pytest.fixture(scope="module")
def totals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, int]]:
    """The totals of the town's truth file."""
    files = write_town(tmp_path_factory.mktemp("castlebrook"))
    return json.loads(files.truth.read_text(encoding="utf-8"))["totals"]


@pytest.fixture(scope="module")
def report(demo_home: Path) -> dict[str, list[dict[str, object]]]:
    """The status of the store that ``python -m data demo`` filled."""
    return json.loads(done(demo_home, "status", "--json", "--exact").out)


@pytest.mark.parametrize(("title", "part"), [(POLICE, "street"), (INCIDENTS, "incidents")])
def test_status_tells_the_totals_of_the_truth_file(
    report: dict[str, list[dict[str, object]]], totals: dict[str, dict[str, int]], title: str, part: str
) -> None:
    [one] = [each for each in report["datasets"] if each["title"] == title]
    truth = totals[part]
    assert (one["read"], one["no_location"], one["outside"]) == (
        truth["rows"],
        truth["without_location"],
        truth["outside"],
    )
    assert one["placed"] == truth["rows"] - truth["without_location"] - truth["outside"]
    assert one["gaps"] == []
    assert one["not_kept"] == {}
    assert "no real place" in str(one["source"])


def test_the_town_is_all_there(
    demo_home: Path, report: dict[str, list[dict[str, object]]], totals: dict[str, int]
) -> None:
    [areas] = report["area_sets"]
    assert (areas["areas"], areas["level"]) == (totals["areas"], "lsoa")
    kept = dump(demo_home)
    assert len(kept["hotspot"]) == totals["hotspots"]
    assert len(kept["action"]) == 9
    assert [one[1] for one in kept["organisation_list"]] == ["contacts"]
    assert len(kept["school"]) == 6
    assert len(kept["calendar"]) == 1
    assert {level for _, level, *_ in kept["drawing"]} == {"lsoa", "msoa", "ward", "district", "backdrop"}


def test_the_open_dataset_is_the_newest_of_incidents_so_that_counts_work_at_once(
    demo_home: Path, report: dict[str, list[dict[str, object]]]
) -> None:
    first = next(one for one in report["datasets"] if one["title"] != MARKS)
    assert (first["title"], first["access"]) == (POLICE, "open")
    counted = done(demo_home, "counts", "--by", "period").out.splitlines()[1:]
    assert len(counted) == 36
    assert sum(int(line.split(",")[1]) for line in counted) == first["placed"]


def test_the_schools_incidents_leave_the_store_protected(
    demo_home: Path, report: dict[str, list[dict[str, object]]]
) -> None:
    [one] = [each for each in report["datasets"] if each["title"] == INCIDENTS]
    assert one["access"] == "protected"
    given = done(demo_home, "counts", "--by", "area,period,harm", "--dataset", one["id"])
    assert "protected" in given.err
    rows = list(csv.DictReader(io.StringIO(given.out)))
    assert {row["shown"] for row in rows if not row["n"]} == {"fewer than 10"}
    told = [int(row["n"]) for row in rows if row["n"]]
    assert min(told) >= 10
    assert {n % 5 for n in told} == {0}


def test_the_schools_exact_figures_are_written_to_nobody(
    demo_home: Path, report: dict[str, list[dict[str, object]]]
) -> None:
    [one] = [each for each in report["datasets"] if each["title"] == INCIDENTS]
    refused = run(demo_home, "counts", "--by", "area", "--dataset", one["id"], "--lens", "exact")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.rstrip().endswith(".")


@pytest.mark.parametrize("arguments", [("demo",), ("demo", "--if-empty")], ids=" ".join)
def test_a_second_demo_changes_nothing_and_says_so(demo_home: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    home = copied(demo_home, tmp_path / "home")
    before = dump(home)
    assert "already" in done(home, *arguments).err
    assert dump(home) == before


def test_if_empty_leaves_a_store_with_anything_in_it_alone(tmp_path: Path) -> None:
    schools = tmp_path / "schools.csv"
    schools.write_text("URN,Name,Longitude,Latitude\n1,Hill School,-1.4,53.3\n", encoding="utf-8")
    done(tmp_path / "home", "schools", schools)
    before = dump(tmp_path / "home")
    done(tmp_path / "home", "demo", "--if-empty")
    assert dump(tmp_path / "home") == before


def test_a_town_whose_building_was_cut_short_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    with monkeypatch.context() as patch:
        patch.setattr(demo_store.importing, "keep", _cut_short)
        with pytest.raises(KeyboardInterrupt):
            demo_store.build(store, LOCAL_USER, lambda _share, _what: None, only_if_empty=True)
    assert demo_store.build(store, LOCAL_USER, lambda _share, _what: None, only_if_empty=True)
    assert [one.title for one in datasets.datasets(store, LOCAL_USER)] == [MARKS, POLICE, INCIDENTS]
    assert not demo_store.build(store, LOCAL_USER, lambda _share, _what: None, only_if_empty=False)
    store.close()


def _cut_short(*_: object) -> int:
    raise KeyboardInterrupt
