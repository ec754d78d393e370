"""The map by keyboard and by finger: one stop of Tab, arrows between neighbours, cards, search box and toolbar."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, Route, expect

from geo.register.markers import Marker
from pages.components.maps.map_view import NumberedPlace, Outline, SearchSource
from tests.browser.conftest import in_a_session
from tests.browser.on_map import MAP, VIEW, open_map, paint
from tests.browser.seen import go, map_frame, painted, repainted, settled
from tests.browser.serving import come_in
from tests.browser.test_every_page import NOT_FOR_A_FRAME

HOSTILE = "<b>Bridge</b> Street"
KNOWN = Marker(-1.475, 53.425, "Castle Park", "Park", "Drugs and alcohol", "active", "Jun 2021", "Sep 2021")
FULL = replace(
    VIEW, places=[NumberedPlace(1, "Bus Station", "31 incidents", -1.49, 53.41)], hotspots=[KNOWN],
    outlines=[Outline("38 counted, 12 expected", [0, 1])], search=SearchSource("/lc/search", 7, (-1.49, 53.41)),
    selected="E4",
)  # fmt: skip
TABBABLE = """() => [...document.querySelectorAll("*")]
    .filter(each => each.tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true }))
    .map(each => each.getAttribute("role") || each.dataset.name)"""


REACHED = f"""() => {{
    const map = {MAP}, areas = [];
    map.eachLayer((each) => {{
        if (each.feature && each.getElement && each.options.pane === "lc-areas") areas[each.feature.id] = each;
    }});
    const next = localContext.neighbours.onwards(map, areas), reached = new Set([0]);
    for (const from of reached) for (const to of Object.values(next[from])) if (to !== null) reached.add(to);
    return reached.size;
}}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page in one session for all tests of this file, so that the browser holds what it has loaded."""
    with in_a_session(browser, []) as opened:
        yield opened


@pytest.fixture
def frame(page: Page, demo_url: str) -> Frame:
    opened = open_map(page, demo_url)
    paint(opened, FULL, chooses=True)
    opened.evaluate(
        "() => { window.sent = []; Streamlit.setComponentValue = (value) => window.sent.push(value.area); }"
    )
    return opened


def said(frame: Frame) -> str:
    return frame.locator(".lc-said").text_content() or ""


def test_the_map_is_two_stops_of_the_tab_key(page: Page, frame: Frame) -> None:
    assert frame.evaluate(TABBABLE) == ["application", "Zoom in"]
    frame.locator("#map_div").focus()
    page.keyboard.press("Tab")
    expect(frame.get_by_role("button", name="Zoom in")).to_be_focused()
    page.keyboard.press("Tab")
    assert frame.evaluate("document.activeElement === document.body || !document.hasFocus()")


def test_the_tab_walk_through_a_real_map_meets_no_area(page: Page, demo_url: str) -> None:
    page.unroute_all()
    go(page, demo_url, "area-map", measure="Hot spots", clusters="true")
    assert map_frame(page).evaluate(TABBABLE) == ["application", "Zoom in"]


def test_arrow_keys_go_between_neighbours_and_say_where_they_are(page: Page, frame: Frame) -> None:
    frame.locator("#map_div").focus()
    told = []
    for key in ("ArrowUp", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        told.append(said(frame))
    # It begins at the chosen area, in the middle of three rows counted from the south.
    assert [each.split(":")[0] for each in told] == ["E4", "E7", "E8", "E5", "E4", "E3", "No area lies further west."]
    assert told[1] == "E7: 8 incidents"
    assert frame.locator("path.lc-cursor").count() == 1
    expect(frame.locator(".lc-tip strong")).to_have_text("E3")


def test_every_area_of_the_town_is_reached_by_arrow_keys(page: Page, demo_url: str) -> None:
    page.unroute_all()
    go(page, demo_url, "area-map")
    frame = map_frame(page)
    assert frame.evaluate(REACHED) == 60


def test_enter_chooses_and_escape_lets_go(page: Page, frame: Frame) -> None:
    frame.locator("#map_div").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert frame.evaluate("window.sent") == ["E7"]
    card = frame.locator(".lc-card")
    expect(card).to_contain_text("8 incidents")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.keyboard.press("Escape")
    expect(frame.locator("path.lc-cursor, .lc-tip")).to_have_count(0)
    assert frame.evaluate("window.sent") == ["E7"]


def test_page_down_leads_through_places_clusters_and_known_hotspots(page: Page, frame: Frame) -> None:
    frame.locator("#map_div").focus()
    told = []
    for key in ("PageDown", "PageDown", "PageDown", "PageDown", "PageUp"):
        page.keyboard.press(key)
        told.append(said(frame))
    assert told[0] == "Place, 1 of 3: 1 Bus Station. 31 incidents"
    assert told[1] == "Cluster, 2 of 3: Detected cluster 1. 38 counted, 12 expected"
    assert told[2].startswith("Known hotspot, 3 of 3: Castle Park. Type Park")
    assert told[3] == told[0]
    assert told[4] == told[2]
    expect(frame.locator(".lc-card strong")).to_have_text("Castle Park")


def test_plus_minus_home_and_shift_move_the_map(page: Page, frame: Frame) -> None:
    centre = f"() => [{MAP}.getZoom(), {MAP}.getCenter().lng]"
    frame.locator("#map_div").focus()
    zoom, east = frame.evaluate(centre)
    page.keyboard.press("+")
    frame.wait_for_function(f"zoom => {MAP}.getZoom() > zoom", arg=zoom)
    page.keyboard.press("Shift+ArrowRight")
    frame.wait_for_function(f"east => {MAP}.getCenter().lng > east + 0.001", arg=east)
    page.keyboard.press("Home")
    frame.wait_for_function(f"zoom => {MAP}.getZoom() === zoom", arg=zoom)


def test_a_click_leaves_no_rectangle_and_shows_a_card_in_words(page: Page, frame: Frame) -> None:
    frame.locator("path.lc-area").nth(0).click()
    assert frame.evaluate("document.activeElement.tagName") != "path"
    assert frame.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "none"
    paint(frame, replace(FULL, classes=["0", "1–9", "", "", "", ""], texts=["<i>7</i>"] * 9), chooses=True)
    expect(frame.locator(".lc-card p")).to_have_text(["<i>7</i> incidents", "Shown as: 1–9"])
    frame.get_by_role("button", name="Close", exact=True).click()
    expect(frame.locator(".lc-card")).to_be_hidden()


def test_a_click_on_local_context_shows_a_card_and_leaves_the_page(page: Page, demo_url: str) -> None:
    page.unroute_all()
    go(page, demo_url, "local-context", school="Castlebrook Academy")
    frame = map_frame(page)
    frame.evaluate("() => { window.sent = 0; Streamlit.setComponentValue = () => { window.sent += 1; }; }")
    frame.locator("path.lc-area:not(.lc-dim)").first.click(position={"x": 20, "y": 20}, force=True)
    expect(frame.locator(".lc-card")).to_contain_text("incidents")
    assert frame.evaluate("window.sent") == 0


def test_arrow_keys_lead_through_the_toolbar(page: Page, frame: Frame) -> None:
    frame.get_by_role("button", name="Zoom in").focus()
    names = []
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "End", "ArrowUp"):
        page.keyboard.press(key)
        names.append(frame.evaluate("document.activeElement.dataset.name"))
    assert names[5] == "Zoom in"
    assert names[:5] == ["Zoom out", "Show the whole map", "Full screen", "Layers", "Find a place"]
    assert names[6:] == ["Find a place", "Layers"]
    assert frame.evaluate(TABBABLE) == ["application", "Layers"]


def test_a_place_is_found_by_typing_and_escape_clears_it(page: Page, frame: Frame) -> None:
    asked = []

    def answer(route: Route) -> None:
        asked.append(route.request.post_data_json)
        found = [
            {"name": "Bridge", "kind": "place", "where": "Upper", "lon": -1.6, "lat": 53.5},
            {"name": HOSTILE, "kind": "street", "where": "", "lon": -1.4, "lat": 53.3},
        ]
        route.fulfill(body=json.dumps({"results": found}), content_type="application/json")

    page.route("**/lc/search", answer)
    frame.get_by_role("button", name="Find a place").click()
    box = frame.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("bri")
    options = frame.get_by_role("option")
    expect(options).to_have_count(2)
    where = {"dataset": 7, "around": [-1.49, 53.41]}
    assert asked == [{"q": "", **where}, {"q": "bri", **where}]  # the first has the names gathered while one types
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "lc-found-1")
    page.keyboard.press("Enter")
    expect(frame.locator(".lc-school-name")).to_have_text(HOSTILE)
    frame.wait_for_function(f"() => {MAP}.getCenter().distanceTo([53.3, -1.4]) < 50")
    expect(options).to_have_count(0)
    page.keyboard.press("Escape")
    expect(frame.locator(".lc-target")).to_have_count(0)
    expect(frame.get_by_role("button", name="Find a place")).to_be_focused()


def test_without_a_search_there_is_no_search_box(frame: Frame) -> None:
    paint(frame, replace(FULL, search=None))
    expect(frame.get_by_role("button", name="Find a place")).to_be_hidden()


def test_the_open_map_shuts_nobody_out(page: Page, frame: Frame) -> None:
    frame.locator("path.lc-area").nth(3).click()
    frame.get_by_role("button", name="Layers").click()
    rules = {"rules": {rule: {"enabled": False} for rule in NOT_FOR_A_FRAME}}
    found = Axe().run(frame, options=rules)
    assert found.violations_count == 0, found.generate_report()
    frame.get_by_role("button", name="Find a place").click()
    found = Axe().run(frame, options=rules)
    assert found.violations_count == 0, found.generate_report()


def test_a_finger_scrolls_the_page_past_the_map_and_a_tap_shows_a_card(browser: Browser, demo_url: str) -> None:
    context = browser.new_context(
        viewport={"width": 400, "height": 800}, has_touch=True, is_mobile=True, locale="en-GB"
    )
    page = come_in(context.new_page())
    go(page, demo_url, "area-map")
    settled(page)
    frame = map_frame(page)
    box = frame.locator("#map_div")
    assert box.evaluate("box => getComputedStyle(box).touchAction") in ("pan-x pan-y", "auto")
    assert frame.evaluate(f"{MAP}.dragging.enabled()") is False
    before = painted(frame)
    box.tap(position={"x": 184, "y": 190})
    repainted(frame, before)  # the area is chosen as well, and the card stays
    expect(frame.locator(".lc-card")).to_contain_text("incidents")
    assert frame.locator(".lc-tip").count() == 0
    for button in frame.locator(".lc-toolbar button:visible, .lc-close:visible").all():
        size = button.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 40
    for part in frame.locator(".lc-toolbar, .lc-card").all():
        expect(part).to_be_in_viewport(ratio=1)
    context.close()
