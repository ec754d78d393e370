"""Rare harms: fewer than two incidents a period, judged by how long it is from one to the next (g-chart).

Waits show soon that a harm has become rarer, and late that it comes more often, as a locked baseline of few incidents
takes much of the change in. So the chosen periods are also compared with those of the baseline, as two counts are.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.calendar import periods as p
from geo.change_wording import UNCERTAIN, change
from geo.errors import ThinDataError
from geo.statistics.control.g_chart import GChart
from geo.statistics.control.limits import MIN_POINTS
from geo.statistics.control.phases import g_charts
from geo.statistics.rate_ratio import Ratio, compare
from geo.trends.control_charts import ControlCharts
from geo.wording import how_many

NO_CHANGE: Final = "No real change"  # how every sentence begins that says so
_SIGNIFICANCE: Final = 0.01  # how unlikely chance alone must make a difference of two counts


@dataclass(frozen=True)
class RareHarms:
    """The waits of a rare harm, what they say in a sentence, and which way: 1 more often, −1 rarer, 0 neither.

    ``waits`` is None where there are too few incidents for any.
    """

    g_chart: GChart | None
    sentence: str
    side: int

    @property
    def speaks(self) -> bool:
        """Whether anything can be said: a rise or a fall, or what is usual now."""
        return self.side != 0 or (self.g_chart is not None and not np.isnan(self.g_chart.now.mean))


def rare_of(found: ControlCharts, row: int, chosen: tuple[int, int]) -> RareHarms:
    """Return what the waits of one series say, as of the last of the chosen periods (first and last position)."""
    first, last = chosen
    counts = found.series_set.counts[row, : last + 1]
    try:
        g_chart = g_charts(counts, [start for start in found.starts if start <= last])
    except ThinDataError as thin:
        return RareHarms(None, str(thin), 0)
    if g_chart.rarer_now:
        return RareHarms(g_chart, _usual(found, g_chart, "A real fall: "), -1)
    versus_usual = _versus(found, row, chosen)
    if versus_usual is not None and versus_usual.p <= _SIGNIFICANCE:
        side = 1 if versus_usual.ratio > 1 else -1
        return RareHarms(g_chart, _more(found, chosen, versus_usual, g_chart), side)
    if np.isnan(g_chart.now.mean):
        return RareHarms(g_chart, _too_few(found, g_chart), 0)
    marked = g_chart.signal[(g_chart.at >= first) & (g_chart.signal != 0)]
    side = int(marked[-1]) if marked.size else 0
    begins = {
        1: "A real rise, incidents follow each other faster: ",
        -1: "A real fall, a longer wait than chance makes: ",
    }
    return RareHarms(g_chart, _usual(found, g_chart, begins.get(side, f"{NO_CHANGE}: ")), side)


def _versus(found: ControlCharts, row: int, chosen: tuple[int, int]) -> Ratio | None:
    """Compare the chosen periods with the baseline; None where they are among it, or too few."""
    first, last = chosen
    counts = found.series_set.counts[row]
    phase = sum(start <= last for start in found.starts) - 1
    usual = np.flatnonzero(found.baseline[phase, row])
    now = [at for at in range(first, last + 1) if not np.isnan(counts[at])]
    if not now or not usual.size or usual[-1] >= first:
        return None
    try:
        return compare(float(counts[usual].sum()), float(counts[now].sum()), len(usual), len(now))
    except ThinDataError:
        return None


def _more(found: ControlCharts, chosen: tuple[int, int], versus_usual: Ratio, g_chart: GChart) -> str:
    when = p.say_range(found.series_set.periods[chosen[0] : chosen[1] + 1])
    way = "rise" if versus_usual.ratio > 1 else "fall"
    size = change(versus_usual.ratio, versus_usual.low, versus_usual.high)
    if not versus_usual.before:
        size = "where there were none before"
    elif size == UNCERTAIN:
        size = f"by how much is {UNCERTAIN}"
    else:
        size = f"{size} against what is usual"
    return f"A real {way}: {how_many(versus_usual.now)}, {when}, {size}.{_trial(g_chart)}"


def _too_few(found: ControlCharts, g_chart: GChart) -> str:
    return (
        f"Too few to say: all in one {found.series_set.unit}, or too few since the baseline was reset; "
        f"the last in {_last(found, g_chart)}."
    )


def _last(found: ControlCharts, g_chart: GChart) -> str:
    return p.say(found.series_set.periods[int(g_chart.at[-1])])


def _usual(found: ControlCharts, g_chart: GChart, begins: str) -> str:
    unit = found.series_set.unit
    limit = f"a gap of up to {how_many(np.floor(g_chart.now.high), unit, f'{unit}s')} is no surprise"
    since = f"the last in {_last(found, g_chart)}"
    if g_chart.since > 0:  # not so where figures since then are missing
        since = f"none for {how_many(g_chart.since, unit, f'{unit}s')}"
    return f"{begins}{since}; {_say(g_chart.now.mean, unit)} usual, and {limit}.{_trial(g_chart)}"


def _trial(g_chart: GChart) -> str:
    return (
        f" These are trial limits, set by fewer than {MIN_POINTS} waits, and may still move."
        if g_chart.now.trial
        else ""
    )


def _say(mean: float, unit: str) -> str:
    """Say a mean wait, and one under a period by how many a period there are."""
    if round(1 / mean, 1) > 1:
        return f"about {_plain(1 / mean)} a {unit} are"
    return f"about one every {f'{_plain(mean)} {unit}s' if round(mean, 1) > 1 else unit} is"


def _plain(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")
