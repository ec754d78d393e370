"""The strongest attacker: takes every cell of a release for known, and what the Guide tells everybody as well.

No filter, export, difference or average can tell more, since all that is shown are sums of these cells. Beside the
cells it uses that

- a cell of x was at least x − 5 and at most x + 4;
- what is shown so far has been within 2 of the truth after every half-term, and 0 as long as there were at most 4;
- a zone had 10 incidents or more in the year it was made from, and a larger area that went elsewhere had fewer.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array

from geo import columns as c
from geo.counting import Counts
from geo.release.ledger import Ledger
from geo.release.zones import Zones
from tests.attack.feasible import STEP, extremes
from tests.attack.worlds import town

BAR = 10  # incidents that make a zone, and that make a sum be told
RESIDENTS = 1_000
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Sums:
    """Rows of 0 and 1 over variables, each with the bounds of its sum."""

    rows: list[Floats]
    low: list[float]
    high: list[float]

    def add(self, row: Floats, low: float, high: float) -> None:
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)


class Strongest:
    """One release of one contributor, ready to be asked about its cells."""

    def __init__(self, ledger: Ledger) -> None:
        self.shown = [one.shown for one in ledger.frozen]
        self.years = [one.period.year for one in ledger.frozen]
        self.zones = {one.year: one for one in ledger.zones}

    def span(self, period: int, zone: int, harm: int) -> tuple[int, int]:
        """Give the least and the largest count that one cell can have, given all the others as they are shown."""
        year = self.years[period]
        of_year = [at for at, one in enumerate(self.years) if one == year]
        zones = len(self.zones[year].codes)
        # Variables: the target, each zone's other cells in each half-term of the year, each other half-term as a whole.
        least, most = [max(0, self.shown[period][zone, harm] - STEP)], [self.shown[period][zone, harm] + STEP - 1]
        of_period: list[int] = [-1]
        of_zone: list[int] = [-1]
        for at, shown in enumerate(self.shown):
            low, high = np.maximum(shown - STEP, 0), shown + STEP - 1
            if at == period:
                low[zone, harm] = high[zone, harm] = 0
            parts = range(zones) if at in of_year else (slice(None),)
            least += [int(low[part].sum()) for part in parts]
            most += [int(high[part].sum()) for part in parts]
            of_period += [at] * len(parts)
            of_zone += list(parts) if at in of_year else [-1]
        of_period[0], of_zone[0] = period, zone
        sums = _Sums([], [], [])
        self._totals(sums, np.array(of_period))
        self._made_from(sums, year, np.array(of_zone))
        constraint = LinearConstraint(csr_array(np.array(sums.rows)), np.array(sums.low), np.array(sums.high))
        return extremes(0, constraint, np.array(least, float), np.array(most, float))

    def _totals(self, sums: _Sums, of_period: Counts) -> None:
        total = 0
        for at, shown in enumerate(self.shown):
            total += int(shown.sum())
            sums.add((of_period <= at).astype(float), total - 2, total + 2 if total else STEP - 1)

    def _made_from(self, sums: _Sums, year: str, of_zone: Counts) -> None:
        """Add what the zones of this year and of the next tell of this year's counts."""
        now = self.zones[year]
        made = [now] if year == min(self.zones) else []
        made += [one for one in self.zones.values() if one.year == min((y for y in self.zones if y > year), default="")]
        for found in made:
            for at, elsewhere in enumerate(found.elsewhere):
                inside = found.member == at
                row = np.isin(of_zone, np.unique(now.member[inside])).astype(float)
                if not elsewhere:
                    sums.add(row, BAR, np.inf)
                elif found is now:
                    sums.add(row, 0, _most_elsewhere(found, at))


def _most_elsewhere(found: Zones, zone: int) -> float:
    """Give the most incidents that there can have been elsewhere, when none of its larger areas has made a zone."""
    inside = town().frame[found.member == zone].groupby(c.parent_code("msoa"))[c.RESIDENTS].sum()
    return float(len(inside) * (BAR - 1)) if (inside >= RESIDENTS).all() else np.inf
