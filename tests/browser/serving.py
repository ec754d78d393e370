"""Runs the app as `make run` does, in a process of its own, for as long as a test needs it."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parents[2]
SECONDS_BETWEEN_TRIES: Final = 0.05
TRIES: Final = 2400  # two minutes, for a cold start on a busy machine
SECONDS_TO_STOP: Final = 20


@contextmanager
def served(home: Path, log: Path) -> Iterator[str]:
    """Serve the app on the store in ``home``; give its address, and stop it at the end.

    What the server writes goes to ``log``. Raises RuntimeError, with the end of the log, when it does not start.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    environment = {**os.environ, "LOCAL_CONTEXT_HOME": str(home)}
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        ) as server,
    ):
        try:
            wait_until_healthy(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            stop(server)


def wait_until_healthy(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until the server answers; say what its log says when it ends or never does."""
    for _ in range(TRIES):
        if _is_healthy(port):
            return
        try:
            server.wait(timeout=SECONDS_BETWEEN_TRIES)
        except subprocess.TimeoutExpired:
            continue
        break
    raise RuntimeError(f"The app did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, by force when asking is not enough."""
    server.terminate()
    try:
        server.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()


def free_port() -> int:
    """Find a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
