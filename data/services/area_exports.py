"""Exports of areas with their shapes: what the Area map shows of a level, as GeoJSON or GeoPackage.

Released counts alone, in the columns of ``exports.areas_table``.
"""

import io
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from data.formats import gdal_drivers
from data.services import exports
from data.services.map_pieces import owed
from geo import columns as c
from geo.areas.area_set import DEGREES, AreaSet
from geo.counts.filters import Choice
from geo.errors import InputError
from geo.maps.measures import MeasureRequest, covering
from geo.release import zoning
from geo.release.kinds import Released
from geo.views.view import periods, view_counts, years_of

FORMATS: Final = {"geojson": "GeoJSON", "gpkg": "GeoPackage"}
_DECIMALS: Final = 6  # of a degree, about 0.1 m
_LAYER: Final = "areas"


def areas_file(
    released: Released, areas: AreaSet, level: str, choice: Choice, request: MeasureRequest, source: str, form: str
) -> bytes:
    """Return the areas of a level with their released values and shapes in one of ``FORMATS``.

    Raises InputError for another format, TypeError for exact counts, and ThinDataError as ``exports.areas_table``.
    """
    if form not in FORMATS:
        raise InputError(f"Areas can be written as {' or '.join(FORMATS.values())}, and this is neither; choose one.")
    listed = areas_with_shapes(released, areas, level, choice, request, source)
    if form == "geojson":
        return f"{listed.to_json(na='null', drop_id=True, ensure_ascii=False)}\n".encode()
    gdal_drivers.switch_off()
    content = io.BytesIO()
    listed.to_file(content, layer=_LAYER, driver="GPKG", index=False)
    return content.getvalue()


def areas_with_shapes(
    released: Released, areas: AreaSet, level: str, choice: Choice, request: MeasureRequest, source: str
) -> gpd.GeoDataFrame:
    """List the areas of a level with their shapes (EPSG:4326) and to whom these are owed, highest first.

    Raises as ``areas_file`` does.
    """
    table = exports.areas_table(released, areas, level, choice, request, source)
    seen = view_counts(released, areas, level, years_of(released, covering(request, choice, periods(released))))
    drawn = zoning.shapes(areas, seen.units).set_index(c.AREA).geometry.loc[table[c.AREA]].to_numpy()
    shapes = shapely.transform(drawn, lambda xy: np.round(xy, _DECIMALS))
    return gpd.GeoDataFrame(table.assign(boundaries="; ".join(owed(areas))), geometry=shapes, crs=DEGREES)
