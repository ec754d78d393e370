"""Trying: tests are collected once, and each mutant gets a process of its own that has everything loaded already.

A process that is forked costs milliseconds, one that loads pandas and its company seconds. Every test is run once to
learn which functions it calls and how long it takes; a mutant is tried on the tests that call its function, the quick
ones first, until one fails.
"""

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import process_time
from types import FrameType
from typing import Any, Final, NamedTuple

import pytest

from tests.mutants.grafting import graft
from tests.mutants.operators import Mutant

PATIENCE: Final = 10  # times what a test usually takes, after which it is said to hang
LEAST_PATIENCE: Final = 2.0  # seconds of processor time
EXAMPLES: Final = 10  # of each law
KILLED, SURVIVED, BROKEN = 10, 11, 12  # what a process ends with


class Fate(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    HANGS = "hangs"
    SURVIVED = "survived"


# What a process ends with; with anything else, it is the trial that has failed.
ENDS: Final = {KILLED: Fate.KILLED, SURVIVED: Fate.SURVIVED, -signal.SIGPROF: Fate.HANGS}


class Tried(NamedTuple):
    """What a test does without any fault: the functions that it calls, with their files, and its processor seconds."""

    called: frozenset[tuple[str, str]]
    seconds: float


class Place(NamedTuple):
    """What is mutated together, a folder or a file, and the tests that are to find it."""

    path: str
    tests: tuple[str, ...]


class Trial:
    """A pytest plugin that tries mutants in place of one run of the tests, each on the tests of its place.

    ``tell`` is called with every mutant and its fate, in the order in which they are known.
    """

    def __init__(
        self, mutants: Sequence[tuple[Place, Mutant]], processes: int, tell: Callable[[Mutant, Fate], None]
    ) -> None:
        self._mutants = mutants
        self._processes = processes
        self._tell = tell

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        """Draw few examples, always the same ones, and do not look for the simplest that fails."""
        # Here, for pytest must be there first to read the asserts of what it loads.
        from hypothesis import HealthCheck, Phase, settings

        settings.register_profile(
            "mutants",
            deadline=None,
            database=None,
            derandomize=True,
            max_examples=EXAMPLES,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all tests once, and then for each mutant those of its place that call what it changes."""
        if session.testsfailed:
            raise session.Failed("some tests cannot be loaded")
        files = {str(Path(mutant.file).resolve()): mutant.file for _, mutant in self._mutants}
        gc.freeze()  # or the collector of every process would copy all that is loaded, only to look at it
        with TemporaryDirectory() as folder:
            answer = _answer(lambda: _usual(session, files), Path(folder))
            if answer is None:
                raise session.Failed("some tests fail without any mutant")
            tried = [Tried(frozenset((file, name) for file, name in called), took) for called, took in answer]
            self._try_all(session, tried, Path(folder))
        return True

    def _try_all(self, session: pytest.Session, tried: Sequence[Tried], folder: Path) -> None:
        running: dict[int, tuple[Mutant, Path]] = {}
        for at, (place, mutant) in enumerate(self._mutants):
            if len(running) == self._processes:
                self._wait(running)
            chosen = _chosen(place, mutant, session.items, tried)
            here = folder / str(at)
            running[_alone(here, partial(_survives, mutant, session, chosen))] = (mutant, here)
        while running:
            self._wait(running)

    def _wait(self, running: dict[int, tuple[Mutant, Path]]) -> None:
        child, status = os.wait()
        mutant, here = running.pop(child)
        rmtree(here, ignore_errors=True)
        self._tell(mutant, ENDS[os.waitstatus_to_exitcode(status)])


def _chosen(
    place: Place, mutant: Mutant, items: Sequence[pytest.Item], tried: Sequence[Tried]
) -> list[tuple[pytest.Item, float]]:
    """Return the tests of a place that call what a mutant changes, and what each usually takes, quick ones first."""
    folders = [Path(path).resolve() for path in place.tests]
    of_place = [
        (item, one)
        for item, one in zip(items, tried, strict=True)
        if any(item.path.is_relative_to(folder) for folder in folders) and _concerns(mutant, one.called)
    ]
    return sorted(((item, one.seconds) for item, one in of_place), key=lambda pair: pair[1])


def _concerns(mutant: Mutant, called: frozenset[tuple[str, str]]) -> bool:
    """Tell whether a test may find a mutant: one that calls the function that is changed.

    Where the fault is outside any function, tests that call anything of the file may, and those that call nothing at
    all, which look at values alone.
    """
    if mutant.in_function:
        return (mutant.file, mutant.place) in called
    return not called or any(file == mutant.file for file, _ in called)


def _answer(work: Callable[[], Any], folder: Path) -> Any:
    """Do work in a process of its own, so that this one stays as it is; None where it fails."""
    answer = folder / "answer"
    os.waitpid(_alone(folder / "usual", lambda: answer.write_text(json.dumps(work()))), 0)
    return json.loads(answer.read_text()) if answer.exists() else None


def _alone(folder: Path, work: Callable[[], int]) -> int:
    """Start a process that ends with what work returns, says nothing and keeps its files in a folder; return its id."""
    child = os.fork()
    if child:
        return child
    # Whatever happens, it must not go on with what its parent does.
    try:
        said = os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        folder.mkdir()
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder)
        os._exit(work())
    except BaseException:
        os.write(said, traceback.format_exc().encode())
    finally:
        os._exit(BROKEN)


def _usual(session: pytest.Session, files: Mapping[str, str]) -> list[tuple[list[tuple[str, str]], float]] | None:
    """Run every test: the functions of ``files`` that each calls, and how long it takes; None where one fails."""
    found = []
    for item in session.items:
        called: set[tuple[str, str]] = set()

        def note(frame: FrameType, event: str, _: object, called: set[tuple[str, str]] = called) -> None:
            if event == "call" and frame.f_code.co_filename in files:
                called.add((files[frame.f_code.co_filename], frame.f_code.co_qualname.partition(".<locals>")[0]))

        begun = process_time()
        sys.setprofile(note)
        # No other test follows, so that fixtures which several share are made for each, and what they call is seen.
        passes = _passes(session, item, None)
        sys.setprofile(None)
        if not passes:
            return None
        found.append((sorted(called), process_time() - begun))
    return found


def _passes(session: pytest.Session, item: pytest.Item, following: pytest.Item | None) -> bool:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    return not session.testsfailed


def _survives(mutant: Mutant, session: pytest.Session, chosen: Sequence[tuple[pytest.Item, float]]) -> int:
    """Put a fault in place and run tests until one fails; what the process is to end with."""
    try:
        graft(sys.modules[mutant.module], mutant.text)
    except Exception:  # a fault by which the module cannot be loaded is found by anybody
        return KILLED
    for (item, seconds), (after, _) in zip(chosen, [*chosen[1:], (None, None)], strict=False):
        signal.setitimer(signal.ITIMER_PROF, LEAST_PATIENCE + PATIENCE * seconds)
        if not _passes(session, item, after):
            return KILLED
    return SURVIVED
