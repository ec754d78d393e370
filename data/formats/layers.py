"""Tables whose rows have shapes: the layers of GeoJSON, GeoPackage and GeoParquet, and the tables made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from data.formats import cells
from data.formats.sheets import Annotation, Sheet
from geo.arrays import Bools, Shapes

GEOMETRY: Final = "geometry"
LONGITUDE: Final = "longitude"
LATITUDE: Final = "latitude"


class Wanted(Protocol):
    """Which features of a file are kept, by their properties and their ground."""

    def may_be(self, properties: Mapping[str, Any]) -> bool:
        """Return whether a feature could be wanted, before its shape is made."""

    def are(self, properties: Sequence[Mapping[str, Any]], drawn: Shapes) -> Bools:
        """Return which features are wanted; shapes are in the coordinates of the file."""


class Everything:
    """All features of a file."""

    def may_be(self, _properties: Mapping[str, Any]) -> bool:
        """Return true."""
        return True

    def are(self, properties: Sequence[Mapping[str, Any]], _drawn: Shapes) -> Bools:
        """Return true for each feature."""
        return np.ones(len(properties), dtype=np.bool_)


@dataclass(frozen=True)
class Layer:
    """One layer of a file: text columns, and a 2-D shape of each row in EPSG:4326 (None where there is none)."""

    file: str
    name: str | None
    table: pa.Table
    shapes: Shapes
    word: str = "feature"
    drawn: bool = True  # False for a table of the file that has no shapes
    annotations: Sequence[Annotation] = field(default=())

    def say(self, bad: Bools) -> str:
        """Return the rows of ``bad`` as people see them: "feature 7" or "3 features (the first is feature 7)"."""
        return Sheet(self.file, self.name, self.table, first=1, word=self.word).say(bad)

    def sheet(self) -> Sheet:
        """Return the layer as a sheet: points as “longitude” and “latitude”, other shapes as text in “geometry”.

        Points too go to “geometry” where the file has columns of those names already; a column of the file that is
        itself called “geometry” then becomes “geometry (column)”.
        """
        taken = {cells.normalised(name) for name in self.table.column_names}
        points = (shapely.get_type_id(self.shapes) == shapely.GeometryType.POINT) & ~shapely.is_empty(self.shapes)
        if taken & {LONGITUDE, LATITUDE}:
            points = np.zeros(len(self.shapes), dtype=np.bool_)
        drawn = ~shapely.is_missing(self.shapes) & ~points
        rename = _renamed if drawn.any() else str
        columns = {rename(name): self.table.column(name) for name in self.table.column_names}
        if points.any():
            placed = _only(self.shapes, points)
            columns |= {LONGITUDE: _numbers(shapely.get_x(placed)), LATITUDE: _numbers(shapely.get_y(placed))}
        if drawn.any():
            columns[GEOMETRY] = pa.array(shapely.to_wkt(_only(self.shapes, drawn), rounding_precision=-1), pa.string())
        table = pa.table(columns)
        return Sheet(self.file, self.name, table, first=1, word=self.word, annotations=self.annotations)


def _only(shapes: Shapes, chosen: npt.NDArray[np.bool_]) -> Shapes:
    kept = np.full(len(shapes), None, dtype=object)
    kept[chosen] = shapes[chosen]
    return kept


def _renamed(name: str) -> str:
    return f"{name} (column)" if cells.normalised(name) == GEOMETRY else name


def _numbers(values: npt.NDArray[np.float64]) -> pa.Array:
    return pa.array([None if np.isnan(value) else repr(value) for value in values.tolist()], pa.string())
