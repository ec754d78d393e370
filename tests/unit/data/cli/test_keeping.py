"""The commands for what is kept: they say what they did, ask before they take anything away, and end as they should."""

import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.cli.keeping import FROM_ENVIRONMENT
from tests.unit.data import small_place
from tests.unit.data.running import Ran, copied, done, dump, run

DEFAULT = " (the default for protected data; open data for good)"
LATER = ("", "2021-12", "", "", "E01000006", "Drugs")


@pytest.fixture
def replaced(home: Path, tmp_path: Path) -> Path:
    """A home whose open dataset is in its second version, with a month more."""
    files = small_place.write(tmp_path / "files")
    newer = tmp_path / "2021-12-anytown-street.csv"
    newer.write_text(small_place.table(small_place.STREET_HEADER, [LATER]))
    done(home, "import", *(files[name] for name in small_place.STREET_FILES), newer, "--replaces", 1)
    return home


def answered(monkeypatch: pytest.MonkeyPatch, answer: str, home: Path, *arguments: object) -> Ran:
    """Run a command whose question gets an answer; the empty answer is that nobody is there."""
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    return run(home, *arguments)


def refused(ran: Ran, said: str) -> None:
    assert (ran.code, ran.out.strip()) == (2, "")
    last = ran.err.strip().splitlines()[-1]
    assert "Error: " in last
    assert said in last
    assert "Traceback" not in ran.err


def totals(home: Path) -> list[str]:
    return done(home, "counts", "--dataset", 1, "--by", "period").out.splitlines()[1:]


def test_a_next_version_takes_the_place_of_the_one_before_and_says_so(replaced: Path) -> None:
    assert totals(replaced) == ["2021-08,3", "2021-10,4", "2021-12,1"]
    assert len(dump(replaced)["dataset"]) == 2


def test_history_lists_every_version_and_what_it_changed(replaced: Path) -> None:
    told = done(replaced, "history", 1).out
    assert told.index("Version 2 (shown now)") < told.index("Version 1 (superseded ")
    assert "10 read, 8 placed" in told
    assert "9 read, 7 placed" in told
    assert (
        "  beside version 1: 1 incident more; Dec 2021 added; 0 of 6 areas changed in the months that both hold."
        in told.splitlines()
    )


def test_history_of_a_protected_dataset_tells_no_difference(home: Path, tmp_path: Path) -> None:
    newer = tmp_path / "log2.csv"
    newer.write_text(small_place.INCIDENTS + "03/09/2021,,E01000003,Robbery\n")
    done(home, "import", newer, "--kind", "incidents", "--replaces", 2)
    told = done(home, "history", 2).out
    assert "Version 2 (shown now)" in told
    assert "beside version" not in told


def test_an_older_version_is_shown_again(replaced: Path) -> None:
    ran = done(replaced, "restore-version", 1, 1)
    assert ran.err == "Version 1 of dataset 1 is shown again.\n"
    assert totals(replaced) == ["2021-08,3", "2021-10,4"]
    done(replaced, "restore-version", 1, 2)
    assert len(totals(replaced)) == 3


def test_the_same_bytes_as_a_superseded_version_are_said_to_be_there(replaced: Path, tmp_path: Path) -> None:
    files = small_place.write(tmp_path / "files")
    before = dump(replaced)
    again = done(replaced, "import", *(files[name] for name in small_place.STREET_FILES))
    assert "already here as dataset 1: every row is in it, and nothing changes" in again.err
    alone = done(replaced, "import", *(files[name] for name in small_place.STREET_FILES), "--new")
    assert "already here as dataset 1, version 1, which a later one has superseded" in alone.err
    assert dump(replaced) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("history", 9), "no dataset 9"),
        (("restore-version", 1, 7), "no version 7"),
        (("restore-version", 9, 1), "dataset 9 is none"),
        (("remove", 9, "--yes"), "no dataset 9"),
        (("remove", 1, "--version", 7, "--yes"), "no version 7"),
        (("remove", 1, "--version", 2, "--yes"), "restore another first"),
        (("import", "log.csv", "--kind", "incidents", "--replaces", 9), "no dataset 9"),
        (("import", "log.csv", "--kind", "incidents", "--replaces", 1), "kind and access of its dataset"),
        (("import", "log.csv", "--kind", "incidents", "--replaces", 2, "--open"), "kind and access of its dataset"),
    ],
    ids=lambda value: " ".join(map(str, value[:4])) if isinstance(value, tuple) else "",
)
def test_what_is_not_there_or_does_not_fit_is_refused_and_nothing_is_changed(
    replaced: Path, tmp_path: Path, arguments: tuple[object, ...], said: str
) -> None:
    files = small_place.write(tmp_path / "files")
    before = dump(replaced)
    refused(run(replaced, *(files.get(str(each), each) for each in arguments)), said)
    assert dump(replaced) == before


@pytest.mark.parametrize("answer", ["n\n", "\n", ""], ids=["no", "nothing said", "nobody there"])
@pytest.mark.parametrize("arguments", [("remove", 2), ("remove", 1, "--version", 1)], ids=["dataset", "version"])
def test_removing_asks_and_without_a_yes_removes_nothing(
    monkeypatch: pytest.MonkeyPatch, replaced: Path, arguments: tuple[object, ...], answer: str
) -> None:
    before = dump(replaced)
    refused(answered(monkeypatch, answer, replaced, *arguments), "Removing must be confirmed, and it was not")
    assert dump(replaced) == before


def test_removing_a_dataset_after_a_yes(monkeypatch: pytest.MonkeyPatch, replaced: Path) -> None:
    ran = answered(monkeypatch, "y\n", replaced, "remove", 1)
    assert ran.code == 0
    assert "Remove dataset 1 for good? Only a backup could bring it back." in ran.err
    assert ran.err.endswith("Removed: dataset 1.\n")
    refused(run(replaced, "history", 1), "no dataset 1")


def test_removing_one_version_without_being_asked(replaced: Path) -> None:
    ran = done(replaced, "remove", 1, "--version", 1, "--yes")
    assert ran.err == "Removed: version 1 of dataset 1.\n"
    assert len(totals(replaced)) == 3
    assert "Version 1" not in done(replaced, "history", 1).out


def test_retention_tells_sets_and_lets_go(monkeypatch: pytest.MonkeyPatch, replaced: Path) -> None:
    ran = done(replaced, "retention")
    assert ran.err.splitlines() == [
        f"Superseded versions are kept 365 days, datasets 72 months after their last month{DEFAULT}.",
        "Removed now: 0 datasets or versions.",
    ]
    ran = done(replaced, "retention", "--superseded-days", 30, "--months", 1200)
    assert ran.err.startswith("Superseded versions are kept 30 days, datasets 1,200 months after their last month.")
    ran = done(replaced, "retention", "--superseded-days", 0, "--months", 1, "--yes")
    assert ran.err.splitlines() == [
        f"Superseded versions are kept 365 days{DEFAULT}, datasets 1 month after their last month.",
        "Removed now: 2 datasets or versions.",
    ]
    assert dump(replaced)["dataset"] == []


@pytest.mark.parametrize("answer", ["n\n", ""], ids=["no", "nobody there"])
def test_retention_asks_before_it_lets_go(monkeypatch: pytest.MonkeyPatch, replaced: Path, answer: str) -> None:
    before = dump(replaced)
    refused(answered(monkeypatch, answer, replaced, "retention", "--months", 1), "nothing was removed")
    after = dump(replaced)
    assert {name for name in after if after[name] != before[name]} == {"audit", "organisation", "outer_seal"}


def test_a_backup_comes_back_after_a_yes(monkeypatch: pytest.MonkeyPatch, replaced: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.backup"
    assert done(replaced, "backup", path).err == "Backed up: 2 datasets in 3 versions.\n"
    before = dump(replaced)
    done(replaced, "remove", 1, "--yes")
    for answer in ("n\n", "\n", ""):
        kept = dump(replaced)
        refused(answered(monkeypatch, answer, replaced, "restore", path), "nothing was changed; add --yes to be sure")
        assert dump(replaced) == kept
    ran = answered(monkeypatch, "y\n", replaced, "restore", path)
    assert ran.code == 0
    assert "Replace everything that is stored (1 dataset) by this backup?" in ran.err
    assert ran.err.endswith("Restored: 2 datasets in 3 versions.\n")
    after = dump(replaced)
    assert {name for name in before if after[name] != before[name]} <= {"audit", "sqlite_sequence"}
    assert done(replaced, "verify").err.startswith("Verified: ")


def test_an_encrypted_backup_asks_for_its_passphrase_and_comes_back(
    monkeypatch: pytest.MonkeyPatch, settled_home: Path, tmp_path: Path
) -> None:
    path, other = tmp_path / "b.backup", tmp_path / "other"
    refused(answered(monkeypatch, "", settled_home, "backup", path, "--encrypt"), "needs its passphrase, and nobody")
    monkeypatch.setenv(FROM_ENVIRONMENT, "too short")
    refused(run(settled_home, "backup", path, "--encrypt"), "12 characters or more")
    assert not path.exists()
    monkeypatch.setenv(FROM_ENVIRONMENT, "four words for a backup")
    assert "Keep the passphrase" in done(settled_home, "backup", path, "--encrypt").err
    assert b"SQLite" not in path.read_bytes()
    monkeypatch.setenv(FROM_ENVIRONMENT, "four words of another")
    refused(run(other, "restore", path), "this is another")
    monkeypatch.setenv(FROM_ENVIRONMENT, "four words for a backup")
    path.write_bytes(path.read_bytes()[:-1])
    refused(run(other, "restore", path), "damaged, cut off")
    path.unlink()
    done(settled_home, "backup", path, "--encrypt")
    for name in ("release-secret", "release-log"):  # as a move to another machine asks for
        shutil.copy(settled_home / name, other / name)
    assert "Restored: " in done(other, "restore", path).err
    assert done(other, "verify").code == 0
    assert done(settled_home, "access-log").out.rstrip().endswith("local user (local) wrote a backup: encrypted")


def test_exact_rows_are_marked_and_written_to_the_log(home: Path) -> None:
    of_open = done(home, "access-log", "--dataset", 1).out
    before = len(json.loads(done(home, "access-log", "--json").out))
    for command in (("status",), ("history", 2)):
        assert "exact: do not share" not in done(home, *command).out
        assert "fewer than 10 rows read" in done(home, *command).out
        told = done(home, *command, "--exact").out
        assert "exact: do not share" in told
        assert "fewer than 10" not in told
    done(home, "history", 1, "--exact")  # an open one is told as it is
    logged = json.loads(done(home, "access-log", "--json").out)[before:]
    assert [(one["access"], one["where"], one["dataset"]) for one in logged] == [
        ("view", "status", 2),
        ("view", "history", 2),
    ]
    assert done(home, "access-log", "--dataset", 1).out == of_open


def test_what_a_log_keeps_of_an_import_of_protected_data_is_rounded(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = tmp_path / "log2.csv"
    newer.write_text(small_place.INCIDENTS + "03/09/2021,,E01000003,Robbery\n")
    asked = ("import", newer, "--kind", "incidents", "--replaces", 2, "--dry-run")
    kept = done(home, *asked).err
    assert "fewer than 10 rows read, fewer than 10 placed" in kept
    assert "2021" not in kept
    monkeypatch.setattr("data.cli.command_line.is_on_screen", lambda: True)
    monkeypatch.setattr("data.cli.import_command.is_on_screen", lambda: True)
    shown = done(home, *asked).err
    assert "rows read, " in shown
    assert "fewer than 10 rows" not in shown


def test_an_empty_store_takes_a_backup_without_being_asked(settled_home: Path, tmp_path: Path) -> None:
    done(settled_home, "backup", tmp_path / "b.backup")
    done(tmp_path / "other", "restore", tmp_path / "b.backup")
    for by in ("area", "period,harm"):
        asked = ("counts", "--dataset", 1, "--by", by)
        assert done(tmp_path / "other", *asked) == done(settled_home, *asked)


def test_a_backup_never_takes_the_place_of_a_file(settled_home: Path, tmp_path: Path) -> None:
    (tmp_path / "b.backup").write_text("someone's")
    refused(run(settled_home, "backup", tmp_path / "b.backup"), "“b.backup” is there already")
    assert (tmp_path / "b.backup").read_text() == "someone's"


@pytest.mark.parametrize("content", [None, b"", b"no backup at all " * 999], ids=["missing", "empty", "text"])
def test_a_file_that_is_no_backup_changes_nothing(home: Path, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "b.backup"
    if content is not None:
        path.write_bytes(content)
    before = dump(home)
    refused(run(home, "restore", path, "--yes"), "backup")
    assert dump(home) == before


@pytest.mark.parametrize("where", ["file", "row"])
def test_a_damaged_store_is_set_aside_for_a_backup_and_listed_until_it_is_removed(
    home: Path, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(home, "backup", tmp_path / "b.backup")
    before = done(home, "status").out
    file = home / "local-context.sqlite"
    if where == "file":
        file.write_bytes(file.read_bytes()[: 4096 * 3])
    else:
        with closing(sqlite3.connect(file)) as store, store:
            store.execute("UPDATE dataset SET title = 'another'")
    damaged = file.read_bytes()
    refused(run(home, "status"), "`python -m data restore FILE`")
    ran = done(home, "restore", tmp_path / "b.backup")
    assert "The store was damaged and is set aside as “local-context.damaged-" in ran.err
    [aside] = home.glob("local-context.damaged-*.sqlite")
    assert len(aside.read_bytes()) == len(damaged)
    told = done(home, "status").out
    assert f"Set aside since it was damaged: {aside.name}, " in told
    assert "".join(line for line in told.splitlines(keepends=True) if "Set aside" not in line) == before
    assert done(home, "verify").code == 0
    refused(answered(monkeypatch, "", home, "remove-damaged"), "nothing was removed; add --yes to be sure")
    assert aside.exists()
    assert done(home, "remove-damaged", "--yes").err == "Removed: 1 damaged file.\n"
    assert not aside.exists()
    assert done(home, "status").out == before


def test_verify_names_what_is_wrong_and_fails(settled_home: Path, tmp_path: Path) -> None:
    assert done(settled_home, "verify").err == (
        "Verified: everything is as it was written, and all counts and releases follow from their rows.\n"
    )
    home = copied(settled_home, tmp_path / "own")
    with closing(sqlite3.connect(home / "local-context.sqlite")) as store, store:
        store.execute("DROP TRIGGER audit_no_update")
        store.execute("UPDATE audit SET who = 'another' WHERE id = 2")
    ran = run(home, "verify")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == ("The audit is not as it was written from its row 2 on; restore the store from a backup.\n")


def test_a_delivery_is_listed_and_undone_when_that_is_confirmed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = json.loads(done(home, "status", "--json").out)["deliveries"]
    number = next(one["id"] for one in listed if one["kind"] == "hotspots")
    assert f"Delivery {number}: hotspots, hotspots, 2 rows" in done(home, "status").out
    refused(answered(monkeypatch, "", home, "undo", number), f"delivery {number} stands; add --yes to be sure.")
    assert "Undone: 2 that were new are gone." in done(home, "undo", number, "--yes").err
    refused(run(home, "undo", number, "--yes"), "This is undone already.")
