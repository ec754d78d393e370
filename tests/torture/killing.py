"""Runs work in a process of its own and kills it without warning."""

import os
import signal
import time
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Say = Callable[[str], None]  # a line for the parent; it is out of the process when the call returns


class WorkFailedError(Exception):
    """The work ended in an exception before it could be killed; the message is its traceback."""


@dataclass(frozen=True)
class Ended:
    """What was said until the end, line by line, and whether the work was all done by then."""

    said: tuple[str, ...]
    finished: bool


def run(work: Callable[[Say], None]) -> Ended:
    """Do the work in a child process to its end; ``os._exit`` in it is an end like any other."""
    return run_together([work])[0]


def run_together(works: Sequence[Callable[[Say], None]]) -> list[Ended]:
    """Do several works at once, each in a child process of its own, to their ends."""
    children = [_Child(work) for work in works]
    return [child.ended() for child in children]


def kill(work: Callable[[Say], None], after: float) -> Ended:
    """Start the work in a child process and kill -9 it ``after`` seconds from its first line.

    The child is forked: nothing is loaded anew, but it must open files and connections of its own.
    """
    child = _Child(work, waits=True)
    first = child.lines.readline()
    time.sleep(after)  # the random moment; nothing is waited for
    os.kill(child.process, signal.SIGKILL)
    return child.ended(first)


class _Child:
    """A child process at work; one that ``waits`` stays when it is done, until it is killed or its parent ends."""

    def __init__(self, work: Callable[[Say], None], *, waits: bool = False) -> None:
        lines_out, lines_in = os.pipe()
        life_out, self._life = os.pipe()  # nobody writes to it; it ends when the parent does
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside threads: they take no part in the work
            self.process = os.fork()
        if not self.process:
            _work_and_exit(work, lines_in, (life_out, self._life), waits=waits)
        os.close(lines_in)
        os.close(life_out)
        self.lines = os.fdopen(lines_out, encoding="utf-8")

    def ended(self, heard: str = "") -> Ended:
        """Wait for the end; give all that was said, ``heard`` first."""
        with self.lines:
            said = (heard + self.lines.read()).splitlines()
        os.close(self._life)
        os.waitpid(self.process, 0)
        return _ended(said)


def _work_and_exit(work: Callable[[Say], None], lines_in: int, life: tuple[int, int], *, waits: bool) -> None:
    """Never return to the caller, who is the parent."""
    try:
        os.close(life[1])
        try:
            work(lambda line: _write(lines_in, line))
            _write(lines_in, "finished")
        except BaseException:
            _write(lines_in, "failed\n" + traceback.format_exc())
        if waits:
            os.read(life[0], 1)
    finally:
        os._exit(0)


def _write(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


def _ended(said: Sequence[str]) -> Ended:
    if "failed" in said:
        raise WorkFailedError("\n".join(said))
    finished = said[-1:] == ["finished"]
    return Ended(tuple(said[:-1] if finished else said), finished)
