"""The processes that read, as the app sees them: forked from a server on Linux, spawned anew on Windows and macOS.

The server (``zygote``) has the libraries loaded, so that a fork costs milliseconds; each app process has one, started
at first use. A spawned process has no limit of memory (neither system keeps one), only those of time, and no filter in
the kernel.
"""

import atexit
import json
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import cache
from multiprocessing import spawn
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

from data.sandbox.child import run_job
from data.sandbox.environment import for_readers
from data.sandbox.resource_limits import ExitStatus, ResourceLimits

_PROGRAM: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from data.sandbox.zygote import serve; serve(int(sys.argv[2]))"
)
_STOP_TIMEOUT: Final = 5.0  # seconds for the server to end by itself
_MAX_STATUS_BYTES: Final = 1024  # of the message that says how a child ended
_spawning: Final = threading.Lock()


class Child(Protocol):
    """A process that waits for one request on ``connection`` and answers there."""

    connection: Connection

    def kill(self) -> None:
        """End it at once; from any thread, at any time, any number of times."""

    def wait(self) -> ExitStatus:
        """Wait until it has ended and left nothing; return how it ended."""


def start_child(limits: ResourceLimits) -> Child:
    """Return a new process that waits for one request, forked where the system can and spawned elsewhere."""
    return SERVER.fork(limits) if _can_fork() else SpawnedChild(limits)


def warm_up() -> None:
    """Start, without waiting, what the first reading would wait for; do nothing where each process is spawned."""
    if _can_fork():
        SERVER.start()


class ForkedChild:
    """A ``Child`` forked from the server."""

    def __init__(self, connection: Connection, leash: socket.socket, folder: str) -> None:
        self.connection = connection
        self._folder = folder
        self._leash = leash
        self._end: ExitStatus | None = None

    def kill(self) -> None:
        """Let go of the leash; the server kills."""
        with suppress(OSError):
            self._leash.shutdown(socket.SHUT_WR)

    def wait(self) -> ExitStatus:
        """Wait for the status that the server sends when nothing of the child is left."""
        if self._end is None:
            status = self._leash.recv(_MAX_STATUS_BYTES)
            self._leash.close()
            shutil.rmtree(self._folder, ignore_errors=True)  # the server has done so, unless it was killed
            self._end = ExitStatus(**json.loads(status)) if status else ExitStatus(None)
        return self._end


class SpawnedChild:
    """A ``Child`` that is a new interpreter."""

    def __init__(self, limits: ResourceLimits) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._folder = TemporaryDirectory(prefix="local-context-", ignore_cleanup_errors=True)
        given = (theirs, limits, Path(self._folder.name), None)
        self._process = context.Process(target=run_job, args=given, daemon=True)
        with _without_main():
            self._process.start()
        theirs.close()
        self._end: ExitStatus | None = None

    def kill(self) -> None:
        """End it at once."""
        if self._end is None:
            self._process.kill()

    def wait(self) -> ExitStatus:
        """Wait for its end, and remove its folder."""
        if self._end is None:
            self._process.join()
            self._end = ExitStatus(self._process.exitcode)
            self._process.close()
            self._folder.cleanup()
        return self._end


class Server:
    """The process from which children are forked, started again whenever it is found gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def start(self) -> None:
        """Start it unless it runs; does not wait until it is ready."""
        with self._lock:
            self._running()

    def fork(self, limits: ResourceLimits) -> ForkedChild:
        """Return a child; one that is not there yet takes its request as soon as it is."""
        here, there = socket.socketpair()
        held, leash = socket.socketpair()
        folder = tempfile.mkdtemp(prefix="local-context-")
        with there, leash:
            request = json.dumps({"limits": asdict(limits), "folder": folder}).encode()
            descriptors = [there.fileno(), leash.fileno()]
            with self._lock:
                try:
                    socket.send_fds(self._running(), [request], descriptors)
                except ConnectionError:
                    self._stop_process()
                    socket.send_fds(self._running(), [request], descriptors)
        return ForkedChild(Connection(here.detach()), held, folder)

    def stop(self) -> None:
        """End the process, and with it all its children."""
        with self._lock:
            self._stop_process()

    def _running(self) -> socket.socket:
        # A copy of this process that was forked off must not share the server.
        if self._control is None or self._owner != os.getpid():
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self._owner = os.getpid()
            search = json.dumps([os.path.abspath(path) for path in sys.path])  # noqa: PTH100 - an empty one is a folder
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - this interpreter, this package
                    [sys.executable, "-I", "-c", _PROGRAM, search, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env=for_readers(os.environ),
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
        return self._control

    def _stop_process(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            try:
                self._process.wait(_STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._control = self._process = None


SERVER: Final = Server()
atexit.register(SERVER.stop)


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


@contextmanager
def _without_main() -> Iterator[None]:
    """Let no new process run this one's main module, as it usually does: under Streamlit that is a page."""
    with _spawning:
        usual = spawn.get_preparation_data

        def prepared(name: str) -> dict[str, Any]:
            return {key: value for key, value in usual(name).items() if not key.startswith("init_main_from_")}

        spawn.get_preparation_data = prepared
        try:
            yield
        finally:
            spawn.get_preparation_data = usual
