"""Backdrop of a map that has no streets: the outlines and names of the largest areas that the set knows."""

from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, AreaSet

BACKDROP: Final = "backdrop"  # the level under which a set's streets and place names are drawn
_TOLERANCE = 0.0003  # degrees, about 30 m: an outline that people find their way by, not one to measure


def largest_areas(areas: AreaSet) -> gpd.GeoDataFrame | None:
    """Return outlines (``kind`` "border") and name points ("place") of the largest parents; None when there are none.

    The frame has ``kind``, ``name`` and ``geometry`` (EPSG:4326), as ``backdrop_drawing`` takes it.
    """
    if len(areas.levels) == 1:
        return None
    shapes = areas.shapes(areas.levels[-1])
    outlines = shapely.boundary(shapely.coverage_simplify(shapes.geometry.to_numpy(), _TOLERANCE))
    lines = pd.DataFrame({c.KIND: "border", c.NAME: "", c.GEOMETRY: outlines})
    names = pd.DataFrame(
        {c.KIND: "place", c.NAME: shapes[c.NAME], c.GEOMETRY: shapes.geometry.representative_point().to_numpy()}
    )
    return gpd.GeoDataFrame(pd.concat([lines, names], ignore_index=True), geometry=c.GEOMETRY, crs=DEGREES)
