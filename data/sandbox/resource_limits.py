"""What a process that reads may use, how it ended, and the sentence that says what was not enough."""

import signal
from dataclasses import dataclass
from enum import Enum
from typing import Final

MB: Final = 1_000_000
# Compiled code aborts when it is given no memory, and the system kills when there is none left.
_MEMORY_SIGNALS: Final = ("SIGABRT", "SIGKILL")


@dataclass(frozen=True)
class ResourceLimits:
    """What one reading may use.

    ``memory`` is in bytes, beyond what the libraries take by themselves; ``cpu`` in seconds of work, of all threads
    together; ``wall`` in seconds from beginning to end; ``file`` in bytes of the largest file that may be written, in
    a folder that goes with the reading. ``remedy`` is what people are told to do with a file that needs more.
    """

    memory: int = 1_000 * MB
    cpu: int = 20
    wall: float = 300.0
    file: int = 500 * MB
    remedy: str = "split it, for example by month"


LIMITS: Final = ResourceLimits()


class FailureReason(Enum):
    """Why a process ended without a result."""

    MEMORY = "memory"
    CPU = "cpu"
    WALL = "wall"
    DAMAGED = "damaged"

    def sentence(self, what: str, limits: ResourceLimits) -> str:
        """Return one sentence for people; ``what`` names the file, or the files, and nothing that they hold."""
        said = {"cpu": limits.cpu, "wall": limits.wall, "remedy": limits.remedy}
        return f"{what} {_SENTENCES[self].format(memory=_say_bytes(limits.memory), **said)}"


_SENTENCES: Final = {
    FailureReason.MEMORY: "must be readable in {memory} of memory, and needs more; {remedy}.",
    FailureReason.CPU: "must be readable in {cpu:g} seconds of work, and takes longer; {remedy}.",
    FailureReason.WALL: "must be read within {wall:g} seconds, and takes longer; {remedy}.",
    FailureReason.DAMAGED: (
        "must be whole and of the kind that its name says, and it is damaged or of another kind; "
        "download or save it again."
    ),
}


def _say_bytes(number: int) -> str:
    return f"{number / 1000 / MB:g} GB" if number >= 1000 * MB else f"{number / MB:g} MB"


@dataclass(frozen=True)
class ExitStatus:
    """How a process ended.

    ``code`` is its exit code, negative for a signal and None where nobody could tell; ``peak`` its largest size in
    memory in bytes and ``cpu`` its seconds of work, where the system reports them.
    """

    code: int | None
    peak: int | None = None
    cpu: float | None = None

    @property
    def reason(self) -> FailureReason:
        """Why it ended, for a process that sent no result."""
        if self.code is None or _signal(self.code) in _MEMORY_SIGNALS:
            return FailureReason.MEMORY
        return FailureReason.CPU if _signal(self.code) == "SIGXCPU" else FailureReason.DAMAGED


def _signal(code: int) -> str:
    """Return the name of the signal of a negative exit code; empty for any other."""
    return signal.Signals(-code).name if code < 0 else ""
