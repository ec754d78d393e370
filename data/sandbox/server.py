"""The app's side of the process from which readings are forked: one for each app process, started at first use."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import Final

from data.sandbox.ends import End
from data.sandbox.resource_limits import ResourceLimits

_PROGRAM: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from data.sandbox.zygote import serve; serve(int(sys.argv[2]))"
)
# Allocators that take address space in large steps would meet the limit long before the memory is used.
_ENVIRONMENT: Final = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}
_PATIENCE: Final = 5.0  # seconds for the process to end by itself
_MOST_TOLD: Final = 1024  # bytes of how a child ended


class ForkedChild:
    """A child of the server; see ``ends.Child``."""

    def __init__(self, connection: Connection, leash: socket.socket, folder: str) -> None:
        self.connection = connection
        self._folder = folder
        self._leash = leash
        self._end: End | None = None

    def kill(self) -> None:
        """Let go of the leash; the server kills."""
        with suppress(OSError):
            self._leash.shutdown(socket.SHUT_WR)

    def ended(self) -> End:
        """Wait for what the server tells when nothing of the child is left."""
        if self._end is None:
            told = self._leash.recv(_MOST_TOLD)
            self._leash.close()
            shutil.rmtree(self._folder, ignore_errors=True)  # the server has done so, unless it was killed
            self._end = End(**json.loads(told)) if told else End(None)
        return self._end


class Server:
    """The process itself, started again whenever it is found gone."""

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
        """Ask for a child; one that is not there yet takes its request as soon as it is."""
        here, there = socket.socketpair()
        held, leash = socket.socketpair()
        folder = tempfile.mkdtemp(prefix="local-context-")
        with there, leash:
            asked = json.dumps({"limits": asdict(limits), "folder": folder}).encode()
            descriptors = [there.fileno(), leash.fileno()]
            with self._lock:
                try:
                    socket.send_fds(self._running(), [asked], descriptors)
                except ConnectionError:
                    self._forget()
                    socket.send_fds(self._running(), [asked], descriptors)
        return ForkedChild(Connection(here.detach()), held, folder)

    def stop(self) -> None:
        """End the process, and with it all its children."""
        with self._lock:
            self._forget()

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
                    env={**os.environ, **_ENVIRONMENT},
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
        return self._control

    def _forget(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._control = self._process = None


SERVER: Final = Server()
atexit.register(SERVER.stop)
