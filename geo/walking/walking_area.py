"""Walking area: what can be reached on foot within some metres, as one shape and as it is drawn and handed out.

The stretches that a walk reaches are taken as far as it goes along each, widened to both sides and made one. It shows
how far people get along ways; what is counted is decided by distances (``geo.walking.walks``), not by this shape.
"""

import json
from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geo.areas.area_set import DEGREES, METRES
from geo.arrays import Floats
from geo.walking.walks import Walks, lines_of, metres_at

WIDTH: Final = 30.0  # metres to each side of a way: a pavement and what stands on it
_TOLERANCE: Final = 4.0  # metres; less than shows at street zoom
_SMALLEST_HOLE: Final = 5_000.0  # m²; smaller ones are the middle of a block of houses
_CORNERS: Final = 3  # segments of a quarter of a circle
_DECIMALS: Final = 6  # about 0.1 m


def reached_lines(walks: Walks) -> Floats:
    """Return the stretches that are reached, each as far as the walk goes: [pieces, 2 ends, 2], metres (EPSG:27700)."""
    if not np.isfinite(walks.away) or walks.away > walks.limit:
        return np.zeros((0, 2, 2))
    network, points = walks.network, walks.points
    row, there = lines_of(network.graph, points)
    to = network.graph.indices[there]
    # A stretch whose ends are both reached is walked from both; where the walk from one covers it, that is enough.
    length = np.hypot(*(network.xy[to] - network.xy[points[row]]).T)
    covered = (points[row] > to) & (metres_at(walks, to) + length <= walks.limit)
    row, to = row[~covered], to[~covered]
    onward = _pieces(network.xy[points[row]], network.xy[to], walks.limit - walks.metres[row])
    stretch, foot = int(walks.snap.stretch[0]), walks.snap.foot[0]
    ends = network.xy[[network.start[stretch], network.end[stretch]]]
    at_foot = _pieces(np.stack([foot, foot]), ends, np.full(2, walks.limit - walks.away))
    return np.concatenate([onward, at_foot, np.stack([walks.xy, foot])[None]])


def walking_area(walks: Walks) -> shapely.Geometry:
    """Return the area that the walks reach, in metres (EPSG:27700); empty where no way is near enough."""
    lines = shapely.linestrings(reached_lines(walks))
    courses = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))
    # Unions of short pieces are a hundred times as fast as widening all of them at once.
    widened = shapely.union_all(shapely.buffer(courses, WIDTH, quad_segs=_CORNERS))
    return shapely.simplify(_without_small_holes(widened), _TOLERANCE)


def in_degrees(area: shapely.Geometry) -> shapely.Geometry:
    """Return an area in degrees (EPSG:4326) to six decimals."""
    turned = gpd.GeoSeries([area], crs=METRES).to_crs(DEGREES).iloc[0]
    return shapely.make_valid(shapely.transform(turned, lambda xy: np.round(xy, _DECIMALS)), method="structure")


def as_feature(area: shapely.Geometry, properties: Mapping[str, object]) -> str:
    """Write an area (EPSG:4326) as a feature of GeoJSON with some properties."""
    facts = json.dumps(dict(properties), ensure_ascii=False)
    return f'{{"type": "Feature", "properties": {facts}, "geometry": {shapely.to_geojson(area)}}}'


def area_drawing(area: shapely.Geometry) -> bytes:
    """Return an area (EPSG:4326) as a browser draws it: UTF-8 GeoJSON, a collection of one feature."""
    return f'{{"type":"FeatureCollection","features":[{as_feature(area, {})}]}}'.encode()


def _pieces(start: Floats, end: Floats, left: Floats) -> Floats:
    """Return each stretch from its start on, as far as the metres go that are ``left`` there."""
    length = np.hypot(*(end - start).T)
    share = np.clip(np.divide(left, length, out=np.ones_like(length), where=length > 0), 0.0, 1.0)
    return np.stack([start, start + share[:, None] * (end - start)], axis=1)


def _without_small_holes(area: shapely.Geometry) -> shapely.Geometry:
    """Fill the holes of an area that are too small to tell anything."""
    parts = shapely.get_parts(area)
    rings = [[ring for ring in part.interiors if shapely.Polygon(ring).area >= _SMALLEST_HOLE] for part in parts]
    return shapely.union_all([shapely.Polygon(part.exterior, kept) for part, kept in zip(parts, rings, strict=True)])
