"""Under the policy of its answers every part of a page works, and what a page hands out is for its own session."""

from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from data.demo.demo_store import POLICE_TITLE
from tests.browser import serving
from tests.browser.conftest import in_a_session
from tests.browser.seen import go, map_frame, painted, pick, repainted, settled
from tests.browser.test_tables import WHOLE, press, table
from tests.browser.test_uploading import LOG, bring

BREAKS_OUT: Final = """
    () => Promise.all([
        fetch("http://127.0.0.1:9/").catch(() => "refused"),
        new Promise((resolve) => {
            const picture = new Image();
            picture.onerror = () => resolve("refused");
            picture.src = "http://127.0.0.1:9/a.png";
        }),
        new Promise((resolve) => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            resolve(window.ran ? "ran" : "refused");
        }),
        new Promise((resolve) => {
            const style = document.createElement("style");
            style.textContent = "body { outline: 7px solid }";
            document.body.append(style);
            resolve(getComputedStyle(document.body).outlineWidth === "7px" ? "styled" : "refused");
        }),
    ])
"""


def test_map_table_chart_upload_and_download_work_without_a_fault(
    page: Page, url: str, faults: list[str], requested: list[str]
) -> None:
    go(page, url, "area-map", **WHOLE, dataset=POLICE_TITLE)  # others bring datasets in
    frame = map_frame(page)
    before = painted(frame)
    pick(page, "Police category", "Robbery")
    repainted(frame, before)
    frame.get_by_role("button", name="Find a place").click()
    settled(page)
    press(page, "Residents")
    expect(table(page).get_by_role("status")).to_contain_text("Sorted by Residents")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download these figures (CSV)").click()
    assert saved.value.failure() is None
    go(page, url, "trends")
    expect(page.get_by_test_id("stVegaLiteChart").first.locator("svg, canvas").first).to_be_visible()
    bring(page, url, "policy.csv", LOG.replace("Bullying", "Smoking").encode())
    page.get_by_role("button", name="Check the files").click()
    expect(page.get_by_text("3 rows read, 3 placed")).to_be_visible()
    map_frame(page)
    assert faults == []
    assert any("/lc/rows/" in asked for asked in requested)


def test_what_a_script_from_elsewhere_would_try_is_refused(page: Page, demo_url: str) -> None:
    go(page, demo_url, "guide")
    assert page.evaluate(BREAKS_OUT) == ["refused"] * 4
    framed = page.context.new_page()
    framed.set_content(f'<iframe src="{demo_url}/guide"></iframe>')
    inner = framed.locator("iframe").element_handle().content_frame()
    assert inner is not None
    expect(inner.locator("body")).not_to_contain_text("Guide")


def test_what_a_page_offers_another_session_does_not_get(page: Page, browser: Browser, demo_url: str) -> None:
    go(page, demo_url, "area-map", **WHOLE, area="Castle (Castlebrook 001D)")
    links = page.locator('a[href^="/lc/charts/"]').evaluate_all("all => all.map(one => one.getAttribute('href'))")
    rows = page.locator("[data-rows]").evaluate_all("all => all.map(one => one.getAttribute('data-rows'))")
    assert links
    assert rows
    with in_a_session(browser, []) as other:
        go(other, demo_url, "guide")
        for path in (links[0], rows[0]):
            assert page.context.request.get(demo_url + path).status == 200
            assert other.context.request.get(demo_url + path).status == 404
            assert other.context.request.get(demo_url + path, headers=serving.BEARER).status == 404


@pytest.mark.parametrize("path", ["", "area-map?level=MSOA&where=Everywhere"])
def test_a_bookmark_asks_for_the_link_once_and_then_shows_what_it_says(
    browser: Browser, demo_url: str, path: str
) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{demo_url}/{path}")
    expect(page.get_by_role("heading")).to_have_text("Open the link that was printed where Local Context was started.")
    page.get_by_label("Or paste the link here").fill("http://127.0.0.1:8501/?token=wrong")
    page.get_by_role("button", name="Open Local Context").click()
    expect(page.get_by_role("heading")).to_contain_text("That is not the link of this start")
    page.get_by_label("Or paste the link here").fill(f"{demo_url}/?token={serving.TOKEN}")
    page.get_by_role("button", name="Open Local Context").click()
    settled(page)
    assert page.url.startswith(f"{demo_url}/{path.partition('?')[0]}")
    assert serving.TOKEN not in page.content() + page.url
    if path:
        expect(page.locator(".lc-kicker")).to_contain_text("MSOA")
    context.close()
