"""Running one job in the sandbox: send it, pass on its progress, take its result, and leave nothing behind."""

import logging
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final, Generic, TypeVar

from data.sandbox.child_processes import start_child
from data.sandbox.messages import JobRequest, receive_message, receive_result
from data.sandbox.resource_limits import LIMITS, ExitStatus, FailureReason, ResourceLimits
from geo.errors import InputError, RefusedError

Progress = Callable[[float, str], None]
T = TypeVar("T")
Answer = tuple[Any, InputError | RefusedError | None]

_HEARTBEAT: Final = 0.5  # seconds between two calls of progress, so that a page that is left can stop its reading
_HEARTBEAT_MESSAGE: Final = "heartbeat"
_ERRORS: Final[dict[str, type[InputError] | type[RefusedError]]] = {"input": InputError, "refused": RefusedError}
_LINE: Final = re.compile(r"[\w.]+ at [\w.]+:\d+")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Attempt(Generic[T]):
    """What came of one job: its result, or the error that people read; and how its process ended."""

    value: T | None
    error: InputError | RefusedError | None
    end: ExitStatus


def run_sandboxed(
    job: Callable[..., T], *args: object, progress: Progress | None = None, limits: ResourceLimits = LIMITS
) -> T:
    """Return the result of ``job(*args, progress)``, run in a process without network and within ``limits``.

    ``job`` is a function of a module. Its arguments and its result are copied; of the files on this machine it can
    open those that its arguments name, and of types its result may have those in ``results``. Its progress is passed
    on here, by the thread that called, at least twice a second; when ``progress`` raises, or this thread is
    interrupted, the process is killed at once.

    An InputError or RefusedError of the job is raised here with the same sentence. Whatever else becomes of the
    process raises InputError: it took too much memory or time, or failed.
    """
    got = attempt(job, *args, progress=progress, limits=limits)
    if got.error is not None:
        raise got.error
    return got.value  # type: ignore[return-value]  # a job may well return None


def attempt(
    job: Callable[..., T], *args: object, progress: Progress | None = None, limits: ResourceLimits = LIMITS
) -> Attempt[T]:
    """Run a job as ``run_sandboxed`` does, but return the error, and what the process used, instead of raising."""
    request = JobRequest.of(job, args)
    child = start_child(limits)
    late = threading.Event()

    def time_out() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(limits.wall, time_out)
    clock.daemon = True
    try:
        clock.start()
        answer = _answer(child.connection, request, progress or _ignore_progress, limits)
        if answer is None:
            reason = child.wait().reason
            _log.warning("A reading ended without an answer: %s.", child.wait())
            answer = None, InputError((FailureReason.WALL if late.is_set() else reason).sentence(request.what, limits))
    finally:
        clock.cancel()
        child.kill()
        end = child.wait()
        child.connection.close()
    value, error = answer
    return Attempt(value, error, end)


def _answer(connection: Connection, request: JobRequest, progress: Progress, limits: ResourceLimits) -> Answer | None:
    """Return the result or the error that the process sends; None when it ends without one."""
    latest = 0.0, "Reading"
    for kind, *words in _messages(connection, request):
        if kind == "progress":
            latest = min(max(words[0], 0.0), 1.0), words[1]
        if kind in ("progress", _HEARTBEAT_MESSAGE):
            progress(*latest)
        elif kind == "result":
            return _result(connection, words[0], request, limits)
        else:
            return None, _error(kind, words, request, limits)
    return None


def _messages(connection: Connection, request: JobRequest) -> Iterator[list[Any]]:
    """Send the request and yield the messages that come back, with a heartbeat between them; end when the process does.

    A process that sends anything else has been taken over; it is as if it had said that the file is damaged.
    """
    try:
        request.send(connection)
        while True:
            message = receive_message(connection) if connection.poll(_HEARTBEAT) else [_HEARTBEAT_MESSAGE]
            yield message
    except (EOFError, ConnectionError):
        return
    except (OSError, ValueError):
        yield ["failure", FailureReason.DAMAGED.value, ""]


def _result(connection: Connection, parts: int, request: JobRequest, limits: ResourceLimits) -> Answer | None:
    try:
        return receive_result(connection, parts, limits.memory), None
    except EOFError:
        return None
    except Exception as error:
        # Of whatever a wrong pickle raises, the words could hold a value; its kind cannot.
        _log.warning("A result could not be taken: %s.", type(error).__name__)
        return None, InputError(FailureReason.DAMAGED.sentence(request.what, limits))


def _error(kind: str, words: list[Any], request: JobRequest, limits: ResourceLimits) -> InputError | RefusedError:
    """Return the error of a message; one that the job did not mean for people gets our own sentence."""
    if kind in _ERRORS:
        printable = "".join(letter if letter.isprintable() else " " for letter in words[0])
        return _ERRORS[kind](" ".join(printable.split()))
    reason, where = words
    _log.warning("A reading failed: %s.", where if _LINE.fullmatch(where) else "at an unknown line")
    known = FailureReason.MEMORY if reason == FailureReason.MEMORY.value else FailureReason.DAMAGED
    return InputError(known.sentence(request.what, limits))


def _ignore_progress(_share: float, _what: str) -> None:
    """Do nothing with progress."""
