"""Drawing of the way home: its stretches as lines for a browser, as wide as many set out along them."""

import json
from collections.abc import Iterator
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geo.areas.area_set import DEGREES, METRES
from geo.evidence.way_home import HomeStretch, WayHome

WAY, NAMED, AROUND, ORIGIN = "way", "named", "around", "origin"
WIDTHS: Final = 4
_SHARES: Final = (0.15, 0.35, 0.65)  # of the most that set out along any stretch, above which lines are wider
_DECIMALS: Final = 6
_TOLERANCE: Final = 1.0  # metres


def drawing(found: WayHome) -> bytes:
    """Return the ways of a school as a browser draws them: UTF-8 GeoJSON in degrees.

    Each feature has ``k`` ("way", "named", "around" or "origin") and ``w``, how wide it is from 1 to 4. What is drawn
    last lies on top.
    """
    parts = sorted(found.stretches, key=lambda one: (one.told, _weight(one)))
    most = max((_weight(one) for one in parts), default=1)
    shapes: list[shapely.Geometry] = []
    says: list[dict[str, object]] = []
    for other in (one.around for one in parts if one.around is not None):
        shapes.append(shapely.simplify(other, _TOLERANCE))
        says.append({"k": AROUND, "w": 1})
    for one in parts:
        shapes.append(one.stretch.line)
        says.append({"k": NAMED if one.told else WAY, "w": 1 + int(np.searchsorted(_SHARES, _weight(one) / most))})
    turned = gpd.GeoSeries(shapes, crs=METRES).to_crs(DEGREES)
    features = [_feature(shape, said) for shape, said in zip(turned, says, strict=True)]
    return json.dumps({"type": "FeatureCollection", "features": [*features, *_origins(found)]}).encode()


def middle(one: HomeStretch) -> tuple[float, float]:
    """Return the middle of a stretch: longitude and latitude (EPSG:4326)."""
    point = one.stretch.line.interpolate(0.5, normalized=True)
    turned = gpd.GeoSeries([point], crs=METRES).to_crs(DEGREES).iloc[0]
    return float(turned.x), float(turned.y)


def bounds(found: WayHome) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return the ((south, west), (north, east)) of all stretches in degrees; None where there is none."""
    if not found.stretches:
        return None
    turned = gpd.GeoSeries([one.stretch.line for one in found.stretches], crs=METRES).to_crs(DEGREES)
    west, south, east, north = turned.total_bounds.tolist()
    return (south, west), (north, east)


def _weight(one: HomeStretch) -> int:
    """How many set out along a stretch: pupils where they are known, else places."""
    return one.stretch.pupils or len(one.origins)


def _origins(found: WayHome) -> Iterator[dict[str, object]]:
    for one in found.origins:
        yield _feature(shapely.Point(one.lon, one.lat), {"k": ORIGIN, "w": 1})


def _feature(shape: shapely.Geometry, said: dict[str, object]) -> dict[str, object]:
    rounded = shapely.transform(shape, lambda xy: np.round(xy, _DECIMALS))
    return {"type": "Feature", "properties": said, "geometry": json.loads(shapely.to_geojson(rounded))}
