"""Lines over time: one per harm group or per area, as a long frame for drawing and a wide one for reading."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geo import columns as c
from geo import periods
from geo.counting import Cube
from geo.selecting import Choice, series

SERIES = "series"


@dataclass(frozen=True)
class Line:
    """One line: its label, what it counts, and the positions of its areas (None: all)."""

    label: str
    choice: Choice
    areas: tuple[int, ...] | None


def long(cube: Cube, lines: Sequence[Line]) -> pd.DataFrame:
    """Give every line's periods: ``period``, ``n`` (NaN where never supplied), ``series``."""
    return pd.concat(
        [series(cube, line.choice, line.areas).assign(**{SERIES: line.label}) for line in lines], ignore_index=True
    )


def wide(cube: Cube, lines: Sequence[Line]) -> pd.DataFrame:
    """Give one row per period, newest first: ``period`` in words and a column per line."""
    columns = {line.label: series(cube, line.choice, line.areas)[c.COUNT] for line in lines}
    said = [periods.say(period) for period in cube.periods]
    return pd.DataFrame({c.PERIOD: said, **columns})[::-1].reset_index(drop=True)


def highest(cube: Cube, lines: Sequence[Line]) -> float:
    """Give the highest figure of all lines; 0 when there is none."""
    return float(long(cube, lines)[c.COUNT].max()) if lines else 0.0
