"""What tests of the map's scripts share: nine squares on the demonstration town's Area map, painted with any view."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import shapely
from playwright.sync_api import Frame, Page, Route
from shapely.geometry import box, mapping

from geo.basemap.tile_source import TileSource
from pages.components.maps.map_panel import payload
from pages.components.maps.map_view import MapView
from tests.browser.seen import go, map_frame, painted, repainted
from tests.browser.tiles import Feature, tile

MAP: Final = "Object.values(window).find(each => each instanceof L.Map)"
DRAWING: Final = "d" * 32
NINE: Final = [box(x, y, x + 0.01, y + 0.01) for y in (53.4, 53.41, 53.42) for x in (-1.5, -1.49, -1.48)]
VIEW: Final = MapView(title="Counted", geometry=DRAWING, marks="1" * 9, texts=list("123456789"), unit="incidents")
OURS: Final = "() => { localContext.paintOurs = localContext.paint; localContext.paint = () => {}; }"
SOURCE: Final = TileSource("a" * 32, 9, 14, "© <b>Surveyors</b> & others")


def drawn(shapes: Iterable[shapely.Polygon]) -> str:
    """Write shapes as a drawing of areas."""
    return collection(({"c": f"E{at}", "n": ""}, mapping(each)) for at, each in enumerate(shapes))


def collection(features: Iterable[tuple[Mapping[str, str], Mapping[str, Any]]]) -> str:
    """Write properties and geometries as a drawing."""
    listed = [
        {"type": "Feature", "id": at, "properties": properties, "geometry": geometry}
        for at, (properties, geometry) in enumerate(features)
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed})


def names(*points: tuple[str, str, float, float]) -> str:
    """Write names as a drawing: kind, name, longitude and latitude of each."""
    return collection(({"k": kind, "n": name}, mapping(shapely.Point(lon, lat))) for kind, name, lon, lat in points)


def serve(page: Page, name: str, content: str) -> None:
    """Serve ``content`` as the drawing of a name."""

    def answer(route: Route) -> None:
        route.fulfill(body=content, content_type="application/json")

    page.route(f"**/lc/geometry/{name}.json", answer)


def serve_tiles(page: Page, layers: Mapping[str, Sequence[Feature]] | bytes) -> list[str]:
    """Serve the same layers, or bytes, as every tile, and list which were asked for as they are."""
    asked: list[str] = []
    content = layers if isinstance(layers, bytes) else tile(layers)

    def answer(route: Route) -> None:
        asked.append("/".join(route.request.url.removesuffix(".mvt").rsplit("/", 3)[1:]))
        route.fulfill(body=content, content_type="application/vnd.mapbox-vector-tile")

    page.route("**/lc/tiles/**", answer)
    return asked


def open_map(page: Page, url: str, path: str = "area-map") -> Frame:
    """Open a page with a map, whose frame can then paint nine squares, and what the page itself sends no longer."""
    page.unroute_all()
    page.mouse.move(0, 0)
    serve(page, DRAWING, drawn(NINE))
    go(page, url, path)
    frame = map_frame(page)
    frame.evaluate(OURS)
    return frame


def ask_for(frame: Frame, view: MapView, *, chooses: bool = False) -> None:
    """Ask for a view to be painted."""
    frame.evaluate(f"sent => localContext.paintOurs({MAP}, sent)", payload(view, chooses=chooses))


def paint(frame: Frame, view: MapView, *, chooses: bool = False) -> None:
    """Paint a view and wait until it stands, with its tiles and its names."""
    before = painted(frame)
    ask_for(frame, view, chooses=chooses)
    repainted(frame, before)
    rest(frame)


def look(frame: Frame, lon: float, lat: float, zoom: float) -> None:
    """Move the map, and wait until it stands."""
    frame.evaluate(f"([at, zoom]) => {MAP}.setView(at, zoom, {{ animate: false }})", [[lat, lon], zoom])
    rest(frame)


def rest(frame: Frame) -> None:
    """Wait until all that the map asked for has come, and is drawn."""
    frame.wait_for_function(f"() => localContext.labels.isSettled({MAP})")
    frame.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")


def labels(frame: Frame) -> list[dict[str, Any]]:
    """Return the labels that stand on the map: text, kind and boxes."""
    found: list[dict[str, Any]] = frame.evaluate(f"localContext.labels.drawn({MAP})")
    return found


def texts(frame: Frame) -> list[str]:
    """Return the texts of the labels that stand on the map."""
    return [label["text"] for label in labels(frame)]
