"""Exports of the register: all of it as a table, GeoJSON or GeoPackage, in words and columns in which it is read again.

Nothing but the person's own register is in them, and the fields of a place name nobody.
"""

import io
import json
import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from data.formats import gdal_drivers
from data.principal import Principal
from data.services import table_files
from data.store import hotspots
from data.store.store import Store
from geo import columns as c
from geo.areas.area_set import DEGREES
from geo.errors import InputError
from geo.register.fields import FIELDS, REPORTS, SHAPE, RegisterField

FORMATS: Final = {"csv": "CSV", "xlsx": "Excel", "geojson": "GeoJSON", "gpkg": "GeoPackage"}
WKT: Final = "wkt"
_NUMBERS: Final = (REPORTS,)
_LAYER: Final = "known_hotspots"


def register_file(store: Store, principal: Principal, form: str) -> bytes:
    """Return the register of the person's organisation in one of ``FORMATS``.

    Raises InputError for another, and for an empty register as GeoPackage, which must hold a shape.
    """
    return written(worded(hotspots.hotspots(store, principal)), form)


def worded(register: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a register (``hotspots.hotspots``) with the words of the closed lists in the place of codes."""
    said = {c.REFERENCE: register[c.REFERENCE]}
    said |= {one.column: _words(one, register[one.column]) for one in FIELDS if one.column != SHAPE}
    return gpd.GeoDataFrame(pd.DataFrame(said), geometry=register.geometry.to_numpy(), crs=DEGREES)


def written(listed: gpd.GeoDataFrame, form: str) -> bytes:
    """Return rows with shapes (EPSG:4326) as a file in one of ``FORMATS``; tables have the shapes in a column ``WKT``.

    Raises InputError as ``register_file`` does.
    """
    if form not in FORMATS:
        raise InputError(f"A register can be written as {', '.join(FORMATS)}, and this is none of them; choose one.")
    if form in table_files.FORMS:
        return table_files.own_list("known-hotspots", _table(listed), "Known hotspots").written(form, date.today())
    return _geojson(listed).encode() if form == "geojson" else _geopackage(listed)


def _words(field: RegisterField, values: pd.Series) -> pd.Series:
    """Return the values of a field as files have them: words of its list, "; " between several of them."""
    if not field.words or field.column in (c.PLACE_TYPE, c.STATUS):  # codes are the words of these
        return values
    words = field.words
    return values.map(
        lambda codes: "; ".join(words[one] for one in (codes.split() if field.several else [codes])),
        na_action="ignore",
    )


def _table(listed: gpd.GeoDataFrame) -> pd.DataFrame:
    shapes = shapely.to_wkt(listed.geometry.to_numpy(), rounding_precision=-1)
    return pd.DataFrame(listed.drop(columns=c.GEOMETRY)).assign(**{WKT: shapes})


def _geojson(listed: gpd.GeoDataFrame) -> str:
    rows = _plain(pd.DataFrame(listed.drop(columns=c.GEOMETRY)))
    features = [
        {"type": "Feature", "geometry": shapely.geometry.mapping(shape), "properties": row}
        for row, shape in zip(rows, listed.geometry, strict=True)
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def _geopackage(listed: gpd.GeoDataFrame) -> bytes:
    if listed.empty:
        raise InputError("A GeoPackage needs a hotspot to hold, and the register has none; add one first.")
    gdal_drivers.switch_off()
    content = io.BytesIO()
    texts = {name: "str" for name in listed.columns if name not in (c.GEOMETRY, *_NUMBERS)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that shapes of several kinds stand in one layer is meant
        listed.astype(texts).to_file(content, layer=_LAYER, driver="GPKG", index=False)
    return content.getvalue()


def _plain(frame: pd.DataFrame) -> Sequence[Mapping[str, Any]]:
    """Return rows in values that JSON knows."""
    whole = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in whole.to_dict("records")]
