"""GeoJSON read with json and Shapely alone, so that a file cannot name other files or addresses to be opened."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import shapely

from data.formats import cells, shapes
from data.formats.headers import column_names, require_columns, require_rows
from data.formats.layers import Layer
from data.formats.shapes import require_read
from data.formats.sheets import Annotation
from data.formats.sources import Source
from data.formats.text_values import text_of, texts_of
from geo.arrays import Shapes
from geo.errors import InputError

Json: TypeAlias = dict[str, Any]  # what json.loads gives for an object

_MAX_DEPTH: Final = 30  # a geometry in a collection of collections takes about twelve
_MEMBERS: Final = frozenset(("type", "features", "crs", "bbox"))


@dataclass(frozen=True)
class Features:
    """The features of a file in its order: properties, and 2-D geometries in EPSG:4326 (None where there is none)."""

    properties: list[Json]
    geometries: Shapes
    annotations: tuple[Annotation, ...] = field(default=())

    def names(self) -> list[str]:
        """List the names of all properties, in the order in which they first occur."""
        return list(dict.fromkeys(name for properties in self.properties for name in properties))


def read_features(source: Source) -> Features:
    """Return the features of a GeoJSON FeatureCollection in longitude and latitude or in the British National Grid.

    Raises ``InputError`` when it is no such file, has no features, holds coordinates that cannot be read, states
    another coordinate system, or lies outside Britain.
    """
    content = _load(source)
    features = content["features"]
    stated = _stated_crs(source.name, content)
    placed = shapes.to_degrees(source.name, _geometries(source.name, features), stated)
    return Features([dict(feature.get("properties") or {}) for feature in features], placed, _annotations(content))


def read_layer(source: Source) -> Layer:
    """Return a FeatureCollection as a layer of text columns; what is nested in a property becomes JSON text.

    Raises ``InputError`` as ``read_features`` does, and for too many features or properties.
    """
    found = read_features(source)
    where, names = f"“{source.name}”", found.names()
    require_columns(where, len(names))
    require_rows(where, len(found.properties))
    columns = [texts_of(properties.get(name) for properties in found.properties) for name in names]
    table = pa.table(columns, names=column_names(where, [text_of(name) or "" for name in names]))
    return Layer(source.name, None, table, found.geometries, annotations=found.annotations)


def _load(source: Source) -> Json:
    try:
        content = json.loads(source.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        content = None
    if content is None:
        raise InputError(f"“{source.name}”: places must be GeoJSON, but this is not JSON text; export it as GeoJSON.")
    if _is_deep(content):
        raise InputError(
            f"“{source.name}”: GeoJSON must nest its values at most {_MAX_DEPTH} deep, but this nests them deeper; "
            "export the layer again without lists of lists in its properties."
        )
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise InputError(
            f"“{source.name}”: GeoJSON must be a FeatureCollection, but this is something else; export the whole layer."
        )
    if not features:
        raise InputError(f"“{source.name}”: GeoJSON must hold features, but it holds none; export the layer again.")
    wrong = np.array([not _is_feature(feature) for feature in features])
    if wrong.any():
        raise InputError(
            f"“{source.name}”: a FeatureCollection must hold features with properties and a geometry, but not so "
            f"{cells.say_features(wrong)}; export the layer again."
        )
    return dict(content)


def _is_deep(content: object) -> bool:
    """Return whether values are nested so deep that writing or comparing them would not end well."""
    level = [content]
    for _ in range(_MAX_DEPTH):
        level = [inner for outer in level for inner in _parts(outer) if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _is_feature(feature: object) -> bool:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return False
    return all(isinstance(feature.get(part), dict | None) for part in ("properties", "geometry"))


def _geometries(where: str, features: list[Json]) -> Shapes:
    stated = [feature.get("geometry") for feature in features]
    texts = np.array([None if geometry is None else json.dumps(geometry) for geometry in stated], dtype=object)
    found: Shapes = shapely.from_geojson(texts, on_invalid="ignore")
    require_read(where, found, np.array([geometry is not None for geometry in stated], dtype=np.bool_))
    return found


def _stated_crs(where: str, content: Json) -> str | None:
    member = content.get("crs")
    if member is None:
        return None
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    return shapes.require_system(where, name)


def _annotations(content: Json) -> tuple[Annotation, ...]:
    """Return what the file says of itself outside its features."""
    stated = ((key, text_of(value)) for key, value in content.items() if key not in _MEMBERS)
    return tuple(Annotation("a note of the file", f"{key} {text}") for key, text in stated if text)
