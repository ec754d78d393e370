"""The map paints every area, answers a click, and repaints without starting anew."""

import re

from playwright.sync_api import Frame, Page, Route, expect

from tests.browser.seen import chosen_in, go, map_frame, painted, pick, press, repainted

AREAS = 60
ZOOM = "Object.values(window).find(each => each instanceof L.Map).getZoom()"


def classes(frame: Frame) -> list[str]:
    return [
        str(each) for each in frame.locator("path.lc-area").evaluate_all("all => all.map(p => p.className.baseVal)")
    ]


def test_every_area_is_painted_with_its_class(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map")
    frame = map_frame(page)
    assert frame.locator("path.lc-area").count() == AREAS
    worn = {name for each in classes(frame) for name in each.split() if name == "lc-none" or name[3:].isdigit()}
    told = page.locator(".lc-legend li").all_inner_texts()
    assert len(worn) == sum("areas)" in row or "area)" in row for row in told)
    fills = frame.locator("path.lc-area").evaluate_all("all => all.map(path => getComputedStyle(path).fill)")
    assert len(set(fills)) == len(worn)


def test_a_click_on_an_area_shows_its_profile_and_names_it_in_the_address(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map")
    frame = map_frame(page)
    before = painted(frame)
    frame.locator("path.lc-area").nth(3).click()
    repainted(frame, before)
    profile = page.locator(".lc-block h2").first
    expect(profile).to_have_text("Castle (Castlebrook 001D)")
    assert chosen_in(page)["area"] == ["Castle (Castlebrook 001D)"]
    expect(page.get_by_role("combobox", name="Area", exact=True)).to_have_value("Castle (Castlebrook 001D)")
    assert frame.locator("path.lc-selected").count() == 1
    expect(page.get_by_text("rank").first).to_be_visible()


def test_a_second_click_on_the_same_area_counts_after_another_choice(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map")
    # By handle: an area under the pointer is drawn last, so the order of the paths changes.
    area = map_frame(page).locator("path.lc-area").nth(3).element_handle()
    profile = page.locator(".lc-block h2").first
    area.click()
    expect(profile).to_have_text("Castle (Castlebrook 001D)")
    pick(page, "Area", "Castle (Castlebrook 006G)")
    expect(profile).to_have_text("Castle (Castlebrook 006G)")
    area.click()
    expect(profile).to_have_text("Castle (Castlebrook 001D)")


def test_a_choice_repaints_the_map_that_stands_and_keeps_where_the_reader_looked(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map")
    frame = map_frame(page)
    frame.evaluate("window.marker = 'the same frame'")
    fitted = frame.evaluate(ZOOM)
    frame.get_by_role("button", name="Zoom in").click()
    frame.wait_for_function(f"fitted => {ZOOM} > fitted", arg=fitted)  # it changes once the zooming is over
    zoom, before, colours = frame.evaluate(ZOOM), painted(frame), classes(frame)
    press(page, "Rate")
    repainted(frame, before)
    by_rate = painted(frame)
    pick(page, "From", "Jan 2026")
    repainted(frame, by_rate)
    assert frame.evaluate("window.marker") == "the same frame"
    assert frame.evaluate(ZOOM) == zoom
    assert classes(frame) != colours
    assert page.locator('iframe[title*="st_folium"]').count() == 1


def test_another_level_has_its_own_areas(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map")
    frame = map_frame(page)
    before = painted(frame)
    press(page, "MSOA")
    repainted(frame, before)
    assert frame.locator("path.lc-area").count() == 12


def test_the_first_click_chooses_an_area_of_a_map_that_is_not_all_in_sight(page: Page, demo_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    go(page, demo_url, "area-map")
    area = map_frame(page).locator("path.lc-area").nth(6)
    map_box = page.locator('iframe[title*="st_folium"]').bounding_box()
    assert map_box is not None
    assert map_box["y"] + map_box["height"] > 720  # the page could scroll to show the whole map
    area.click()
    expect(page).to_have_url(re.compile("area="))


def test_an_area_can_be_chosen_without_the_map(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map")
    map_frame(page)
    box = page.get_by_role("combobox", name="Area", exact=True)
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("006G")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".lc-block h2").first).to_have_text("Castle (Castlebrook 006G)")


def test_a_known_hotspot_says_what_is_known_of_it(page: Page, demo_url: str) -> None:
    go(page, demo_url, "local-context", school="Castlebrook Academy")
    frame = map_frame(page)
    sign = frame.get_by_role("button", name="Known hotspot: Southfield Common")
    sign.focus()
    page.keyboard.press("Enter")
    card = frame.locator(".lc-card")
    expect(card).to_be_visible()
    for words in ("Southfield Common", "park or open space", "Anti-social behaviour", "Monitoring", "11 Feb 2025"):
        expect(card).to_contain_text(words, ignore_case=True)


def test_the_school_stands_in_its_rings(page: Page, demo_url: str) -> None:
    go(page, demo_url, "local-context", school="Castlebrook Academy")
    frame = map_frame(page)
    assert frame.locator("path.lc-ring").count() == 3
    expect(frame.locator(".lc-school-name")).to_have_text("Castlebrook Academy")
    lit = frame.locator("path.lc-area:not(.lc-dim)").count()
    listed = page.locator("table.lc-table", has_text="Small areas touching 800 m").locator("tbody tr")
    assert listed.count() == lit > 0


def test_the_legend_stands_beside_the_map_and_on_a_phone_below_it(page: Page, demo_url: str) -> None:
    for path in ("area-map", "local-context"):
        for width in (1280, 400):
            page.set_viewport_size({"width": width, "height": 900})
            go(page, demo_url, path, school="Castlebrook Academy")
            map_frame(page)
            shown, key = (
                page.locator('iframe[title*="st_folium"]').bounding_box(),
                page.locator(".lc-legend").bounding_box(),
            )
            assert shown is not None
            assert key is not None
            if width == 400:
                assert shown["y"] + shown["height"] <= key["y"] < shown["y"] + shown["height"] + 100
            else:
                assert key["x"] >= shown["x"] + shown["width"]
                assert key["y"] < shown["y"] + shown["height"] / 2


def test_every_area_stands_in_a_phones_lower_map_even_when_its_style_sheet_comes_late(
    page: Page, demo_url: str
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/area_layer.css", hold)
    page.set_viewport_size({"width": 400, "height": 800})
    go(page, demo_url, "area-map")
    frame = map_frame(page)
    painted(frame)
    held.pop().continue_()
    fitted = frame.wait_for_function(
        """() => {
            const inside = (shape) => shape.getBoundingClientRect().bottom <= window.innerHeight;
            const areas = [...document.querySelectorAll("path.lc-area")];
            return document.querySelector("#map_div").clientHeight === window.innerHeight
                && areas.every(inside) && areas.length;
        }"""
    )
    assert fitted.json_value() == AREAS
