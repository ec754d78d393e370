"""Boundaries of areas: one edition of LSOAs, MSOAs, wards or any other polygons, from GeoJSON or GeoPackage."""

from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.formats import cells, geojson, geopackage, shapes
from data.formats.byte_streams import start_of
from data.formats.file_kinds import CSV, GEOJSON, GEOPACKAGE, kind_of
from data.formats.headers import are_made, require_columns
from data.formats.layers import Everything, Wanted
from data.formats.sheet_reader import choose_layer, read_layers
from data.formats.sources import Source
from data.records.area_choice import AreasIn, AreasTouching
from data.records.locality import Locality
from geo import columns as c
from geo.arrays import Bools, Shapes
from geo.errors import InputError

_POLYGONS: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_MAX_NAMED: Final = 10
_ZIP: Final = b"PK\x03\x04"


def read_boundaries(
    source: Source,
    *,
    code: str,
    name: str,
    layer: str | None = None,
    locality: Locality | None = None,
    touching: shapes.Bounds | None = None,
) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return areas and notes; ``code`` and ``name`` are the properties (columns) that hold an area's code and name.

    ``layer`` names one of the layers of a GeoPackage, the first that has rows when None. ``locality`` keeps only the
    areas of some councils, told by a column of districts or else by the areas' names ("Barnsley" of "Barnsley 018A"),
    or those that reach within a distance of some points; ``touching`` those that touch some bounds (west, south, east,
    north, EPSG:4326), which may be none. The rest of a national file is never held.

    The columns are ``c.AREA`` and ``c.NAME`` (text), every property of the file under its own name, and 2-D polygons in
    EPSG:4326; the notes say, for example, which outlines were repaired. Raises
    ``InputError`` when the file holds no polygons in Britain, lacks the properties, or has codes
    that are blank or occur twice.
    """
    somewhere = locality if locality is not None and not locality.is_everywhere else None
    wanted = None if somewhere is None else AreasIn(somewhere, name)
    features = _features(source, layer, wanted if touching is None else AreasTouching(touching))
    if touching is not None and not features.properties:
        return gpd.GeoDataFrame({c.AREA: [], c.NAME: []}, geometry=[], crs=shapes.DEGREES), []
    if somewhere is not None and not features.properties:
        raise InputError(
            f"“{source.name}”: some area must lie in the place that was chosen, but none of its "
            f"{features.number:,} does; choose another council or a larger distance, or bring the file of that place."
        )
    _require_properties(source.name, features, code, name)
    codes = _codes(source.name, features, code)
    polygons, repaired = _polygons(source.name, features.geometries)
    titles = pd.Series([_text(properties.get(name)) for properties in features.properties], dtype="str")
    own = {c.AREA: codes, c.NAME: titles.fillna(codes)}
    others = pd.DataFrame({key: [row.get(key) for row in features.properties] for key in features.names()})
    for figure in others.columns.intersection([c.RESIDENTS, c.DEPRIVATION]):
        others[figure] = pd.to_numeric(others[figure], errors="coerce")  # a table of text holds them as text
    hidden = [key for key in (c.AREA, c.NAME, c.GEOMETRY) if key in others and key not in (code, name)]
    frame = pd.DataFrame(own).join(others.drop(columns=[*own, c.GEOMETRY], errors="ignore"))
    notes = []
    if somewhere is not None:
        notes.append(f"Kept of “{source.name}”: the {len(codes):,} of its {features.number:,} areas that were chosen.")
    if repaired.any():
        notes.append(_say_repaired(codes[repaired].tolist()))
    if titles.isna().any():
        notes.append(f"Areas without a name, which go by their code: {int(titles.isna().sum()):,}.")
    if hidden:
        notes.append(f"Not saved: properties {', '.join(hidden)}, since areas have columns of these names already.")
    return gpd.GeoDataFrame(frame, geometry=polygons, crs=shapes.DEGREES), notes


def read_shapes(source: Source, columns: Sequence[str]) -> gpd.GeoDataFrame:
    """Return points, lines or polygons (EPSG:4326) with the properties ``columns`` as text, missing where blank.

    Raises ``InputError`` as ``read_boundaries`` does, for a property that no feature has, and for features
    without a geometry.
    """
    features = _features(source)
    absent = [name for name in columns if name not in features.names()]
    if absent:
        raise InputError(
            f"“{source.name}”: shapes need the properties {cells.say_names(columns)}, but "
            f"{cells.say_missing(absent, features.names())}; add or rename what is missing."
        )
    _require_geometry(source.name, features.geometries)
    texts = {name: [_text(properties.get(name)) for properties in features.properties] for name in columns}
    return gpd.GeoDataFrame(pd.DataFrame(texts, dtype="str"), geometry=features.geometries, crs=shapes.DEGREES)


def properties_of(source: Source, layer: str | None = None) -> list[str]:
    """List the properties of areas. Raises ``InputError`` as ``read_boundaries`` does."""
    found = _features(source, layer, drawn=False).names()
    require_columns(f"“{source.name}”", len(found))
    return found


def area_columns(source: Source, layer: str | None = None) -> list[str]:
    """List the properties of areas that could be their code or name: text or whole numbers, filled throughout.

    Those that differ from area to area, as a code must, come first. Raises ``InputError`` as ``read_boundaries`` does.
    """
    features = _features(source, layer, drawn=False)
    require_columns(f"“{source.name}”", len(features.names()))
    values = {key: [_text(row.get(key)) for row in features.properties] for key in features.names()}
    filled = {key: texts for key, texts in values.items() if all(texts) and not are_made([key])}
    return sorted(filled, key=lambda key: len(set(filled[key])) < len(filled[key]))


def _features(
    source: Source, layer: str | None = None, wanted: Wanted | None = None, *, drawn: bool = True
) -> geojson.Features:
    """Return the features of any kind of file with shapes, all or those that are wanted; text is judged as GeoJSON.

    Unless they are to be ``drawn``, shapes may be left out.
    """
    start = start_of(source)
    kind = kind_of(source.name, source.read() if start.startswith(_ZIP) else start)
    if kind in (CSV, GEOJSON):  # of a table, the reader of GeoJSON says what it is not
        return geojson.read_features(source, wanted, drawn=drawn)
    if kind == GEOPACKAGE:
        chosen, number = geopackage.read_wanted(source, layer, wanted or Everything())
        return geojson.Features(chosen.table.to_pylist(), chosen.shapes, number=number)
    layers = read_layers(source)
    if not layers:
        raise InputError(
            f"“{source.name}”: areas must come with their shapes, but this file has none; bring GeoJSON or GeoPackage."
        )
    chosen = choose_layer(layers, layer)
    return _where_wanted(geojson.Features(chosen.table.to_pylist(), chosen.shapes, tuple(chosen.annotations)), wanted)


def _where_wanted(found: geojson.Features, wanted: Wanted | None) -> geojson.Features:
    if wanted is None:
        return found
    keep = wanted.are(found.properties, found.geometries)
    properties = [one for one, kept in zip(found.properties, keep, strict=True) if kept]
    return geojson.Features(properties, found.geometries[keep], number=len(keep))


def _require_properties(where: str, features: geojson.Features, code: str, name: str) -> None:
    found = features.names()
    missing = [wanted for wanted in dict.fromkeys((code, name)) if wanted not in found]
    if missing:
        raise InputError(
            f"“{where}”: areas need the properties {cells.say_names(dict.fromkeys((code, name)))}, but "
            f"{cells.say_missing(missing, found)}; choose the column "
            "of codes and that of names (in a command: --code and --name)."
        )


def _codes(where: str, features: geojson.Features, code: str) -> pd.Series:
    """Return the code of each area, none blank and none twice."""
    codes = pd.Series([_text(properties.get(code)) for properties in features.properties], dtype="str")
    blank = codes.isna().to_numpy()
    if blank.any():
        raise InputError(
            f"“{where}”: every area must have a code in “{code}”, but it is blank in {cells.say_features(blank)}; fill "
            "it or choose another column of codes (in a command: --code)."
        )
    again = codes.duplicated().to_numpy()
    if again.any():
        raise InputError(
            f"“{where}”: every area must have its own code in “{code}”, but codes that came before come again in "
            f"{cells.say_features(again)}; join those areas or choose another column of codes."
        )
    return codes


def _polygons(where: str, found: Shapes) -> tuple[Shapes, Bools]:
    """Return valid polygons, and which of them had to be repaired."""
    _require_geometry(where, found)
    other = ~np.isin(shapely.get_type_id(found), _POLYGONS)
    if other.any():
        raise InputError(
            f"“{where}”: areas must be polygons, but there are points, lines or mixtures in "
            f"{cells.say_features(other)}; export a layer of polygons."
        )
    outlines, repaired = shapes.repair(where, found)
    flat = shapely.is_empty(outlines)
    if flat.any():
        raise InputError(
            f"“{where}”: every area must cover ground, but the outline encloses none in {cells.say_features(flat)}; "
            "draw it again."
        )
    return outlines, repaired


def _require_geometry(where: str, found: Shapes) -> None:
    empty = shapely.is_missing(found) | shapely.is_empty(found)
    if empty.any():
        raise InputError(
            f"“{where}”: every feature must have a shape, but there is none in {cells.say_features(empty)}; remove or "
            "draw it."
        )


def _say_repaired(codes: list[str]) -> str:
    more = len(codes) - _MAX_NAMED
    listed = ", ".join(codes[:_MAX_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    areas = "1 area" if len(codes) == 1 else f"{len(codes):,} areas"
    return f"Outlines that cross themselves were repaired in {areas}: {listed}."


def _text(value: object) -> str | None:
    """Return a property as trimmed text, None where it is blank."""
    return None if value is None else str(value).strip() or None
