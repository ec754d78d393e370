"""What the process that reads does: close itself in, do one job, answer, end."""

import errno
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from data.sandbox.confine import be_quiet, close_in, limit
from data.sandbox.messages import MOST_LETTERS, send_result, send_words
from data.sandbox.resource_limits import Lack, ResourceLimits
from geo.errors import InputError, RefusedError


def answer(connection: Connection, limits: ResourceLimits, folder: Path, parent: int | None) -> None:
    """Do the one job that comes over ``connection`` and send its answer."""
    be_quiet()
    limit(limits, folder, parent)
    try:
        paths, where, sys.path[:] = pickle.loads(connection.recv_bytes())  # noqa: S301 - from the app itself
        os.chdir(where)
        job, args = pickle.loads(connection.recv_bytes())  # noqa: S301
        close_in(paths, folder)
        send_result(connection, job(*args, _teller(connection)))
    except BaseException as fault:
        with suppress(OSError):  # nobody may wait for an answer any more
            send_words(connection, *_said(fault))


def _teller(connection: Connection) -> Callable[[float, str], None]:
    lock = threading.Lock()

    def tell(share: float, what: str) -> None:
        with lock:
            send_words(connection, "told", float(share), str(what)[:200])

    return tell


def _said(fault: BaseException) -> list[Any]:
    """Say what went wrong: our own sentences as they are; of anything else its kind and line of code, no words."""
    for kind, error in (("input", InputError), ("refused", RefusedError)):
        if isinstance(fault, error) and len(str(fault)) <= MOST_LETTERS:
            return [kind, str(fault)]
    short = isinstance(fault, MemoryError) or (isinstance(fault, OSError) and fault.errno == errno.ENOMEM)
    lack = Lack.MEMORY if short else Lack.DAMAGED
    return ["lack", lack.value, f"{type(fault).__name__} at {_line_of(fault)}"]


def _line_of(fault: BaseException) -> str:
    """Name the last line of our own code, or else of any, that the fault went through."""
    if fault.__traceback__ is None:
        return "an unknown line"
    top = str(Path(__file__).parents[2])
    lines = traceback.extract_tb(fault.__traceback__)
    ours = [line for line in lines if line.filename.startswith(top) and "site-packages" not in line.filename]
    last = (ours or list(lines))[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
