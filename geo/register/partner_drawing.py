"""The drawing of a layer from partners: its areas, and where the number of each stands, for a browser.

A number stands on the northernmost corner, since the middle of an area is where other signs are.
"""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import columns as c
from geo.areas.drawing import backdrop_drawing

AREA: Final = "area"  # kinds of what is drawn
NUMBER: Final = "number"
MOST_NUMBERED: Final = 30  # shapes; numbers on more of them would hide the map


def partner_drawing(areas: gpd.GeoDataFrame) -> bytes:
    """Return the areas of a layer (polygons, EPSG:4326) as compact GeoJSON, without their names.

    Where there are few, the northern corner of each bears its number in the order of the frame, as the list beside the
    map has it.
    """
    shapes = areas.geometry
    drawn = pd.DataFrame({c.KIND: AREA, c.NAME: "", c.GEOMETRY: shapes.to_numpy()})
    if len(areas) <= MOST_NUMBERED:
        numbers = [str(at) for at in range(1, len(areas) + 1)]
        points = [_north(shape) for shape in shapes]
        drawn = pd.concat([drawn, pd.DataFrame({c.KIND: NUMBER, c.NAME: numbers, c.GEOMETRY: points})])
    return backdrop_drawing(gpd.GeoDataFrame(drawn, geometry=c.GEOMETRY, crs=areas.crs))


def _north(shape: shapely.Geometry) -> shapely.Point:
    corners = shapely.get_coordinates(shape)
    return shapely.Point(corners[np.argmax(corners[:, 1])])
