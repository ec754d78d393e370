"""Trends in a browser: the board's path by mouse and keyboard, on a phone, on paper, and for those who do not see."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.seen import chosen_in, go, headline, settled, turn_to
from tests.browser.test_every_page import NOT_OURS, PHONE

PROTECTED: Final = "Castlebrook schools (fictional)"
VIOLENCE: Final = "Violence and weapons"
TOGETHER: Final = "All these harm groups"
ASK: Final = "Did it help?"
MOST_CLICKS: Final = 5
MOST_TABS: Final = 80
Chosen = dict[str, str | list[str]]
ONE: Final[Chosen] = {"trend_harm": VIOLENCE}
COMPARED: Final[Chosen] = ONE | {"trend_side": "Areas compared", "from": "Sep 2025"}
BOARD: Final[Chosen] = {"dataset": PROTECTED, "board": "true"}
VIEWS: Final[dict[str, tuple[Chosen, int]]] = {
    "overview": ({}, 4),
    "one chart": (ONE | {"trend_action": "A"}, 2),
    "areas compared": (COMPARED | {"trend_level": "LSOA", "trend_area": "Eastmoor (Castlebrook 005C)"}, 2),
    "a board's chart": (BOARD | {"trend_harm": TOGETHER, "trend_action": "A"}, 2),
}
every_view = pytest.mark.parametrize(("chosen", "charts"), VIEWS.values(), ids=VIEWS)


def open_view(page: Page, url: str, chosen: Chosen, charts: int) -> None:
    """Open a view of Trends by its address and wait until its charts stand."""
    go(page, url, "trends", **chosen)
    stand(page, charts)


def stand(page: Page, charts: int) -> None:
    """Wait until so many charts are drawn, and no more are there."""
    expect(drawn(page)).to_have_count(charts)
    for chart in drawn(page).all():
        expect(chart.locator("svg, canvas").first).to_be_visible()


def drawn(page: Page) -> Locator:
    """Find the charts of the page."""
    return page.get_by_test_id("stVegaLiteChart")


def verdict(page: Page) -> Locator:
    """Find the sentence that answers whether an action helped."""
    return page.locator("p.lc-verdict").filter(has_text="followed")


def pill(page: Page, letter: str) -> Locator:
    """Find the button that asks about the action of a letter."""
    return page.get_by_role("radiogroup", name=ASK).or_(page.get_by_role("group", name=ASK)).get_by_text(letter)


def tabbed(page: Page) -> Iterator[str]:
    """Press the tab key and give what then has the focus, again and again."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        yield page.evaluate("(document.activeElement.innerText || '').trim()")


@pytest.mark.parametrize(
    ("dataset", "harm", "area"),
    [
        ("Castlebrook police (fictional)", VIOLENCE, "Riverside (Castlebrook 007C)"),
        (PROTECTED, TOGETHER, "Riverside (Castlebrook 007B and 007C)"),
    ],
)
def test_a_board_learns_whether_it_helped_in_five_clicks(
    page: Page, demo_url: str, dataset: str, harm: str, area: str
) -> None:
    go(page, demo_url, "local-context", dataset=dataset, **({"board": "true"} if dataset == PROTECTED else {}))
    turn_to(page, "Trends")
    clicks = 1
    for name, lands in (
        (f"Open {harm.lower()}", f"Trends · {harm}, All areas together"),
        (re.compile(rf"{re.escape(area)} \(we did .*A.*\)"), f"Trends · {harm}, {area}"),
    ):
        page.get_by_role("button", name=name).click()
        clicks += 1
        expect(page.locator(".lc-kicker")).to_have_text(lands)
        settled(page)
    expect(page.get_by_role("heading", name="What we did")).to_be_visible()
    pill(page, "A").click()
    clicks += 1
    expect(verdict(page)).to_be_visible()
    assert clicks <= MOST_CLICKS
    assert chosen_in(page)["trend_action"] == ["A"]
    assert chosen_in(page)["trend_area"] == [area]
    told = verdict(page).inner_text()
    page.reload()
    settled(page)
    expect(verdict(page)).to_have_text(told)


def test_the_address_keeps_the_view_and_back_leads_to_the_cards(page: Page, demo_url: str) -> None:
    open_view(page, demo_url, {}, 4)
    told = headline(page).inner_text()
    page.get_by_role("button", name="Open drugs and alcohol").click()
    expect(page.locator(".lc-kicker")).to_contain_text("Drugs and alcohol, All areas together")
    stand(page, 1)
    assert chosen_in(page)["trend_harm"] == ["Drugs and alcohol"]
    of_one = headline(page).inner_text()
    page.reload()
    settled(page)
    expect(headline(page)).to_have_text(of_one)
    page.go_back()
    expect(page.locator(".lc-kicker")).to_contain_text("Each harm group")
    expect(headline(page)).to_have_text(told)
    stand(page, 4)
    page.go_forward()
    expect(headline(page)).to_have_text(of_one)


def test_the_keyboard_alone_opens_a_card_and_asks_whether_it_helped(page: Page, demo_url: str) -> None:
    open_view(page, demo_url, {}, 4)
    assert f"Open {VIOLENCE.lower()}" in tabbed(page)
    page.keyboard.press("Enter")
    expect(page.locator(".lc-kicker")).to_contain_text(VIOLENCE)
    stand(page, 1)
    assert "A" in tabbed(page)
    page.keyboard.press("Enter")
    expect(verdict(page)).to_be_visible()


@pytest.mark.parametrize("chosen", [ONE, COMPARED, BOARD | {"trend_harm": TOGETHER}])
def test_the_figures_of_a_chart_are_a_table_too(page: Page, demo_url: str, chosen: Chosen) -> None:
    open_view(page, demo_url, chosen, 1)
    expect(page.locator("table.lc-table")).to_have_count(1)
    page.get_by_text("Show as table", exact=True).click()
    expect(page.locator("table.lc-table")).to_be_visible()
    expect(page.locator("table.lc-table caption")).not_to_be_empty()


@every_view
def test_a_view_says_what_its_charts_show_asks_no_other_host_and_shuts_nobody_out(
    page: Page, demo_url: str, requested: list[str], chosen: Chosen, charts: int
) -> None:
    open_view(page, demo_url, chosen, charts)
    said = [chart.get_attribute("aria-label") or "" for chart in drawn(page).all()]
    assert all(len(words) > 30 for words in said)
    assert len(set(said)) == charts
    if charts == 2:
        assert headline(page).inner_text() in said[0]
    shuts_nobody_out(page)
    assert {url.split("/")[2] for url in requested if "//" in url} == {demo_url.removeprefix("http://")}


@every_view
def test_on_a_phone_nothing_is_cut_off_and_nobody_shut_out(
    page: Page, demo_url: str, chosen: Chosen, charts: int
) -> None:
    page.set_viewport_size(PHONE)
    open_view(page, demo_url, chosen, charts)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    for chart in drawn(page).all():
        box = chart.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    shuts_nobody_out(page)


def shuts_nobody_out(page: Page) -> None:
    """Unfold what is folded, and look for what keeps somebody from reading it."""
    folded = page.get_by_test_id("stExpander")
    assert folded.count() > 0
    for each in folded.all():
        each.locator("summary").click()
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()


def test_paper_has_the_sentence_the_chart_and_the_table_and_no_pickers_beside_them(page: Page, demo_url: str) -> None:
    open_view(page, demo_url, ONE, 1)
    page.get_by_text("Show as table", exact=True).click()
    expect(page.locator("table.lc-table")).to_be_visible()
    page.emulate_media(media="print")
    expect(headline(page)).to_be_visible()
    expect(drawn(page).locator("svg, canvas").first).to_be_visible()
    expect(page.locator("table.lc-table")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()


def test_a_board_sees_no_form_and_a_custodian_does(page: Page, demo_url: str) -> None:
    offers = page.get_by_text(re.compile("^(Record what was done, or say whether it helped|Reset the baseline)$"))
    open_view(page, demo_url, BOARD | {"trend_harm": TOGETHER}, 1)
    expect(offers).to_have_count(0)
    open_view(page, demo_url, {"dataset": PROTECTED, "trend_harm": TOGETHER}, 1)
    expect(offers).to_have_count(2)
