"""``python -m tests.coverage`` shows what the last run of tests under coverage has reached, by folder.

The figures of a folder are those of all that is in it, further folders included."""

import json
import sys
from collections import defaultdict
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from coverage import Coverage, CoverageException

COUNTS = ("covered_lines", "num_statements", "covered_branches", "num_branches")


def main() -> int:
    """Show the table, with the totals of each room and of all; answer 1 where nothing was measured."""
    try:
        files = _measured()
    except CoverageException as error:
        print(f"Nothing was measured: {error}", file=sys.stderr)
        return 1
    of_folder: dict[str, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for path, summary in files.items():
        for folder in (PurePath(path).parent, *PurePath(path).parents[1:]):
            for at, name in enumerate(COUNTS):
                of_folder["total" if folder == PurePath() else str(folder)][at] += summary[name]
    print(f"{'folder':36} {'lines':>7} {'reached':>8} {'branches':>9} {'reached':>8}")
    for folder in sorted(of_folder, key=lambda name: (name == "total", name)):
        reached, lines, taken, branches = of_folder[folder]
        print(f"{folder:36} {lines:7,} {_part(reached, lines)} {branches:9,} {_part(taken, branches)}")
    return 0


def _measured() -> dict[str, dict[str, int]]:
    """Return the figures of each file."""
    coverage = Coverage()
    coverage.load()
    with TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        coverage.json_report(outfile=str(report))
        return {path: file["summary"] for path, file in json.loads(report.read_text())["files"].items()}


def _part(reached: int, of: int) -> str:
    return f"{reached / of:8.1%}" if of else f"{'–':>8}"


if __name__ == "__main__":
    sys.exit(main())
