"""Baselines: the points of a series that say what is usual, and when that begins anew.

A series falls into phases. Each has limits of its own from its first known points, and these stay as they are however
many follow: limits that moved with the points would follow a change in place of showing it (Provost and Murray 2011,
The Health Care Data Guide; NHS England, Making Data Count). Only a person begins a new phase, and says why.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LOCKED: Final = 24  # known points of a phase that make its limits
LEAST: Final = 12  # known points, under which limits are on trial
ONE: Final = (0,)  # the starts of a series in a single phase


def spans(periods: int, starts: Sequence[int] = ONE) -> Iterator[slice]:
    """Give the periods of each phase, from one start to the next.

    Raises ValueError where the first phase does not begin at period 0, where starts do not ascend, and where one lies
    after the last period.
    """
    ends = [*starts[1:], periods]
    if not starts or starts[0] != 0 or any(end <= start for start, end in zip(starts, ends, strict=True)):
        raise ValueError("phases begin with period 0, each after the one before, and none after the last period")
    return (slice(start, end) for start, end in zip(starts, ends, strict=True))


def baseline(values: Floats, starts: Sequence[int] = ONE) -> Bools:
    """Tell which points make the limits: the first 24 known ones of each phase, or all where there are fewer.

    ``values`` are series × period, NaN where there is no figure, and so is the answer. Raises ValueError as ``spans``.
    """
    known = ~np.isnan(values)
    chosen = np.zeros_like(known)
    for phase in spans(values.shape[1], starts):
        chosen[:, phase] = known[:, phase] & (known[:, phase].cumsum(axis=1) <= LOCKED)
    return chosen


def trial(values: Floats, starts: Sequence[int] = ONE) -> Bools:
    """Tell where limits are on trial, for they come from fewer than 12 points: series × phase.

    Raises ValueError as ``spans``.
    """
    chosen = baseline(values, starts)
    points = [chosen[:, phase].sum(axis=1) for phase in spans(values.shape[1], starts)]
    return np.asarray(np.stack(points, axis=1) < LEAST)
