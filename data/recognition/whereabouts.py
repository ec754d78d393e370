"""About where the shapes of a file lie, told by one corner of each, so that files of other places are not joined."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Final

import numpy as np
from pyproj import Transformer

from data.formats import geopackage
from data.formats.byte_streams import ByteStream, start_of
from data.formats.shapes import Bounds
from data.formats.sources import MB, Source

_PIECE: Final = 4 * MB
_OVERLAP: Final = 200
_CORNER: Final = re.compile(rb'"coordinates"\s*:[\s\[]*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)')
_DEGREE: Final = 180.0  # what is larger is in metres of the National Grid
_TO_DEGREES: Final = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def where_shapes_lie(source: Source, layer: str | None = None) -> Bounds | None:
    """Return west, south, east and north (EPSG:4326) of the first corners of a file's shapes; None where it has none.

    Of a GeoPackage it is what ``layer`` says of itself. Raises InputError for a file that is damaged.
    """
    if geopackage.is_geopackage(start_of(source, 100)):
        heads = geopackage.layer_heads(source, 1)
        return next((_degrees(head.bounds) for head in heads if head.bounds and head.name == layer), None)
    corners = [(float(one[1]), float(one[2])) for one in _corners(source)]
    if not corners:
        return None
    found = np.array(corners)
    low, high = found.min(axis=0), found.max(axis=0)
    return _degrees((float(low[0]), float(low[1]), float(high[0]), float(high[1])))


def _corners(source: Source) -> Iterator[re.Match[bytes]]:
    rest = b""
    with closing(ByteStream(source)) as stream:
        while piece := stream.read(_PIECE):
            text = rest + piece
            yield from _CORNER.finditer(text)
            rest = piece[-_OVERLAP:]


def _degrees(bounds: Bounds) -> Bounds:
    if max(map(abs, bounds)) <= _DEGREE:
        return bounds
    lon, lat = _TO_DEGREES.transform(bounds[0::2], bounds[1::2])
    return float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1])
