"""What the Trends page shows, gathered: the counts by period, and every chart that is asked for, judged."""

from dataclasses import dataclass

from geo.calendar import periods as p
from geo.counts import regrouping
from geo.trends import overview
from geo.trends.overview import Overview
from geo.trends.responses import Response
from pages.components.cached import loads, trend_results
from pages.components.cached.trend_results import CachedPeriodCounts
from pages.components.frame import chrome
from pages.components.frame.selection import Selection
from pages.components.trends import pickers
from pages.components.trends.pickers import TrendRequest


@dataclass(frozen=True)
class Gathered:
    """The charts that are asked for.

    ``units`` are the positions of the units that have charts, None where all areas are counted together. ``shaded`` are
    the first and the last position of the periods chosen in the sidebar, and ``incomplete`` those of them that are left
    out, since the data do not hold the whole of them.
    """

    found: CachedPeriodCounts
    units: tuple[int, ...] | None
    seen: Overview
    shaded: tuple[int, int]
    incomplete: tuple[str, ...]

    @property
    def area(self) -> int | None:
        """The position of the one unit that is looked at, None where it is none or several."""
        return self.units[0] if self.units is not None and len(self.units) == 1 else None


def gather(chosen: Selection, asked: TrendRequest) -> Gathered:
    """Judge every chart that is asked for."""
    asking = loads.asker()
    school = chosen.school.urn if chosen.school else None
    level = asked.level or chosen.levels[-1]
    found = trend_results.counted(chosen.dataset, level, chosen.covered, asked.unit, school, asking)
    units = _units(asked, found)
    shaded, incomplete = _shaded(chosen, asked, found, school)
    _, seen = trend_results.charts(chosen.dataset, found, asked.figure, asked.harms, units, shaded, asking)
    return Gathered(found, units, seen, shaded, incomplete)


def headline(asked: TrendRequest, gathered: Gathered) -> str:
    """Return the page's question in one sentence: whether it is changing."""
    if asked.one:
        return gathered.seen.charts[0].narrative.sentence
    first, last = gathered.shaded
    when = p.say_range(gathered.found.cube.periods[first : last + 1])
    if asked.level is None:
        # All harms together, the last where there are several, have a chart and are no harm to be named.
        single = [pickers.harm_label(harms) for harms in asked.harms if len(harms) == 1]
        narrative = overview.named(gathered.seen, single)
        return f"{when}. {narrative}"
    return f"{when}: {gathered.seen.sentence}"


def notes(asked: TrendRequest, gathered: Gathered) -> str:
    """Say what to know of the one chart that is looked at (HTML)."""
    return chrome.quiet(" ".join(gathered.seen.charts[0].narrative.notes)) if asked.one else ""


def what(asked: TrendRequest) -> str:
    """Name the harm that is looked at."""
    return pickers.harm_label(asked.harms[0]) if len(asked.harms) == 1 else pickers.EACH


def where(asked: TrendRequest, gathered: Gathered) -> str:
    """Name what is looked at."""
    if gathered.area is not None:
        return gathered.found.seen.units.names[gathered.area]
    if asked.level is None:
        return pickers.WHOLE
    return f"each {pickers.level_word(asked.level)}"


def done_there(chosen: Selection, gathered: Gathered) -> list[Response]:
    """List what was done in the one area that is looked at, or anywhere."""
    every = trend_results.what_was_done(chosen.dataset.area_set_id, loads.asker())
    if gathered.area is None:
        return every
    member = gathered.found.seen.units.member
    return [one for one in every if any(member[area] == gathered.area for area in one.areas)]


def incomplete(chosen: Selection, gathered: Gathered, unit: str) -> str | None:
    """Say which of the chosen periods are left out, or None."""
    if not gathered.incomplete or unit == p.unit_of(chosen.covered):  # of the dataset's own, another line says it
        return None
    listed = ", ".join(p.say(period) for period in gathered.incomplete)
    return f"{listed}: the data do not hold the whole {unit}, so no figure is drawn for it."


def _units(asked: TrendRequest, found: CachedPeriodCounts) -> tuple[int, ...] | None:
    if asked.level is None:
        return None
    if asked.area is not None and asked.area in found.seen.units.position:
        return (found.seen.units.position[asked.area],)
    return tuple(at for at, gathered in enumerate(found.seen.elsewhere.tolist()) if not gathered)


def _shaded(
    chosen: Selection, asked: TrendRequest, found: CachedPeriodCounts, school: str | None
) -> tuple[tuple[int, int], tuple[str, ...]]:
    calendar = trend_results.school_calendar(school, loads.asker())
    held = regrouping.holding(chosen.choice.periods, asked.unit, calendar)
    at = found.cube.period_slice(held)
    return (at[0], at[-1]), tuple(period for period in held if period in found.cube.missing)
