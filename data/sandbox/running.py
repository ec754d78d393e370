"""Running one job apart: send it, pass on its progress, take its answer, and leave nothing behind."""

import logging
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from typing import Any, Final, Generic, TypeVar

from data.sandbox.ends import Child, End
from data.sandbox.messages import JobRequest, receive_result, receive_words
from data.sandbox.resource_limits import LIMITS, Lack, ResourceLimits
from data.sandbox.server import SERVER
from data.sandbox.spawned import SpawnedChild
from geo.errors import InputError, RefusedError

Tell = Callable[[float, str], None]
T = TypeVar("T")
Answer = tuple[Any, InputError | RefusedError | None]

_BEAT: Final = 0.5  # seconds after which progress is told again, so that a page that is left can stop its reading
_NOTHING: Final = "nothing"
_ERRORS: Final[dict[str, type[InputError] | type[RefusedError]]] = {"input": InputError, "refused": RefusedError}
_LINE: Final = re.compile(r"[\w.]+ at [\w.]+:\d+")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Attempt(Generic[T]):
    """What came of one job: its result, or the error that people read; and how its process ended."""

    value: T | None
    error: InputError | RefusedError | None
    end: End


def run_sandboxed(job: Callable[..., T], *args: object, tell: Tell | None = None, limits: ResourceLimits = LIMITS) -> T:
    """Run ``job(*args, tell)`` in a process of its own, without network and within ``limits``; give its result.

    ``job`` is a function of a module. Its arguments and its result are copied; of the files on this machine it can
    open those that its arguments name, and of types its result may have those in ``results``. What it tells is told
    here, by the thread that called, at least twice a second; when ``tell`` raises, or this thread is interrupted, the
    process is killed at once. An InputError or RefusedError of the job is raised here with the same sentence.
    Whatever else becomes of the process raises InputError: it took too much memory or time, or failed.
    """
    got = attempt(job, *args, tell=tell, limits=limits)
    if got.error is not None:
        raise got.error
    return got.value  # type: ignore[return-value]  # a job may well give None


def warm_up() -> None:
    """Start, without waiting, what the first reading would wait for; nothing where each reading starts anew."""
    if _can_fork():
        SERVER.start()


def attempt(
    job: Callable[..., T], *args: object, tell: Tell | None = None, limits: ResourceLimits = LIMITS
) -> Attempt[T]:
    """Do as ``run_sandboxed`` does, but give the error, and what the process used, instead of raising."""
    request = JobRequest.of(job, args)
    child: Child = SERVER.fork(limits) if _can_fork() else SpawnedChild(limits)
    late = threading.Event()

    def give_up() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(limits.wall, give_up)
    clock.daemon = True
    try:
        clock.start()
        answer = _answer(child.connection, request, tell or _tell_nobody, limits)
        if answer is None:
            lack = child.ended().lack
            _log.warning("A reading ended without an answer: %s.", child.ended())
            answer = None, InputError((Lack.WALL if late.is_set() else lack).sentence(request.what, limits))
    finally:
        clock.cancel()
        child.kill()
        end = child.ended()
        child.connection.close()
    value, error = answer
    return Attempt(value, error, end)


def _answer(connection: Connection, request: JobRequest, tell: Tell, limits: ResourceLimits) -> Answer | None:
    """Hold the conversation to its end; None when the other side ended it."""
    told = 0.0, "Reading"
    for kind, *words in _messages(connection, request):
        if kind == "told":
            told = min(max(words[0], 0.0), 1.0), words[1]
        if kind in ("told", _NOTHING):
            tell(*told)
        elif kind == "result":
            return _result(connection, words[0], request, limits)
        else:
            return None, _error(kind, words, request, limits)
    return None


def _messages(connection: Connection, request: JobRequest) -> Iterator[list[Any]]:
    """Send the request and give what comes back, a word for nothing at every beat; ends when the other side does.

    One that talks otherwise than agreed has been taken over; it is as if it had said that the file is damaged.
    """
    try:
        request.send(connection)
        while True:
            message = receive_words(connection) if connection.poll(_BEAT) else [_NOTHING]
            yield message
    except (EOFError, ConnectionError):
        return
    except (OSError, ValueError):
        yield ["lack", Lack.DAMAGED.value, ""]


def _result(connection: Connection, parts: int, request: JobRequest, limits: ResourceLimits) -> Answer | None:
    try:
        return receive_result(connection, parts, limits.memory), None
    except EOFError:
        return None
    except Exception as fault:
        # Of whatever a wrong pickle raises, the words could hold a value; its kind cannot.
        _log.warning("A result could not be taken: %s.", type(fault).__name__)
        return None, InputError(Lack.DAMAGED.sentence(request.what, limits))


def _error(kind: str, words: list[Any], request: JobRequest, limits: ResourceLimits) -> InputError | RefusedError:
    """Make the error of a message; one that the job did not mean for people is said in our words."""
    if kind in _ERRORS:
        said = "".join(letter if letter.isprintable() else " " for letter in words[0])
        return _ERRORS[kind](" ".join(said.split()))
    lack, where = words
    _log.warning("A reading failed: %s.", where if _LINE.fullmatch(where) else "at an unknown line")
    return InputError((Lack.MEMORY if lack == Lack.MEMORY.value else Lack.DAMAGED).sentence(request.what, limits))


def _tell_nobody(_share: float, _what: str) -> None:
    """Be told, and do nothing."""


@cache
def _can_fork() -> bool:
    """Return whether this system forks safely and lets a process be waited for together with others."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True
