"""A walk by Tab through the Area map reaches every control, in few steps, however many areas there are."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import in_a_session
from tests.browser.seen import PAGES, go, map_frame
from tests.browser.serving import served
from tests.unit.data.running import done

MOST: Final = 36  # presses of Tab, beside one for each page in the list, which “Skip to main content” leaves out
OF_THE_MAP: Final = 2  # of them: the map, and its buttons
LOST: Final = 1000
FRAME: Final = "iframe"
SIDEBAR: Final = ("combobox Dataset", "combobox From", "combobox To", "combobox Harm groups")
PICKERS: Final = (
    "radio Count", "radio LSOA", "combobox Police category", "switch Current clusters",
    "switch Zoom to the chosen area", "combobox Area",
)  # fmt: skip
TABLE: Final = ("searchbox Filter rows", "button Rank", "link Download these figures (CSV)")
SCHOOL: Final = ("button Change school", "radio Around my school", "radio 400 m")  # with a school alone
AREA: Final = ("button Police category", "link Is it changing? See its trends")
FOCUSED: Final = (
    "document.activeElement && document.activeElement !== document.body ? document.activeElement.tagName : ''"
)


def walk(page: Page) -> list[str]:
    """Press Tab from the top of a page until it is left; return role and name of what had the focus each time."""
    reached: list[str] = []
    for _ in range(LOST):
        page.keyboard.press("Tab")
        tag = page.evaluate(FOCUSED)
        if not tag:
            return reached
        if tag == "IFRAME":
            reached.append(FRAME)
            continue
        said = page.locator(":focus").aria_snapshot().splitlines()[0]
        found = re.match(r"- '?(\w+)(?: \"(.*?)\")?", said)
        assert found is not None, said
        reached.append(f"{found[1]} {found[2] or ''}".strip())
    return reached


def misses(reached: list[str], controls: tuple[str, ...]) -> list[str]:
    return [control for control in controls if control not in reached]


@pytest.fixture(scope="module")
def yorkshire_url(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app that shows South Yorkshire: 853 areas, and a year of incidents."""
    place, home = real_data / "south_yorkshire", tmp_path_factory.mktemp("walked")
    done(
        home,
        *("areas", place / "boundaries" / "lsoa11.geojson"),
        *("--code", "LSOA11CD", "--name", "LSOA11NM", "--level", "lsoa"),
        *("--population", place / "population" / "lsoa11_mid2020.csv"),
    )
    done(home, "import", *sorted((place / "police_street").glob("*.csv.gz"))[-12:])
    with served(home, home / "server.log") as address:
        yield address


@pytest.fixture(scope="module", params=["the demonstration town", "South Yorkshire"])
def walked(request: pytest.FixtureRequest, browser: Browser) -> list[str]:
    """What a walk through the Area map reaches: of a school, with an area chosen, and of a whole county."""
    town = request.param == "the demonstration town"
    url: str = request.getfixturevalue("demo_url" if town else "yorkshire_url")
    chosen = {"school": "Castlebrook Academy", "where": "Around my school", "area": "Castlebrook 005C"}
    with in_a_session(browser, []) as page:
        go(page, url, "area-map", **(chosen if town else {}))
        map_frame(page)
        reached = walk(page)
    pages = tuple(f"link {title}" for title in PAGES.values())
    of_place = (*SCHOOL, *AREA) if town else ("button Next 20",)
    assert misses(reached, (*pages, *SIDEBAR, *PICKERS, *TABLE, *of_place)) == []
    assert reached.index("combobox Harm groups") < reached.index(FRAME) < reached.index("button Rank")
    return reached


def test_few_presses_reach_every_control_two_of_them_in_the_map(walked: list[str]) -> None:
    assert len(walked) - len(PAGES) <= MOST, walked
    assert walked.count(FRAME) == OF_THE_MAP
