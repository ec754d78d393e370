"""The strongest attacker: takes every cell of a release for known, and what the Guide tells everybody as well.

No filter, export, difference or average can tell more, since all that is shown are sums of these cells, those of the
clocks among them. Beside the cells it uses that

- a cell of x was at least x − 5 and at most x + 4;
- what is shown so far has been close to the truth after every half-term, as far as the rule says, but for 0 while there
  were at most 4;
- the clock of a year counts the same incidents as the cube of that year;
- a zone had 10 incidents or more in the year it was made from, and a larger area that went elsewhere had fewer.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array

from geo import columns as c
from geo.counts.cube import Counts
from geo.release.ledger import Ledger
from geo.release.zones import Zones
from tests.attack.feasible import STEP, extremes
from tests.attack.rules import PRODUCT, Rule
from tests.attack.worlds import town

BAR = 10  # incidents that make a zone, and that make a sum be told
RESIDENTS = 1_000
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Sums:
    """Rows over variables, each with the bounds of its sum."""

    rows: list[Floats]
    low: list[float]
    high: list[float]

    def add(self, row: Floats, low: float, high: float) -> None:
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)


@dataclass(frozen=True)
class _Variables:
    """Parts of a release, the target first: the bounds of each, and which half-term and zone of the cube it is of."""

    least: list[int]
    most: list[int]
    of_period: list[int]
    of_zone: list[int]


class Strongest:
    """One release of one contributor by a rule, ready to be asked about its cells."""

    def __init__(self, ledger: Ledger, rule: Rule = PRODUCT) -> None:
        self._totals = rule.totals
        self.shown = [one.shown for one in ledger.frozen]
        self.years = [one.period.year for one in ledger.frozen]
        self.zones = {one.year: one for one in ledger.zones}
        self.clocks = {one.year: one.n.ravel() for one in ledger.clocks}

    def span(self, period: int, zone: int, harm: int) -> tuple[int, int]:
        """Return the least and the largest count that one cell can have, given all the others as they are shown."""
        n = int(self.shown[period][zone, harm])
        asked = _Variables([max(0, n - STEP)], [n + STEP - 1], [period], [zone])
        self._add_cube(asked, self.years[period], (period, zone, harm))
        return self._extremes(asked, self._sums(asked, self.years[period]))

    def clock_span(self, year: str, cell: int) -> tuple[int, int]:
        """The least and the largest count of one cell of a year's clock, given all of its others and the cube."""
        shown = self.clocks[year]
        low, high = np.maximum(shown - STEP, 0), shown + STEP - 1
        others = np.arange(len(shown)) != cell
        least, most = ([int(bound[cell]), int(bound[others].sum())] for bound in (low, high))
        nowhere = len(self.shown)  # in the clock, so in no half-term and no zone of the cube
        asked = _Variables(least, most, [nowhere] * 2, [-1] * 2)
        self._add_cube(asked, year)
        sums = self._sums(asked, year)
        in_clock = np.arange(len(asked.least)) < 2
        in_cube = np.isin(asked.of_period, [at for at, one in enumerate(self.years) if one == year])
        sums.add(in_clock.astype(float) - in_cube, 0, 0)
        return self._extremes(asked, sums)

    def _add_cube(self, asked: _Variables, year: str, without: tuple[int, int, int] | None = None) -> None:
        """Add each zone in each half-term of the year, ``without`` one cell, and each other half-term as a whole."""
        for at, shown in enumerate(self.shown):
            low, high = np.maximum(shown - STEP, 0), shown + STEP - 1
            if without is not None and at == without[0]:
                low[without[1:]] = high[without[1:]] = 0
            inside = self.years[at] == year
            for part in range(len(self.zones[year].codes)) if inside else (slice(None),):
                asked.least.append(int(low[part].sum()))
                asked.most.append(int(high[part].sum()))
                asked.of_period.append(at)
                asked.of_zone.append(part if inside else -1)

    def _sums(self, asked: _Variables, year: str) -> _Sums:
        sums = _Sums([], [], [])
        self._add_totals(sums, np.array(asked.of_period))
        self._made_from(sums, year, np.array(asked.of_zone))
        return sums

    @staticmethod
    def _extremes(asked: _Variables, sums: _Sums) -> tuple[int, int]:
        constraint = LinearConstraint(csr_array(np.array(sums.rows)), np.array(sums.low), np.array(sums.high))
        return extremes(0, constraint, np.array(asked.least, float), np.array(asked.most, float))

    def _add_totals(self, sums: _Sums, of_period: Counts) -> None:
        total = 0
        for at, shown in enumerate(self.shown):
            total += int(shown.sum())
            sums.add((of_period <= at).astype(float), *self._totals.bounds(total))

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
    """Return the most incidents that there can have been elsewhere, when none of its larger areas has made a zone."""
    inside = town().frame[found.member == zone].groupby(c.parent_code("msoa"))[c.RESIDENTS].sum()
    return float(len(inside) * (BAR - 1)) if (inside >= RESIDENTS).all() else np.inf
