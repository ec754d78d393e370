"""Layers of shapes as parts of a base map: open maps of Ordnance Survey, and lines or tagged features of any other."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from data.formats import geojson, geopackage
from data.formats.geopackage import ChosenLayer
from data.formats.shapes import Bounds
from data.formats.sources import Source
from data.records import map_parts
from data.records.map_parts import MapPart, inside_britain, make_features
from geo import columns as c
from geo.arrays import Shapes
from geo.basemap import os_features, osm_features
from geo.basemap import themes as t
from geo.basemap.osm_features import FeatureClass
from geo.errors import InputError
from geo.walking.foot_access import open_to_feet

_NAMES: Final = (
    "name", "street", "street_name", "streetname", "road_name", "roadname", "name_1", "name1", "roadname1", "label",
)  # fmt: skip
_TAGS: Final = (*osm_features.KEYS, "foot", "access", "area", "service", "tunnel", "motorroad", "ref")
# Extracts of OpenStreetMap by Geofabrik: what the column “fclass” of each layer says, as a tag.
_GEOFABRIK: Final = {
    "roads": ("highway",), "railways": ("railway",), "waterways": ("waterway",), "places": ("place",),
    "landuse": ("landuse", "leisure", "natural"), "water": ("natural",), "transport": ("amenity", "railway", "highway"),
    "pois": ("amenity",), "natural": ("natural",),
}  # fmt: skip
_FCLASS: Final = "fclass"
_RENAMED: Final = {"railway_station": "station", "railway_halt": "halt", "riverbank": "water", "reservoir": "water"}
_OWN: Final = "a layer of lines"
_LINE: Final = FeatureClass(t.ROAD, t.LOCAL)


@dataclass(frozen=True)
class _Feature:
    """One feature: what it is, its name, whether one may walk along it, and why not."""

    kind: FeatureClass
    name: Any
    shape: Any
    walked: bool = False
    closed: str | None = None


def read_geopackage(source: Source, bounds: Bounds | None) -> MapPart:
    """Return what a GeoPackage brings to a base map, of the features that touch ``bounds`` (degrees) if there are any.

    Raises InputError as ``geopackage.read_chosen`` does, and for a file without lines or known layers.
    """
    layers = geopackage.read_chosen(source, _choose, bounds)
    days = [layer.changed for layer in layers if layer.changed]
    edition = max(days, default=None)
    if os_features.is_of_os(dict.fromkeys(layer.name for layer in layers)):
        opened = "road_link" in {layer.name for layer in layers}
        title = "OS Open Roads" if opened else "OS Open Zoomstack"
        features = [one for layer in layers if layer.name in os_features.KIND_COLUMNS for one in _of_os(layer)]
        return _part(source, title, map_parts.OS_OWED, features, edition)
    features, tagged = [], False
    for layer in layers:
        tagged = tagged or _is_tagged(layer.columns)
        features += _of_any(layer.name, layer.columns, layer.shapes)
    return _own_part(source, features, tagged, edition)


def read_geojson(source: Source) -> MapPart:
    """Return what GeoJSON brings to a base map.

    Raises InputError as ``geojson.read_features`` does, and for a file without lines or tags.
    """
    found = geojson.read_features(source)
    names = {name.lower(): name for name in found.names()}
    wanted = [name for name in names if name in (*_NAMES, *_TAGS, _FCLASS)]
    columns = {name: [properties.get(names[name]) for properties in found.properties] for name in wanted}
    return _own_part(source, _of_any(source.name.lower(), columns, found.geometries), _is_tagged(columns), None)


def _choose(layers: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return which columns of which layers are read: of maps that are known, only what is drawn."""
    if os_features.is_of_os(layers):
        return {
            name: [*os_features.KIND_COLUMNS[name], *os_features.NAME_COLUMNS]
            for name in layers
            if name in os_features.KIND_COLUMNS
        }
    wanted = (*_NAMES, *_TAGS, _FCLASS)
    return {name: [column for column in columns if column in wanted] for name, columns in layers.items()}


def _own_part(source: Source, features: list[_Feature], tagged: bool, edition: str | None) -> MapPart:
    if not features:
        raise InputError(
            f"“{source.name}”: a base map needs lines, or features that say what they are, and this has none; bring a "
            "layer of roads."
        )
    kind, owed = ("OpenStreetMap", map_parts.OSM_OWED) if tagged else (_OWN, f"Source: {source.name.split('.')[0]}")
    return _part(source, kind, owed, features, edition)


def _part(source: Source, kind: str, owed: str, features: list[_Feature], edition: str | None) -> MapPart:
    shapes = _array(one.shape for one in features)
    inside = inside_britain(shapes)
    kept = [one for one, here in zip(features, inside.tolist(), strict=True) if here]
    left_out = Counter({map_parts.OUTSIDE: len(features) - len(kept)} if len(kept) < len(features) else {})
    if not kept:
        raise InputError(
            f"“{source.name}” must hold features of Britain, and of this it holds none; bring another part."
        )
    return MapPart(
        source=kind,
        attribution=owed,
        features=make_features([one.kind for one in kept], [one.name for one in kept], shapes[inside]),
        edition=edition,
        lines=_array(one.shape for one in kept if one.walked),
        line_names=tuple(t.clean_name(one.name) for one in kept if one.walked),
        closed=Counter(one.closed for one in kept if one.closed is not None),
        left_out=left_out,
    )


def _of_os(layer: ChosenLayer) -> Iterable[_Feature]:
    says = _first_column(layer.columns, os_features.KIND_COLUMNS[layer.name], len(layer.shapes))
    names = _first_column(layer.columns, os_features.NAME_COLUMNS, len(layer.shapes))
    for said, name, shape in zip(says, names, layer.shapes.tolist(), strict=True):
        kind = os_features.class_of(layer.name, str(said or "").strip().lower())
        if kind is not None and shape is not None and not shape.is_empty:
            motorway = kind.kind == t.MOTORWAY
            walked = layer.name in os_features.ROADS and not motorway
            yield _Feature(kind, name, _as_drawn(kind, shape), walked, "motorways" if motorway else None)


def _of_any(layer: str, columns: Mapping[str, Sequence[Any]], shapes: Shapes) -> list[_Feature]:
    """Return features by their tags, where the columns are tags; of any other layer, its lines as roads."""
    names = _first_column(columns, _NAMES, len(shapes))
    tagged = _is_tagged(columns)
    features = []
    for number, (name, shape) in enumerate(zip(names, shapes.tolist(), strict=True)):
        if shape is None or shape.is_empty:
            continue
        line = shape.geom_type in ("LineString", "MultiLineString")
        if not tagged:
            features += [_Feature(_LINE, name, shape, walked=True)] if line else []
            continue
        tags = _tags(layer, columns, number) | ({"name": str(name)} if name else {})
        features += _by_tags(tags, name, shape, line)
    return features


def _by_tags(tags: Mapping[str, str], name: Any, shape: Any, line: bool) -> Iterable[_Feature]:
    if line:
        kind = osm_features.class_of_line(tags)
        if kind is not None:
            road = kind.theme == t.ROAD
            walked = road and open_to_feet(tags)
            yield _Feature(kind, name, shape, walked, "closed to people on foot" if road and not walked else None)
        return
    point = osm_features.class_of_point(tags)
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        kind = osm_features.class_of_area(tags)
        if kind is not None:
            yield _Feature(kind, name, shape)
    if point is not None:
        yield _Feature(point, name, _as_drawn(point, shape))


def _as_drawn(kind: FeatureClass, shape: Any) -> Any:
    """Return a shape as its theme draws it: what is a point there may be an outline in the file."""
    return shapely.point_on_surface(shape) if kind.theme == t.POINT else shape


def _is_tagged(columns: Mapping[str, Any]) -> bool:
    return _FCLASS in columns or any(key in columns for key in osm_features.KEYS)


def _tags(layer: str, columns: Mapping[str, Sequence[Any]], number: int) -> dict[str, str]:
    tags = {key: str(columns[key][number]) for key in _TAGS if key in columns and columns[key][number]}
    said = columns[_FCLASS][number] if _FCLASS in columns else None
    if said:
        keys = next((keys for part, keys in _GEOFABRIK.items() if part in layer), ("highway",))
        tags = dict.fromkeys(keys, _RENAMED.get(str(said), str(said))) | tags
    return tags


def _first_column(columns: Mapping[str, Sequence[Any]], wanted: Sequence[str], size: int) -> Sequence[Any]:
    found = next((columns[name] for name in wanted if name in columns), None)
    return [None] * size if found is None else found


def _array(shapes: Iterable[Any]) -> Shapes:
    listed = list(shapes)
    made = np.empty(len(listed), dtype=object)
    made[:] = listed
    return made


def places_as_features(places: pd.DataFrame) -> Any:
    """Return the stops and stations of a list of places as features that are drawn; postcodes are not."""
    drawn = places[places[c.KIND].isin([t.STOP, t.STATION])]
    ranks = {t.STOP: t.STOPS, t.STATION: t.STATIONS}
    classes = [FeatureClass(t.POINT, kind, ranks[kind]) for kind in drawn[c.KIND]]
    shapes = shapely.points(drawn[[c.LON, c.LAT]].to_numpy(dtype=float)) if len(drawn) else _array([])
    return make_features(classes, drawn[c.NAME], shapes)
