"""Name index: where each name of a base map is, for searching. A street that comes in many stretches is listed once."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES
from geo.areas.name_clusters import NEAR, join_names
from geo.arrays import Ints, Shapes
from geo.basemap import themes as t

STREET: Final = "street"
WATER: Final = "water"
KIND_WORDS: Final = {
    STREET: "Street", t.PARK: "Park or green space", WATER: "Water", t.STATION: "Station", t.STOP: "Stop",
    t.SCHOOL: "School", t.PLACE: "Place", t.POSTCODE: "Postcode",
}  # fmt: skip
COLUMNS: Final = (c.NAME, c.KIND, c.LON, c.LAT)
_OF_LAND: Final = {t.PARK: t.PARK, t.GREEN: t.PARK, t.WOOD: t.PARK}


def index_names(features: gpd.GeoDataFrame) -> pd.DataFrame:
    """List what has a name: ``name``, ``kind``, ``lon``, ``lat`` (degrees), ordered by name.

    ``features`` (EPSG:4326) have ``theme``, ``kind`` and ``name``. Kinds are street, park, water, station, stop, school
    and place. What has the same name and kind within some 500 m is listed once, at a point of it near its middle;
    further apart it is listed again, as the High Streets of two towns are.
    """
    kinds = _kinds(features)
    named = features[c.NAME].notna().to_numpy() & (kinds != "")
    if not named.any():
        return pd.DataFrame({name: pd.Series(dtype="str" if name in COLUMNS[:2] else "float64") for name in COLUMNS})
    keys = pd.MultiIndex.from_arrays([features.loc[named, c.NAME], kinds[named]])
    key, labels = pd.factorize(keys)
    return _listed(features.geometry[named].to_crs(METRES).to_numpy(), key, labels)


def _kinds(features: gpd.GeoDataFrame) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return what each feature is searched for as; empty where it is not."""
    theme, kind = features[t.THEME].to_numpy(), features[c.KIND]
    found = np.where(theme == t.POINT, kind, "")
    found = np.where(theme == t.LAND, kind.map(_OF_LAND).fillna(""), found)
    found = np.where(theme == t.ROAD, STREET, found)
    return np.where(theme == t.WATER, WATER, found).astype(object)


def _listed(shapes: Shapes, key: Ints, labels: pd.MultiIndex) -> pd.DataFrame:
    outlines = shapely.get_dimensions(shapes) == 2
    lines = shapes.copy()
    lines[outlines] = shapely.point_on_surface(shapes[outlines])
    points, of = shapely.get_coordinates(shapely.segmentize(lines, NEAR / 2), return_index=True)
    degrees = gpd.GeoSeries(shapely.points(points), crs=METRES).to_crs(DEGREES)
    lon, lat = degrees.x.to_numpy(), degrees.y.to_numpy()
    one = join_names(key[of].tolist(), lon, lat)
    names, kinds = (labels.get_level_values(level).to_numpy()[key[of[one]]] for level in (0, 1))
    found = pd.DataFrame({c.NAME: names, c.KIND: kinds, c.LON: lon[one], c.LAT: lat[one]})
    return found.sort_values([*COLUMNS], ignore_index=True).astype({c.NAME: "str", c.KIND: "str"})
