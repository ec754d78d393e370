"""A whole place is set up in the browser, from an empty store: files dropped together, looked at, saved, and mapped."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from data.demo import TownFiles, write_town
from tests.browser.seen import FOOT, headline, map_frame, settled, turn_to
from tests.browser.test_every_page import NOT_OURS

DECISIONS: Final = 4
MONTHS: Final = 3  # of police files, of the town's three years
# A decision is a click, or files that are dropped; the page counts them itself.
COUNTING: Final = """
for (const kind of ["click", "change"]) {
  addEventListener(kind, (event) => {
    if (kind === "click" || event.target.type === "file") {
      sessionStorage.decisions = 1 + Number(sessionStorage.decisions ?? 0);
    }
  }, true);
}
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> TownFiles:
    """The files of the demonstration town, as if a person had downloaded them."""
    return write_town(tmp_path_factory.mktemp("downloads"))


def test_a_newcomer_comes_from_nothing_to_a_painted_map_in_four_decisions(
    page: Page, served: Callable[[Path], str], tmp_path: Path, town: TownFiles
) -> None:
    page.add_init_script(COUNTING)
    page.goto(served(tmp_path / "nothing"))
    page.get_by_role("link", name="Set up your place").click()
    expect(headline(page)).to_have_text("Nothing is here yet. Areas come first: incidents are counted in them.")

    wrong = tmp_path / "shopping.csv"
    wrong.write_text("milk,eggs\n1,6\n", encoding="utf-8")
    files = [town.areas, town.schools, town.calendar, town.hotspots, wrong, *town.street[-MONTHS:]]
    page.locator('input[type="file"]').set_input_files(files)
    save = page.get_by_role("button", name="Save these 5 things")
    expect(save).to_be_visible()
    expect(page.get_by_role("row", name="schools.csv")).to_contain_text("Schools")
    expect(page.get_by_role("row", name="shopping.csv")).to_contain_text("Nothing: see below")
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()

    save.click()
    expect(page.get_by_role("heading", name="What was done", exact=True)).to_be_visible()
    settled(page)
    expect(headline(page)).to_contain_text("Local context, the Area map and Trends work.")
    expect(page.get_by_test_id("stFileUploaderFile")).to_have_count(0)
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()

    page.get_by_role("link", name="See the map").click()
    expect(page.locator(".lc-kicker")).to_contain_text("Area map")
    settled(page)
    assert map_frame(page).locator("path.lc-area").count() == 60
    assert page.evaluate("Number(sessionStorage.decisions)") == DECISIONS

    turn_to(page, "Set up")
    page.get_by_role("button", name="Undo Known hotspots").click()
    expect(page.get_by_text("Undone: ")).to_be_visible()
    rows = page.get_by_role("list", name="What a place needs, row by row").get_by_role("listitem")
    expect(rows.filter(has=page.get_by_role("heading", name="Known hotspots"))).to_contain_text("missing")
    expect(page.get_by_text(FOOT)).to_be_visible()
