"""Commands end with the right code and in one sentence, whatever goes wrong, and never with a value of a row."""

import errno
from pathlib import Path

import pytest
import sqlalchemy as sa
import typer

from data.services import status_report
from data.store.db_errors import DamagedError
from data.store.store import AlreadyThereError
from geo.errors import InputError, RefusedError
from tests.unit.data.running import Ran, run

PLANTED = "Zebedee99"


def failing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: BaseException) -> Ran:
    """Run a command in which something goes wrong."""

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(status_report, "of_store", fail)
    return run(tmp_path, "status")


@pytest.mark.parametrize(
    "fault",
    [
        RuntimeError(PLANTED),
        KeyError(PLANTED),
        AssertionError(PLANTED),
        sa.exc.IntegrityError(None, None, Exception(PLANTED)),
        ZeroDivisionError(),
        MemoryError(PLANTED),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_an_unforeseen_fault_is_told_in_one_sentence_without_what_it_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Exception
) -> None:
    ran = failing(monkeypatch, tmp_path, fault)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Error: this should not have happened (")
    assert f"{type(fault).__name__} at {Path(__file__).name}:" in ran.err
    assert ran.err.count("\n") == 1
    assert PLANTED not in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (InputError("A requirement, a finding; a remedy."), 2, "Error: A requirement, a finding; a remedy."),
        (RefusedError("Not for you; ask."), 2, "Error: Not for you; ask."),
        (DamagedError(), 2, "Error: What is stored must be as it was written, and the store has changed on disk"),
        (PermissionError("This needs the role admin."), 1, "Error: This needs the role admin."),
        (PermissionError(errno.EACCES, "Permission denied", "/a/path"), 1, "Error: Permission denied."),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "could not be read or written: No space left on device."),
        (OSError(), 1, "the operating system refused."),
        (AlreadyThereError("dataset", 3), 0, "Nothing to do: these files are already here as dataset 3."),
        (typer.Abort(), 1, "Error: this was stopped before it was done"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_each_fault_has_its_code_and_its_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: BaseException, code: int, said: str
) -> None:
    ran = failing(monkeypatch, tmp_path, fault)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("history",),
        ("history", "one"),
        ("history", "0"),
        ("remove", "1", "--version", "0"),
        ("remove", str(2**31)),
        ("restore-version", "1"),
        ("retention", "--months", "-1"),
        ("retention", "--superseded-days", "9999"),
        ("restore",),
        ("backup",),
        ("import", "x.csv", "--replaces", "0"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_a_command_is_refused_in_one_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = run(tmp_path, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    assert "--help" in ran.err
