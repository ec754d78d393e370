"""Runs the commands on a store of a test's own, as a person would, and looks at all that the store then holds."""

import io
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.cli import commands
from data.services import opening
from geo.errors import InputError

CHECKOUT = Path(__file__).parents[3]
Dump = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code, and what it wrote to stdout and to stderr."""

    code: int
    out: str
    err: str


def run(home: Path, *arguments: object) -> Ran:
    """Run ``python -m data`` with these arguments in this process, and let go of the store's files at the end."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(home))
        patch.setattr(sys, "argv", ["data", *map(str, arguments)])
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            commands.main()
        with suppress(InputError, OSError):  # of a place where no store can be
            opening.open_store().close()
    return Ran(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def done(home: Path, *arguments: object) -> Ran:
    """Run a command that must succeed."""
    ran = run(home, *arguments)
    assert ran.code == 0, ran.err
    return ran


def run_sandboxed(home: Path, *arguments: object) -> Ran:
    """Run ``python -m data`` in a process of its own."""
    command = [sys.executable, "-m", "data", *map(str, arguments)]
    environment = {**os.environ, "LOCAL_CONTEXT_HOME": str(home)}
    ended = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr)


def dump(home: Path) -> Dump:
    """Return every row of every table of the store; the tables of SQLite itself are left out."""
    with closing(sqlite3.connect(home / "local-context.sqlite")) as store:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        tables = [name for (name,) in store.execute(listed)]
        return {
            name: sorted(store.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608
            for name in tables
        }


def copied(home: Path, to: Path) -> Path:
    """Copy a store that a test may then change."""
    shutil.copytree(home, to)
    return to
