"""The process from which readings are forked: it has the libraries imported, and nothing else in it (Linux).

It takes one kind of request over the socket it was started with, "fork a child", with two descriptors: the child's end
of a connection, and a leash. When the leash is let go, by the parent's wish or its end, the child is killed; when
the child has ended, its folder is removed and the leash carries how it ended. When the socket closes, all end.
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

from data.sandbox.child import run_job
from data.sandbox.confine import silence_output
from data.sandbox.resource_limits import ResourceLimits

# Everything that the readers use; a reading then waits for no import.
_PRELOADED: Final = (
    "data.records.area_files",
    "data.records.base_map",
    "data.records.reading_jobs",
    "data.screening",
    "icalendar",
    "osmium",
    "phonenumbers",
    "pyarrow.parquet",
    "pyogrio",
    "python_calamine",
)
MAX_REQUEST_BYTES: Final = 4096


@dataclass
class _Child:
    pid: int
    exited: int  # a descriptor that can be read once the process has ended
    leash: socket.socket
    folder: Path


def serve(descriptor: int) -> None:
    """Fork a child at each request, until the socket ``descriptor`` is closed at its other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which then lets go
    for name in _PRELOADED:
        with suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # so that a child's collector copies no shared page
    silence_output()
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
        """Serve requests, leashes that are let go and children that end, as they come."""
        going = True
        while going:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._ends:
                    self._reap(self._ends.pop(descriptor))
                elif descriptor in self._leashes:
                    self._kill(self._leashes[descriptor])
                elif descriptor == self._control.fileno():
                    going = self._fork_for_request() and going
        for child in list(self._ends.values()):
            self._kill(child)
            self._reap(child)

    def _fork_for_request(self) -> bool:
        """Fork for one request; return whether the parent is still there."""
        request_bytes, descriptors, _, _ = socket.recv_fds(self._control, MAX_REQUEST_BYTES, 2)
        if not request_bytes:
            return False
        connection, leash = Connection(descriptors[0]), socket.socket(fileno=descriptors[1])
        request = json.loads(request_bytes)
        limits, folder = ResourceLimits(**request["limits"]), Path(request["folder"])
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            self._run_child(connection, leash, limits, folder, parent)
        connection.close()
        child = _Child(pid, os.pidfd_open(pid), leash, folder)
        self._leashes[leash.fileno()] = self._ends[child.exited] = child
        self._poll.register(leash, select.POLLIN)
        self._poll.register(child.exited, select.POLLIN)
        return True

    def _run_child(
        self, connection: Connection, leash: socket.socket, limits: ResourceLimits, folder: Path, parent: int
    ) -> None:
        """Be the forked process, and never return."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            for held in (self._control, leash, *(child.leash for child in self._ends.values())):
                held.close()
            for exited in self._ends:
                os.close(exited)
            run_job(connection, limits, folder, parent)
        finally:
            os._exit(0)

    def _kill(self, child: _Child) -> None:
        self._let_go(child)
        os.kill(child.pid, signal.SIGKILL)  # not yet waited for, so the number is still its own

    def _let_go(self, child: _Child) -> None:
        """Watch a leash no more; it stays open, to send the status."""
        if self._leashes.pop(child.leash.fileno(), None):
            self._poll.unregister(child.leash)

    def _reap(self, child: _Child) -> None:
        """Leave nothing of a child, then send how it ended."""
        self._poll.unregister(child.exited)
        os.close(child.exited)
        _, wait_status, used = os.wait4(child.pid, 0)
        shutil.rmtree(child.folder, ignore_errors=True)
        self._let_go(child)
        status = {
            "code": os.waitstatus_to_exitcode(wait_status),
            "peak": used.ru_maxrss * 1024,
            "cpu": used.ru_utime + used.ru_stime,
        }
        with suppress(OSError):
            child.leash.send(json.dumps(status).encode())
        child.leash.close()
