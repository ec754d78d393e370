"""The ground of maps for print: what the store has of streets, water, parks and names, as far as a map reaches.

It is that of the maps on screen: the tiles of the base map that lies beneath the areas or, without one, what came with
the areas, and the names of larger areas and of an open dataset's published points.
"""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.formats.tile_archive import tiles_of
from data.papers.print_frame import Frame
from data.papers.print_spec import BORDER, Ground
from data.principal import Principal
from data.services import open_points, register_places
from data.store import base_maps
from data.store.base_maps import BaseMap
from data.store.datasets import Dataset
from data.store.store import Store
from geo import columns as c
from geo.areas.area_set import DEGREES, METRES, AreaSet
from geo.areas.name_labels import name_labels
from geo.basemap import themes as t
from geo.basemap.tile_reading import features_on_ground, tiles_within

NO_BASE_MAP: Final = "No base map is loaded for this ground: the areas and their neighbours are drawn, and no streets."
_FINEST: Final = 15.8  # the zoom at which a unit of tiles would be as fine as print, for a scale of a metre to a point
# What the backdrop and the names of a map without a base map are, as a base map has it: theme, kind and rank.
_THEMES: Final = {
    "street": (t.ROAD, t.LOCAL, 0),
    "main": (t.ROAD, t.MAIN, 0),
    "river": (t.WATER, t.RIVER, 0),
    "rail": (t.RAIL, t.TRAIN, 0),
    "place": (t.POINT, t.PLACE, t.TOWN),
    "district": (t.POINT, t.PLACE, t.TOWN),
    "ward": (t.POINT, t.PLACE, t.SUBURB),
    BORDER: (BORDER, BORDER, 0),
}


def ground_of(store: Store, principal: Principal, dataset: Dataset, areas: AreaSet, frame: Frame) -> Ground:
    """Return the ground that a map of a dataset's areas shows within a frame."""
    west, south, east, north = areas.frame.total_bounds.tolist()
    found = base_maps.base_map_for(store, principal, (west, south, east, north))
    backdrop = _backdrop(store, principal, dataset.area_set_id)
    if found is not None and found.tiles:
        drawn = _of_tiles(store, principal, found, frame)
        borders = backdrop[backdrop[t.THEME] == BORDER]
        return Ground(_within(_joined(drawn, borders), frame), found.attribution, _reach(found, frame))
    published = None
    if open_points.may_be_counted(principal, dataset):
        published = open_points.named_places(store, principal, dataset)
    names = name_labels(areas, published)
    known = _as_themes(names[c.KIND].tolist(), names[c.NAME].tolist(), names.to_crs(METRES).geometry.to_numpy())
    drawn = _within(_joined(backdrop, known), frame)
    has_lines = (drawn[t.THEME] == t.ROAD) & (shapely.get_dimensions(drawn.geometry.to_numpy()) == 1)
    return Ground(drawn, "", "" if has_lines.any() else NO_BASE_MAP)


def _of_tiles(store: Store, principal: Principal, found: BaseMap, frame: Frame) -> gpd.GeoDataFrame:
    archive = base_maps.tile_archive(store, principal, found.digest)
    if archive is None:
        return _as_themes([], [], np.array([], dtype=object))
    zoom = int(np.clip(np.floor(_FINEST + np.log2(2.87) - np.log2(frame.scale)), found.min_zoom, found.max_zoom))
    return features_on_ground(tiles_of(archive, tiles_within(_degrees(frame), zoom)))


def _reach(found: BaseMap, frame: Frame) -> str:
    """Say that a base map ends within what is seen; "" where it does not."""
    bounds = _degrees(frame)
    whole = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])
    return "" if found.covers(bounds) > 0.9 * whole else "The base map does not reach all of the ground that is seen."


def _degrees(frame: Frame) -> tuple[float, float, float, float]:
    west, south, east, north = gpd.GeoSeries([shapely.box(*frame.bounds)], crs=METRES).to_crs(DEGREES).total_bounds
    return float(west), float(south), float(east), float(north)


def _backdrop(store: Store, principal: Principal, set_id: int) -> gpd.GeoDataFrame:
    """Return the lines and names that came with an area set."""
    features = register_places.backdrop_features(store, principal, set_id)
    shapes = gpd.GeoSeries([shapely.geometry.shape(one["geometry"]) for one in features], crs=DEGREES).to_crs(METRES)
    kinds, names = ([one["properties"][key] for one in features] for key in ("k", "n"))
    return _as_themes(kinds, names, shapes.to_numpy())


def _as_themes(kinds: list[str], names: list[str], shapes: Any) -> gpd.GeoDataFrame:
    """Return shapes (EPSG:27700) with the themes of a base map; other kinds are left out."""
    rows = [
        (*_THEMES[kind][:2], name, _THEMES[kind][2], shape)
        for kind, name, shape in zip(kinds, names, shapes, strict=True)
        if kind in _THEMES
    ]
    listed = pd.DataFrame(rows, columns=[t.THEME, c.KIND, c.NAME, t.RANK, c.GEOMETRY])
    return gpd.GeoDataFrame(listed, geometry=c.GEOMETRY, crs=METRES)


def _joined(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    parts = [part for part in (one, other) if len(part)]
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=METRES) if parts else one


def _within(features: gpd.GeoDataFrame, frame: Frame) -> gpd.GeoDataFrame:
    seen = shapely.intersects(features.geometry.to_numpy(), shapely.box(*frame.bounds))
    return features[seen].reset_index(drop=True)
