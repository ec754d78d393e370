"""The route of layers from partners: their shapes, for those who may see them, asked anew at every request.

An answer is kept nowhere: a layer is gone the day after its last, and for whoever is in another role.
"""

import gzip
import re
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pages.routes.download_parts import NOT_KEPT

DrawingLookup = Callable[[str], bytes | None]
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def routes(drawing: DrawingLookup) -> list[Route]:
    """Return the route ``/lc/partner/{digest}.json``, which goes before those of ``assets``.

    ``drawing`` returns the gzipped GeoJSON of the layer whose shapes a digest names, as whoever asks may see it: None,
    answered by 404, alike for one that there is none of, one that they may not see and one whose last day is past. It
    is called in a worker thread.
    """

    def shapes(request: Request) -> Response:
        wanted = request.path_params["digest"]
        packed = drawing(wanted) if _DIGEST.fullmatch(wanted) else None
        if packed is None:
            return PlainTextResponse("Not found", status_code=404, headers=NOT_KEPT)
        headers = NOT_KEPT | {"Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, media_type="application/json", headers=headers | {"Content-Encoding": "gzip"})
        return Response(gzip.decompress(packed), media_type="application/json", headers=headers)

    return [Route("/lc/partner/{digest}.json", shapes, methods=["GET"])]


def partner_url(digest: str) -> str:
    """Address of the shapes of a layer from partners."""
    return f"/lc/partner/{digest}.json"
