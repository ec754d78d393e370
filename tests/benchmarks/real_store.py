"""The store of the real place, built with the commands that people use."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
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


def with_base_map(home: Path, made: Path) -> None:
    """Copy the store in ``home`` to ``made`` and bring in a base map of the county: named streets in a grid."""
    shutil.copytree(home, made)
    streets = made / "streets.geojson"
    streets.write_text(json.dumps({"type": "FeatureCollection", "features": list(_streets())}), encoding="utf-8")
    _command(made, "basemap", streets)
    streets.unlink()


def _streets() -> Iterator[dict[str, object]]:
    """Yield streets 150 m apart over some 45 by 45 km, each of 300 stretches, some of them main roads."""
    west, south, east, north = -1.80, 53.30, -1.12, 53.70
    size = 300
    for line in range(size):
        kind = "primary" if line % 40 == 0 else "tertiary" if line % 10 == 0 else "residential"
        for at in range(0, size, 10):
            steps = [step / size for step in range(at, at + 11)]
            row, column = south + (north - south) * line / size, west + (east - west) * line / size
            along = [[west + (east - west) * step, row] for step in steps]
            across = [[column, south + (north - south) * step] for step in steps]
            for name, places in ((f"Street {line}-{at // 50}", along), (f"Road {line}-{at // 50}", across)):
                properties = {"highway": kind, "name": name}
                geometry = {"type": "LineString", "coordinates": places}
                yield {"type": "Feature", "properties": properties, "geometry": geometry}


def _command(home: Path, *arguments: str | Path) -> None:
    environment = {**os.environ, "LOCAL_CONTEXT_HOME": str(home)}
    subprocess.run(
        [sys.executable, "-m", "data", *map(str, arguments)],
        cwd=CHECKOUT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
