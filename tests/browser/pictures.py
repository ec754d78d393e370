"""The README's pictures, taken of the real pages on the demonstration town: ``python -m tests.browser.pictures``.

Where the real data are beside the checkout, two charts of South Yorkshire are taken too, and the busiest places around
a school of South Yorkshire, without a base map, and of Leeds, with one.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, expect, sync_playwright

from data.demo import town_way_home, write_town
from data.demo.demo_store import INCIDENTS_TITLE
from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.browser.serving import CHECKOUT, come_in, served
from tests.conftest import REAL_DATA

FOLDER: Final = CHECKOUT / "docs" / "pictures"
SCHOOL: Final = {"school": "Castlebrook Academy"}
EVERYWHERE: Final = {"where": "Everywhere"}
MISSPELT: Final = "castlbrook academmy"
KINDS: Final = ("Bullying", "Knife carrying", "Vaping", "County lines concern", "Online contact with a stranger")
LOG: Final = "Date,From,Area code,Type of incident,Year group\n" + "".join(
    f"{day:02}/{month:02}/2026,{8 + row % 9}:{row % 6}0,{'' if row % 23 == 0 else f'X010000{1 + row * 7 % 50:02}'},"
    f"{KINDS[row * row % 5]},{7 + row % 5}\n"
    for row in range(180)
    for day, month in [(31, 6) if row in (11, 90) else (1 + row % 28, 4 + row % 4)]
)
HARM: Final = "Violence and weapons"
PATH: Final = (f"Open {HARM.lower()}", "(we did A)")  # the names of the buttons that lead to one area
CHART: Final = ".vega-embed canvas, .vega-embed svg.marks"

SOUTH_YORKSHIRE: Final = {
    "sy-spring-2020": {"harm": "Other", "from": "Mar 2020", "to": "May 2020"},
    "sy-missing-july-2019": {"harm": "Anti-social behaviour", "from": "Jun 2019", "to": "Sep 2019"},
}
OAKWOOD: Final = {"school": "Oakwood High School"}
DIXONS: Final = {"school": "Dixons Trinity Chapeltown", "from": "Jan 2014", "to": "Nov 2014"}
LSOA: Final = ("--code", "LSOA11CD", "--name", "LSOA11NM", "--level", "lsoa")
STILL: Final = 1500  # milliseconds, for a map to come to rest
MILLISECONDS: Final = 60_000  # for charts to stand, while limits are drawn up for the first time


class Shown(NamedTuple):
    """A page as it is shown: its path and pickers, and what must stand on it before its picture is taken."""

    path: str
    query: dict[str, str]
    maps: int = 0
    charts: int = 0


PAGES: Final = {
    "local-context": Shown("", SCHOOL, maps=1, charts=2),
    "area-map": Shown(
        "area-map", SCHOOL | {"from": "Sep 2025", "area": "Millbank (Castlebrook 010C)"}, maps=1, charts=2
    ),
    "hot-spots": Shown(
        "area-map",
        SCHOOL
        | EVERYWHERE
        | {"measure": "Hot spots", "harm": "Drugs and alcohol", "from": "Apr 2026", "clusters": "true"},
        maps=1,
    ),
    "did-and-owe": Shown("did-and-owe", {}),
    "safe-places": Shown("safe-places", {"from": "Sep 2025"}, maps=2),
    "way-home": Shown("way-home", {"school": town_way_home.SCHOOL}, maps=1),
    "trends": Shown("trends", SCHOOL, charts=4),
    "school-day-clock": Shown("school-day-clock", {"dataset": INCIDENTS_TITLE, "from": "Sep 2023"}, charts=2),
    "trends-compared": Shown(
        "trends", SCHOOL | {"trend_harm": HARM, "trend_side": "Areas compared", "from": "Sep 2025"}, charts=1
    ),
    "board": Shown(
        "area-map",
        SCHOOL | EVERYWHERE | {"dataset": INCIDENTS_TITLE, "board": "true", "area": "Millbank (Castlebrook 010)"},
        maps=1,
        charts=2,
    ),
    "board-trends": Shown("trends", EVERYWHERE | {"dataset": INCIDENTS_TITLE, "board": "true"}, charts=5),
    "datasets": Shown("datasets", SCHOOL),
}


def take(page: Page, url: str, name: str) -> None:
    """Take one page's picture once its map is painted and its charts stand."""
    shown = PAGES[name]
    page.goto(f"{url}/{shown.path}?{urlencode(shown.query)}")
    page.get_by_text("Not for live cases").wait_for()
    if name == "local-context":
        page.get_by_text("We checked within").wait_for()
    for position in range(shown.maps):
        page.frame_locator("iframe").nth(position).locator("body[data-painted]").wait_for()
    for position in range(shown.charts):
        page.locator(CHART).nth(position).wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def take_first_visit(page: Page, url: str) -> None:
    """Take the pictures of a first visit: a school found though its name is misspelt, and what is around it."""
    page.set_viewport_size({"width": 1280, "height": 620})
    page.goto(url)
    box = page.get_by_role("textbox", name="Find your school: name, town, postcode or URN")
    box.fill(MISSPELT)
    box.press("Enter")
    page.locator("ul.lc-schools a").first.wait_for()
    page.screenshot(path=FOLDER / "find-school.png")
    page.set_viewport_size({"width": 400, "height": 900})
    page.locator("ul.lc-schools a").first.click()
    page.get_by_text("We checked within").wait_for()
    page.frame_locator("iframe").first.locator("body[data-painted]").wait_for()
    page.screenshot(path=FOLDER / "phone.png")


def take_finding(page: Page, url: str) -> None:
    """Take the picture of a finding that is opened from Local context."""
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"{url}/?{urlencode(SCHOOL)}")
    page.get_by_role("link", name="See it on the map").first.click()
    page.locator(".lc-filter").wait_for()
    page.frame_locator("iframe").first.locator("body[data-painted]").wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "finding.png")


def take_register(page: Page, url: str) -> None:
    """Take pictures of the register, large and on a phone, of the place that is overdue, and of what is next there."""
    for width, height, suffix in ((1280, 1000, ""), (400, 900, "-phone")):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{url}/known-hotspots")
        page.get_by_role("button", name="Propose as hotspot").first.wait_for(timeout=MILLISECONDS)
        page.frame_locator("iframe").first.locator("body[data-painted]").wait_for()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"known-hotspots{suffix}.png")
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.locator(".lc-register tbody tr").first.get_by_role("link").click()
    page.get_by_text("What was recorded near it").wait_for()
    page.frame_locator("iframe").first.locator("body[data-painted]").wait_for()
    page.locator(CHART).first.wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "known-hotspot.png")
    page.locator("summary", has_text="What next?").first.click()
    heading = page.get_by_text("A sentence for the staff meeting")
    heading.wait_for()
    page.wait_for_timeout(STILL)
    page.locator("summary", has_text="What next?").first.evaluate("each => each.scrollIntoView()")
    page.wait_for_timeout(STILL)
    page.screenshot(path=FOLDER / "what-next.png")


def take_paper(page: Page, url: str) -> None:
    """Take pictures of the page Briefing, and of the paper that it makes."""
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"{url}/briefing?{urlencode(SCHOOL)}")
    make = page.get_by_role("button", name="Make the paper")
    make.wait_for(timeout=MILLISECONDS)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.screenshot(path=FOLDER / "briefing.png")
    make.click()
    link = page.get_by_role("link", name="Web page")
    link.wait_for(timeout=MILLISECONDS)
    page.goto(f"{url}{link.get_attribute('href')}")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "board-paper.png")


def take_upload(page: Page, url: str) -> None:
    """Take the picture of an upload whose file was checked: what would be kept, and what is wrong with some rows."""
    page.goto(f"{url}/upload")
    page.get_by_text("Incidents (your own, anonymised)").click()
    chooser = page.locator('input[type="file"][accept*=".xlsx"]')
    chooser.set_input_files({"name": "autumn-log.csv", "mimeType": "text/csv", "buffer": LOG.encode()})
    page.get_by_role("button", name="Check the files").click()
    page.frame_locator("iframe").first.locator("body[data-painted]").wait_for()
    page.get_by_text("What would be saved").scroll_into_view_if_needed()
    page.set_viewport_size({"width": 1280, "height": 1720})
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "upload.png")


def take_setting_up(browser: Browser, folder: Path) -> None:
    """Take pictures of a place that is set up from nothing: the list, the plan of dropped files, and what was done."""
    town, home = write_town(folder / "downloads"), folder / "nothing"
    home.mkdir()
    with served(home, home / "server.log") as url:
        page = come_in(browser.new_page(viewport={"width": 1280, "height": 1000}, locale="en-GB"))
        page.goto(f"{url}/set-up")
        page.get_by_role("list", name="What a place needs, row by row").wait_for()
        page.screenshot(path=FOLDER / "set-up-empty.png")
        files = [town.areas, town.schools, town.calendar, town.hotspots, town.incidents, *town.street]
        page.locator('input[type="file"]').set_input_files(files)
        save = page.get_by_role("button", name="Save these")
        save.wait_for(timeout=MILLISECONDS)
        page.set_viewport_size({"width": 1280, "height": 1300})
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / "set-up-plan.png")
        save.click()
        page.get_by_role("heading", name="What was done", exact=True).wait_for(timeout=MILLISECONDS)
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        page.set_viewport_size({"width": 1280, "height": 1000})
        page.locator("h1").scroll_into_view_if_needed()
        page.wait_for_timeout(STILL)
        page.screenshot(path=FOLDER / "set-up-done.png")
        page.close()


def take_path(page: Page, url: str) -> None:
    """Take a picture of each step of a board's path: all harms, one, one area, and whether what was done helped."""
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"{url}/trends?{urlencode(SCHOOL | EVERYWHERE)}")
    _stands(page, 4)
    page.screenshot(path=FOLDER / "path-1.png")
    for step, name in enumerate(PATH, start=2):
        before = page.locator(".lc-kicker").inner_text()
        page.get_by_role("button", name=name).click()
        expect(page.locator(".lc-kicker")).not_to_have_text(before)
        _stands(page, 1)
        page.screenshot(path=FOLDER / f"path-{step}.png")
    page.get_by_role("radio", name="A", exact=True).click()
    _stands(page, 2)
    page.get_by_text("This cannot show why").scroll_into_view_if_needed()
    page.screenshot(path=FOLDER / "path-4.png")


def _stands(page: Page, charts: int) -> None:
    """Wait until so many charts stand, and no more."""
    expect(page.locator(CHART)).to_have_count(charts, timeout=MILLISECONDS)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_load_state("networkidle")


def take_south_yorkshire(browser: Browser, home: Path) -> None:
    """Take two charts of real police data: the spring of 2020, and the gap of July 2019."""
    place = REAL_DATA / "south_yorkshire"
    areas = (*LSOA, "--parent", "district=LADCD,LADNM", "--parent", "ward=WD13CD,WD13NM")
    wards = place / "boundaries" / "wards.geojson"
    _run(home, "areas", place / "boundaries" / "lsoa11.geojson", *areas, "--lookup", wards)
    _run(home, "schools", place / "schools" / "schools.csv")
    _run(home, "import", *sorted((place / "police_street").glob("*.csv.gz")))
    with served(home, home / "server.log") as url:
        page = come_in(browser.new_page(viewport={"width": 1280, "height": 1000}, locale="en-GB"))
        for name, query in SOUTH_YORKSHIRE.items():
            page.goto(f"{url}/trends?{urlencode(query | EVERYWHERE)}")
            _stands(page, 1)
            page.screenshot(path=FOLDER / f"{name}.png")
        take_places(page, url, "sy-places", OAKWOOD)
        page.close()


def take_leeds(browser: Browser, home: Path) -> None:
    """Take the pictures of a school's busiest places on a base map, and of what can be reached from it on foot."""
    place = REAL_DATA / "leeds_chapeltown"
    wards = ("--parent", "ward=ward22_code,ward22_name", "--lookup", place / "boundaries" / "wards22.geojson")
    _run(home, "areas", place / "boundaries" / "lsoa11_fine.geojson", *LSOA, *wards)
    _run(home, "schools", place / "schools" / "schools.csv")
    _run(home, "import", *sorted((place / "police_street").glob("*.csv.gz")))
    _run(home, "basemap", place / "streets.osm.pbf")
    with served(home, home / "server.log") as url:
        page = come_in(browser.new_page(viewport={"width": 1280, "height": 1000}, locale="en-GB"))
        take_places(page, url, "leeds-places", DIXONS)
        page.set_viewport_size({"width": 1280, "height": 1000})
        _show_map(page, f"{url}/?{urlencode(DIXONS | {'radius': '10 min'})}")
        page.screenshot(path=FOLDER / "leeds-walk.png")
        page.close()


def take_places(page: Page, url: str, name: str, chosen: dict[str, str]) -> None:
    """Take the pictures of a school's busiest places, on a large screen and on a phone, with the first looked at."""
    for width, suffix in ((1280, ""), (400, "-phone")):
        page.set_viewport_size({"width": width, "height": 1000})
        _show_map(page, f"{url}/?{urlencode(chosen)}")
        if suffix:
            page.get_by_test_id("stButtonGroup").get_by_text("1", exact=True).click()
            page.get_by_text("Go to one of the busiest places").evaluate("each => each.scrollIntoView()")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(STILL)
        page.screenshot(path=FOLDER / f"{name}{suffix}.png")


def _show_map(page: Page, address: str) -> None:
    """Open a school's page and scroll to its map, once that stands with its streets and names."""
    page.goto(address)
    page.get_by_text("We checked within").wait_for(timeout=MILLISECONDS)
    page.frame_locator("iframe").first.locator("body[data-painted]").wait_for()
    page.wait_for_load_state("networkidle")
    page.get_by_text("Go to one of the busiest places").evaluate("each => each.scrollIntoView()")
    page.wait_for_timeout(STILL)


def _run(home: Path, *arguments: str | Path) -> None:
    command = [sys.executable, "-m", "data", *map(str, arguments)]
    subprocess.run(command, cwd=CHECKOUT, env=os.environ | {"LOCAL_CONTEXT_HOME": str(home)}, check=True)


def main() -> None:
    """Build the town in a temporary store, serve it, and take every picture."""
    executable = chromium.find()
    if executable is None:
        sys.exit(chromium.NONE_FOUND)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        _run(home, "demo")
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        with served(home, home / "server.log") as url:
            page = come_in(browser.new_page(viewport={"width": 1280, "height": 860}, locale="en-GB"))
            for name in PAGES:
                take(page, url, name)
            take_path(page, url)
            take_finding(page, url)
            take_register(page, url)
            take_paper(page, url)
            take_upload(page, url)
            with_no_memory = browser.new_context(locale="en-GB")  # a computer that remembers no school
            take_first_visit(come_in(with_no_memory.new_page()), url)
            with_no_memory.close()
        take_setting_up(browser, home)
        if REAL_DATA.is_dir():
            real = home / "south-yorkshire"
            real.mkdir()
            take_south_yorkshire(browser, real)
            leeds = home / "leeds"
            leeds.mkdir()
            take_leeds(browser, leeds)
        browser.close()


if __name__ == "__main__":
    main()
