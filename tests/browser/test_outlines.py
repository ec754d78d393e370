"""Outlines of detected clusters and letters of classes lie over the areas, say what they are and are in no way."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
import shapely
from playwright.sync_api import Browser, Frame, Page, Route, expect
from shapely.geometry import box, shape

from geo.register.markers import Marker
from pages.components.maps.map_view import MapView, Outline
from tests.browser.conftest import in_a_session
from tests.browser.on_map import DRAWING, MAP, NINE, ask_for, drawn, open_map, paint, serve
from tests.browser.seen import painted, repainted

LINES = f"""Object.values({MAP}._layers).filter(each => each.options.className === "lc-outline")
    .map(each => each.getLatLngs().map(line => line.map(({{ lng, lat }}) => [lng, lat])))"""
RING = [0, 1, 2, 3, 5, 6, 7, 8]  # all but the one in the middle
OTHER = "e" * 32
LABEL = '<b>38</b> counted & 12 "expected"'
VIEW = MapView(title="Detected", geometry=DRAWING, marks="0" * 9, texts=[""] * 9, unit="")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page in one session for all tests of this file, so that the browser holds what it has loaded."""
    with in_a_session(browser, []) as opened:
        yield opened


@pytest.fixture
def frame(page: Page, demo_url: str) -> Frame:
    """The frame of the page's map, opened for this test and ready to paint nine squares."""
    return open_map(page, demo_url)


def outlining(*members: Sequence[int]) -> MapView:
    return replace(VIEW, outlines=[Outline(LABEL, each) for each in members])


def lines(frame: Frame) -> list[Any]:
    return [shapely.MultiLineString(each) for each in frame.evaluate(LINES)]


def stands(frame: Frame, pane: str) -> list[tuple[float, float]]:
    """Return longitude and latitude of the markers in a pane, from west to east.

    Numbers of partners' layers are left out: they come by themselves, once the page's own have been fetched.
    """
    ours = "each.getLatLng && !each.options.icon?.options.className?.includes('lc-partner')"
    markers = f"Object.values({MAP}._layers).filter(each => each.options.pane === pane && {ours})"
    found = frame.evaluate(f"pane => {markers}.map(each => [each.getLatLng().lng, each.getLatLng().lat])", pane)
    return sorted((lon, lat) for lon, lat in found)


def over(frame: Frame, lon: float, lat: float) -> str:
    """Name the classes of what a pointer meets at a place on the map."""
    find = f"""([lon, lat]) => {{
        const corner = {MAP}.getContainer().getBoundingClientRect();
        const {{ x, y }} = {MAP}.latLngToContainerPoint([lat, lon]);
        return document.elementFromPoint(corner.x + x, corner.y + y).closest(".lc-sign, path").getAttribute("class");
    }}"""
    return str(frame.evaluate(find, [lon, lat]))


def test_a_cluster_is_outlined_along_its_outer_border_and_round_what_is_left_out_of_it(frame: Frame) -> None:
    paint(frame, outlining(RING, [4]))
    ring, middle = lines(frame)
    assert ring.equals(shapely.union_all([NINE[each] for each in RING]).boundary)
    assert middle.equals(NINE[4].boundary)
    assert frame.locator("path.lc-outline-casing").count() == 2


def test_areas_apart_are_outlined_one_by_one(frame: Frame) -> None:
    paint(frame, outlining([0, 8]))
    assert lines(frame)[0].equals(shapely.union_all([NINE[0].boundary, NINE[8].boundary]))


def test_neighbours_whose_corners_do_not_match_are_outlined_each(page: Page, frame: Frame) -> None:
    half = [
        shape({"type": "Polygon", "coordinates": [[(0, 0), (1, 0), (1, 1), (1, 2), (0, 2), (0, 0)]]}),
        box(1, 0, 2, 2),
    ]
    serve(page, OTHER, drawn(half))
    paint(frame, replace(outlining([0, 1]), geometry=OTHER, marks="00", texts=["", ""]))
    assert lines(frame)[0].equals(shapely.union_all([each.boundary for each in half]))


def test_a_badge_tells_its_label_to_the_keyboard_as_text(page: Page, frame: Frame) -> None:
    paint(frame, outlining([0, 1], [8]))
    assert frame.locator(".lc-badge").all_inner_texts() == ["1", "2"]
    second = frame.get_by_role("button", name=f"Detected cluster 2: {LABEL}")
    second.focus()
    told = frame.locator(".lc-tip")
    expect(told.locator("strong")).to_have_text("Detected cluster 2")
    expect(told.locator("span")).to_have_text(LABEL)
    assert told.locator("b").count() == 0


def test_a_badge_out_of_sight_comes_into_sight_with_the_keyboard(frame: Frame) -> None:
    paint(frame, outlining([0]))
    badge = frame.locator(".lc-badge")
    frame.evaluate(f"{MAP}.setView([55, 1], 14, {{ animate: false }})")
    frame.locator("#map_div").focus()
    frame.page.keyboard.press("PageDown")
    expect(badge).to_be_in_viewport(ratio=1)


def test_outlines_swallow_no_click_and_badges_lie_below_known_hotspots(frame: Frame) -> None:
    paint(frame, outlining(RING))
    (top,) = stands(frame, "lc-badges")
    assert top[1] == max(lat for _, lat in shapely.get_coordinates(NINE))
    assert "lc-area" in over(frame, -1.49, 53.415)  # on the border between two squares
    assert "lc-badge" in over(frame, *top)
    known = Marker(*top, "Park", "Park", "Drugs and alcohol", "active", "", "")
    paint(frame, replace(outlining(RING), hotspots=[known]), chooses=True)
    assert "lc-badge" not in over(frame, *top)
    frame.evaluate("() => { Streamlit.setComponentValue = (value) => { window.sent = value.area; }; }")
    frame.locator("path.lc-area").nth(4).click()
    assert frame.evaluate("window.sent") == "E4"


def test_other_colours_leave_the_outlines_and_another_drawing_does_not(page: Page, frame: Frame) -> None:
    paint(frame, outlining([0, 1]))
    before = frame.locator("path.lc-outline").element_handle()
    paint(frame, replace(outlining([0, 1]), marks="1" * 9))
    assert before.evaluate("path => path.isConnected")
    serve(page, OTHER, drawn(NINE))
    paint(frame, replace(VIEW, geometry=OTHER))
    assert frame.locator("path.lc-outline, .lc-badge").count() == 0


def test_coloured_areas_bear_the_letter_of_their_class(frame: Frame) -> None:
    lettered = replace(VIEW, marks="01-120000", colours=("#3d0a33", "#e5e0ce"), letters=("N", ""))
    paint(frame, lettered)
    assert frame.locator(".lc-letter").all_inner_texts() == ["N", "N"]
    assert frame.locator(".lc-letter[aria-hidden=true]").count() == 2
    paint(frame, replace(lettered, emphasise=[3]))
    assert frame.locator(".lc-letter").count() == 1
    paint(frame, replace(lettered, letters=()))
    assert frame.locator(".lc-letter").count() == 0


def test_a_tooltip_tells_the_areas_own_text_or_else_what_its_class_is(frame: Frame) -> None:
    kinds = replace(
        VIEW, marks="011-00000", texts=["", "up 50 % (20 % to 90 % up)", *[""] * 7], unit="from a year before",
        colours=["#bf5108"], labels=["No real change", "<b>Rose</b>"], aside="Too few to say",
    )  # fmt: skip
    paint(frame, kinds)
    # By handle: an area under the pointer is drawn last, so the order of the paths changes.
    areas = frame.locator("path.lc-area").element_handles()
    told = {}
    for area in areas[:4]:
        area.hover()
        (name, words) = frame.locator(".lc-tip").locator("strong, span").all_inner_texts()
        told[name] = words
    assert told == {
        "E0": "No real change", "E1": "up 50 % (20 % to 90 % up) from a year before", "E2": "<b>Rose</b>",
        "E3": "Too few to say",
    }  # fmt: skip


def test_a_tooltip_belongs_to_what_stands_while_another_drawing_is_awaited(page: Page, frame: Frame) -> None:
    paint(frame, replace(VIEW, aside="Too few to say"))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/lc/geometry/{OTHER}.json", hold)
    asked = replace(VIEW, geometry=OTHER, marks="1", texts=["7"], colours=["#bf5108"], labels=["None", "Many"])
    with page.expect_request(f"**/lc/geometry/{OTHER}.json"):
        ask_for(frame, asked)
    frame.locator("path.lc-area").first.hover()
    expect(frame.locator(".lc-tip span")).to_have_text("Too few to say")
    before = painted(frame)
    held.pop().fulfill(body=drawn(NINE[:1]), content_type="application/json")
    repainted(frame, before)
    assert frame.locator("path.lc-area").count() == 1


def test_a_letter_stands_inside_its_area_whatever_its_shape(page: Page, frame: Frame) -> None:
    crescent = box(0, 0, 9, 9).difference(box(1, 1, 9, 8))
    islands = shapely.union_all([box(10, 0, 11, 1), box(12, 3, 16, 7)])
    serve(page, OTHER, drawn([crescent, islands]))
    paint(frame, replace(VIEW, geometry=OTHER, marks="11", texts=["", ""], colours=["#3d0a33"], letters=["N"]))
    within, on_the_larger = stands(frame, "lc-letters")
    assert crescent.contains(shapely.Point(within))
    assert box(12, 3, 16, 7).contains(shapely.Point(on_the_larger))


def test_letters_need_room_and_are_never_too_many(page: Page, frame: Frame) -> None:
    many = [box(x, y, x + 1, y + 1) for y in range(24, 36) for x in range(60)]
    serve(page, OTHER, drawn(many))
    size = len(many)
    view = replace(VIEW, geometry=OTHER, marks="1" * size, texts=[""] * size, colours=["#3d0a33"], letters=["N"])
    paint(frame, view)
    assert frame.locator(".lc-letter").count() == 0
    frame.evaluate(f"{MAP}.setView([30, 30], 5, {{ animate: false }})")
    assert frame.locator(".lc-letter").count() == 120
