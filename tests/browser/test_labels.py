"""Labels never lie over each other, a sign or a control; they come with zoom, and always the same ones."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page

from geo.areas.proximity import Place
from pages.components.maps.map_view import NumberedPlace, Outline
from tests.browser.conftest import in_a_session
from tests.browser.on_map import MAP, SOURCE, VIEW, labels, look, names, open_map, paint, serve, serve_tiles, texts
from tests.browser.tiles import LINE, POINT, POLYGON, Feature

HOSTILE = "<img src=x onerror=alert(1)> & ${x} " + "long " * 15
STANDING = f"""() => {{
    const corner = {MAP}.getContainer().getBoundingClientRect();
    const signs = ".lc-sign, .lc-school-name, .lc-ring-label span, .lc-letter span, .lc-control, .leaflet-control";
    return Array.from(document.querySelectorAll(signs), (node) => node.getBoundingClientRect())
        .filter((box) => box.width)
        .map((box) => ({{
            left: box.left - corner.left, top: box.top - corner.top,
            right: box.right - corner.left, bottom: box.bottom - corner.top,
        }}));
}}"""


def crowded() -> dict[str, list[Feature]]:
    """A tile with more names than any map has room for: streets all ways, places, parks and stops."""
    roads: list[Feature] = []
    for at in range(0, 4096, 160):
        roads.append((LINE, {"k": "local", "n": f"Row {at} Street"}, [[(0, at), (4096, at + 300)]]))
        roads.append((LINE, {"k": "secondary", "n": f"Column {at} Road"}, [[(at, 0), (at + 200, 2000), (at, 4096)]]))
    points: list[Feature] = [
        (
            POINT,
            {"k": kind, "n": f"{kind} {x} {y} {HOSTILE if x == y else ''}", "r": 1 + (x + y) // 512 % 5},
            [[(x, y)]],
        )
        for x in range(100, 4096, 400)
        for y in range(100, 4096, 400)
        for kind in ("place", "station", "stop", "school")
    ]
    parks: list[Feature] = [
        (POLYGON, {"k": "park", "n": f"Park {x}"}, [[(x, x), (x, x + 600), (x + 600, x + 600), (x + 600, x), (x, x)]])
        for x in range(0, 3500, 700)
    ]
    return {"road": roads, "point": points, "land": parks}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page in one session for all tests of this file, so that the browser holds what it has loaded."""
    with in_a_session(browser, []) as opened:
        yield opened


@pytest.fixture
def frame(page: Page, demo_url: str) -> Frame:
    return open_map(page, demo_url)


def meet(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["left"] < other["right"] and other["left"] < one["right"]
        and one["top"] < other["bottom"] and other["top"] < one["bottom"]
    )  # fmt: skip


def clashes(found: Sequence[dict[str, Any]], standing: Sequence[dict[str, float]]) -> list[tuple[str, str]]:
    among = [
        (one["text"], other["text"])
        for one, other in combinations(found, 2)
        if any(meet(a, b) for a in one["boxes"] for b in other["boxes"])
    ]
    return among + [(one["text"], "a sign") for one in found for a in one["boxes"] if any(meet(a, b) for b in standing)]


@pytest.mark.parametrize("zoom", [12.25, 14.5, 16, 17.75])
def test_no_label_lies_over_another_a_sign_or_a_control(page: Page, frame: Frame, zoom: float) -> None:
    serve_tiles(page, crowded())
    at = [(-1.49, 53.41), (-1.4896, 53.4102), (-1.485, 53.415)]
    places = [NumberedPlace(1 + number, "Bus Station", "31 incidents", *each) for number, each in enumerate(at)]
    view = replace(
        VIEW, base_map=SOURCE, places=places, school=Place("Castlebrook Academy", -1.488, 53.412), rings=[400, 800],
        outlines=[Outline("38 counted", [0, 1])], letters=("N", "C", "I", "P", "D"),
    )  # fmt: skip
    paint(frame, view)
    look(frame, -1.488, 53.412, zoom)
    found = labels(frame)
    assert len(found) > 2
    assert clashes(found, frame.evaluate(STANDING)) == []
    width, height = frame.evaluate("[innerWidth, innerHeight]")
    boxes = [box for label in found for box in label["boxes"]]
    assert all(
        box["left"] >= 0 and box["right"] <= width and box["top"] >= 0 and box["bottom"] <= height for box in boxes
    )


def test_the_same_map_has_the_same_labels(page: Page, frame: Frame) -> None:
    serve_tiles(page, crowded())
    paint(frame, replace(VIEW, base_map=SOURCE))
    look(frame, -1.485, 53.415, 15)
    before = labels(frame)
    look(frame, -1.6, 53.3, 12)
    look(frame, -1.485, 53.415, 15)
    assert labels(frame) == before


def test_streets_are_read_upright_whichever_way_they_were_drawn(page: Page, frame: Frame) -> None:
    back = [(4000, 1000), (2000, 1100), (100, 1300)]
    serve_tiles(page, {"road": [(LINE, {"k": "main", "n": "Westward Lane"}, [back])]})
    paint(frame, replace(VIEW, base_map=SOURCE))
    look(frame, -1.485, 53.415, 15)
    found = [label for label in labels(frame) if label["text"] == "Westward Lane"]
    assert found
    assert all(label["boxes"][0]["left"] < label["boxes"][-1]["left"] for label in found)


def test_a_street_of_many_ways_is_labelled_along_all_of_them(page: Page, frame: Frame) -> None:
    ways: list[Feature] = [
        (LINE, {"k": "local", "n": "A Rather Long Street Name"}, [[(at, 2000), (at + 128, 2000)]])
        for at in range(0, 4096, 128)
    ]
    serve_tiles(page, {"road": ways})
    paint(frame, replace(VIEW, base_map=SOURCE))
    look(frame, -1.485, 53.415, 15)
    assert "A Rather Long Street Name" in texts(frame)


def test_names_come_with_zoom_by_their_rank(page: Page, frame: Frame) -> None:
    points: list[Feature] = [
        (POINT, {"k": "place", "n": "Town", "r": 1}, [[(500, 500)]]),
        (POINT, {"k": "place", "n": "Hamlet", "r": 4}, [[(2500, 2500)]]),
        (POINT, {"k": "stop", "n": "Market Stop"}, [[(3500, 3500)]]),
    ]
    serve_tiles(page, {"point": points})
    paint(frame, replace(VIEW, base_map=SOURCE))
    seen = {}
    for zoom in (11, 15, 17):
        look(frame, -1.485, 53.415, zoom)
        seen[zoom] = set(texts(frame))
    assert seen[11] == {"Town"}
    assert "Hamlet" in seen[15]
    assert "Market Stop" not in seen[15]


def test_without_a_base_map_wards_and_streets_label_the_map(page: Page, frame: Frame) -> None:
    serve(
        page,
        "f" * 32,
        names(("ward", "Boston Castle", -1.485, 53.415), ("street", "<b>High</b> Street", -1.484, 53.4145)),
    )
    paint(frame, replace(VIEW, names="f" * 32))
    look(frame, -1.485, 53.415, 13)
    assert texts(frame) == ["Boston Castle"]
    look(frame, -1.485, 53.415, 16)
    assert texts(frame) == ["<b>High</b> Street"]
    serve_tiles(page, crowded())
    paint(frame, replace(VIEW, names="f" * 32, base_map=SOURCE))
    look(frame, -1.485, 53.415, 16)
    assert "<b>High</b> Street" not in texts(frame)  # the base map has the streets


def test_labels_can_be_switched_off(page: Page, frame: Frame) -> None:
    serve(page, "f" * 32, names(("ward", "Boston Castle", -1.485, 53.415)))
    paint(frame, replace(VIEW, names="f" * 32))
    assert texts(frame) == ["Boston Castle"]
    frame.get_by_role("button", name="Layers").click()
    frame.get_by_role("checkbox", name="Names").uncheck()
    frame.wait_for_function(f"() => !localContext.labels.drawn({MAP}).length")
