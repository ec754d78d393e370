"""A base map is read from its tiles, lies below and over the areas, and leaves their colours what the legend says."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from geo.maps.classes import RAMP
from pages.components.maps.map_view import NumberedPlace
from tests.browser.conftest import in_a_session
from tests.browser.on_map import MAP, SOURCE, VIEW, look, open_map, paint, rest, serve, serve_tiles
from tests.browser.tiles import LINE, POINT, POLYGON, Feature, tile

SQUARE = [(1000, 1000), (1000, 3000), (3000, 3000), (3000, 1000), (1000, 1000)]
LAYERS: dict[str, list[Feature]] = {
    "land": [(POLYGON, {"k": "park", "n": "High Park"}, [SQUARE])],
    "water": [(LINE, {"k": "river"}, [[(-20, 5), (9, -7), (4100, 4000)]])],
    "road": [(LINE, {"k": "main", "n": "Long Lane", "x": 7}, [[(0, 500), (4096, 500)], [(1, 1), (2, 2)]])],
    "point": [(POINT, {"k": "place", "n": "Ärmel", "r": 3}, [[(2048, 2048), (5, 6)]])],
    "unknown": [(POINT, {"k": "secret"}, [[(1, 1)]])],
}
DECODE = "bytes => localContext.vectorTile.decode(new Uint8Array(bytes).buffer)"
# Each of several tiles: its features, or what was said of it.
TRY = """all => all.map(bytes => {
    try { return Object.values(localContext.vectorTile.decode(new Uint8Array(bytes).buffer)).flat().length; }
    catch (error) { return error.name; }
})"""
COLOUR = f"""([pane, lon, lat]) => {{
    const map = {MAP}, canvas = map.getPane(pane).querySelector("canvas");
    const {{ x, y }} = map.latLngToLayerPoint([lat, lon]).subtract(L.DomUtil.getPosition(canvas));
    const ratio = canvas.width / Number.parseFloat(canvas.style.width);
    return [...canvas.getContext("2d").getImageData(x * ratio, y * ratio, 1, 1).data];
}}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page in one session for all tests of this file, so that the browser holds what it has loaded."""
    with in_a_session(browser, []) as opened:
        yield opened


@pytest.fixture
def frame(page: Page, demo_url: str) -> Frame:
    return open_map(page, demo_url)


def decoded(frame: Frame, content: bytes) -> Any:
    return frame.evaluate(DECODE, list(content))


def test_a_tile_is_read_as_it_was_written(frame: Frame) -> None:
    found = decoded(frame, tile(LAYERS))
    assert sorted(found) == ["land", "point", "rail", "road", "water"]
    (park,), (river,), (road,), (place,) = (found[name] for name in ("land", "water", "road", "point"))
    assert (park["k"], park["n"], park["kind"]) == ("park", "High Park", POLYGON)
    assert park["parts"] == [[part / 4096 for point in SQUARE for part in point]]
    assert river["parts"] == [[-20 / 4096, 5 / 4096, 9 / 4096, -7 / 4096, 4100 / 4096, 4000 / 4096]]
    assert [len(line) for line in road["parts"]] == [4, 4]
    assert (place["n"], place["r"], len(place["parts"])) == ("Ärmel", 3, 2)


def test_a_cut_or_made_up_tile_is_refused_and_never_read_beyond(frame: Frame) -> None:
    whole, chance = tile(LAYERS), random.Random(15)  # noqa: S311
    cut = [list(whole[:size]) for size in range(1, len(whole))]
    flipped = [[*whole[:at], whole[at] ^ 1 << chance.randrange(8), *whole[at + 1 :]] for at in range(len(whole))]
    noise = [[chance.randrange(256) for _ in range(chance.randrange(1, 300))] for _ in range(300)]
    told = frame.evaluate(TRY, [*cut, *flipped, *noise])
    assert set(map(type, told)) <= {int, str}
    assert {each for each in told if isinstance(each, str)} == {"RangeError"}
    assert frame.evaluate(TRY, [list(tile({"point": [(POINT, {"n": "n" * 9999}, [[(1, 1)]])]}))]) == [1]


def test_a_broken_tile_draws_nothing_and_the_map_stands(page: Page, frame: Frame) -> None:
    serve_tiles(page, tile(LAYERS)[:-9])
    paint(frame, replace(VIEW, base_map=SOURCE))
    assert frame.locator("path.lc-area").count() == 9
    assert frame.locator(".lc-trouble").count() == 0
    assert frame.evaluate(COLOUR, ["lc-roads", -1.485, 53.415])[3] == 0


def test_land_lies_below_the_areas_and_roads_over_them(page: Page, frame: Frame) -> None:
    every = [(0, 0), (0, 4096), (4096, 4096), (4096, 0), (0, 0)]
    rows = [[(0, y), (4096, y)] for y in range(0, 4096, 4)]  # so many roads that they are everywhere
    serve_tiles(page, {"land": [(POLYGON, {"k": "park"}, [every])], "road": [(LINE, {"k": "main"}, rows)]})
    paint(frame, replace(VIEW, base_map=SOURCE))
    assert frame.evaluate(COLOUR, ["lc-ground", -1.485, 53.415]) == [0xD3, 0xE8, 0xC6, 255]
    assert frame.evaluate(COLOUR, ["lc-roads", -1.485, 53.415]) == [255, 255, 255, 255]
    order = "name => Number(getComputedStyle(document.querySelector(`.leaflet-${name}-pane`)).zIndex)"
    ground, areas, roads = (frame.evaluate(order, name) for name in ("lc-ground", "lc-areas", "lc-roads"))
    assert ground < areas < roads
    frame.evaluate("() => { Streamlit.setComponentValue = (value) => { window.sent = value.area; }; }")
    frame.locator("path.lc-area").nth(4).click()  # neither canvas is in the way
    expect(frame.locator(".lc-card strong")).to_have_text("E4")


def test_areas_over_white_ground_have_the_colours_of_the_legend(page: Page, frame: Frame) -> None:
    serve_tiles(page, b"")
    paint(frame, replace(VIEW, marks="012345123", colours=RAMP, base_map=SOURCE))
    seen = frame.locator("path.lc-area").evaluate_all(
        """all => all.map(path => {
            const { fill, fillOpacity } = getComputedStyle(path);
            return fill.match(/[0-9]+/g).map(part => Math.round(part * fillOpacity + 255 * (1 - fillOpacity)));
        })"""
    )
    wanted = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in ("#ffffff", *RAMP)]
    for mark, colour in zip(sorted("012345123"), sorted(seen, reverse=True), strict=True):
        assert any(all(abs(a - b) <= 1 for a, b in zip(colour, each, strict=True)) for each in wanted), mark
    assert len({tuple(colour) for colour in seen}) == len(wanted)
    opacities = frame.locator("path.lc-area").evaluate_all(
        "all => all.map(path => +getComputedStyle(path).fillOpacity)"
    )
    assert min(opacities) < 1


def test_tiles_are_asked_for_once_and_not_beyond_the_last_zoom(page: Page, frame: Frame) -> None:
    asked = serve_tiles(page, LAYERS)
    paint(frame, replace(VIEW, base_map=SOURCE))
    paint(frame, replace(VIEW, base_map=SOURCE, marks="2" * 9))
    assert len(asked) == len(set(asked)) > 0
    before = len(asked)
    look(frame, -1.485, 53.415, 17.5)
    assert {each.split("/")[0] for each in asked[before:]} == {"14"}
    look(frame, -1.485, 53.415, 5)
    assert all(9 <= int(each.split("/")[0]) <= 14 for each in asked)


def test_whose_map_it_is_stands_on_it_as_text_on_a_screen_and_on_paper(page: Page, frame: Frame) -> None:
    serve_tiles(page, LAYERS)
    owed = frame.locator(".lc-attribution")
    paint(frame, replace(VIEW, base_map=SOURCE))
    expect(owed).to_have_text(SOURCE.attribution)
    assert owed.locator("b").count() == 0
    owed.scroll_into_view_if_needed()
    expect(owed).to_be_in_viewport(ratio=1)
    page.emulate_media(media="print")
    expect(owed).to_be_visible()
    expect(frame.locator(".lc-toolbar")).to_be_hidden()
    page.emulate_media(media="screen")
    paint(frame, VIEW)
    expect(owed).to_be_hidden()


def test_a_layer_can_be_switched_off_and_stays_off_when_values_change(page: Page, frame: Frame) -> None:
    serve_tiles(page, LAYERS)
    view = replace(VIEW, base_map=SOURCE, places=[NumberedPlace(1, "<b>Bus Station</b>", "31 incidents", -1.49, 53.41)])
    paint(frame, view)
    frame.get_by_role("button", name="Layers").click()
    frame.get_by_role("checkbox", name="Streets, parks and water").uncheck()
    frame.get_by_role("checkbox", name="Numbered places").uncheck()
    paint(frame, replace(view, marks="2" * 9))
    assert frame.locator("canvas").count() == 1  # that of the labels
    expect(frame.locator(".lc-number")).to_be_hidden()
    frame.get_by_role("checkbox", name="Streets, parks and water").check()  # the list stays while it is in use
    assert frame.locator("canvas").count() == 3


def test_numbered_places_and_the_area_reached_on_foot_stand_on_the_map(page: Page, frame: Frame) -> None:
    ring = [[-1.495, 53.405], [-1.485, 53.405], [-1.485, 53.415], [-1.495, 53.405]]
    serve(page, "e" * 32, f'{{"type": "Feature", "geometry": {{"type": "Polygon", "coordinates": [{ring}]}}}}')
    places = [NumberedPlace(1, "<b>Bus Station</b>", "31 incidents", -1.49, 53.41)]
    paint(frame, replace(VIEW, places=places, walk="e" * 32))
    frame.get_by_role("button", name="Place 1: <b>Bus Station</b>, 31 incidents").click()
    expect(frame.locator(".lc-card strong")).to_have_text("1 <b>Bus Station</b>")
    assert frame.locator(".lc-number span").evaluate("badge => getComputedStyle(badge).borderRadius") == "50%"
    assert frame.locator("path.lc-walk").count() == 1
    paint(frame, VIEW)
    rest(frame)
    assert frame.locator(".lc-number, path.lc-walk").count() == 0
    expect(frame.locator(".lc-card")).to_be_hidden()  # its place is not on the map
