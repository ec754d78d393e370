"""What a reading apart may use, and the one sentence that says which of it was not enough."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

MB: Final = 1_000_000


@dataclass(frozen=True)
class ResourceLimits:
    """What one reading may use.

    ``memory`` is in bytes, beyond what the libraries take by themselves; ``cpu`` in seconds of work, of all threads
    together; ``wall`` in seconds from beginning to end; ``file`` in bytes of the largest file that may be written, in
    a folder that goes with the reading.
    """

    memory: int = 1_000 * MB
    cpu: int = 20
    wall: float = 300.0
    file: int = 500 * MB


LIMITS: Final = ResourceLimits()


class Lack(Enum):
    """Why a reading ended without an answer."""

    MEMORY = "memory"
    CPU = "cpu"
    WALL = "wall"
    DAMAGED = "damaged"

    def sentence(self, what: str, limits: ResourceLimits) -> str:
        """Say it in one sentence; ``what`` names the file, or the files, and nothing that they hold."""
        return f"{what} {_SAID[self].format(memory=_say_bytes(limits.memory), cpu=limits.cpu, wall=limits.wall)}"


_SAID: Final = {
    Lack.MEMORY: "must be readable in {memory} of memory, and needs more; split it, for example by month.",
    Lack.CPU: "must be readable in {cpu:g} seconds of work, and takes longer; split it, for example by month.",
    Lack.WALL: "must be read within {wall:g} seconds, and takes longer; split it, for example by month.",
    Lack.DAMAGED: (
        "must be whole and of the kind that its name says, and it is damaged or of another kind; "
        "download or save it again."
    ),
}


def _say_bytes(number: int) -> str:
    return f"{number / 1000 / MB:g} GB" if number >= 1000 * MB else f"{number / MB:g} MB"
