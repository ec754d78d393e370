"""Each measure paints the map that stands, says what it painted, can be sent as an address, and shuts nobody out."""

import re
from collections import Counter
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser.seen import chosen_in, comes_to_hold, go, headline, map_frame, painted, press, repainted, settled
from tests.browser.test_every_page import NOT_OURS

AREAS: Final = 60
DRUGS: Final[dict[str, str | list[str]]] = {"harm": "Drugs and alcohol", "from": "Sep 2025"}
STATISTICS: Final = ("Smoothed rate", "Change", "Hot spots", "Emerging")
LETTERED: Final = ("Change", "Emerging")
MEANING: Final = "What does this mean?"


def worn(frame: Frame) -> Counter[str]:
    """Count the areas by the class that they wear."""
    names = frame.locator("path.lc-area").evaluate_all("all => all.map(path => path.className.baseVal)")
    return Counter(name for each in names for name in each.split() if name == "lc-none" or name[3:].isdigit())


def told(page: Page) -> list[int]:
    """Read how many areas the legend says that each class has."""
    rows = [re.search(r"\(([\d,]+) areas?\)", row) for row in page.locator(".lc-legend li").all_inner_texts()]
    return [int(found[1].replace(",", "")) for found in rows if found]


def drawings(requested: list[str]) -> list[str]:
    return [url for url in requested if "/lc/geometry/" in url]


def test_each_measure_repaints_the_map_that_stands_with_the_classes_of_its_legend(
    page: Page, demo_url: str, requested: list[str]
) -> None:
    go(page, demo_url, "area-map", **DRUGS)
    frame = map_frame(page)
    frame.evaluate("window.marker = 'the same frame'")
    fetched = len(drawings(requested))
    for measure in ("Rate", *STATISTICS, "Count"):
        before = painted(frame)
        press(page, measure)
        repainted(frame, before)
        expect(page.locator(".lc-kicker")).to_have_text(f"Area map · {measure} by LSOA", ignore_case=True)
        settled(page)
        assert sorted(worn(frame).values()) == sorted(told(page)), measure
        assert sum(told(page)) == AREAS
        fills = frame.locator("path.lc-area").evaluate_all("all => all.map(path => getComputedStyle(path).fill)")
        assert len(set(fills)) == len(worn(frame)), measure
        letters = frame.locator(".lc-letter").count()
        assert (letters > 0) == (measure in LETTERED), measure
    assert frame.evaluate("window.marker") == "the same frame"
    assert len(drawings(requested)) == fetched  # values are sent, and no shape again


def test_an_area_says_under_the_pointer_what_its_class_is(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", measure="Hot spots", **{"from": "Sep 2025"})
    frame = map_frame(page)
    hottest = frame.locator("path.lc-area.lc-3").first.element_handle()
    hottest.hover()
    expect(frame.locator(".lc-tip span").first).to_have_text("Hot spot, about 1 in 100 a false alarm")
    assert sorted(worn(frame).values()) == sorted(told(page))
    assert {"lc-0", "lc-3"} <= set(worn(frame))


def test_no_measure_shuts_anybody_out(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", area="Millbank (Castlebrook 010C)", clusters="true", **DRUGS)
    frame = map_frame(page)
    for measure in STATISTICS:
        before = painted(frame)
        press(page, measure)
        repainted(frame, before)
        settled(page)
        page.get_by_text(MEANING).click()
        expect(page.get_by_test_id("stExpanderDetails").locator("p").first).to_be_visible()
        found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
        assert found.violations_count == 0, f"{measure}: {found.generate_report()}"
    assert page.locator("ol.lc-past > li").count() == 12
    assert page.locator("ol.lc-past .lc-unseen").first.inner_text().startswith("Sep–Nov 2023: ")


@pytest.mark.parametrize(
    "chosen",
    [
        {
            "measure": "Hot spots",
            "cold": "true",
            "residents": "true",
            "area": "Eastmoor (Castlebrook 005C)",
            "where": "My district",
        },
        {"measure": "Emerging", "clusters": "true", "area": "Millbank (Castlebrook 010C)", "zoom": "true"},
    ],
    ids=lambda chosen: chosen["measure"],
)
def test_an_address_opens_the_same_view_on_a_fresh_session(page: Page, demo_url: str, chosen: dict[str, str]) -> None:
    go(page, demo_url, "area-map", school="Castlebrook Academy", **DRUGS, **chosen)
    shown, sentence = painted(map_frame(page)), headline(page).inner_text()
    assert {key: chosen_in(page)[key] for key in chosen} == {key: [value] for key, value in chosen.items()}
    page.reload()
    settled(page)
    assert painted(map_frame(page)) == shown
    assert headline(page).inner_text() == sentence
    assert page.locator(".lc-block h2").first.inner_text() == chosen["area"]


def test_switches_go_into_the_address(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", measure="Hot spots", **DRUGS)
    frame = map_frame(page)
    for label, key in (("Show low areas", "cold"), ("Current clusters", "clusters")):
        page.get_by_test_id("stCheckbox").get_by_text(label, exact=True).click()
        settled(page)
        comes_to_hold(page, f"new URLSearchParams(location.search).get('{key}') === 'true'")
    expect(frame.locator("path.lc-outline").first).to_be_visible()
    asked = page.url
    shown = painted(frame)
    page.goto("about:blank")
    page.goto(asked)
    settled(page)
    assert painted(map_frame(page)) == shown


def test_a_finding_leads_to_its_place_on_the_map_with_its_cluster_outlined(page: Page, demo_url: str) -> None:
    go(page, demo_url, "local-context", school="Castlebrook Academy", harm="Drugs and alcohol")
    page.get_by_role("link", name="See it on the map").first.click()
    expect(page.locator(".lc-filter")).to_be_visible()
    settled(page)
    area = page.locator(".lc-block h2").first.inner_text()
    expect(headline(page)).to_contain_text(area[area.index("(") + 1 : -1])  # its ward stands before it, with others
    frame = map_frame(page)
    expect(frame.locator("path.lc-selected")).to_be_visible()
    expect(frame.locator("path.lc-outline")).to_be_visible()
    badge = frame.locator(".lc-badge")
    expect(badge).to_have_text("1")
    expect(badge).to_be_in_viewport()
    expect(frame.get_by_role("button", name="Detected cluster 1: ")).to_be_visible()
    assert chosen_in(page)["school"] == ["Castlebrook Academy"]
