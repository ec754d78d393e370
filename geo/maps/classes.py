"""Classes of a map: which colour each area gets, and the words of the legend.

Zero is a class of its own and so is "no data": neither may look like "a few".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

# After ColorBrewer's YlGnBu in six steps: yellow-green to blue is distinct with every common kind of colour vision
# and in grey print, because each step is clearly darker than the one before. Its lightest step is left out so that the
# first class cannot be taken for the white of "zero"; the fourth is a shade darker so that white text reads on it; the
# fifth is greyer, because a fifth of all areas wears it and marks must still show on them.
RAMP: Final = ("#c7e9b4", "#7fcdbb", "#41b6c4", "#2b7ab1", "#2a4b8d")
ZERO_FILL: Final = "#ffffff"
ZERO_LINE: Final = "#7b8794"  # 3.7 : 1 against white
NO_DATA_FILL: Final = "#e4e7eb"
NO_DATA_LINE: Final = "#687481"
INK: Final = "#1f2933"  # selected outline, drawn on a white casing so that it shows on every step
CASING: Final = "#ffffff"
TEXT_ON_RAMP: Final = (INK, INK, INK, "#ffffff", "#ffffff")

NO_DATA: Final = -1
ZERO: Final = 0

_WORDS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True, eq=False)
class Classes:
    """The classes of one map.

    Attributes
    ----------
    breaks
        Highest value of each class from 1 upwards; infinity where the last fixed class is open.
    labels
        Legend text by class: ``labels[0]`` is ``"0"``, ``labels[1]`` belongs to class 1, and so on.
    index
        Class of each area: -1 no data, 0 zero, 1 and up from low to high. int8, in the order of the values.
    method
        One sentence for the legend: how the classes were made.
    """

    breaks: tuple[float, ...]
    labels: tuple[str, ...]
    index: NDArray[np.int8]
    method: str

    @property
    def marks(self) -> str:
        """One character per area, as the map takes it: ``-`` no data, ``0`` zero, ``1`` and up."""
        return "".join("-" if number == NO_DATA else str(number) for number in self.index.tolist())

    @property
    def areas(self) -> tuple[int, ...]:
        """Number of areas in each class, in the order of ``labels``."""
        counts = np.bincount(self.index[self.index >= ZERO], minlength=len(self.labels))
        return tuple(counts.tolist())

    @property
    def without_data(self) -> int:
        """Number of areas that have no value."""
        return int(np.count_nonzero(self.index == NO_DATA))


def classify(
    values: NDArray[np.float64],
    *,
    how: Literal["quantile", "fixed"],
    breaks: Sequence[float] | None = None,
    k: int = 5,
    decimals: int = 0,
    multiples: int = 1,
) -> Classes:
    """Sort areas into classes of the values *as people see them*, that is rounded to ``decimals``.

    Quantile classes hold about as many areas each: from the lowest value up, each class takes its equal share of the
    areas that are left, equal values staying together. There are as many as ``k``, fewer only when there are fewer
    different values. Fixed classes are the same on every map, so they stay in the legend even when empty.

    Parameters
    ----------
    values
        One number per area, zero or more; NaN where there is no data.
    how
        ``quantile``, or ``fixed`` for the classes that ``breaks`` names.
    breaks
        With ``fixed``: the highest value of each class but the last, ascending; the last class is open.
    k
        With ``quantile``: the greatest number of classes besides zero, 1 to 9.
    decimals
        Decimals that are shown; the value texts of the same map need the same (see ``shown``).
    multiples
        With ``quantile``: what all values are multiples of, in units of the last decimal, so that no label names an
        end that no value can have.

    Raises
    ------
    ValueError
        If a value is negative or infinite, ``k`` is not 1 to 9, or ``breaks`` are missing, not ascending, or more
        than eight.
    """
    known = ~np.isnan(values)
    if np.any(values[known] < 0) or np.any(np.isinf(values)):
        raise ValueError("`values` must be zero or more, or NaN where there is no data.")
    steps = np.zeros(len(values), dtype=np.int64)
    steps[known] = _steps(values[known], decimals)
    positive = known & (steps > 0)
    if how == "fixed":
        tops = _fixed_tops(breaks, decimals)
        labels = _fixed_labels(tops, decimals)
        method = f"{_WORDS[len(labels)]} fixed classes, the same on every map"
        ceilings = (*(top / 10**decimals for top in tops), float("inf"))
    else:
        if not 1 <= k < len(_WORDS):
            raise ValueError(f"`k` must be 1 to {len(_WORDS) - 1}, found {k}.")
        tops = _quantile_tops(steps[positive], k)
        labels = _labels(int(np.min(steps[positive])), tops, decimals, multiples) if tops else ()
        method = _quantile_method(len(labels)) if known.any() else "No area has data"
        ceilings = tuple(top / 10**decimals for top in tops)
    index = np.full(len(values), NO_DATA, dtype=np.int8)
    index[known] = ZERO
    index[positive] = 1 + np.searchsorted(np.array(tops, dtype=np.int64), steps[positive], side="left")
    return Classes(breaks=ceilings, labels=("0", *labels), index=index, method=method)


def ramp(classes: Classes) -> tuple[str, ...]:
    """Return a colour for each class from 1 upwards: fewer classes use steps of the ramp that lie further apart.

    More classes than the ramp has steps is refused with a ValueError.
    """
    number = len(classes.labels) - 1
    if number > len(RAMP):
        raise ValueError(f"The ramp has {len(RAMP)} colours, and {number} classes need one each.")
    if number == 1:
        return (RAMP[len(RAMP) // 2],)
    return tuple(RAMP[round(place)] for place in np.linspace(0, len(RAMP) - 1, number))


def shown(value: float, decimals: int = 0) -> str:
    """Write a value as the legend does: thousands separated, rounded to ``decimals``."""
    return f"{value:,.{decimals}f}"


def _steps(values: NDArray[np.float64], decimals: int) -> NDArray[np.int64]:
    """Return values as whole numbers of the smallest step shown: 1.25 with one decimal is 12 tenths.

    Python's ``round`` of a Python float is used because it rounds as formatting does, and numpy's does not: a value
    must fall in the class whose label holds its text.
    """
    shown_values = np.array([round(value, decimals) for value in values.tolist()], dtype=np.float64)
    steps: NDArray[np.int64] = np.rint(shown_values * 10**decimals).astype(np.int64)
    return steps


def _quantile_tops(steps: NDArray[np.int64], k: int) -> list[int]:
    """Return the highest step of each class, so that the classes hold about as many areas each."""
    levels, sizes = np.unique(steps, return_counts=True)
    ends = np.cumsum(sizes)  # areas at or below each level
    tops: list[int] = []
    first, done = 0, 0
    for left in range(min(k, len(levels)), 0, -1):
        # Each class takes its share of what is left, so one value shared by many areas cannot swallow the classes
        # above it; `left - 1` levels are kept back so that none of those is empty.
        last = len(levels) - left
        wanted = done + (len(steps) - done) / left
        cut = first + int(np.argmin(np.abs(ends[first : last + 1] - wanted)))
        tops.append(int(levels[cut]))
        first, done = cut + 1, int(ends[cut])
    return tops


def _labels(lowest: int, tops: Sequence[int], decimals: int, multiples: int = 1) -> tuple[str, ...]:
    """Return the legend text of each class, from ``lowest`` up to each top, without gaps or overlaps."""
    floors = [lowest, *(top + multiples for top in tops[:-1])]
    return tuple(_range(low, high, decimals) for low, high in zip(floors, tops, strict=True))


def _range(low: int, high: int, decimals: int) -> str:
    ends = [shown(step / 10**decimals, decimals) for step in (low, high)]
    return ends[0] if low == high else "–".join(ends)


def _fixed_tops(breaks: Sequence[float] | None, decimals: int) -> list[int]:
    """Return fixed breaks in steps; raise ValueError for breaks that are missing or not ascending."""
    tops: list[int] = _steps(np.asarray(breaks or (), dtype=np.float64), decimals).tolist()
    if not 1 <= len(tops) < len(_WORDS) - 1:
        raise ValueError(f"`breaks` must hold one to eight values, found {len(tops)}.")
    if tops[0] <= 0 or any(low >= high for low, high in pairwise(tops)):
        raise ValueError("`breaks` must be above zero and ascending at the decimals shown.")
    return tops


def _fixed_labels(tops: Sequence[int], decimals: int) -> tuple[str, ...]:
    """Return the legend text of each fixed class; the last has no upper end."""
    return (*_labels(1, tops, decimals), f"{shown((tops[-1] + 1) / 10**decimals, decimals)} or more")


def _quantile_method(number: int) -> str:
    """Say how quantile classes were made."""
    if number == 0:
        return "Every area with data has none"
    if number == 1:
        return "One class, for every area above zero"
    return f"{_WORDS[number]} classes with about as many areas in each (quantiles)"
