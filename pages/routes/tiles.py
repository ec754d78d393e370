"""The route of base maps: tiles of streets, parks, water and names, each by its zoom, column and row.

A map's name is the digest of its tiles, so that what an address answers never changes and a browser keeps it.
"""

import gzip
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.formats.tile_archive import Tile, unpack_tiles

ArchiveLookup = Callable[[str], bytes | None]

KIND: Final = "application/vnd.mapbox-vector-tile"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_KEPT: Final = 3  # maps held in memory by one process; that of a county is some 10 MB
_HEADERS: Final = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept-Encoding",
}


def routes(archive: ArchiveLookup) -> list[Route]:
    """Return the route ``/lc/tiles/{digest}/{z}/{x}/{y}.mvt``, which goes before those of ``assets``.

    ``archive`` returns the PMTiles file of a base map by its digest (64 hexadecimal digits), or None. It is called in a
    worker thread, once for each map that the process holds. A tile without anything in it is answered by 204, a map
    that there is none of by 404.
    """
    held = _HeldMaps(archive)

    def tile(request: Request) -> Response:
        path = request.path_params
        tiles = held.tiles(path["digest"]) if _DIGEST.fullmatch(path["digest"]) else None
        if tiles is None:
            return PlainTextResponse("Not found", status_code=404, headers={"X-Content-Type-Options": "nosniff"})
        packed = tiles.get((path["z"], path["x"], path["y"]))
        if packed is None:
            return Response(status_code=204, headers=_HEADERS)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, media_type=KIND, headers=_HEADERS | {"Content-Encoding": "gzip"})
        return Response(gzip.decompress(packed), media_type=KIND, headers=_HEADERS)

    return [Route("/lc/tiles/{digest}/{z:int}/{x:int}/{y:int}.mvt", tile, methods=["GET"])]


class _HeldMaps:
    """The tiles of the maps that were asked for last."""

    def __init__(self, archive: ArchiveLookup) -> None:
        self._archive = archive
        self._held: OrderedDict[str, Mapping[Tile, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def tiles(self, digest: str) -> Mapping[Tile, bytes] | None:
        """Return the tiles of a map, loaded where they are not held; None for one that there is none of."""
        with self._lock:  # of many tiles that are asked for at once, the first loads the map
            if digest not in self._held:
                content = self._archive(digest)
                if content is None:
                    return None
                self._held[digest] = unpack_tiles(content)
                while len(self._held) > _KEPT:
                    self._held.popitem(last=False)
            self._held.move_to_end(digest)
            return self._held[digest]
