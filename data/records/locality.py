"""The place that matters of a national file: some councils, or a distance around some schools."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from pyproj import Transformer

from geo.areas.district_codes import same_code
from geo.arrays import Bools, Floats, Shapes

_LEGAL: Final = re.compile(
    r",? (?:city|county) of$|^city of |(?: (?:city|county|borough|district|metropolitan|london|royal))* council$"
)
_SEGMENTS: Final = 16  # of a quarter of a circle; its edge is then at most half a per cent too near
_SLACK: Final = 1.005


@dataclass(frozen=True)
class Locality:
    """Which part of a national file is wanted; with neither councils nor points, all of it.

    ``councils`` are names or codes of districts, in any case; ``points`` are longitudes and latitudes (EPSG:4326) of
    schools, and ``metres`` how far around them.
    """

    councils: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    metres: float = 0.0

    @property
    def is_everywhere(self) -> bool:
        """Whether nothing is left out."""
        return not self.councils and not self.points

    def names(self, council: object) -> bool:
        """Return whether a name or code is that of one of the councils, however its kind is written."""
        return council_key(council) in self._keys

    def names_any(self, councils: Iterable[object]) -> Bools:
        """Return for each of some names or codes whether it is that of one of the councils."""
        return np.fromiter((self.names(one) for one in councils), dtype=np.bool_)

    def near(self, lon: Floats, lat: Floats) -> Bools:
        """Return which positions (EPSG:4326) lie within ``metres`` of a point, in a straight line on EPSG:27700."""
        if not self.points or not len(lon):
            return np.zeros(len(lon), dtype=np.bool_)
        east, north = _METRES.transform(lon, lat)
        found = np.zeros(len(lon), dtype=np.bool_)
        for x, y in zip(*_METRES.transform(*np.array(self.points).T), strict=True):
            found |= np.hypot(east - x, north - y) <= self.metres  # nan and inf are never near
        return found

    def meets(self, shapes: Shapes) -> Bools:
        """Return which shapes (EPSG:4326) reach to within ``metres`` of a point, a half per cent more at most."""
        if not self.points:
            return np.zeros(len(shapes), dtype=np.bool_)
        return np.asarray(shapely.intersects(self._ground, shapes), dtype=np.bool_)

    @cached_property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north (EPSG:4326) of all within reach of the points; None without points."""
        if not self.points:
            return None
        west, south, east, north = shapely.bounds(self._ground).tolist()
        return west, south, east, north

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(map(council_key, self.councils))

    @cached_property
    def _ground(self) -> shapely.Geometry:
        east, north = _METRES.transform(*np.array(self.points).T)
        circles = shapely.buffer(shapely.points(east, north), self.metres * _SLACK, quad_segs=_SEGMENTS)
        ground = shapely.transform(shapely.union_all(circles), _degrees)
        shapely.prepare(ground)
        return ground


def council_key(council: object) -> str:
    """Return how a council is compared: its name in lower case without its legal kind, its code as of before 2025."""
    text = " ".join(str(council or "").casefold().replace("&", "and").split())
    before = same_code(text).casefold()
    return before if before != text else _LEGAL.sub("", text)


_METRES: Final = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
_DEGREES: Final = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def _degrees(metres: Floats) -> Floats:
    return np.column_stack(_DEGREES.transform(*metres.T))
