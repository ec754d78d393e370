"""The map's search: what is typed comes in the body of a request, and the places that fit go back.

A text never stands in an address, where a log or the browser's history would keep it.
"""

import json
from dataclasses import asdict
from math import isfinite
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from access.request_bodies import read_body
from data.principal import LOCAL_USER
from data.services import place_search
from data.services.opening import open_store
from geo.errors import InputError
from pages.routes import download_parts as parts

SEARCH: Final = "/lc/search"
LONGEST: Final = 100  # letters of what is typed
_LARGEST: Final = 2_000  # bytes of a request, in which each letter may be written in six
_DECIMALS: Final = 6
_NEEDS: Final = (
    f"A search needs a text of at most {LONGEST} letters and the number of a dataset, as JSON from these pages; use "
    "the search box of a map."
)
_UNKNOWN: Final = "A search needs a dataset that is there, and this one is not; open the map again."


class SearchRequest(NamedTuple):
    """What is searched for, around which dataset's areas, and near which place (longitude, latitude) first."""

    text: str
    dataset: int
    around: tuple[float, float] | None


def routes() -> list[Route]:
    """Return the route that answers a search: ``{"q": text, "dataset": number, "around": [lon, lat]}``.

    ``around`` may be left out. The answer is ``{"results": [{"name", "kind", "where", "lon", "lat"}, …]}``, best first.
    """
    return [Route(SEARCH, _answer, methods=["POST"])]


async def _answer(request: Request) -> Response:
    asked = _read(await read_body(request, _LARGEST)) if _comes_from_here(request) else None
    if asked is None:
        return parts.refused(_NEEDS, 400)
    return await run_in_threadpool(_search, asked)


def _search(asked: SearchRequest) -> Response:
    try:
        found = place_search.find_places(open_store(), LOCAL_USER, asked.dataset, asked.text, asked.around)
    except InputError:
        return parts.refused(_UNKNOWN, 404)
    results = [asdict(one) | {name: round(getattr(one, name), _DECIMALS) for name in ("lon", "lat")} for one in found]
    return JSONResponse({"results": results}, headers=parts.NOT_KEPT)


def _comes_from_here(request: Request) -> bool:
    """Return whether a request is of JSON, which no form of another site can send, and of these very pages."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "same-origin")
    own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    return kind == "application/json" and own and site == "same-origin"


def _read(body: bytes) -> SearchRequest | None:
    """Return the search that a body asks for; None where it is none."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not {"q", "dataset"} <= said.keys() <= {"q", "dataset", "around"}:
        return None
    text, dataset, around = said["q"], said["dataset"], said.get("around")
    if not isinstance(text, str) or len(text) > LONGEST or type(dataset) is not int:
        return None
    if around is not None and not _is_point(around):
        return None
    return SearchRequest(text, dataset, None if around is None else (float(around[0]), float(around[1])))


def _is_point(said: Any) -> bool:
    """Return whether something is a longitude and a latitude."""
    if not isinstance(said, list) or len(said) != 2 or not all(type(one) in (int, float) for one in said):
        return False
    lon, lat = said
    return isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90
