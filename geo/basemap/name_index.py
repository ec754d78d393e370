"""Name index: where each name of a base map is, for searching. A street that comes in many stretches is listed once."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES
from geo.arrays import Floats, Ints, Shapes
from geo.basemap import themes as t

STREET: Final = "street"
WATER: Final = "water"
KIND_WORDS: Final = {
    STREET: "Street", t.PARK: "Park or green space", WATER: "Water", t.STATION: "Station", t.STOP: "Stop",
    t.SCHOOL: "School", t.PLACE: "Place", t.POSTCODE: "Postcode",
}  # fmt: skip
COLUMNS: Final = (c.NAME, c.KIND, c.LON, c.LAT)
# Cells that touch belong together: stretches less than 250 m apart always do, and none that are 710 m apart.
_CELL: Final = 250.0
_NEIGHBOURS: Final = ((1, -1), (1, 0), (1, 1), (0, 1))
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
    points, of = shapely.get_coordinates(shapely.segmentize(lines, _CELL), return_index=True)
    together = _together(points, key[of])
    middles = pd.DataFrame(points).groupby(together).transform("mean").to_numpy()
    away = np.hypot(*(points - middles).T)
    nearest = pd.Series(away).groupby(together).idxmin().to_numpy()
    there = gpd.GeoSeries(shapely.points(points[nearest]), crs=METRES).to_crs(DEGREES)
    names, kinds = (labels.get_level_values(level).to_numpy()[key[of[nearest]]] for level in (0, 1))
    found = pd.DataFrame({c.NAME: names, c.KIND: kinds, c.LON: there.x.to_numpy(), c.LAT: there.y.to_numpy()})
    return found.sort_values([*COLUMNS], ignore_index=True).astype({c.NAME: "str", c.KIND: "str"})


def _together(points: Floats, key: Ints) -> Ints:
    """Return a number for each point that those share which have the same key and lie in cells that touch."""
    cells = np.floor(points / _CELL).astype(np.int64)
    frame = pd.DataFrame({"key": key, "x": cells[:, 0], "y": cells[:, 1]})
    distinct = frame.drop_duplicates(ignore_index=True)
    numbered = pd.Series(np.arange(len(distinct)), index=pd.MultiIndex.from_frame(distinct))
    pairs = []
    for east, north in _NEIGHBOURS:
        moved = pd.MultiIndex.from_arrays([distinct["key"], distinct["x"] + east, distinct["y"] + north])
        there = numbered.index.get_indexer(moved)
        pairs.append(np.column_stack((np.flatnonzero(there >= 0), there[there >= 0])))
    edges = np.vstack(pairs)
    size = len(distinct)
    graph = coo_array((np.ones(len(edges), dtype=np.int8), (edges[:, 0], edges[:, 1])), shape=(size, size))
    _, group = connected_components(graph, directed=False)
    of_point = numbered.index.get_indexer(pd.MultiIndex.from_frame(frame))
    return group[of_point].astype(np.int64)
