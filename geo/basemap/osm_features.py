"""What an object of OpenStreetMap is on a base map, by its tags.

After the pages of its wiki on Map features, as they are used in the United Kingdom.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from geo.basemap import themes as t

# The keys by one of which an object can be something on a base map.
KEYS: Final = (
    "highway", "railway", "waterway", "natural", "water", "landuse", "leisure", "amenity", "place", "public_transport",
)  # fmt: skip

Tags = Mapping[str, str]


class FeatureClass(NamedTuple):
    """What a feature is: its theme, its kind there, and of points the rank by which labels give way (1 is first)."""

    theme: str
    kind: str
    rank: int = 0


_ROADS: Final = {
    "motorway": t.MOTORWAY, "trunk": t.MAIN, "primary": t.MAIN, "secondary": t.SECONDARY, "tertiary": t.SECONDARY,
    "unclassified": t.LOCAL, "residential": t.LOCAL, "living_street": t.LOCAL, "road": t.LOCAL, "minor": t.LOCAL,
    "service": t.SERVICE, "bus_guideway": t.SERVICE, "busway": t.SERVICE,
    "footway": t.PATH, "path": t.PATH, "steps": t.PATH, "cycleway": t.PATH, "pedestrian": t.PATH, "bridleway": t.PATH,
    "track": t.PATH, "corridor": t.PATH,
}  # fmt: skip
_TRAINS: Final = frozenset(("rail", "preserved", "narrow_gauge"))
_TRAMS: Final = frozenset(("tram", "light_rail", "subway"))
_SIDINGS: Final = frozenset(("siding", "yard", "spur", "crossover"))
_RIVERS: Final = {"river": t.RIVER, "canal": t.RIVER, "stream": t.STREAM, "drain": t.STREAM, "ditch": t.STREAM}
_LANDUSE: Final = {
    "residential": t.BUILT, "commercial": t.BUILT, "industrial": t.BUILT, "retail": t.BUILT,
    "forest": t.WOOD, "allotments": t.GREEN, "cemetery": t.GREEN, "grass": t.GREEN, "recreation_ground": t.GREEN,
    "village_green": t.GREEN, "meadow": t.GREEN,
}  # fmt: skip
_LEISURE: Final = {
    "park": t.PARK, "garden": t.GREEN, "common": t.GREEN, "nature_reserve": t.GREEN, "pitch": t.GREEN,
    "playground": t.GREEN, "recreation_ground": t.GREEN, "golf_course": t.GREEN,
}  # fmt: skip
_NATURAL: Final = {"wood": t.WOOD, "forest": t.WOOD, "scrub": t.WOOD, "heath": t.GREEN, "grassland": t.GREEN}
_WET: Final = frozenset(("water", "bay"))
_WET_LAND: Final = frozenset(("reservoir", "basin"))
_SCHOOLS: Final = frozenset(("school", "college"))
_STATIONS: Final = frozenset(("station", "halt"))
_PLACES: Final = {
    "city": t.CITY, "town": t.TOWN, "suburb": t.SUBURB, "village": t.SUBURB, "quarter": t.QUARTER,
    "neighbourhood": t.QUARTER, "hamlet": t.QUARTER,
}  # fmt: skip


def class_of_line(tags: Tags) -> FeatureClass | None:
    """Return what an open or closed way is as a line: a road, path, railway, river or stream; None for all else.

    Of a square or yard, which is a highway that is an area, the edge is drawn.
    """
    if "highway" in tags:
        kind = _ROADS.get(tags["highway"].removesuffix("_link"))
        return FeatureClass(t.ROAD, kind) if kind is not None else None
    if "railway" in tags and tags.get("service") not in _SIDINGS:
        if tags["railway"] in _TRAINS:
            return FeatureClass(t.RAIL, t.TRAIN)
        if tags["railway"] in _TRAMS:
            return FeatureClass(t.RAIL, t.TRAM)
    if "waterway" in tags and tags.get("tunnel") in (None, "no"):
        kind = _RIVERS.get(tags["waterway"])
        return FeatureClass(t.WATER, kind) if kind is not None else None
    return None


def class_of_area(tags: Tags) -> FeatureClass | None:
    """Return what the ground inside a closed way or a multipolygon is: water, a park, built-up land; None for else."""
    if tags.get("natural") in _WET or tags.get("waterway") == "riverbank" or tags.get("landuse") in _WET_LAND:
        return FeatureClass(t.WATER, t.LAKE)
    if tags.get("amenity") in _SCHOOLS:
        return FeatureClass(t.LAND, t.GROUNDS)
    kind = _LEISURE.get(tags.get("leisure", "")) or _NATURAL.get(tags.get("natural", ""))
    kind = kind or _LANDUSE.get(tags.get("landuse", ""))
    return FeatureClass(t.LAND, kind) if kind is not None else None


def class_of_point(tags: Tags) -> FeatureClass | None:
    """Return what stands at a node, or in the middle of an area: a station, stop, school or named place."""
    if tags.get("amenity") in _SCHOOLS:
        return FeatureClass(t.POINT, t.SCHOOL, t.SCHOOLS)
    if tags.get("railway") in _STATIONS or tags.get("amenity") == "bus_station":
        return FeatureClass(t.POINT, t.STATION, t.STATIONS)
    if tags.get("highway") == "bus_stop" or tags.get("railway") == "tram_stop":
        return FeatureClass(t.POINT, t.STOP, t.STOPS)
    rank = _PLACES.get(tags.get("place", ""))
    return FeatureClass(t.POINT, t.PLACE, rank) if rank is not None and tags.get("name") else None


def is_no_way(tags: Tags) -> bool:
    """Return whether a way is tagged as a highway and is none to go along: not built, gone, a platform."""
    return "highway" in tags and class_of_line(tags) is None
