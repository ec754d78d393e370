"""What goes between the two processes: a request there, messages of progress, and one result or error back.

The process that reads may have been taken over by what it read, so nothing that comes from it is trusted: messages
are JSON, and a result is unpickled from a closed list of types (``results``).
"""

import io
import json
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Self

from data.formats.sources import Source
from data.sandbox.results import ResultUnpickler

MAX_SENTENCE_LENGTH: Final = 4_000  # of a sentence; a longer one repeats what a hostile file calls its columns
_MAX_MESSAGE_BYTES: Final = 16 * MAX_SENTENCE_LENGTH  # of a message that is no result; a letter takes up to twelve
_MESSAGE_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "progress": (float, str),  # the share done from 0 to 1, what is being done
    "result": (int,),  # how many buffers follow the result
    "input": (str,),
    "refused": (str,),
    "failure": (str, str),  # its reason, and where
}
_MAX_BUFFERS: Final = 1_000_000


@dataclass(frozen=True)
class JobRequest:
    """A job, pickled, with what its arguments name: the files that it may open, and what people call them."""

    pickled: bytes
    paths: tuple[Path, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, job: Callable[..., object], args: tuple[object, ...]) -> Self:
        """Return a job pickled; raises what pickle raises for a job or an argument that cannot be sent."""
        file = io.BytesIO()
        pickler = _RequestPickler(file, protocol=5)
        pickler.paths, pickler.names = [], []
        pickler.dump((job, args))
        return cls(file.getvalue(), tuple(pickler.paths), tuple(pickler.names))

    def send(self, connection: Connection) -> None:
        """Send it: what may be opened and where modules are found, then the job."""
        connection.send_bytes(pickle.dumps((self.paths, Path.cwd(), sys.path)))
        connection.send_bytes(self.pickled)

    @property
    def what(self) -> str:
        """The names of the files, to begin a sentence."""
        if not self.names:
            return "The file"
        more = len(self.names) - 1
        return f"“{self.names[0]}”" + (f" (with {more:,} more file{'s' if more > 1 else ''})" if more else "")


class _RequestPickler(pickle.Pickler):
    """Collects the paths, and the names of sources, that it pickles."""

    paths: list[Path]
    names: list[str]

    def reducer_override(self, obj: object) -> Any:
        if isinstance(obj, Source):
            self.names.append(obj.name)
        elif isinstance(obj, Path):
            self.paths.append(obj.absolute())
        return NotImplemented  # pickled as always


def send_message(connection: Connection, kind: str, *words: object) -> None:
    """Send a message as JSON: its kind, then its words."""
    connection.send_bytes(json.dumps([kind, *words]).encode())


def receive_message(connection: Connection) -> list[Any]:
    """Return a message, its kind first; raises ValueError or OSError for one that is not as ``_MESSAGE_TYPES`` says."""
    words = json.loads(connection.recv_bytes(_MAX_MESSAGE_BYTES))
    kind, *rest = words if isinstance(words, list) else [None]
    if not isinstance(kind, str) or tuple(type(word) for word in rest) != _MESSAGE_TYPES.get(kind):
        raise ValueError("a message has another shape")
    return words


def send_result(connection: Connection, result: object) -> None:
    """Send a result; large arrays go as they lie in memory, without a copy."""
    buffers: list[pickle.PickleBuffer] = []
    body = pickle.dumps(result, protocol=5, buffer_callback=buffers.append)
    send_message(connection, "result", len(buffers))
    connection.send_bytes(body)
    for buffer in buffers:
        connection.send_bytes(buffer.raw())


def receive_result(connection: Connection, buffers: int, max_bytes: int) -> Any:
    """Return a result of at most ``max_bytes`` bytes; raises UnpicklingError, or whatever a wrong pickle raises."""
    if not 0 <= buffers <= _MAX_BUFFERS:
        raise pickle.UnpicklingError("a result has fewer parts")
    parts: list[bytes] = []
    for _ in range(buffers + 1):
        parts.append(connection.recv_bytes(max_bytes))
        max_bytes -= len(parts[-1])
    return ResultUnpickler(io.BytesIO(parts[0]), buffers=parts[1:]).load()
