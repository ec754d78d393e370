"""Reading a base map: one or several map files in, its tiles, its network of ways and its names out.

The job runs in the sandbox. Nothing is stored here.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.formats.file_kinds import GEOJSON
from data.formats.map_kinds import OPENSTREETMAP, map_kind
from data.formats.shapes import Bounds
from data.formats.sources import MAX_UNPACKED, MB, Source
from data.formats.tile_archive import pack_tiles
from data.records import line_maps
from data.records.map_parts import MapPart
from data.records.osm_maps import read_osm
from data.records.place_lists import read_places
from data.records.way_networks import OpenWays, make_network, ways_of_lines
from geo import columns as c
from geo.basemap import themes as t
from geo.basemap.name_index import STREET, index_names
from geo.basemap.tile_cutting import LAYERS, cut_tiles
from geo.errors import InputError
from geo.register.markers import say_day
from geo.walking.way_network import WayNetwork
from geo.wording import how_many

Progress = Callable[[float, str], None]
_LISTS: Final = (".csv", ".csv.gz", ".txt", ".txt.gz", ".zip")
_STOPS: Final = "a list of stops"
_STOPS_OWED: Final = "NaPTAN, Open Government Licence v3.0"
_POSTCODES_OWED: Final = "Postcodes © Crown copyright and database right, © Royal Mail"
_READING: Final = 0.6  # share of the work
_MOST_POINTS: Final = 12_000_000  # points of all shapes together; a county has about one million
# What a summary counts: its words, and what of a theme it is.
_COUNTED: Final = {
    "roads": (t.ROAD, (t.MOTORWAY, t.MAIN, t.SECONDARY, t.LOCAL, t.SERVICE)),
    "paths": (t.ROAD, (t.PATH,)),
    "railway lines": (t.RAIL, (t.TRAIN, t.TRAM)),
    "waters": (t.WATER, (t.LAKE, t.RIVER, t.STREAM)),
    "parks": (t.LAND, (t.PARK,)),
    "other green spaces and woods": (t.LAND, (t.GREEN, t.WOOD)),
    "built-up grounds": (t.LAND, (t.BUILT,)),
    "stations": (t.POINT, (t.STATION,)),
    "stops": (t.POINT, (t.STOP,)),
    "schools": (t.POINT, (t.SCHOOL,)),
    "named places": (t.POINT, (t.PLACE,)),
}


@dataclass(frozen=True)
class BaseMapFiles:
    """The files of one base map, and what it is called where that is not made from the first file's name.

    Of national files only what lies within ``bounds`` (west, south, east, north, in degrees) is read, where there are
    any: those of the areas that are loaded, and some ground around them.
    """

    sources: tuple[Source, ...]
    title: str | None = None
    bounds: Bounds | None = None


@dataclass(frozen=True)
class BaseMapFound:
    """A base map that was read and not yet kept.

    ``bounds`` are west, south, east and north in degrees; ``archive`` is a PMTiles file of ``tiles`` tiles; ``names``
    has name, kind, lon and lat. ``counts`` says how many features there are of what, ``left_out`` what was left out.
    """

    title: str
    source: str
    attribution: str
    edition: str | None
    bounds: Bounds
    min_zoom: int
    max_zoom: int
    tiles: int
    archive: bytes
    network: WayNetwork
    names: pd.DataFrame
    counts: Mapping[str, int]
    left_out: Mapping[str, int]
    notes: tuple[str, ...] = field(default=())


def read_base_map(files: BaseMapFiles, progress: Progress) -> BaseMapFound:
    """Return the base map that files make together: maps of any kind, and lists of stops and postcodes.

    Raises InputError for a kind of file that is not read, for what each reader refuses, and for a map that is larger
    than a region.
    """
    if not files.sources:
        raise InputError("A base map needs a file, and there is none; choose one.")
    parts = [_read_part(files, number, progress) for number in range(len(files.sources))]
    features = _together(parts)
    points = int(shapely.get_num_coordinates(features.geometry.to_numpy()).sum())
    if points > _MOST_POINTS:
        raise InputError(
            f"A base map can have at most {_MOST_POINTS:,} points, and this has {points:,}; bring the extract of a "
            "county."
        )
    bounds = _bounds(parts, features)
    tiles = cut_tiles(features, lambda done, what: progress(0.6 + 0.25 * done, what))
    progress(0.85, "Packing the tiles")
    archive = pack_tiles(tiles, bounds, LAYERS) if tiles else b""
    progress(0.9, "Joining the ways on foot")
    network = _network(parts)
    progress(0.95, "Listing the names")
    names = _names(parts, features)
    return BaseMapFound(
        title=files.title or _title(files.sources[0]),
        source=" and ".join(dict.fromkeys(part.source for part in parts)),
        attribution=" · ".join(dict.fromkeys(part.attribution for part in parts)),
        edition=max((part.edition for part in parts if part.edition), default=None),
        bounds=bounds,
        min_zoom=t.MIN_ZOOM,
        max_zoom=t.MAX_ZOOM,
        tiles=len(tiles),
        archive=archive,
        network=network,
        names=names,
        counts=_counts(features, names),
        left_out=dict(sum((part.left_out for part in parts), Counter())),
    )


def _read_part(files: BaseMapFiles, number: int, progress: Progress) -> MapPart:
    """Return what one of the files brings; reading is the first part of all work."""

    def tell(done: float, what: str) -> None:
        progress(_READING * (number + done) / len(files.sources), what)

    return _read(files.sources[number], files.bounds, tell)


def _read(source: Source, bounds: Bounds | None, progress: Progress) -> MapPart:
    progress(0.0, f"Reading {source.name}")
    name = source.name.lower()
    if name.endswith(_LISTS):
        return _list(source, bounds)
    if name.endswith(".gpkg") and source.path is not None and source.path.stat().st_size > MAX_UNPACKED:
        return line_maps.read_geopackage(source, bounds)
    data = source.read()
    kind = map_kind(source, data)
    whole = Source(source.name, content=data)
    if kind == OPENSTREETMAP:
        return read_osm(whole, data, progress)
    return line_maps.read_geojson(whole) if kind == GEOJSON else line_maps.read_geopackage(whole, bounds)


def _list(source: Source, bounds: Bounds | None) -> MapPart:
    places = read_places(source, bounds)
    if places is None:
        raise InputError(
            f"“{source.name}” must be a list of stops (NaPTAN) or of postcodes with their positions, and it is another "
            "table; bring one of those, or a map."
        )
    cleaned = places.assign(name=[t.clean_name(name) for name in places[c.NAME]]).dropna(subset=[c.NAME])
    if cleaned.empty:
        raise InputError(
            f"“{source.name}” must list places near the areas that are loaded, and lists none; bring another."
        )
    postcodes = cleaned[cleaned[c.KIND] == t.POSTCODE]
    owed = _POSTCODES_OWED if len(postcodes) else _STOPS_OWED
    word = "a list of postcodes" if len(postcodes) else _STOPS
    drawn = line_maps.places_as_features(cleaned)
    return MapPart(word, owed, drawn, places=postcodes, bounds=_around(cleaned))


def _around(places: pd.DataFrame) -> Bounds:
    lon, lat = places[c.LON], places[c.LAT]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _together(parts: Sequence[MapPart]) -> gpd.GeoDataFrame:
    """Return the features of all parts; stops and stations of a list stand in for those of a map."""
    kinds = {kind for part in parts if part.source == _STOPS for kind in part.features[c.KIND]}
    frames = []
    for part in parts:
        again = (part.features[t.THEME] == t.POINT) & part.features[c.KIND].isin(kinds)
        frames.append(part.features if part.source == _STOPS else part.features[~again])
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=frames[0].crs)


def _bounds(parts: Sequence[MapPart], features: gpd.GeoDataFrame) -> Bounds:
    """Return what the map covers: as a file says, but not beyond its features; and as far as lists of places go."""
    stated: list[tuple[float, ...]] = [part.bounds for part in parts if part.bounds is not None]
    unstated = [
        tuple(part.features.total_bounds.tolist()) for part in parts if part.bounds is None and len(part.features)
    ]
    if not len(features) and not any(part.places is not None and len(part.places) for part in parts):
        raise InputError("A base map needs roads, water, parks, stops or names in Britain, and these files have none.")
    listed = [_around(part.places) for part in parts if part.places is not None and len(part.places)]
    reach = [tuple(features.total_bounds.tolist())] * (len(features) > 0) + listed
    west, south, east, north = _hull(stated + unstated)
    low_west, low_south, high_east, high_north = _hull(reach)
    return max(west, low_west), max(south, low_south), min(east, high_east), min(north, high_north)


def _hull(boxes: Sequence[tuple[float, ...]]) -> Bounds:
    """Return the bounds that hold some others."""
    edges = list(zip(*boxes, strict=True))
    return min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3])


def _network(parts: Sequence[MapPart]) -> WayNetwork:
    ways: list[OpenWays] = [part.ways for part in parts if part.ways is not None]
    drawn = [part for part in parts if part.lines is not None and len(part.lines)]
    if drawn:
        names = [name for part in drawn for name in part.line_names]
        ways.append(ways_of_lines(np.concatenate([part.lines for part in drawn]), names))
    return make_network(ways, sum((part.closed for part in parts), Counter()))


def _names(parts: Sequence[MapPart], features: gpd.GeoDataFrame) -> pd.DataFrame:
    listed = [part.places[[c.NAME, c.KIND, c.LON, c.LAT]] for part in parts if part.places is not None]
    return pd.concat([index_names(features), *listed], ignore_index=True).astype({c.NAME: "str", c.KIND: "str"})


def _counts(features: gpd.GeoDataFrame, names: pd.DataFrame) -> dict[str, int]:
    pairs = Counter(zip(features[t.THEME].tolist(), features[c.KIND].tolist(), strict=True))
    counts = {word: sum(pairs[theme, kind] for kind in kinds) for word, (theme, kinds) in _COUNTED.items()}
    parks = (features[t.THEME] == t.LAND) & (features[c.KIND] == t.PARK)
    counts["parks with a name"] = int(features.loc[parks, c.NAME].notna().sum())
    counts["street names"] = int(names.loc[names[c.KIND] == STREET, c.NAME].nunique())
    counts["postcodes"] = int((names[c.KIND] == t.POSTCODE).sum())
    return {word: number for word, number in counts.items() if number}


def _title(source: Source) -> str:
    return f"Base map from {source.name.split('.')[0]}"


def summary(found: BaseMapFound) -> list[str]:
    """Say in sentences what was read, what was left out and why, and how large it is."""
    left_out = [f"Left out: {listed(found.left_out)}."] if found.left_out else []
    return [f"{found.source}: {listed(found.counts)}.", *left_out, *about(found)]


def about(found: BaseMapFound) -> list[str]:
    """Say in sentences whose a base map is and of when, where one can walk, and how large it is."""
    lines = [
        f"{found.attribution}, {f'edition of {say_day(found.edition)}' if found.edition else 'of no stated date'}."
    ]
    if len(found.network.start):
        closed = f"; ways that are not open to people on foot: {listed(found.network.left_out)}"
        stretches = how_many(len(found.network.start), "stretch", "stretches")
        lines.append(f"Ways on foot: {stretches}{closed if found.network.left_out else ''}.")
    tiles = how_many(found.tiles, "tile", "tiles")
    lines.append(f"{tiles} for zooms {found.min_zoom} to {found.max_zoom}: {len(found.archive) / MB:.1f} MB.")
    return lines


def listed(counts: Mapping[str, int]) -> str:
    """Write counts as a list: "roads 1,282, paths 467"."""
    return ", ".join(f"{word} {number:,}" for word, number in counts.items())
