"""Backdrop of a map: streets, water, rail and named places, drawn thin beneath the areas."""

import geopandas as gpd

from data.reading import geojson
from data.reading.sources import Source
from geo import columns as c
from geo.areas import DEGREES


def read_backdrop(source: Source) -> gpd.GeoDataFrame:
    """Read lines and points from GeoJSON: ``kind``, ``name`` (blank where there is none), ``geometry`` (EPSG:4326).

    Raises InputError as ``read_features`` does.
    """
    features = geojson.read_features(source)
    facts = {
        name: [str(properties.get(name) or "") for properties in features.properties] for name in (c.KIND, c.NAME)
    }
    return gpd.GeoDataFrame(facts, geometry=features.geometries, crs=DEGREES)
