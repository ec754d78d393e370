"""What the process that reads does: confine itself, run one job, send the result, end."""

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

from data.sandbox.confine import apply_limits, confine, silence_output
from data.sandbox.environment import forget_others
from data.sandbox.messages import MAX_SENTENCE_LENGTH, send_message, send_result
from data.sandbox.resource_limits import FailureReason, ResourceLimits
from geo.errors import InputError, RefusedError


def run_job(connection: Connection, limits: ResourceLimits, folder: Path, parent: int | None) -> None:
    """Run the one job that comes over ``connection`` and send its result or error."""
    silence_output()
    forget_others()
    apply_limits(limits, folder, parent)
    try:
        paths, where, sys.path[:] = pickle.loads(connection.recv_bytes())  # noqa: S301 - from the app itself
        os.chdir(where)
        job, args = pickle.loads(connection.recv_bytes())  # noqa: S301
        confine(paths, folder)
        send_result(connection, job(*args, _progress_sender(connection)))
    except BaseException as raised:
        with suppress(OSError):  # nobody may wait for an answer any more
            send_message(connection, *_error_message(raised))


def _progress_sender(connection: Connection) -> Callable[[float, str], None]:
    lock = threading.Lock()

    def progress(share: float, what: str) -> None:
        with lock:
            send_message(connection, "progress", float(share), str(what)[:200])

    return progress


def _error_message(raised: BaseException) -> list[Any]:
    """Return the message of an error: our own sentence as it is; of any other its type and line of code, no words."""
    for kind, error in (("input", InputError), ("refused", RefusedError)):
        if isinstance(raised, error) and len(str(raised)) <= MAX_SENTENCE_LENGTH:
            return [kind, str(raised)]
    short = isinstance(raised, MemoryError) or (isinstance(raised, OSError) and raised.errno == errno.ENOMEM)
    reason = FailureReason.MEMORY if short else FailureReason.DAMAGED
    return ["failure", reason.value, f"{type(raised).__name__} at {_line_of(raised)}"]


def _line_of(raised: BaseException) -> str:
    """Return the file and line of our own code, or else of any, that the error last went through."""
    if raised.__traceback__ is None:
        return "an unknown line"
    top = str(Path(__file__).parents[2])
    lines = traceback.extract_tb(raised.__traceback__)
    ours = [line for line in lines if line.filename.startswith(top) and "site-packages" not in line.filename]
    last = (ours or list(lines))[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
