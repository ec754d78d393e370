"""Names that label a map without a base map: districts, wards, and the streets of the police's own points."""

from typing import Final

import geopandas as gpd
import pandas as pd

from geo import columns as c
from geo.areas import proximity
from geo.areas.area_set import DEGREES, AreaSet
from geo.areas.name_clusters import thin_names
from geo.areas.spoken_names import STATISTICAL
from geo.areas.street_labels import POI, name_streets

MOST: Final = 20_000  # streets and other points, about 300 kB packed; South Yorkshire has 17,000
_DECIMALS: Final = 4  # about ten metres: a label needs no more, and is sent to every browser
_OF_LEVEL: Final = {"district": "district", "ward": "ward", "msoa": "ward"}  # MSOAs where people have named them
_NOTHING: Final = pd.DataFrame({c.KIND: [], c.NAME: [], c.GEOMETRY: []}, dtype=object)


def name_labels(areas: AreaSet, places: pd.DataFrame | None) -> gpd.GeoDataFrame:
    """Return the names on a map as points (EPSG:4326): ``kind``, ``name`` and ``geometry``, the most telling first.

    Kinds are "district", "ward", "street" and "poi". ``places`` are published points (``place``, ``lon``, ``lat``,
    ``n``), or None; of those of one name within ``name_clusters.NEAR`` metres the one with most incidents is named, and
    points that are called by their kind alone come last. Names outside the areas are left out.
    """
    found = [_larger_areas(areas, level) for level in _levels(areas)]
    if places is not None and len(places):
        found.append(_streets(areas, places))
    listed = pd.concat([_NOTHING, *found], ignore_index=True)
    return gpd.GeoDataFrame(listed, geometry=c.GEOMETRY, crs=DEGREES)


def _levels(areas: AreaSet) -> list[str]:
    """Return the levels whose names people use, from large to small; MSOAs only where there are no wards."""
    return [level for level in _OF_LEVEL if level in areas.levels and not (level == "msoa" and "ward" in areas.levels)]


def _larger_areas(areas: AreaSet, level: str) -> gpd.GeoDataFrame:
    shapes = areas.shapes(level)
    used = ~shapes[c.NAME].str.fullmatch(STATISTICAL.pattern) & (shapes[c.NAME] != shapes[c.AREA])
    inner = shapes.geometry.representative_point()
    named = gpd.GeoDataFrame({c.KIND: _OF_LEVEL[level], c.NAME: shapes[c.NAME], c.GEOMETRY: inner}, crs=DEGREES)
    return named[used]


def _streets(areas: AreaSet, places: pd.DataFrame) -> gpd.GeoDataFrame:
    named = proximity.inside(areas, name_streets(places))
    generic = named[c.KIND] == POI
    order = named.assign(last=generic, first=-named[c.COUNT]).sort_values(["last", "first", c.NAME, c.LON, c.LAT])
    kept = order.iloc[thin_names(order[c.NAME].tolist(), order[c.LON].to_numpy(), order[c.LAT].to_numpy())[:MOST]]
    points = gpd.points_from_xy(kept[c.LON].round(_DECIMALS), kept[c.LAT].round(_DECIMALS), crs=DEGREES)
    return gpd.GeoDataFrame({c.KIND: kept[c.KIND].tolist(), c.NAME: kept[c.NAME].tolist()}, geometry=points)
