"""The store of the real place, built with the commands that people use."""

import os
import subprocess
import sys
from pathlib import Path

from tests.browser.serving import CHECKOUT


def real_store(home: Path, place: Path) -> None:
    """Build the store of the real place in ``home``."""
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
