"""What hostile files would like to reach, and who watches it."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.hostile.making import Lures

PLANTED = "the planted text 4f1d"


@dataclass
class Watched:
    """The lures, and what was seen there."""

    lures: Lures
    seen: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Lay out the lures and watch them: a pipe tells when somebody opens it, a server when somebody connects."""
    folder = tmp_path_factory.mktemp("lures")
    secret, pipe = folder / "secret.csv", folder / "pipe.csv"
    secret.write_text(f"a,b\n{PLANTED},1\n", encoding="utf-8")
    os.mkfifo(pipe)
    (folder / "made").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        watched = Watched(Lures(secret, pipe, url, folder / "made"))
        over = threading.Event()
        threads = [
            threading.Thread(target=_watch_pipe, args=(pipe, watched.seen, over)),
            threading.Thread(target=_watch_server, args=(server, watched.seen, over)),
        ]
        for thread in threads:
            thread.start()
        yield watched
        over.set()
        os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
        socket.create_connection(server.getsockname()).close()
        for thread in threads:
            thread.join()


def _watch_pipe(pipe: Path, seen: list[str], over: threading.Event) -> None:
    while not over.is_set():
        writing = os.open(pipe, os.O_WRONLY)  # waits until somebody reads
        if not over.is_set():
            seen.append("pipe")
        with suppress(BrokenPipeError):
            while not over.is_set():  # until that somebody has gone
                os.write(writing, b"a,b\n1,2\n" * 1000)
        os.close(writing)


def _watch_server(server: socket.socket, seen: list[str], over: threading.Event) -> None:
    while not over.is_set():
        connection, _ = server.accept()
        if not over.is_set():
            seen.append("server")
        connection.close()  # so that whoever connected knows that it was seen
