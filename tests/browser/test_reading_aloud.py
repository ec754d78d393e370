"""What those who hear the pages get of map, chart and table, from the browser's own tree for them."""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.seen import go, map_frame, pages

SCHOOL: Final = {"school": "Castlebrook Academy"}
ONE_CHART: Final = {"trend_harm": "Violence and weapons", "trend_level": "LSOA", "trend_area": "Castlebrook 005C"}
# Page, pickers, charts, and tables, which are several charts' where these are small or show parts of one clock.
VIEWS: Final[dict[str, tuple[str, dict[str, str], int, int]]] = {
    "around a school": ("local-context", SCHOOL, 2, 4),
    "an area of the map": ("area-map", {"area": "Castlebrook 005C"}, 2, 4),
    "a chart of trends": ("trends", ONE_CHART, 1, 1),
    "charts of trends": ("trends", {}, 4, 1),
    "areas compared": ("trends", ONE_CHART | {"trend_side": "Areas compared"}, 2, 2),
    "a clock": ("school-day-clock", {"dataset": "Castlebrook schools (fictional)", "from": "Sep 2023"}, 2, 1),
}
SENTENCE: Final = 25  # letters of a description, at least


def tree(page: Page) -> list[dict[str, Any]]:
    """Return what the browser tells assistive software of the page, part by part."""
    told: list[dict[str, Any]] = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [part for part in told if not part.get("ignored")]


def named(told: list[dict[str, Any]], role: str) -> list[str]:
    return [part.get("name", {}).get("value", "") for part in told if part["role"]["value"] == role]


def unfolded(page: Page) -> Locator:
    """Open what holds the tables of the charts, as its readers do, and return the tables."""
    for words in page.locator("summary", has_text=re.compile("as table")).all():
        words.click()
    tables = page.locator("table.lc-table:not(details.lc-rest table):visible")
    expect(tables.first).to_be_visible()
    return tables


@pytest.mark.parametrize(("path", "chosen", "charts", "tables"), VIEWS.values(), ids=VIEWS)
def test_a_chart_is_a_graphic_with_a_description_and_its_facts_stand_in_a_table(
    page: Page, demo_url: str, path: str, chosen: dict[str, str], charts: int, tables: int
) -> None:
    go(page, demo_url, path, **chosen)
    drawn = page.get_by_test_id("stVegaLiteChart")
    expect(drawn).to_have_count(charts)
    for chart in drawn.all():
        expect(chart.locator("svg").first).to_be_visible()
    told = tree(page)
    descriptions = named(told, "graphics-document")
    assert len(descriptions) == charts
    assert all(len(description) >= SENTENCE and " " in description for description in descriptions)
    assert not [name for name in named(told, "graphics-symbol") if "#" in name or "order:" in name]
    expect(unfolded(page)).to_have_count(tables)


@pytest.mark.parametrize(("path", "chosen"), [("local-context", SCHOOL), ("area-map", {}), ("trends", ONE_CHART)])
def test_a_table_has_its_caption_headings_rows_and_order(
    page: Page, demo_url: str, path: str, chosen: dict[str, str]
) -> None:
    go(page, demo_url, path, **chosen)
    tables = unfolded(page)
    expect(tables.last).to_be_visible()
    for table in tables.all():
        heads = table.get_by_role("columnheader")
        rows = table.get_by_role("row").count() - 1
        assert table.locator("caption").inner_text().strip()
        assert heads.count() == table.locator("thead th:visible").count() > 1
        assert table.get_by_role("rowheader").count() == rows > 0
        assert not table.get_by_role("rowheader").first.inner_text().isdigit()  # but what the row is of
    head = tables.last.get_by_role("columnheader").last
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", re.compile("ascending|descending"))
    told = page.locator(".lc-told-rows").filter(has_text=re.compile("sorted by", re.IGNORECASE))
    expect(told).to_have_count(1)


def test_the_maps_frame_has_a_name(page: Page, demo_url: str) -> None:
    for path in ("local-context", "area-map"):
        go(page, demo_url, path, **SCHOOL)
        map_frame(page)
        assert all(named(tree(page), "Iframe"))


def test_the_list_of_pages_says_how_many_there_are_and_which_is_shown(page: Page, demo_url: str) -> None:
    go(page, demo_url, "trends")
    listed = pages(page)
    expect(listed.get_by_role("list")).to_have_count(5)
    expect(listed.get_by_role("list", name="Understand").get_by_role("listitem")).to_have_count(7)
    expect(listed.get_by_role("listitem").get_by_role("link")).to_have_count(13)
    expect(listed.locator('[aria-current="page"]')).to_have_text("Trends")
    listed.get_by_role("link", name="Guide").click()
    expect(listed.locator('[aria-current="page"]')).to_have_text("Guide")
    expect(listed.get_by_role("link", name="Guide")).to_be_focused()
