"""The rows of a long table, of which a page shows the first: fetched when somebody sorts, filters or turns a page."""

import gzip
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.routes import download_parts as parts
from pages.routes.transient_files import made, session_of

_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
ROWS: Final = "rows of a table"  # what the access log calls it
_GONE: Final = "The other rows of this table are held no longer; load the page again."


def routes() -> list[Route]:
    """Return the route to the rows of tables, ``/lc/rows/{name}.json``; none holds exact figures of protected data."""
    return [Route("/lc/rows/{name}.json", _rows, methods=["GET"])]


def rows_url(name: str) -> str:
    """Address of the rows that ``transient_files.offer_unmade`` has named."""
    return f"/lc/rows/{name}.json"


def _rows(request: Request) -> Response:
    content = made(request.path_params["name"], session_of(request))
    if content is None:
        return parts.refused(_GONE, 404)
    if "gzip" in request.headers.get("accept-encoding", ""):
        packed = gzip.compress(content, compresslevel=6, mtime=0)
        return parts.logged(_json(packed, {"Content-Encoding": "gzip"}), ROWS)
    return parts.logged(_json(content, {}), ROWS)


def _json(content: bytes, headers: dict[str, str]) -> Response:
    return Response(content, media_type="application/json", headers=_HEADERS | headers)
