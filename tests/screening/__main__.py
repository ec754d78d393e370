"""``python -m tests.screening [--each N] [--seed S]`` prints what is caught of every kind, by how many rows hold it."""

import argparse
import sys
from typing import Final

from tests.screening.clean_files import clean_files
from tests.screening.figures import wrongly_blocked
from tests.screening.innocent_lines import INNOCENT
from tests.screening.shares import caught, innocent, planted

EACH: Final = 4  # columns of every kind, share, spelling and company
CLEAN: Final = range(900_000, 900_500)


def main() -> int:
    """Screen, and print two tables and a line."""
    parser = argparse.ArgumentParser(prog="python -m tests.screening", description="Screen what is planted.")
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--seed", type=int, default=40_001)
    asked = parser.parse_args()
    found = caught(planted(asked.seed, asked.each))
    companies = list(dict.fromkeys((share, among) for _, share, among in found))
    _say("| kind |", " | ".join(f"{share}, among {among}" for share, among in companies), "|")
    _say("|---|" + "---:|" * len(companies))
    for what in dict.fromkeys(what for what, *_ in found):
        cells = (found[what, share, among] for share, among in companies)
        _say(f"| {what} |", " | ".join(f"{hit:,} of {tried:,}" for hit, tried in cells), "|")
    _say("\n| innocent lines | tried | taken for an identifier |\n|---|---:|---:|")
    taken = innocent(asked.seed)
    for what, lines in INNOCENT.items():
        _say(f"| {what} | {len(lines)} | {sum(line in taken for line in lines)} |")
    blocked = wrongly_blocked(clean_files(CLEAN))
    _say(f"\nOf {len(CLEAN)} clean files {len(blocked)} were blocked.")
    return 0


def _say(*words: str) -> None:
    print(*words, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
