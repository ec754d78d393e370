"""The command for the secret: it says how the secret stands, and what losing it means before another one counts."""

import io
import json
import re
from pathlib import Path

import pytest

from tests.unit.data.running import Ran, copied, done, dump, run

OTHER = "ab" * 32


def file(home: Path) -> Path:
    return home / "release-secret"


def put(home: Path, text: str) -> None:
    file(home).write_text(text)
    file(home).chmod(0o600)


def answered(monkeypatch: pytest.MonkeyPatch, answer: str, home: Path, *arguments: object) -> Ran:
    """Run a command whose question gets an answer; the empty answer is that nobody is there."""
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    return run(home, *arguments)


def state(home: Path) -> str:
    return str(json.loads(done(home, "status", "--json").out)["secret"])


def marks(home: Path) -> list[str]:
    return [str(row[1]) for row in sorted(dump(home)["secret_mark"])]


def test_the_command_says_that_the_secret_is_there_and_where_to_keep_a_copy(home: Path) -> None:
    ran = done(home, "secret")
    assert ran.out.startswith("The release secret is there, and it is the one that this store was given.\n")
    assert f"It is the file {file(home)}\n" in ran.out
    assert "Keep a copy where few can read it, and not beside the backups." in ran.out
    assert not re.search("[0-9a-f]{32}", ran.out + ran.err)
    assert state(home) == "there"
    assert "Release secret: there" in done(home, "status").out.splitlines()


def test_a_missing_secret_is_told_and_stops_neither_status_nor_counts_nor_a_backup(home: Path, tmp_path: Path) -> None:
    before = done(home, "counts", "--dataset", 1, "--by", "period").out
    file(home).unlink()
    ran = run(home, "secret")
    assert ran.code == 1
    assert "this file is missing; put the file back from where you keep it" in ran.out
    assert state(home) == "missing"
    assert "Release secret: missing; `python -m data secret` says what to do\n" in done(home, "status").out
    assert done(home, "counts", "--dataset", 1, "--by", "period").out == before
    done(home, "backup", tmp_path / "b.backup")
    done(home, "verify")
    assert not file(home).exists()


@pytest.mark.parametrize(("text", "said"), [(OTHER, "changed"), ("no secret", "unusable")])
def test_another_secret_is_told(home: Path, text: str, said: str) -> None:
    put(home, text)
    ran = run(home, "secret")
    assert ran.code == 1
    assert text not in ran.out + ran.err
    assert state(home) == said


@pytest.mark.parametrize("answer", ["n\n", "\n", ""], ids=["no", "nothing said", "nobody there"])
@pytest.mark.parametrize("text", [None, OTHER], ids=["missing", "changed"])
def test_a_new_secret_asks_and_without_a_yes_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, home: Path, answer: str, text: str | None
) -> None:
    file(home).unlink()
    if text:
        put(home, text)
    before = dump(home)
    ran = answered(monkeypatch, answer, home, "secret", "--new")
    assert (ran.code, ran.out.strip()) == (2, "")
    assert "nothing was changed; add --yes to be sure" in ran.err.splitlines()[-1]
    assert dump(home) == before
    assert file(home).exists() == bool(text)


def test_what_is_lost_is_said_before_the_question(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    file(home).unlink()
    ran = answered(monkeypatch, "y\n", home, "secret", "--new")
    assert ran.code == 0
    question = ran.err.index("Make a new secret from now on?")
    for lost in ("stay as they are", "cannot be corrected any more", "removed and brought in again", "put it back"):
        assert 0 <= ran.err.find(lost) < question, lost
    assert "The release secret is there" in ran.out
    assert state(home) == "there"
    assert len(marks(home)) == 2
    assert [row[4] for row in sorted(dump(home)["audit"])][-1] == "accept secret"


def test_the_secret_that_is_in_the_file_is_accepted_after_a_yes(home: Path) -> None:
    first = file(home).read_text()
    put(home, OTHER)
    done(home, "secret", "--new", "--yes")
    assert file(home).read_text() == OTHER
    assert state(home) == "there"
    put(home, first)
    assert state(home) == "changed"
    done(home, "secret", "--new", "--yes")
    assert marks(home)[0] == marks(home)[2] != marks(home)[1]


def test_a_secret_that_fits_is_not_replaced(home: Path) -> None:
    before, kept = dump(home), file(home).read_text()
    ran = done(home, "secret", "--new", "--yes")
    assert ran.err == "Nothing was changed: to let another secret count all the same, move this one away first.\n"
    assert (dump(home), file(home).read_text()) == (before, kept)


def test_a_file_that_is_no_secret_is_never_written_over(home: Path) -> None:
    put(home, "something else")
    ran = run(home, "secret", "--new", "--yes")
    assert ran.code == 2
    assert "this file holds something else; move it away" in ran.err
    assert file(home).read_text() == "something else"


def test_a_store_whose_first_start_could_make_none_is_given_one_without_a_question(tmp_path: Path) -> None:
    home = tmp_path / "own"
    file(home).mkdir(parents=True)
    done(home, "status")
    file(home).rmdir()
    ran = done(home, "secret", "--new")
    assert "lost" not in ran.err
    assert state(home) == "there"
    assert len(marks(home)) == 1


def test_a_backup_restored_elsewhere_says_which_secret_it_needs(settled_home: Path, tmp_path: Path) -> None:
    done(settled_home, "backup", tmp_path / "b.backup")
    other = tmp_path / "other"
    ran = done(other, "restore", tmp_path / "b.backup")
    assert "this file holds another secret; put the file back from where you keep it" in ran.err.splitlines()[-1]
    assert done(copied(settled_home, tmp_path / "same"), "restore", tmp_path / "b.backup", "--yes").err.endswith(
        "versions.\n"
    )
