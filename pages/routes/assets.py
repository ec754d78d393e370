"""What the app's own server hands to its pages: Leaflet, the area layer, the shapes of areas, styles and a picture.

Nothing comes from elsewhere. What an address with a digest answers never changes, so a browser keeps it for good.
"""

import functools
import gzip
import hashlib
import re
from collections.abc import Callable
from importlib import resources
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

_LEAFLET_FILES: Final = frozenset(
    {
        "leaflet.js",
        "leaflet.css",
        "images/layers.png",
        "images/layers-2x.png",
        "images/marker-icon.png",
        "images/marker-icon-2x.png",
        "images/marker-shadow.png",
    }
)
# The map's scripts, each of which calls those before it; sent as one, because its frame loads one after the other.
MAP_SCRIPTS: Final = (
    "signs.js",
    "vector_tile.js",
    "view_canvas.js",
    "base_map.js",
    "text_on_lines.js",
    "labels.js",
    "card.js",
    "areas.js",
    "over_areas.js",
    "places.js",
    "partners.js",
    "framing.js",
    "neighbours.js",
    "drawing.js",
    "keyboard.js",
    "controls.js",
    "search_box.js",
    "area_layer.js",
)
_JOINED: Final = {"map.js": MAP_SCRIPTS}
_ASSET_FILES: Final = frozenset(
    {"app.css", "area_layer.css", "copy_text.js", "frame.js", "map.js", "protection.svg", "tables.js"}
)
# Named, not guessed: what a machine guesses for .js depends on its settings, and with nosniff a wrong kind is fatal.
_KINDS: Final = {".js": "text/javascript", ".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml"}
_DIGEST: Final = re.compile(r"[0-9a-f]{32}")
_FOR_GOOD: Final = {"Cache-Control": "private, max-age=31536000, immutable"}
_FOR_A_WEEK: Final = {"Cache-Control": "private, max-age=604800"}
_NO_SNIFF: Final = {"X-Content-Type-Options": "nosniff"}

GeometryLookup = Callable[[str, Request], bytes | None]


def routes(geometry: GeometryLookup) -> list[Route]:
    """Return the app's routes of files that pages show, all GET.

    Parameters
    ----------
    geometry
        Given the digest of a drawing (32 hexadecimal digits) and the request for it, its gzipped GeoJSON, or None when
        there is none. Called in a worker thread, so it may read the store.

    Returns
    -------
    list[Route]
        ``/lc/leaflet/…`` (a fixed list of files from the Leaflet wheel), ``/lc/assets/{digest}/{name}`` and
        ``/lc/geometry/{digest}.json``. Anything else below ``/lc/`` is 404.
    """

    def shapes(request: Request) -> Response:
        wanted = request.path_params["digest"]
        packed = geometry(wanted, request) if _DIGEST.fullmatch(wanted) else None
        return _not_found() if packed is None else _geojson(packed, request.headers.get("accept-encoding", ""))

    return [
        Route("/local-context", _first_page, methods=["GET"]),
        Route("/lc/leaflet/{path:path}", _leaflet, methods=["GET"]),
        Route("/lc/assets/{digest}/{name}", _asset, methods=["GET"]),
        Route("/lc/geometry/{digest}.json", shapes, methods=["GET"]),
        Route("/lc/{rest:path}", _nothing, methods=["GET"]),
    ]


def leaflet_url(path: str) -> str:
    """Address of a file of Leaflet; the version in it lets a browser notice an upgrade."""
    return f"/lc/leaflet/{path}?v={version('XStatic-Leaflet')}"


def asset_url(name: str) -> str:
    """Address of one of our own files, named by what it holds."""
    return f"/lc/assets/{_asset_digest(name)}/{name}"


def geometry_url(digest: str) -> str:
    """Address of a drawing."""
    return f"/lc/geometry/{digest}.json"


def tiles_url(digest: str) -> str:
    """Address of the tiles of a base map, with ``{z}``, ``{x}`` and ``{y}`` in it."""
    return f"/lc/tiles/{digest}/{{z}}/{{x}}/{{y}}.mvt"


def _leaflet(request: Request) -> Response:
    path = request.path_params["path"]
    return _file(path, _leaflet_content(path), _FOR_A_WEEK) if path in _LEAFLET_FILES else _not_found()


def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _ASSET_FILES or request.path_params["digest"] != _asset_digest(name):
        return _not_found()
    return _file(name, _asset_content(name), _FOR_GOOD)


def _first_page(request: Request) -> Response:
    """Streamlit serves the first page at / only; its name in the address must lead there too, with its selection."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{query}")


def _nothing(_request: Request) -> Response:
    """Without this, Streamlit would answer an unknown address below /lc/ with its own page."""
    return _not_found()


@functools.cache
def _leaflet_content(path: str) -> bytes:
    return (resources.files("xstatic.pkg.leaflet") / "data" / path).read_bytes()


@functools.cache
def _asset_content(name: str) -> bytes:
    folder = resources.files("pages") / "assets"
    return b"\n".join((folder / part).read_bytes() for part in _JOINED.get(name, (name,)))


@functools.cache
def _asset_digest(name: str) -> str:
    return hashlib.sha256(_asset_content(name)).hexdigest()[:32]


def _file(path: str, content: bytes, caching: dict[str, str]) -> Response:
    return Response(content, media_type=_KINDS[PurePosixPath(path).suffix], headers=caching | _NO_SNIFF)


def _geojson(packed: bytes, accepted: str) -> Response:
    headers = _FOR_GOOD | _NO_SNIFF | {"Vary": "Accept-Encoding"}
    if "gzip" in accepted:
        return Response(packed, media_type="application/json", headers=headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type="application/json", headers=headers)


def _not_found() -> Response:
    return PlainTextResponse("Not found", status_code=404, headers=_NO_SNIFF)
