"""Links to what pages show, as CSV and for Excel; of exact figures there is none, and the page says so."""

from geo.calendar import periods
from geo.counts.filters import Choice
from geo.maps.measures import MeasureRequest
from geo.trends.trend_table import TrendTableRequest
from pages.components.frame import chrome, html_tables
from pages.components.frame.selection import Figures, Selection
from pages.routes import downloads, trend_downloads


def areas(chosen: Selection, level: str, measure: MeasureRequest, choice: Choice, pictures: str) -> str:
    """Write the links to every area of a level by one measure, with all but CSV folded (HTML).

    ``pictures`` are the links to the map of these areas.
    """
    if chosen.figures is Figures.EXACT:
        return chrome.quiet(chrome.NO_DOWNLOAD)
    asked = ("Download these figures", downloads.AREAS, downloads.areas_of(chosen.dataset.id, level, measure, choice))
    # Few stops for those who go by keyboard: what is wanted seldom is one of them together.
    more = f"<summary>More files: for Excel, as a picture, with shapes</summary><p>{html_tables.excel_link(*asked)}</p>"
    return f'{html_tables.csv_link(*asked)}<details class="lc-as-table">{more}{pictures}</details>'


def trend(chosen: Selection, request: TrendTableRequest) -> str:
    """Write the links to one course over time, over all that the dataset covers (HTML)."""
    parameters = trend_downloads.trend_of(chosen.dataset.id, request, chosen.school_urn, chosen.extent)
    return _link(chosen, "Download this chart", trend_downloads.TREND, parameters)


def compared(chosen: Selection, level: str, harms: tuple[str, ...]) -> str:
    """Write the links to the areas of a level compared, for one group of harms (HTML)."""
    parameters = trend_downloads.compared_of(chosen.dataset.id, level, Choice(chosen.choice.periods, harms))
    return _link(chosen, "Download these figures", trend_downloads.COMPARED, parameters)


def clock(chosen: Selection, hours: bool) -> str:
    """Write the links to the clock of all areas (HTML); ``chosen`` holds the periods that the clock is of.

    Of a release they are those of whole school years.
    """
    number = chosen.dataset.id
    if chosen.figures is Figures.PROTECTED:
        years = list(dict.fromkeys(map(periods.school_year, chosen.choice.periods)))
        parameters = trend_downloads.clock_of_release(number, years)
    else:
        parameters = trend_downloads.clock_of_times(number, chosen.choice, hours, chosen.school_urn)
    return _link(chosen, "Download the clock of all areas", trend_downloads.CLOCK, parameters)


def _link(chosen: Selection, label: str, path: str, parameters: trend_downloads.Parameters) -> str:
    if chosen.figures is Figures.EXACT:
        return chrome.quiet(chrome.NO_DOWNLOAD)
    return html_tables.table_links(label, path, parameters)
