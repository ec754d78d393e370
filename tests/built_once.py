"""Builds what many tests read once for a whole run, however many workers of pytest-xdist share it."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

SECONDS = 600  # that a worker waits while another builds


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Path:
    """Return this worker's own copy of a folder that the first worker to ask has filled with ``build``.

    What was built is copied and never opened: beside a store that is open, files come and go. A build that fails is
    tried again by the next who asks. The lock is SQLite's: every system has it, and it goes when its holder is killed.
    """
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    built, done = shared / f"built-{name}", shared / f"built-{name}.done"
    with closing(sqlite3.connect(shared / f"built-{name}.lock", timeout=SECONDS, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        if not done.exists():
            shutil.rmtree(built, ignore_errors=True)
            built.mkdir()
            build(built)
            done.touch()
    return shutil.copytree(built, factory.mktemp(name) / name)
