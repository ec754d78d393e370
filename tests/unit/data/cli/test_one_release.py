"""The commands with rows that were released before: refused, opened for a reason, removed, restored, without a log."""

import io
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from data.cli.command_line import BAD_INPUT
from tests.unit.data import logs, small_place
from tests.unit.data.running import CHECKOUT, done, run, run_sandboxed

LINES = logs.lines(300)
OPEN = ("--open", "--reason", "the council published them")


def write(path: Path, listed: list[str]) -> Path:
    path.write_text(logs.text(listed), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose store holds the six areas and one protected dataset."""
    home, files = tmp_path / "own", small_place.write(tmp_path / "files")
    done(home, "areas", files[small_place.AREAS_FILE], *small_place.AREA_OPTIONS)
    done(home, "import", write(tmp_path / "log.csv", LINES), "--kind", "incidents", "--title", "Behaviour log")
    return home


def bring(home: Path, listed: list[str], *options: object) -> str:
    """Bring rows in by the command and return what it said, which begins with "Error" where it refused."""
    ran = run(home, "import", write(home.parent / "again.csv", listed), "--kind", "incidents", *options)
    assert ran.code in (0, BAD_INPUT), ran.err
    return ran.err


def typed(home: Path, word: str, *options: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with somebody who types a word."""
    file = write(home.parent / "again.csv", LINES)
    command = [sys.executable, "-m", "data", "import", str(file), "--kind", "incidents", *map(str, options)]
    environment = {**os.environ, "LOCAL_CONTEXT_HOME": str(home)}
    return subprocess.run(
        command, cwd=CHECKOUT, env=environment, input=f"{word}\n", capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip


def test_rows_that_are_there_are_refused_in_one_sentence_that_says_what_to_do(home: Path) -> None:
    for said in (
        bring(home, LINES[1:]),
        bring(home, [*LINES, ",,,"], "--leave-out"),
        bring(home, LINES[1:], "--dry-run"),
    ):
        assert said.startswith("Error: A row may be released once, and about ")
        assert "“Behaviour log” (dataset 1)" in said
    assert "is saved" in bring(home, LINES[1:], "--replaces", 1, "--lose-months")


def test_protected_rows_are_opened_for_a_reason_by_somebody_who_types_the_word(home: Path) -> None:
    assert "say why with `--reason`" in bring(home, LINES, "--open")
    assert "by the word OPEN" in bring(home, LINES, *OPEN)
    assert "by the word OPEN" in typed(home, "yes", *OPEN).stderr
    ended = typed(home, "OPEN", *OPEN)
    assert ended.returncode == 0, ended.stderr
    assert "Dataset 2 is saved." in ended.stderr
    assert "is saved" in bring(home, LINES[1:], *OPEN, "--confirm", "OPEN")


def test_a_removed_dataset_goes_on_with_its_release_and_so_does_a_restored_store(home: Path, tmp_path: Path) -> None:
    def counts(number: int) -> str:
        return done(home, "counts", "--by", "area,period,harm", "--dataset", number).out

    was = counts(1)
    done(home, "backup", tmp_path / "backup")
    done(home, "remove", 1, "--yes")
    assert "in a dataset that was removed" in bring(home, LINES[1:])
    assert counts(2) == was
    restored = done(home, "restore", tmp_path / "backup", "--yes")
    assert "Restored" in restored.err
    assert counts(1) == was
    assert "“Behaviour log” (dataset 1)" in bring(home, LINES[1:])


def test_a_lost_log_is_told_and_another_one_begun_by_who_confirms_it(home: Path) -> None:
    assert json.loads(done(home, "status", "--json").out)["release_log"] == "there"
    (home / "release-log").write_text("none\n", encoding="utf-8")
    assert "Release log: damaged" in done(home, "status").out
    [said] = run(home, "verify").err.splitlines()
    assert "data secret --new-log" in said
    assert said in bring(home, logs.lines(40))
    assert run(home, "secret", "--new-log").code == BAD_INPUT
    done(home, "secret", "--new-log", "--yes")
    assert "Release log: there" in done(home, "status").out
    assert "“Behaviour log” (dataset 1)" in bring(home, LINES[1:])


def test_an_old_store_begins_its_log_when_it_is_opened(home: Path) -> None:
    (home / "release-log").unlink()
    with closing(connect(home / "local-context.sqlite")) as store:  # as it was before there were logs
        for name in [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
            store.execute(f"DROP TRIGGER {name}")
        store.execute("DELETE FROM audit WHERE action = 'begin release log'")
        store.commit()
    assert run_sandboxed(home, "status").code == 0
    assert (home / "release-log").exists()
    assert "“Behaviour log” (dataset 1)" in bring(home, LINES[1:])
