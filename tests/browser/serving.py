"""Runs the app as `make run` does, in a process of its own, for as long as a test needs it."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

from access.start_token import PARAMETER, VARIABLE

CHECKOUT: Final = Path(__file__).parents[2]
SECONDS_BETWEEN_TRIES: Final = 0.05
TRIES: Final = 2400  # two minutes, for a cold start on a busy machine
SECONDS_TO_STOP: Final = 20
TOKEN: Final = "a-token-that-all-servers-of-tests-share-0123456789"  # noqa: S105
STREAMLIT: Final = ("streamlit", "run", "{app}", "--server.port", "{port}")
BEARER: Final = {"Authorization": f"Bearer {TOKEN}"}


@contextmanager
def served(
    home: Path,
    log: Path,
    app: str = "dashboard.py",
    settings: Mapping[str, str] | None = None,
    program: Sequence[str] = STREAMLIT,
) -> Iterator[str]:
    """Serve the app on the store in ``home``; give its address, and stop it at the end. ``TOKEN`` opens it.

    What the server writes goes to ``log``; ``settings`` are environment variables that override the app's settings of
    Streamlit, and ``program`` what runs it. Raises RuntimeError, with the end of the log, when it does not start.
    """
    port = free_port()
    command = [sys.executable, "-m", *(part.format(app=app, port=port) for part in program)]
    environment = {**os.environ, "LOCAL_CONTEXT_HOME": str(home), VARIABLE: TOKEN, **(settings or {})}
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        ) as server,
    ):
        try:
            _wait_until_healthy(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(server)


def come_in(page: Page) -> Page:
    """Let a page open any of these servers: it follows the link with the token before it first opens an address there.

    Returns the page.
    """
    goto, opened = page.goto, set[str]()

    def signed_in(url: str, **options: Any) -> Response | None:
        server = urlsplit(url)._replace(path="/", query="", fragment="").geturl()
        if server.startswith("http") and server not in opened:
            page.context.request.get(f"{server}?{PARAMETER}={TOKEN}", max_redirects=0)
            opened.add(server)
        return goto(url, **options)

    vars(page)["goto"] = signed_in
    return page


def _wait_until_healthy(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
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
        connection.request("GET", "/_stcore/health", headers=BEARER)
        return connection.getresponse().status in (http.HTTPStatus.OK, http.HTTPStatus.UNAUTHORIZED)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
