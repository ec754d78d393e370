"""``python -m tests.mutants [FILE…] [--processes N]`` puts small faults into the code and counts how many tests find.

It answers 1 where fewer than 90 % are found in a place, or one survives that ``survivors.txt`` does not explain.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.mutants.accepted import accepted
from tests.mutants.operators import Mutant, mutants
from tests.mutants.trying import Fate, Place, Trial

LEAST_KILLED: Final = 0.90
PLACES: Final = (
    Place(
        "geo/release",
        (
            "tests/unit/geo/release",
            "tests/property/test_rounding_properties.py",
            "tests/property/test_zones_properties.py",
        ),
    ),
    Place(
        "geo/statistics/control",
        ("tests/unit/geo/statistics/control", "tests/property/test_control_charts_properties.py"),
    ),
    Place("data/services/visibility.py", ("tests/unit/data/services/test_visibility.py",)),
)
OPTIONS: Final = ("-qq", "--no-header", "--no-summary", "--capture=no", "-p", "no:cacheprovider")


class Tally:
    """What became of the mutants, told file by file as these are done."""

    def __init__(self, of_file: Counter[str]) -> None:
        self.fates: dict[Mutant, Fate] = {}
        self._left = of_file

    def add(self, mutant: Mutant, fate: Fate) -> None:
        """Note what became of a mutant."""
        self.fates[mutant] = fate
        self._left[mutant.file] -= 1
        if not self._left[mutant.file]:
            self.tell(mutant.file)

    def survivors(self) -> list[Mutant]:
        """Return the mutants that no test has found."""
        return [mutant for mutant, fate in self.fates.items() if fate is Fate.SURVIVED]

    def tell(self, path: str) -> float:
        """Say how many mutants of a file or folder were found, and return which part of them."""
        fates = Counter(fate for mutant, fate in self.fates.items() if Path(mutant.file).is_relative_to(path))
        found = fates.total() - fates[Fate.SURVIVED]
        part = found / fates.total() if fates.total() else 1.0
        _say(
            f"{path:40} {fates.total():5} mutants {fates[Fate.KILLED]:5} killed {fates[Fate.HANGS]:3} by hanging "
            f"{fates[Fate.SURVIVED]:3} survive {part:7.1%}"
        )
        return part


def main() -> int:
    """Try mutants, and say how it went; answer 1 when too many survive, or one without an explanation."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Put faults in, and see tests fail.")
    parser.add_argument("files", nargs="*", metavar="FILE", help="mutate these files alone (all of the three places)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many at a time")
    asked = parser.parse_args()
    begun = time.perf_counter()
    chosen = [(place, mutant) for place in PLACES for mutant in _mutants(place, asked.files)]
    places = [place for place in PLACES if any(place is one for one, _ in chosen)]
    tally = Tally(Counter(mutant.file for _, mutant in chosen))
    code = pytest.main(
        [*OPTIONS, *(path for place in places for path in place.tests)],
        plugins=[Trial(chosen, asked.processes, tally.add)],
    )
    if code:
        _say("No mutant was tried: the tests fail as they are, or cannot be loaded.")
        return 1
    _say("")
    # A file alone may have more that no test can find than its place has.
    enough = [tally.tell(place.path) >= LEAST_KILLED or bool(asked.files) for place in places]
    explained = _explain(tally, asked.files)
    _say(f"\n{time.perf_counter() - begun:.0f} seconds.")
    return 0 if all(enough) and explained else 1


def _mutants(place: Place, files: Sequence[str]) -> list[Mutant]:
    path = Path(place.path)
    there = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [
        mutant for file in there if not files or str(file) in files for mutant in mutants(str(file), file.read_text())
    ]


def _explain(tally: Tally, files: Sequence[str]) -> bool:
    """Show survivors that nobody has explained, and explanations of what is no survivor; tell whether all are."""
    reasons = accepted()
    survivors = {mutant.name for mutant in tally.survivors()}
    unexplained = [name for name in survivors if name not in reasons]
    tried = {mutant.name for mutant in tally.fates}
    idle = [name for name in reasons if name not in survivors and (name in tried or not files)]
    for name in sorted(unexplained):
        _say(f"\nSurvives:\n{name}")
    for name in sorted(idle):
        _say(f"\nExplained, but found by a test now or no mutant any more:\n{name}")
    _say(f"\n{len(survivors)} survive, {len(survivors) - len(unexplained)} of them explained in survivors.txt.")
    return not unexplained and not idle


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
