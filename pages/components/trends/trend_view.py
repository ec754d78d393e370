"""What the Trends page shows: the counts by period, and every chart that is asked for, judged."""

from dataclasses import dataclass

from geo.calendar import periods as p
from geo.counts import regrouping
from geo.counts.completeness import course_note
from geo.counts.filters import Choice
from geo.trends import all_harms, finest
from geo.trends.overview import Overview
from geo.trends.responses import Response
from geo.views.extent import Extent, units_in
from geo.wording import capital
from pages.components.cached import trend_results
from pages.components.cached.completeness import completeness
from pages.components.cached.trend_results import CachedPeriodCounts
from pages.components.frame import chrome
from pages.components.frame.selection import Selection
from pages.components.trends import pickers
from pages.components.trends.pickers import TrendRequest


@dataclass(frozen=True)
class TrendContent:
    """The charts that are asked for.

    ``units`` are the positions of the units that have charts, None where all areas are counted together. ``shaded`` are
    the first and the last position of the periods chosen in the sidebar, and ``incomplete`` those of them that are left
    out, since the data do not hold the whole of them. ``compared`` says of each chart, where it is of the surroundings
    of a school, what the school's district did.
    """

    counts: CachedPeriodCounts
    units: tuple[int, ...] | None
    overview: Overview
    shaded: tuple[int, int]
    incomplete: tuple[str, ...]
    compared: tuple[str, ...] = ()

    @property
    def area(self) -> int | None:
        """The position of the one unit that is looked at, None where it is none or several."""
        return self.units[0] if self.units is not None and len(self.units) == 1 else None

    @property
    def place(self) -> tuple[str, str]:
        """The level and the code of the one unit that is looked at, both empty where it is none or several."""
        units = self.counts.view.units
        return ("", "") if self.area is None else (units.level, units.codes[self.area])


def gather(chosen: Selection, request: TrendRequest) -> TrendContent:
    """Judge every chart that is asked for."""
    counts = count(chosen, request, request.level) if request.level else _count_in(chosen, request, chosen.extent)
    units = _units(chosen, request, counts)
    shaded, incomplete = _shaded(chosen, request, counts)
    overview = trend_results.judged_charts(counts, request.figure, request.harms, units, shaded, chosen.asking)
    compared = () if request.level else _compared(chosen, request, overview, shaded)
    return TrendContent(counts, units, overview, shaded, incomplete, compared)


def count(chosen: Selection, request: TrendRequest, level: str) -> CachedPeriodCounts:
    """Count all that the dataset covers by the units of a level and the periods that are asked for."""
    key = chosen.view_key(level, chosen.covered)
    return trend_results.counts_by_period(key, request.unit, chosen.school_urn, chosen.asking)


def _count_in(chosen: Selection, request: TrendRequest, extent: Extent) -> CachedPeriodCounts:
    """Count all that the dataset covers in one part of the map."""
    key, part = pickers.counted_as_one(chosen, extent)
    return trend_results.counts_by_period(key, request.unit, chosen.school_urn, chosen.asking, part)


def _compared(chosen: Selection, request: TrendRequest, overview: Overview, shaded: tuple[int, int]) -> tuple[str, ...]:
    """Say of each chart around a school, in the order of the charts, what its district did; nothing elsewhere."""
    district = chosen.compared
    if district is None:
        return ()
    counts = _count_in(chosen, request, district)
    judged = trend_results.judged_charts(counts, request.figure, request.harms, (0,), shaded, chosen.asking)
    sentences = {one.row: one.narrative.sentence for one in judged.charts}
    return tuple(f"{district.name}: {sentences[one.row]}" for one in overview.charts)


def headline(request: TrendRequest, content: TrendContent) -> str:
    """Return the page's question in one sentence: whether it is changing."""
    if request.one:
        return content.overview.charts[0].narrative.sentence
    first, last = content.shaded
    periods = content.counts.cube.periods[first : last + 1]
    if request.level is None:
        return all_harms.answer(content.overview, _kinds(request), periods)
    return f"{capital(p.say_range(periods))}: {content.overview.sentence}"


def notes(chosen: Selection, request: TrendRequest, content: TrendContent) -> str:
    """Say what to know of the one chart that is looked at, or of all, and of the periods that they are by (HTML)."""
    if request.one:
        about = [*content.overview.charts[0].narrative.notes, *content.compared]
    else:
        about = [all_harms.silent(content.overview, _kinds(request))] if request.level is None else []
    by = pickers.by_which(chosen) if request.level is None else ()
    said = " ".join(filter(None, (*about, finest.sentence(by, request.unit) if by else None)))
    return chrome.quiet(said) if said else ""


def _kinds(request: TrendRequest) -> list[str]:
    """Name the kinds of harm that have a chart each; all of them together, the last, are no kind."""
    return [pickers.harm_label(harms) for harms in request.harms if len(harms) == 1]


def what(request: TrendRequest) -> str:
    """Name the harm that is looked at."""
    return pickers.harm_label(request.harms[0]) if len(request.harms) == 1 else pickers.EACH


def where(request: TrendRequest, content: TrendContent) -> str:
    """Name what is looked at."""
    if content.area is not None:
        return content.counts.view.units.names[content.area]
    if request.level is None:
        return pickers.WHOLE
    return f"each {pickers.level_word(request.level)}"


def done_there(chosen: Selection, content: TrendContent) -> list[Response]:
    """List what was done in the one area that is looked at, or anywhere."""
    every = trend_results.what_was_done(chosen.dataset.area_set_id, chosen.asking)
    if content.area is None:
        return every
    member = content.counts.view.units.member
    return [one for one in every if any(member[area] == content.area for area in one.areas)]


def incomplete(chosen: Selection, content: TrendContent, unit: str) -> str | None:
    """Say which of the chosen periods are left out, or None."""
    if not content.incomplete or unit == p.unit_of(chosen.covered):  # of the dataset's own, another line says it
        return None
    listed = ", ".join(p.say(period) for period in content.incomplete)
    return f"{listed}: the data do not hold the whole {unit}, so no figure is drawn for it."


def completeness_html(chosen: Selection, request: TrendRequest) -> str:
    """Say what the share without a location, and months supplied in part, would show over the whole course (HTML)."""
    harms = tuple(dict.fromkeys(harm for group in request.harms for harm in group))
    return chrome.notice(course_note(completeness(chosen.dataset, chosen.asking), Choice(chosen.covered, harms)))


def places_in(chosen: Selection, counts: CachedPeriodCounts) -> tuple[int, ...]:
    """Return the positions of the units that are a place in the part of the map that is looked at."""
    return tuple(at for at in units_in(counts.view, chosen.extent) if not counts.view.elsewhere[at])


def _units(chosen: Selection, request: TrendRequest, counts: CachedPeriodCounts) -> tuple[int, ...] | None:
    if request.level is None:
        return None if counts.extent is None else (0,)
    if request.area is not None and request.area in counts.view.units.position:
        return (counts.view.units.position[request.area],)
    return places_in(chosen, counts)


def _shaded(
    chosen: Selection, request: TrendRequest, counts: CachedPeriodCounts
) -> tuple[tuple[int, int], tuple[str, ...]]:
    calendar = trend_results.school_calendar(chosen.school_urn, chosen.asking)
    periods = regrouping.holding(chosen.choice.periods, request.unit, calendar)
    at = counts.cube.period_slice(periods)
    return (at[0], at[-1]), tuple(period for period in periods if period in counts.cube.missing)
