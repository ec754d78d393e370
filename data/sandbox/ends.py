"""How a process that read came to its end."""

import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final, Protocol

from data.sandbox.resource_limits import Lack

# Compiled code aborts when it is given no memory, and the system kills when there is none left.
_FOR_MEMORY: Final = ("SIGABRT", "SIGKILL")


@dataclass(frozen=True)
class End:
    """Its exit code, negative for a signal and None where nobody could tell; its largest size in memory in bytes and
    its seconds of work, where the system tells them.
    """

    code: int | None
    peak: int | None = None
    cpu: float | None = None

    @property
    def lack(self) -> Lack:
        """Tell what a process lacked that ended without an answer."""
        if self.code is None or _signal(self.code) in _FOR_MEMORY:
            return Lack.MEMORY
        return Lack.CPU if _signal(self.code) == "SIGXCPU" else Lack.DAMAGED


def _signal(code: int) -> str:
    """Name the signal of a negative exit code; empty for any other."""
    return signal.Signals(-code).name if code < 0 else ""


class Child(Protocol):
    """A process that waits for one request on ``connection`` and answers there."""

    connection: Connection

    def kill(self) -> None:
        """End it at once; from any thread, at any time, any number of times."""

    def ended(self) -> End:
        """Wait until it has ended and left nothing; tell how it ended."""
