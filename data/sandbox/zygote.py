"""The process from which readings are forked: it has the libraries imported, and nothing else in it (Linux).

It takes one kind of request over the socket it was started with, "fork a child", with two descriptors: the child's end
of a connection, and a leash. When the leash is let go, by the parent's wish or its end, the child is killed; when
the child has ended, its folder is removed and the leash tells how it ended. When the socket closes, all end.
"""

import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from data.sandbox.child import answer
from data.sandbox.confine import be_quiet
from data.sandbox.resource_limits import ResourceLimits

# Everything that the readers use; a reading then waits for no import.
_IMPORTED: Final = (
    "data.records.area_files",
    "data.records.reading_jobs",
    "data.screening",
    "phonenumbers",
    "pyarrow.parquet",
    "pyogrio",
    "python_calamine",
)
MOST_ASKED: Final = 4096  # bytes of a request


@dataclass
class _Child:
    pid: int
    ended: int  # a descriptor that can be read once the process has ended
    leash: socket.socket
    folder: Path


def serve(descriptor: int) -> None:
    """Fork a child at each request, until the socket ``descriptor`` is closed at its other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which then lets go
    for name in _IMPORTED:
        with suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # so that a child's collector copies no shared page
    be_quiet()
    with socket.socket(fileno=descriptor) as control:
        _Zygote(control).run()


class _Zygote:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)
        self._leashes: dict[int, _Child] = {}
        self._ends: dict[int, _Child] = {}

    def run(self) -> None:
        """Look after requests, leashes and ends as they come."""
        going = True
        while going:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._ends:
                    self._bury(self._ends.pop(descriptor))
                elif descriptor in self._leashes:
                    self._kill(self._leashes[descriptor])
                elif descriptor == self._control.fileno():
                    going = self._take() and going
        for child in list(self._ends.values()):
            self._kill(child)
            self._bury(child)

    def _take(self) -> bool:
        """Fork for one request; answer whether the parent is still there."""
        asked, descriptors, _, _ = socket.recv_fds(self._control, MOST_ASKED, 2)
        if not asked:
            return False
        connection, leash = Connection(descriptors[0]), socket.socket(fileno=descriptors[1])
        request = json.loads(asked)
        limits, folder = ResourceLimits(**request["limits"]), Path(request["folder"])
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            self._be_child(connection, leash, limits, folder, parent)
        connection.close()
        child = _Child(pid, os.pidfd_open(pid), leash, folder)
        self._leashes[leash.fileno()] = self._ends[child.ended] = child
        self._poll.register(leash, select.POLLIN)
        self._poll.register(child.ended, select.POLLIN)
        return True

    def _be_child(
        self, connection: Connection, leash: socket.socket, limits: ResourceLimits, folder: Path, parent: int
    ) -> None:
        """Be the forked process, and never return."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            for held in (self._control, leash, *(child.leash for child in self._ends.values())):
                held.close()
            for ended in self._ends:
                os.close(ended)
            answer(connection, limits, folder, parent)
        finally:
            os._exit(0)

    def _kill(self, child: _Child) -> None:
        self._let_go(child)
        os.kill(child.pid, signal.SIGKILL)  # not yet waited for, so the number is still its own

    def _let_go(self, child: _Child) -> None:
        """Look no more after a leash; it stays open, to tell the end."""
        if self._leashes.pop(child.leash.fileno(), None):
            self._poll.unregister(child.leash)

    def _bury(self, child: _Child) -> None:
        """Leave nothing of a child, then say how it ended."""
        self._poll.unregister(child.ended)
        os.close(child.ended)
        _, status, used = os.wait4(child.pid, 0)
        shutil.rmtree(child.folder, ignore_errors=True)
        self._let_go(child)
        told = {
            "code": os.waitstatus_to_exitcode(status),
            "peak": used.ru_maxrss * 1024,
            "cpu": used.ru_utime + used.ru_stime,
        }
        with suppress(OSError):
            child.leash.send(json.dumps(told).encode())
        child.leash.close()
