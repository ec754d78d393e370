"""Serves an app of this checkout with uvicorn, in a process of its own, for as long as it is measured."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.browser.serving import CHECKOUT, free_port, stop, wait_until_healthy


@contextmanager
def served(app: str, home: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve ``app`` (``module:name``) on the store in ``home``; give its address, and stop it at the end.

    ``settings`` are environment variables that override the app's own settings of Streamlit.
    """
    port = free_port()
    log = home / f"{port}.log"
    command = [sys.executable, "-m", "uvicorn", app, "--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
    environment = {**os.environ, "LOCAL_CONTEXT_HOME": str(home), **(settings or {})}
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


def real_store(home: Path, place: Path) -> None:
    """Build the store of the real place in ``home``, with the commands that people use."""
    lookups, boundaries = place / "lookups", place / "boundaries"
    _command(
        home, "areas", boundaries / "lsoa11.geojson", "--code", "LSOA11CD", "--name", "LSOA11NM", "--level", "lsoa",
        "--lookup", lookups / "lsoa11_msoa11.csv", "--parent", "msoa=msoa11_code,msoa11_name",
        "--parent", "district=LADCD,LADNM", "--population", place / "population" / "lsoa11_mid2020.csv",
    )  # fmt: skip
    _command(home, "schools", place / "schools" / "schools.csv")
    _command(home, "import", "--kind", "police", *sorted((place / "police_street").glob("*.csv.gz")))


def _command(home: Path, *arguments: str | Path) -> None:
    environment = {**os.environ, "LOCAL_CONTEXT_HOME": str(home)}
    subprocess.run(
        [sys.executable, "-m", "data", *map(str, arguments)],
        cwd=CHECKOUT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
