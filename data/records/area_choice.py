"""Which areas of a national file lie in the place that was chosen: by their council, or by their ground."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from data.formats import cells, shapes
from data.records.locality import Locality
from geo.arrays import Bools, Shapes

# "LAD24CD", "LAD25NM", "ltla24_name", "Local Authority District name (2024)": what says an area's council.
_COUNCIL: Final = re.compile(
    r"(?:lad|ltla|la) ?\d{0,2} ?(?:cd|nm|code|name)|local authority (?:district )?(?:code|name)(?: \d{4})?"
)
_GRID: Final = "EPSG:27700"
_LARGEST_DEGREE: Final = 180.0


class AreasIn:
    """The areas of a locality; ``name`` is the property of their names.

    An area's council is what its columns of districts say, else its name before the last word: "Barnsley" of
    "Barnsley 018A".
    """

    def __init__(self, locality: Locality, name: str) -> None:
        self._locality, self._name = locality, name
        self._columns: dict[tuple[str, ...], list[str]] = {}
        self._known: dict[str, bool] = {}

    def may_be(self, properties: Mapping[str, Any]) -> bool:
        """Return whether an area could lie there, before its shape is made."""
        return bool(self._locality.points) or self._in_council(properties)

    def are(self, properties: Sequence[Mapping[str, Any]], drawn: Shapes) -> Bools:
        """Return which areas lie in one of the councils or reach within the distance of a point."""
        found = np.array([self._in_council(one) for one in properties], dtype=np.bool_)
        return found | self._locality.meets(_in_degrees(drawn)) if self._locality.points else found

    def _in_council(self, properties: Mapping[str, Any]) -> bool:
        names = tuple(properties)
        if names not in self._columns:
            self._columns[names] = [name for name in names if _COUNCIL.fullmatch(cells.normalised(name))]
        said = [str(properties[name]) for name in self._columns[names]]
        said = said or [str(properties.get(self._name) or "").rpartition(" ")[0]]
        return any(self._is_named(one) for one in said)

    def _is_named(self, council: str) -> bool:
        if council not in self._known:
            self._known[council] = self._locality.names(council)
        return self._known[council]


class AreasTouching:
    """The areas that touch some bounds (west, south, east, north, EPSG:4326)."""

    def __init__(self, bounds: shapes.Bounds) -> None:
        self._bounds = bounds

    def may_be(self, _properties: Mapping[str, Any]) -> bool:
        """Return true: only its shape tells."""
        return True

    def are(self, _properties: Sequence[Mapping[str, Any]], drawn: Shapes) -> Bools:
        """Return which areas touch the bounds; what has no shape is left for others to judge."""
        west, south, east, north = self._bounds
        edges = shapely.bounds(_in_degrees(drawn)).reshape(-1, 4)
        apart = (edges[:, 0] > east) | (edges[:, 2] < west) | (edges[:, 1] > north) | (edges[:, 3] < south)
        return ~apart


def _in_degrees(drawn: Shapes) -> Shapes:
    """Return shapes in EPSG:4326 where their numbers are those of the National Grid."""
    if not len(drawn):
        return drawn
    bounds = shapely.total_bounds(drawn)
    if np.isnan(bounds).all() or (np.abs(bounds) <= _LARGEST_DEGREE).all():
        return drawn
    found: Shapes = gpd.GeoSeries(shapely.force_2d(drawn), crs=_GRID).to_crs(shapes.DEGREES).to_numpy()
    return found
