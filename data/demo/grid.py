"""From local metres to the National Grid and to degrees.

Local metres count east and north from Market Square. The National Grid (EPSG:27700) has the same axes here, moved to a
point in the North Sea; degrees are EPSG:4326 to six decimals, as data.police.uk writes them.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo.arrays import Floats

EASTING: Final = 590_500.0  # Market Square on the National Grid, in metres
NORTHING: Final = 448_800.0
DECIMALS: Final = 6

GeoJson: TypeAlias = Mapping[str, object]

_TO_DEGREES: Final = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def to_grid(points: Floats) -> Floats:
    """Return local metres (n × 2) as whole metres easting and northing, EPSG:27700."""
    return np.asarray(np.round(points + np.array([EASTING, NORTHING])))


def to_degrees(points: Floats) -> Floats:
    """Return local metres (n × 2) as longitude and latitude, EPSG:4326, six decimals."""
    east, north = (points + np.array([EASTING, NORTHING])).T
    return np.column_stack(_TO_DEGREES.transform(east, north)).round(DECIMALS)


def feature(shape: BaseGeometry, properties: Mapping[str, object]) -> GeoJson:
    """Return a GeoJSON feature in degrees for a shape in local metres.

    A vertex that two shapes share is turned into the same six decimals in both, so shapes that fit still fit.
    """
    degrees = shapely.transform(shape, to_degrees)
    return {"type": "Feature", "properties": dict(properties), "geometry": shapely.geometry.mapping(degrees)}
