"""Tables sort and filter by mouse and keyboard, over all their rows, and read without their script."""

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.seen import go, pick, settled

AREAS: Final = 60
SHOWN: Final = 20
WHOLE: Final = {"where": "Everywhere", "level": "LSOA"}
NUMBERS: Final = "cells => cells.map(cell => Number(cell.textContent.replace(/,/g, '')))"


def table(page: Page) -> Locator:
    """Find the Area map's table of areas, with its box and its pages."""
    return page.locator(".lc-tabled", has=page.get_by_role("columnheader", name="Rank"))


def column(page: Page, heading: str) -> list[float]:
    """Read the figures that a column shows now."""
    headings = table(page).locator("thead th").all_inner_texts()
    read: list[float] = (
        table(page).locator(f"tbody tr > :nth-child({headings.index(heading) + 1})").evaluate_all(NUMBERS)
    )
    return read


def press(page: Page, heading: str) -> Locator:
    """Press a heading, and return its column's head."""
    head = table(page).get_by_role("columnheader", name=heading, exact=True)
    head.get_by_role("button").click()
    return head


def test_a_heading_sorts_all_rows_then_the_other_way_round_then_as_they_were_given(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", **WHOLE)
    given = column(page, "Residents")
    head = press(page, "Residents")
    expect(head).to_have_attribute("aria-sort", "descending")
    falling = column(page, "Residents")
    assert falling == sorted(falling, reverse=True)
    assert len(falling) == SHOWN
    assert max(falling) > max(given)  # who has most residents is not among the rows that the page was sent
    expect(table(page).get_by_role("status")).to_have_text("Sorted by Residents, highest first")
    press(page, "Residents")
    expect(head).to_have_attribute("aria-sort", "ascending")
    rising = column(page, "Residents")
    assert rising == sorted(rising)
    assert max(rising) < min(falling)
    press(page, "Residents")
    expect(head).not_to_have_attribute("aria-sort", re.compile("."))
    assert column(page, "Residents") == given


def test_the_box_finds_rows_of_every_page_and_both_stay_after_another_choice(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", **WHOLE)
    press(page, "Area")
    box = table(page).get_by_role("searchbox", name="Filter rows")
    box.fill("castlebrook 01")
    status = table(page).get_by_role("status")
    expect(status).to_have_text(f"12 of {AREAS} rows, sorted by Area, A to Z")
    pick(page, "Police category", "Robbery")
    settled(page)
    expect(box).to_have_value("castlebrook 01")
    expect(status).to_have_text(f"12 of {AREAS} rows, sorted by Area, A to Z")
    names = table(page).get_by_role("rowheader").all_inner_texts()
    assert names == sorted(names)
    assert all("(Castlebrook 01" in name for name in names)
    box.fill("no such place")
    expect(status).to_contain_text(f"0 of {AREAS} rows")
    expect(table(page).locator(".lc-pages")).to_contain_text("No rows")


def test_pages_turn_by_keyboard_and_headings_are_one_stop_of_tab(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", **WHOLE)
    said = table(page).locator(".lc-pages > span")
    table(page).get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_have_text("Incidents")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_text("Incidents")
    expect(table(page).get_by_role("columnheader", name="Incidents")).to_have_attribute("aria-sort", "descending")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(said).to_have_text(f"Rows {SHOWN + 1}–{2 * SHOWN} of {AREAS}")
    page.keyboard.press("Enter")
    expect(said).to_have_text(f"Rows {2 * SHOWN + 1}–{AREAS} of {AREAS}")
    expect(page.locator(":focus")).to_have_text(f"Previous {SHOWN}")  # the other button has gone
    page.keyboard.press("Enter")
    expect(said).to_have_text(f"Rows {SHOWN + 1}–{2 * SHOWN} of {AREAS}")


def test_rows_are_fetched_once_somebody_asks_for_them_and_a_failure_is_told(
    page: Page, demo_url: str, requested: list[str]
) -> None:
    def gone(route: Route) -> None:
        route.fulfill(status=404, body="The other rows of this table are held no longer; load the page again.")

    go(page, demo_url, "area-map", **WHOLE)
    assert not [url for url in requested if "/lc/rows/" in url]
    page.route("**/lc/rows/*", gone)
    before = column(page, "Residents")
    press(page, "Residents")
    expect(table(page).get_by_role("status")).to_contain_text("are held no longer; load the page again.")
    assert column(page, "Residents") == before
    page.unroute("**/lc/rows/*", gone)
    press(page, "Residents")
    expect(table(page).get_by_role("status")).to_contain_text("lowest first")


@pytest.mark.parametrize("width", [1280, 400])
def test_without_its_script_a_table_still_reads(page: Page, demo_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.route("**/tables.js", lambda route: route.abort())
    go(page, demo_url, "area-map", **WHOLE)
    expect(table(page).locator("caption")).to_have_text(f"All {AREAS} areas, highest first")
    expect(table(page).get_by_role("row")).to_have_count(SHOWN + 1)
    expect(table(page).locator(".lc-pages")).to_have_text(f"Rows 1–{SHOWN} of {AREAS}")
    expect(table(page).get_by_role("button")).to_have_count(0)


def test_paper_shows_the_rows_that_are_shown_and_nothing_to_press(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", **WHOLE)
    table(page).get_by_role("searchbox").fill("012")
    expect(table(page).get_by_role("status")).to_have_text(f"4 of {AREAS} rows")
    page.emulate_media(media="print")
    expect(table(page).get_by_role("searchbox")).to_be_hidden()
    expect(table(page).get_by_text(f"4 of {AREAS} rows")).to_be_visible()
    expect(table(page).locator("tbody tr")).to_have_count(4)
    expect(table(page).locator(".lc-pages")).to_contain_text("Rows 1–4 of 4")
    expect(table(page).locator(".lc-turn:visible")).to_have_count(0)


def test_figures_in_words_sort_by_what_they_mean(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", dataset="Castlebrook schools (fictional)", board="true", **WHOLE)
    heading = table(page).locator("thead th", has_text="Incidents")
    for direction in ("descending", "ascending"):  # the rows that come may move the heading
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", direction)
    at = table(page).locator("thead th").all_inner_texts().index("Incidents") + 1
    told = table(page).locator(f"tbody tr > :nth-child({at})").all_inner_texts()
    read = [0 if each == "fewer than 10" else int(each.removeprefix("about ").replace(",", "")) for each in told]
    assert read == sorted(read)
    assert len(set(read)) > 2
