"""Reading, placing and counting real incidents, against pandas.read_csv + geopandas.sjoin + groupby.

Each side runs in a process of its own, in turns; its areas are read before its clock starts.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.benchmarks.figures import Row, middle, show
from tests.browser.serving import CHECKOUT

RUNS: Final = 7
OURS: Final = "tests.benchmarks.count_ours"
PLAIN: Final = "tests.benchmarks.count_plain"

Taken = dict[str, float]


def run(place: Path) -> None:
    """Measure both sides and print them."""
    files = sorted((place / "police_street").glob("*.csv.gz"))
    pairs = [(_taken(OURS, place, files), _taken(PLAIN, place, files)) for _ in range(RUNS)]
    ours, plain = _middle([pair[0] for pair in pairs]), _middle([pair[1] for pair in pairs])
    show(
        f"Reading, placing and counting {ours['read']:,.0f} rows of {len(files)} files (median of {RUNS} runs each)",
        "Local Context",
        "pandas + geopandas",
        [
            Row(
                "wall time", _seconds(ours), _seconds(plain),
                f"{plain['seconds'] / ours['seconds']:.1f} × faster (goal: 5 ×)",
            ),
            Row(
                "peak memory", _mb(ours["peak"]), _mb(plain["peak"]),
                f"{ours['peak'] / plain['peak']:.2f} of it (goal: 0.5)",
            ),
            Row("  libraries alone", _mb(ours["libraries"]), _mb(plain["libraries"])),
            Row("  libraries and areas", _mb(ours["before"]), _mb(plain["before"])),
            Row(
                "  peak above those", _mb(_above(ours)), _mb(_above(plain)), f"{_above(ours) / _above(plain):.2f} of it"
            ),
            # A stated area code counts more than a point that lies on the wrong side of a border, or on it.
            Row("rows counted", f"{ours['counted']:,.0f}", f"{plain['counted']:,.0f}", "by code, then point; by point"),
        ],
    )  # fmt: skip


def _taken(side: str, place: Path, files: list[Path]) -> Taken:
    # This process stays small: Linux adds what a child held before it became another program.
    command = [sys.executable, "-m", side, str(place / "boundaries" / "lsoa11.geojson"), *map(str, files)]
    done = subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, text=True)
    taken: Taken = json.loads(done.stdout)
    return taken


def _middle(runs: list[Taken]) -> Taken:
    return {name: middle(run[name] for run in runs) for name in runs[0]}


def _above(taken: Taken) -> float:
    return taken["peak"] - taken["before"]


def _seconds(taken: Taken) -> str:
    return f"{taken['seconds']:.2f} s"


def _mb(size: float) -> str:
    return f"{size:,.0f} MB"
