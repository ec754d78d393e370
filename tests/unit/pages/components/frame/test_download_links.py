"""Links to the figures of Trends and the School-day clock; exact ones have none."""

from datetime import date
from html import unescape
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from data.principal import LOCAL_USER
from geo.areas.proximity import Place
from geo.counts.filters import Choice
from geo.trends.series import Figure
from geo.views import extent
from pages.components.cached.cache_keys import Asker
from pages.components.frame import chrome, download_links
from pages.components.frame.selection import Figures, Selection
from pages.components.trends.pickers import OVER_TIME, TrendRequest
from pages.routes import trend_downloads as routes
from tests.unit.geo.samples import squares

SCHOOL = Place("Hill School", 0.0, 0.0, "100001")
HARMS = ("violence", "asb")
MONTHS = ("2021-08", "2021-09")
HALF_TERMS = ("2023/24-1", "2023/24-2", "2024/25-1")
ONE = TrendRequest((HARMS,), "lsoa", 'A"<0', "school year", Figure.SCHOOL_DAY, OVER_TIME)
WHOLE = TrendRequest((("asb",),), None, None, "month", Figure.COUNT, OVER_TIME)


def chosen(
    figures: Figures = Figures.OPEN, periods: tuple[str, ...] = MONTHS, school: Place | None = SCHOOL
) -> Selection:
    dataset, asking = SimpleNamespace(id=7), Asker(LOCAL_USER, 0, date.min)
    every = extent.everywhere(squares(2))
    choice = Choice(periods, HARMS)
    return Selection(dataset, school, every, None, choice, periods, ("lsoa", "msoa"), figures, asking)  # type: ignore[arg-type]


def asked_by(links: str) -> tuple[str, dict[str, list[str]]]:
    """Read the addresses of the links to a table: the path of its CSV, and what both of them ask."""
    assert links.count("<") == 6, "what stands in an address must be escaped"
    table, workbook = (urlsplit(unescape(link.split('"')[0])) for link in links.split('href="')[1:])
    assert workbook.path == f"{table.path.removesuffix('.csv')}.xlsx"
    assert workbook.query == table.query
    return table.path, parse_qs(table.query)


def test_a_chart_is_linked_as_it_is_shown() -> None:
    path, asked = asked_by(download_links.trend(chosen(), ONE.table))
    assert path == routes.TREND
    assert asked == {
        "dataset": ["7"],
        "harm": list(HARMS),
        "level": ["lsoa"],
        "area": ['A"<0'],
        "by": ["school-year"],
        "figures": ["school-day"],
        "school": ["100001"],
    }
    _, asked = asked_by(download_links.trend(chosen(school=None), WHOLE.table))
    assert asked == {"dataset": ["7"], "harm": ["asb"], "by": ["month"], "figures": ["count"]}


def test_areas_compared_are_linked_by_the_level_that_is_shown() -> None:
    path, asked = asked_by(download_links.compared(chosen(), "lsoa", ("asb",)))
    assert path == routes.COMPARED
    assert asked == {"dataset": ["7"], "level": ["lsoa"], "harm": ["asb"], "from": ["2021-08"], "to": ["2021-09"]}


@pytest.mark.parametrize(("hours", "by"), [(True, "hours"), (False, "bands")])
def test_a_clock_of_open_times_is_linked_with_its_choice(hours: bool, by: str) -> None:
    path, asked = asked_by(download_links.clock(chosen(), hours))
    assert path == routes.CLOCK
    ends = {"from": ["2021-08"], "to": ["2021-09"]}
    assert asked == {"dataset": ["7"], "harm": list(HARMS), **ends, "by": [by], "school": ["100001"]}


def test_a_clock_of_a_release_is_linked_by_its_school_years_alone() -> None:
    _, asked = asked_by(download_links.clock(chosen(Figures.PROTECTED, HALF_TERMS), False))
    assert asked == {"dataset": ["7"], "year": ["2023/24", "2024/25"]}


def test_exact_figures_have_no_link_and_it_says_why() -> None:
    exact = chosen(Figures.EXACT)
    for told in (
        download_links.trend(exact, ONE.table),
        download_links.compared(exact, "lsoa", ("asb",)),
        download_links.clock(exact, True),
    ):
        assert "href" not in told
        assert chrome.NO_DOWNLOAD in told
