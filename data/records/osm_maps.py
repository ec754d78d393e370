"""Extracts of OpenStreetMap as parts of a base map, in the project's classes of features."""

from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import shapely

from data.formats import openstreetmap
from data.formats.openstreetmap import Multipolygon, OsmArea, OsmNode, OsmWay
from data.formats.sources import Source
from data.records import map_parts
from data.records.map_parts import MapPart, inside_britain, make_features
from data.records.way_networks import OpenWays
from geo.arrays import Shapes
from geo.basemap import osm_features
from geo.basemap import themes as t
from geo.basemap.osm_features import FeatureClass
from geo.walking.foot_access import open_to_feet

Progress = Callable[[float, str], None]
_EVERY = 20_000  # objects between two words of progress


def read_osm(source: Source, data: bytes, progress: Progress) -> MapPart:
    """Return what an extract of OpenStreetMap brings to a base map. Raises InputError as ``read_objects`` does."""
    header = openstreetmap.read_header(source, data)
    extract = _Extract()
    for number, one in enumerate(openstreetmap.read_objects(source, data, osm_features.KEYS)):
        if number % _EVERY == 0:
            progress(min(0.9, number / 500_000), f"Reading {source.name}")
        extract.take(one)
    return MapPart(
        source="OpenStreetMap",
        attribution=map_parts.OSM_OWED,
        features=extract.features(),
        edition=header.edition or openstreetmap.newest(source, data),
        bounds=header.bounds,
        ways=extract.open.ways(),
        closed=extract.closed,
        left_out=extract.left_out,
    )


class _Lines:
    """Lines as they come: the points of each, one after the other."""

    def __init__(self) -> None:
        self._keys, self._sizes, self._lon, self._lat = array("q"), array("q"), array("d"), array("d")
        self._names: list[str | None] = []

    def add(self, piece: list[tuple[int, float, float]], name: str | None = None) -> None:
        keys, lon, lat = zip(*piece, strict=True)
        self._keys.extend(keys)
        self._lon.extend(lon)
        self._lat.extend(lat)
        self._sizes.append(len(piece))
        self._names.append(name)

    def ways(self) -> OpenWays:
        sizes = np.array(self._sizes)
        return OpenWays(np.array(self._keys), np.array(self._lon), np.array(self._lat), sizes, self._names)

    def shapes(self) -> Shapes:
        if not self._sizes:
            return np.empty(0, dtype=object)
        of = np.repeat(np.arange(len(self._sizes)), np.array(self._sizes))
        lines: Shapes = shapely.linestrings(np.column_stack((self._lon, self._lat)), indices=of)
        return lines


class _Extract:
    """What has been read of an extract so far."""

    def __init__(self) -> None:
        self.open = _Lines()
        self.closed: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self._drawn = _Lines()
        self._of_lines: list[tuple[FeatureClass, str | None]] = []
        self._others: list[tuple[FeatureClass, str | None]] = []
        self._shapes: list[Any] = []
        self._expected = 0  # multipolygons that should be drawn
        self._assembled = 0

    def take(self, one: openstreetmap.OsmObject) -> None:
        if isinstance(one, OsmWay):
            self._take_way(one)
        elif isinstance(one, OsmArea):
            self._take_area(one)
        elif isinstance(one, OsmNode):
            self._add(osm_features.class_of_point(one.tags), one.tags, shapely.Point(one.lon, one.lat))
        elif isinstance(one, Multipolygon):
            self._expected += osm_features.class_of_area(one.tags) is not None

    def features(self) -> Any:
        """Return all features, those outside Britain left out and counted."""
        areas_lost = self._expected - self._assembled
        if areas_lost > 0:
            self.left_out[map_parts.INCOMPLETE_AREAS] += areas_lost
        others = np.empty(len(self._shapes), dtype=object)
        others[:] = self._shapes
        shapes = np.concatenate((self._drawn.shapes(), others))
        inside = inside_britain(shapes)
        if not inside.all():
            self.left_out[map_parts.OUTSIDE] += int((~inside).sum())
        said = [one for one, kept in zip((*self._of_lines, *self._others), inside.tolist(), strict=True) if kept]
        return make_features([kind for kind, _ in said], [name for _, name in said], shapes[inside])

    def _take_way(self, way: OsmWay) -> None:
        kind = osm_features.class_of_line(way.tags)
        if osm_features.is_no_way(way.tags):
            self.left_out[map_parts.NO_WAYS] += 1
        if kind is not None:
            name = _name(way.tags, kind)
            self.left_out[map_parts.CUT_WAYS] += not way.whole
            for piece in way.pieces:
                self._drawn.add(piece)
                self._of_lines.append((kind, name))
        if "highway" in way.tags:
            if open_to_feet(way.tags):
                for piece in way.pieces:
                    self.open.add(piece, t.clean_name(way.tags.get("name")))
            else:
                self.closed[_why_closed(way.tags)] += 1

    def _take_area(self, area: OsmArea) -> None:
        kind = osm_features.class_of_area(area.tags)
        point = osm_features.class_of_point(area.tags)
        if kind is None and point is None:
            return
        shape = shapely.from_wkb(area.shape)
        self._add(kind, area.tags, shape)
        self._add(point, area.tags, shapely.point_on_surface(shape))
        self._assembled += kind is not None and not area.from_way

    def _add(self, kind: FeatureClass | None, tags: Mapping[str, str], shape: Any) -> None:
        if kind is not None:
            self._others.append((kind, tags.get("name")))
            self._shapes.append(shape)


def _name(tags: Mapping[str, str], kind: FeatureClass) -> str | None:
    """Return the name of a line; motorways have numbers only."""
    return tags.get("name") or (tags.get("ref") if kind.kind == t.MOTORWAY else None)


def _why_closed(tags: Mapping[str, str]) -> str:
    """Say in few words why people may not walk along a way."""
    if tags.get("highway", "").startswith("motorway"):
        return "motorways"
    if tags.get("foot") is not None or tags.get("access") is not None:
        return "private or closed to people on foot"
    return "not ways for people on foot"
