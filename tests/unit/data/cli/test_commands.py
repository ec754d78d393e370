"""The commands as a person meets them: what they print, what they change, and how they end."""

import csv
import io
import json
from itertools import permutations
from pathlib import Path

import pytest

from data.kernel_protections import kernel_protections
from geo import harms
from tests.unit.data import small_place
from tests.unit.data.running import Dump, copied, done, dump, run

DIMENSIONS = ("area", "period", "category", "harm")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def counts(home: Path, by: str, *more: str) -> str:
    return done(home, "counts", "--dataset", "1", "--by", by, *more).out


def test_counts_are_those_counted_by_hand(settled_home: Path) -> None:
    listed = [tuple(row.values()) for row in rows_of(counts(settled_home, "area,period,category"))]
    assert listed == [tuple(map(str, cell)) for cell in small_place.CELLS]


@pytest.mark.parametrize("by", ["area", "period,harm", "category,area,period", "area,period,category,harm"])
def test_json_and_csv_hold_the_same_counts(settled_home: Path, by: str) -> None:
    listed = rows_of(counts(settled_home, by))
    assert listed
    assert json.loads(counts(settled_home, by, "--format", "json")) == [row | {"n": int(row["n"])} for row in listed]


@pytest.mark.parametrize("by", list(permutations(DIMENSIONS, 2)), ids=",".join)
def test_by_orders_columns_and_rows_and_keeps_the_sum(settled_home: Path, by: tuple[str, ...]) -> None:
    text = counts(settled_home, ",".join(by))
    listed = rows_of(text)
    assert text.splitlines()[0] == ",".join([*by, "n"])
    keys = [tuple(row[name] for name in by) for row in listed]
    assert keys == sorted(set(keys))
    assert sum(int(row["n"]) for row in listed) == 7


def test_spaces_after_the_commas_of_by_do_not_matter(settled_home: Path) -> None:
    assert counts(settled_home, "area, period") == counts(settled_home, "area,period")


def test_a_harm_group_is_the_sum_of_its_categories(settled_home: Path) -> None:
    expected = dict.fromkeys(harms.HARM_GROUPS, 0)
    for row in rows_of(counts(settled_home, "category")):
        expected[harms.harm_of(row["category"])] += int(row["n"])
    found = {row["harm"]: int(row["n"]) for row in rows_of(counts(settled_home, "harm"))}
    assert found == {harm: n for harm, n in expected.items() if n}


def test_counts_are_of_the_newest_dataset_unless_one_is_named(home: Path, tmp_path: Path) -> None:
    newer = tmp_path / "2021-12-anytown-street.csv"
    newer.write_text(small_place.table(small_place.STREET_HEADER, [("", "2021-12", "", "", "E01000006", "Drugs")]))
    done(home, "import", newer, "--new")
    assert done(home, "counts", "--by", "area").out == "area,n\nE01000006,1\n"
    assert counts(home, "period") == "period,n\n2021-08,3\n2021-10,4\n"


def test_status_says_what_was_read_placed_and_missing(settled_home: Path) -> None:
    report = json.loads(done(settled_home, "status", "--json").out)
    assert [(one["title"], one["areas"]) for one in report["area_sets"]] == [("Anytown", 6)]
    protected, police = report["datasets"]
    figures = ("read", "placed", "placed_by_code", "placed_by_point", "no_location", "outside", "gaps")
    assert [police[name] for name in figures] == [9, 7, 5, 2, 1, 1, ["2021-09"]]
    assert (police["access"], police["kind"], protected["access"]) == ("open", "police", "protected")
    told = done(settled_home, "status").out
    assert "9 read, 7 placed, 1 no location, 1 outside" in told
    assert "missing: 2021-09" in told


def test_status_of_an_empty_store_tells_how_to_begin(tmp_path: Path) -> None:
    told = done(tmp_path, "status")
    assert "python -m data demo" in told.out
    assert json.loads(done(tmp_path, "status", "--json").out) == {
        "area_sets": [],
        "base_maps": [],
        "datasets": [],
        "deliveries": [],
        "sandbox": kernel_protections()._asdict(),
        "secret": "there",
        "release_log": "not begun",
        "set_aside": [],
        "exact": [],
        "audit": [],
        "folder": "Only you can read the folder and the files in it.",
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", *small_place.STREET_FILES),
        ("import", "log.csv", "--kind", "incidents"),
        ("areas", small_place.AREAS_FILE, *small_place.AREA_OPTIONS),
        ("calendar", "terms.csv"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_the_same_bytes_again_change_nothing_and_say_so(home: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    files = small_place.write(tmp_path / "files")
    before = dump(home)
    again = done(home, *(files.get(each, each) for each in arguments))
    assert "Nothing to do: these files are already here as" in again.err
    assert dump(home) == before


def test_the_order_of_files_does_not_make_another_dataset(home: Path, tmp_path: Path) -> None:
    files = small_place.write(tmp_path / "files")
    before = dump(home)
    done(home, "import", *(files[name] for name in reversed(small_place.STREET_FILES)))
    assert dump(home) == before


@pytest.mark.parametrize(
    "more", [("--protected",), ("--to", "2021-08", "--new"), ("--force", "anytown", "--new")], ids=" ".join
)
def test_the_same_bytes_brought_in_another_way_are_another_dataset(
    home: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    files = small_place.write(tmp_path / "files")
    done(home, "import", *(files[name] for name in small_place.STREET_FILES), *more)
    assert len(dump(home)["dataset"]) == 3


@pytest.mark.parametrize(
    ("name", "kind", "figure"),
    [("log.csv", "incidents", "fewer than 10 rows read"), ("hotspots.csv", "hotspots", "2 known hotspots")],
)
def test_a_dry_run_keeps_nothing(home: Path, tmp_path: Path, name: str, kind: str, figure: str) -> None:
    files = small_place.write(tmp_path / "files")
    files[name].write_text(files[name].read_text().replace("02/09/2021", "03/09/2021").replace("P1", "P9"))
    before = dump(home)
    ran = done(home, "import", files[name], "--kind", kind, "--dry-run")
    assert figure in ran.err
    assert "nothing was saved" in ran.err
    assert dump(home) == before


ACTIONS = "reference,what,due on,done on\nP1,Patrol,,01/05/2021\nP2,Lighting,01/06/2021,\n"


def test_actions_are_imported_once_and_counted(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "actions.csv"
    file.write_text(ACTIONS)
    before = dump(home)
    ran = done(home, "import", file, "--kind", "actions", "--dry-run")
    assert ran.err.splitlines() == ["Actions read: 2 new actions.", "Dry run: nothing was saved."]
    assert dump(home) == before
    assert done(home, "import", file, "--kind", "actions").err == "Actions on the register: 2 new actions.\n"
    assert "0 new actions, 2 known already" in done(home, "import", file, "--kind", "actions").err
    assert [row[2:6] for row in dump(home)["action"]] == [
        ("P1", "Patrol", None, "2021-05-01"),
        ("P2", "Lighting", "2021-06-01", None),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ACTIONS + "P9,Zebedee99,,01/05/2021\n", "row 4"),
        (ACTIONS + "P1,Zebedee99,,\n", "row 4"),
        (ACTIONS + "P1,Spoke with Jane Smith of Zebedee99,,01/05/2021\n", "names of people in column “what”, row 4"),
        ("reference,what\nP1,Zebedee99\n", "“due on or done on”"),
    ],
)
def test_actions_that_cannot_be_used_are_refused_in_one_sentence(
    home: Path, tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "actions.csv"
    file.write_text(text)
    before = dump(home)
    ran = run(home, "import", file, "--kind", "actions")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert says in ran.err
    assert "Zebedee99" not in ran.err
    assert dump(home) == before


def test_term_dates_of_one_school_are_kept_beside_those_of_all(home: Path, tmp_path: Path) -> None:
    file = small_place.write(tmp_path / "files")["terms.csv"]
    assert done(home, "calendar", file, "--school", "Hill School").err == "Calendar 2 is loaded.\n"
    assert [row[:2] for row in dump(home)["calendar_school"]] == [(2, "100001")]
    assert "already here as calendar 2" in done(home, "calendar", file, "--school", "100001").err
    before = dump(home)
    ran = run(home, "calendar", file, "--school", "Mill School")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert dump(home) == before


def test_schools_and_hotspots_replace_those_of_the_same_name_tag(home: Path, tmp_path: Path) -> None:
    files = small_place.write(tmp_path / "files")
    files["schools.csv"].write_text(small_place.SCHOOLS.replace("Hill School", "Hill Academy"))
    files["hotspots.csv"].write_text(small_place.HOTSPOTS.replace("active", "closed"))
    done(home, "schools", files["schools.csv"])
    done(home, "import", files["hotspots.csv"], "--kind", "hotspots")
    kept = dump(home)
    assert [row[:2] for row in kept["school"]] == [("100001", "Hill Academy")]
    assert len(kept["hotspot"]) == 2
    assert "closed" in str(kept["hotspot"])


def test_results_go_to_stdout_and_what_is_said_goes_to_stderr(settled_home: Path, tmp_path: Path) -> None:
    home = copied(settled_home, tmp_path / "home")
    files = small_place.write(tmp_path / "files")
    assert counts(home, "area").startswith("area,n\n")
    ran = done(home, "import", files["log.csv"], "--kind", "incidents", "--open")
    assert ran.out == ""
    assert ran.err.splitlines() == [
        "2 rows read, 2 placed in “Anytown” (2 by their area code, 0 by their point), 0 without location, 0 outside.",
        "Dataset 3 is saved.",
    ]


def test_what_falls_into_other_is_listed_before_an_import(
    settled_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.cli.import_command.is_on_screen", lambda: True)
    home = copied(settled_home, tmp_path / "home")
    log = tmp_path / "own.csv"
    log.write_text("Date,Area code,Type\n01/09/2021,E01000001,Graffiti\n02/09/2021,E01000002,Drugs\n")
    ran = done(home, "import", log, "--kind", "incidents", "--dry-run")
    opening = "Grouped under “Other”, which a school’s pages leave out until it is chosen"
    assert ran.err.splitlines()[1:] == [
        f"{opening}: Graffiti 1; 1 of 2 incidents placed (50 %).",
        "Dry run: nothing was saved.",
    ]


def test_only_what_was_asked_for_is_printed_where_no_one_watches(home: Path) -> None:
    ran = done(home, "counts", "--dataset", "1", "--by", "area")
    assert ran.err == ""


def test_every_write_leaves_its_line_in_the_audit(settled_home: Path) -> None:
    kept: Dump = dump(settled_home)
    actions = [row[4] for row in kept["audit"]]
    brought = ["add area set", "put schools", "add calendar", "put hotspots", "import", "import"]
    assert actions == ["make secret", *brought, "begin release log"]


def test_a_folder_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    ran = run(tmp_path / "home", "status")
    assert ran.code == 1
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1


def test_a_store_that_is_no_database_is_told_in_one_sentence_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "local-context.sqlite"
    file.write_bytes(b"not a database, but someone's file\n" * 200)
    ran = run(tmp_path, "status")
    assert ran.code == 2
    assert "restore it from a backup" in ran.err
    assert ran.err.count("\n") == 1
    assert file.read_bytes().startswith(b"not a database")
