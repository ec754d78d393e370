"""Links to what the Trends page and the School-day clock show, as CSV; exact figures have none, and it says so."""

from geo.calendar import periods
from geo.counts.filters import Choice
from geo.trends.trend_table import TrendTableRequest
from pages.components.frame import chrome, html_tables
from pages.components.frame.selection import Figures, Selection
from pages.components.trends.pickers import TrendRequest
from pages.routes import trend_downloads as routes


def trend(chosen: Selection, asked: TrendRequest) -> str:
    """Write the link to the one chart that is asked for (``asked.one``), over all that the dataset covers (HTML)."""
    school = None if chosen.school is None else chosen.school.urn
    wanted = TrendTableRequest(asked.harms[0], asked.level, asked.area, asked.unit, asked.figure)
    return _link(chosen, "Download this chart (CSV)", routes.TREND, routes.trend_of(chosen.dataset.id, wanted, school))


def compared(chosen: Selection, asked: TrendRequest) -> str:
    """Write the link to the areas that are compared, for one group of harms (HTML)."""
    choice = Choice(chosen.choice.periods, asked.harms[0])
    level = asked.level or chosen.levels[0]
    wanted = routes.compared_of(chosen.dataset.id, level, choice)
    return _link(chosen, "Download these figures (CSV)", routes.COMPARED, wanted)


def clock(chosen: Selection, hours: bool) -> str:
    """Write the link to the clock of all areas (HTML); ``chosen`` holds the periods that the clock is of.

    Of a release they are those of whole school years.
    """
    number = chosen.dataset.id
    if chosen.figures is Figures.PROTECTED:
        years = list(dict.fromkeys(map(periods.school_year, chosen.choice.periods)))
        wanted = routes.clock_of_release(number, years)
    else:
        school = None if chosen.school is None else chosen.school.urn
        wanted = routes.clock_of_times(number, chosen.choice, hours, school)
    return _link(chosen, "Download the clock of all areas (CSV)", routes.CLOCK, wanted)


def _link(chosen: Selection, label: str, path: str, wanted: routes.Parameters) -> str:
    if chosen.figures is Figures.EXACT:
        return chrome.quiet(chrome.NO_DOWNLOAD)
    return html_tables.download_link(label, path, wanted)
