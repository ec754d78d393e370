"""Time steps in which hot spots are looked for: periods, or months joined until there is enough to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geo.arrays import Floats
from geo.calendar.months import is_month

MIN_STEPS: Final = 10
MIN_EXPECTED: Final = 10.0  # incidents in a usual neighbourhood: a doubling is then three standard deviations of chance
LENGTHS: Final = (1, 3, 6, 12)  # months in a step
WINDOW: Final = 2  # steps that a neighbourhood in space and time reaches over


@dataclass(frozen=True)
class Steps:
    """Counts by area × step, and the periods of each step; ``length`` is how many periods a step has."""

    counts: Floats
    periods: tuple[tuple[str, ...], ...]
    length: int


def steps(counts: Floats, periods: Sequence[str], graph: csr_array) -> Steps:
    """Return counts with months joined into the shortest steps with enough to see, as long as ten steps remain.

    ``counts`` are by area × period, NaN where a period is missing. Steps of 1, 3, 6 and 12 months are tried; enough is
    10 incidents expected in a usual neighbourhood (``expected``), and when that would leave fewer than ten steps, the
    longest that leaves ten is taken. The last step ends with the last period, months at the start that fill no step
    are left out, and a step with a missing month is missing. Half-terms stay as they are: they are long already.
    """
    lengths = [size for size in LENGTHS if len(periods) // size >= MIN_STEPS] if is_month(periods[0]) else []
    tried = [_joined(counts, periods, size) for size in lengths or [1]]
    tried = [one for one in tried if known_steps(one.counts).sum() >= MIN_STEPS] or tried[:1]
    return next((one for one in tried if expected(one.counts, graph) >= MIN_EXPECTED), tried[-1])


def expected(counts: Floats, graph: csr_array) -> float:
    """Return how many incidents a usual neighbourhood has: two steps of as many areas as the median area has around it.

    NaN when every step is missing.
    """
    known = counts[:, known_steps(counts)]
    around = float(np.median(np.diff(graph.indptr))) + 1
    return float(known.mean()) * around * WINDOW if known.size else float("nan")


def known_steps(counts: Floats) -> npt.NDArray[np.bool_]:
    """Return which steps are known: those in which every area has a figure."""
    return np.asarray(~np.isnan(counts).any(axis=0))


def _joined(counts: Floats, periods: Sequence[str], size: int) -> Steps:
    number = len(periods) // size
    start = len(periods) - number * size
    sums = counts[:, start:].reshape(len(counts), number, size).sum(axis=2)
    named = tuple(tuple(periods[first : first + size]) for first in range(start, len(periods), size))
    return Steps(sums, named, size)
