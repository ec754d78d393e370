"""How figures are taken and written: medians, ratios and a table of two sides."""

import resource
import sys
from collections.abc import Iterable
from statistics import median
from typing import Final, NamedTuple

_MAXRSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024  # bytes in one unit of ru_maxrss
_MB: Final = 1_000_000


class Row(NamedTuple):
    """One line of a table: what was measured, ours, theirs, and what to make of it."""

    what: str
    ours: str
    theirs: str
    verdict: str = ""


def peak_mb() -> float:
    """Return the most memory that this process has held so far, in MB (resident, shared pages included)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT / _MB


def middle(values: Iterable[float]) -> float:
    """Return the median."""
    return median(list(values))


def show(title: str, ours: str, theirs: str, rows: Iterable[Row]) -> None:
    """Print a table of two sides."""
    print(title)
    for row in (Row("", ours, theirs), *rows):
        print(f"  {row.what:<38}{row.ours:>16}{row.theirs:>24}   {row.verdict}".rstrip())
