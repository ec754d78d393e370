"""Serves an ASGI app of this checkout with uvicorn, in a process of its own, for as long as it is measured."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.serving import CHECKOUT, _free_port, _stop, _wait_until_healthy


@contextmanager
def served(app: str, home: Path, log: Path) -> Iterator[str]:
    """Serve ``app`` (``module:name``) on the store in ``home``; give its address, and stop it at the end."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", app, "--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    environment = {**os.environ, "LOCAL_CONTEXT_HOME": str(home)}
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
