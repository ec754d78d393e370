"""Overview: a chart for every harm group in every area of a level, those with a signal first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.arrays import Floats
from geo.trends.control_charts import ChartState, ControlCharts, control_charts
from geo.trends.episodes import strength
from geo.trends.narrative import Narrative, narrate
from geo.trends.rare_harms import NO_CHANGE, RareHarms, rare_of
from geo.trends.series import SeriesSet
from geo.wording import capital, how_many

# Of charts in which nothing changes, the share that holds a signal in the last periods: this much, and this much more
# for each period that is looked at (simulated, tests/validate).
_ANY: Final = 0.010
_EACH: Final = 0.0115


@dataclass(frozen=True)
class Chart:
    """One series among several: its ``row``, the chart that judges it (it is row ``at`` there), and its narrative.

    ``rank`` orders charts: signals of the chosen periods first, the strongest first, then those with earlier ones.
    """

    row: int
    control_charts: ControlCharts
    at: int
    rare: RareHarms | None
    narrative: Narrative
    rank: tuple[float, ...]

    @property
    def state(self) -> ChartState:
        """What can be said of it."""
        return self.control_charts.states[self.at]

    @property
    def speaks(self) -> bool:
        """Whether anything can be said of it."""
        return self.state is ChartState.CHARTED or (self.rare is not None and self.rare.speaks)

    @property
    def unchanged(self) -> bool:
        """Whether it says that nothing changed, which is more than that no change is seen."""
        return self.speaks and self.narrative.sentence.startswith(NO_CHANGE)


@dataclass(frozen=True)
class Overview:
    """All charts of some series, in order of rank, and one sentence that sums them up."""

    charts: tuple[Chart, ...]
    sentence: str


def overview(found: SeriesSet, chosen: tuple[int, int], starts: Mapping[int, Sequence[int]]) -> Overview:
    """Return the charts of all series, with signals looked for in the chosen periods (first and last position).

    ``starts`` gives the positions at which limits begin, for rows that have rebased limits.
    """
    together = control_charts(found)
    sizes = strength(together)
    charts = [
        _chart(row, chosen, together, row, sizes[row]) if row not in starts else _alone(found, row, chosen, starts[row])
        for row in range(len(found.counts))
    ]
    ordered = tuple(sorted(charts, key=lambda one: one.rank))
    return Overview(ordered, _sentence(ordered, chosen))


def _alone(found: SeriesSet, row: int, chosen: tuple[int, int], starts: Sequence[int]) -> Chart:
    charts = control_charts(found.row(row), starts)
    return _chart(row, chosen, charts, 0, strength(charts)[0])


def _chart(row: int, chosen: tuple[int, int], by: ControlCharts, at: int, sizes: Floats) -> Chart:
    rare = rare_of(by, at, chosen) if by.states[at] is ChartState.RARE else None
    narrative = narrate(by, at, chosen, rare)
    first, last = chosen
    marked = np.where(by.sides[at] != 0, sizes, 0.0)
    now = (
        float(marked[first : last + 1].max(initial=0.0))
        if by.states[at] is ChartState.CHARTED
        else float(narrative.side != 0)
    )
    silent = by.states[at] in (ChartState.TOO_FEW, ChartState.TOO_SHORT) or (rare is not None and not rare.speaks)
    rank = (0.0 if narrative.side else 2.0 if silent else 1.0, -now, -float((marked > 0).sum()), float(row))
    return Chart(row, by, at, rare, narrative, rank)


def _sentence(charts: Sequence[Chart], chosen: tuple[int, int]) -> str:
    speaking = [one for one in charts if one.speaks]
    if not speaking:
        return "Too few incidents for limits in any chart; choose longer periods, larger areas or more kinds of harm."
    up, down = (sum(one.narrative.side == side for one in speaking) for side in (1, -1))
    looked = how_many(len(speaking), "chart", "charts")
    if not up and not down:
        return f"No real change in {'the chart' if len(speaking) == 1 else f'any of {looked}'}."
    ways = " and ".join(how_many(n, f"real {way}", f"real {way}s") for n, way in ((up, "rise"), (down, "fall")) if n)
    return f"{capital(ways)} in {looked}.{_by_chance(len(speaking), chosen)}"


def chance_of_a_signal(periods: int) -> float:
    """Return the share of charts in which nothing changes that show a signal in so many periods anyway."""
    return _ANY + _EACH * periods


def _by_chance(charts: int, chosen: tuple[int, int]) -> str:
    expected = charts * chance_of_a_signal(chosen[1] - chosen[0] + 1)
    if expected < 1:
        return ""
    return f" By chance alone about {expected:,.0f} of them would show one, so look for several signs that agree."
