"""GeoJSON read with json and Shapely alone, so that a file cannot name other files or addresses to be opened."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely

from data.formats import cells, shapes
from data.formats.headers import column_names, require_columns, require_rows
from data.formats.json_features import Json, JsonFeatures
from data.formats.layers import Layer, Wanted
from data.formats.shapes import require_read
from data.formats.sheets import Annotation
from data.formats.sources import Source
from data.formats.text_values import text_of, texts_of
from geo.arrays import Bools, Shapes
from geo.errors import InputError

_MAX_DEPTH: Final = 30  # a geometry in a collection of collections takes about twelve
_BATCH: Final = 8_000_000  # characters of features whose shapes are made at once
_MEMBERS: Final = frozenset(("type", "features", "crs", "bbox"))


@dataclass(frozen=True)
class Features:
    """The features of a file in its order: properties, and 2-D geometries in EPSG:4326 (None where there is none)."""

    properties: list[Json]
    geometries: Shapes
    annotations: tuple[Annotation, ...] = field(default=())
    number: int = 0  # of all features of the file, those too that were not wanted

    def names(self) -> list[str]:
        """List the names of all properties, in the order in which they first occur."""
        return list(dict.fromkeys(name for properties in self.properties for name in properties))


def read_features(source: Source, wanted: Wanted | None = None, *, drawn: bool = True) -> Features:
    """Return the features of a GeoJSON FeatureCollection in longitude and latitude or in the British National Grid.

    ``wanted`` leaves the others out as they are read, so that of a national file only these are held; unless they are
    to be ``drawn``, features come without shapes, and nothing is said of their coordinates. Raises ``InputError`` when
    it is no such file, has no features, holds coordinates that cannot be read, states another coordinate system, or
    lies outside Britain.
    """
    reading = _Reading(source.name, wanted, drawn)
    features = JsonFeatures(source)
    for feature, text in _decoded(source.name, features):
        reading.add(feature, text)
    _require_collection(source.name, features, reading.number)
    reading.finish()
    stated = _stated_crs(source.name, features.members)
    placed = shapes.to_degrees(source.name, reading.geometries(), stated)
    return Features(reading.properties, placed, _annotations(features.members), reading.number)


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


def _decoded(where: str, features: JsonFeatures) -> Iterator[tuple[Any, str]]:
    try:
        yield from features
    except InputError:
        raise
    except (ValueError, RecursionError):
        raise InputError(
            f"“{where}”: places must be GeoJSON, but this is not JSON text; export it as GeoJSON."
        ) from None


class _Reading:
    """Features as they come: what is kept of them, and which cannot be used."""

    def __init__(self, name: str, wanted: Wanted | None, drawn: bool) -> None:
        self._name, self._wanted, self._drawn = name, wanted, drawn
        self.properties: list[Json] = []
        self.number = 0
        self._wrong: list[int] = []
        self._kept: list[Shapes] = []
        self._batch: list[tuple[Json, Json | None, str]] = []
        self._at: list[int] = []  # where in the file the features of the batch stand
        self._points = 0

    def add(self, feature: Any, text: str) -> None:
        """Take one feature; those that are wanted for their ground are chosen a batch at a time."""
        self.number += 1
        if _is_deep(feature):
            raise _too_deep(self._name)
        if not _is_feature(feature):
            self._wrong.append(self.number - 1)
            return
        own = dict(feature.get("properties") or {})
        if self._wanted is None or self._wanted.may_be(own):
            self._batch.append((own, feature.get("geometry") if self._drawn else None, text))
            self._at.append(self.number - 1)
            self._points += len(text)
            if self._points > _BATCH:
                self._draw()

    def finish(self) -> None:
        """Raise ``InputError`` for features that cannot be used."""
        self._draw()
        if self._wrong:
            wrong = np.zeros(self.number, dtype=np.bool_)
            wrong[self._wrong] = True
            raise InputError(
                f"“{self._name}”: a FeatureCollection must hold features with properties and a geometry, but not so "
                f"{cells.say_features(wrong)}; export the layer again."
            )

    def geometries(self) -> Shapes:
        """Return the shapes that are kept, in the coordinates of the file."""
        return np.concatenate(self._kept) if self._kept else np.array([], dtype=object)

    def _draw(self) -> None:
        found = _geometries(self._name, [(geometry, text) for _, geometry, text in self._batch], self._say)
        own = [properties for properties, _, _ in self._batch]
        keep = np.ones(len(own), dtype=np.bool_) if self._wanted is None else self._wanted.are(own, found)
        self.properties += [one for one, kept in zip(own, keep, strict=True) if kept]
        self._kept.append(found[keep])
        self._batch, self._at, self._points = [], [], 0

    def _say(self, bad: Bools) -> str:
        in_file = np.zeros(self.number, dtype=np.bool_)
        in_file[np.array(self._at)[bad]] = True
        return cells.say_features(in_file)


def _require_collection(where: str, features: JsonFeatures, number: int) -> None:
    if _is_deep(features.members):
        raise _too_deep(where)
    if not features.listed or features.members.get("type") != "FeatureCollection":
        raise InputError(
            f"“{where}”: GeoJSON must be a FeatureCollection, but this is something else; export the whole layer."
        )
    if not number:
        raise InputError(f"“{where}”: GeoJSON must hold features, but it holds none; export the layer again.")


def _too_deep(where: str) -> InputError:
    return InputError(
        f"“{where}”: GeoJSON must nest its values at most {_MAX_DEPTH} deep, but this nests them deeper; "
        "export the layer again without lists of lists in its properties."
    )


def _is_deep(content: object) -> bool:
    """Return whether values are nested so deep that writing or comparing them would not end well."""
    level = [content]
    for _ in range(_MAX_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer if type(outer) is list else ())
            if type(inner) is list or type(inner) is dict
        ]
        if not level:
            return False
    return True


def _is_feature(feature: object) -> bool:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return False
    return all(isinstance(feature.get(part), dict | None) for part in ("properties", "geometry"))


def _geometries(where: str, stated: Sequence[tuple[Json | None, str]], say: cells.Say) -> Shapes:
    """Return the shapes of features, by their geometries and whole texts."""
    texts = np.array([None if geometry is None else text for geometry, text in stated], dtype=object)
    found: Shapes = shapely.from_geojson(texts, on_invalid="ignore")
    # A property may hold half a character, which no text of a feature may; its geometry is then read by itself.
    for at in np.flatnonzero(shapely.is_missing(found) & (texts != np.array(None))):
        found[at] = shapely.from_geojson(json.dumps(stated[int(at)][0]), on_invalid="ignore")
    require_read(where, found, np.array([geometry is not None for geometry, _ in stated], dtype=np.bool_), say)
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
