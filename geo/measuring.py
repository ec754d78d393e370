"""Measures of an area: its count, its rate per 1,000 residents, and its rank among the others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import columns as c
from geo.areas import Units

Floats = npt.NDArray[np.float64]

RATE: Final = "rate"
RANK: Final = "rank"

# Below this many residents a rate says more about shops and stations than about who lives there.
FEW_RESIDENTS: Final = 500


class Measure(StrEnum):
    """What the map shows."""

    COUNT = "count"
    RATE = "rate"


@dataclass(frozen=True)
class Measured:
    """One measure of every unit of a level.

    ``table`` has ``rank`` (1 = highest, ties share the better rank, empty where there is no figure), ``area``,
    ``name``, ``n``, ``residents`` and ``rate``, highest first; ``values`` is the measure in the order of the units.
    """

    measure: Measure
    table: pd.DataFrame
    values: Floats

    def row(self, area: str) -> dict[str, float | str]:
        """Give one unit's line of the table by its code, without a rank where it has no figure."""
        found = self.table.loc[self.table[c.AREA] == area].to_dict("records")[0]
        return {str(name): value for name, value in found.items() if value is not None}

    @property
    def ranked(self) -> int:
        """Count the units that have a figure."""
        return int(self.table[RANK].notna().sum())

    @property
    def first(self) -> int:
        """Count the units that share the first rank."""
        return int((self.table[RANK] == 1).sum())


def rates_per_1000(counts: Floats, residents: Floats) -> Floats:
    """Give the crude rate per 1,000 residents; NaN where residents are unknown or none live there."""
    per_1000 = np.full(len(counts), np.nan)
    np.divide(1000 * counts, residents, out=per_1000, where=residents > 0)
    return per_1000


def measured(units: Units, counts: Floats, measure: Measure) -> Measured:
    """Measure and rank every unit of a level, given its counts in the order of the units."""
    rate = rates_per_1000(counts, units.residents)
    values = rate if measure is Measure.RATE else counts
    table = pd.DataFrame(
        {
            RANK: pd.Series(values).rank(method="min", ascending=False).astype("Int64"),
            c.AREA: units.codes,
            c.NAME: units.names,
            c.COUNT: counts,
            c.RESIDENTS: units.residents,
            RATE: rate,
        }
    )
    table = table.iloc[np.lexsort((np.array(units.names), -np.nan_to_num(values, nan=-1.0)))]
    return Measured(measure, table.reset_index(drop=True), values)
