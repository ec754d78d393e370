"""Disclosure control: protected counts are shown as sums only, "fewer than 10" or "about 15", and nothing in between.

The rule stands here alone. ``geo.counts.filters`` and ``geo.counts.cube.tabulate`` put every sum of a protected cube
through it, so that a page, a map or an export gets no other figure. How many rows a whole dataset holds is told to the
nearest ten (``about_rows``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:  # who only writes a number needs no arrays
    import numpy as np
    import numpy.typing as npt

    Number = TypeVar("Number", np.float64, np.int64)

THRESHOLD: Final = 10  # a protected sum under this is not shown: 0 and 5 look the same
FEWER_THAN: Final = f"fewer than {THRESHOLD}"
ROWS_STEP: Final = 10  # rows of a whole protected dataset are told to the nearest of these


def suppress_small(sums: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return protected sums as they may be shown: 0 for every sum under ``THRESHOLD``; NaN stays NaN."""
    import numpy as np

    return np.where(sums < THRESHOLD, np.zeros_like(sums), sums)


def say(n: float) -> str:
    """Write a sum that ``suppress_small`` gave: "fewer than 10", "about 1,215"."""
    return FEWER_THAN if n < THRESHOLD else f"about {n:,.0f}"


def round_rows(n: int) -> int:
    """Return a number of rows of protected data to the nearest ten, halves up; 0 for fewer than ``THRESHOLD``."""
    return 0 if n < THRESHOLD else ROWS_STEP * ((n + ROWS_STEP // 2) // ROWS_STEP)


def about_rows(n: int) -> str:
    """Write a number of rows of protected data as others than its custodians may read it: "about 1,240"."""
    return say(round_rows(n))
