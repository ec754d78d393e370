"""What a feature of the open maps of Ordnance Survey is on a base map, by its layer and by what it says it is.

Layers and words are those of OS Open Zoomstack and OS Open Roads, as their technical specifications name them.
"""

from collections.abc import Callable, Mapping
from typing import Final

from geo.basemap import themes as t
from geo.basemap.osm_features import FeatureClass

# Of each layer that is read: the columns that may say what a feature is, the first that there is counting.
KIND_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "road_link": ("road_function", "road_classification", "roadfunction"),
    "roads_national": ("type",),
    "roads_regional": ("type",),
    "roads_local": ("type",),
    "rail": ("type",),
    "railway_stations": ("type",),
    "names": ("type",),
    "greenspace": ("type",),
    "woodland": (),
    "surfacewater": ("type",),
    "waterlines": ("type",),
    "urban_areas": ("type",),
    "sites": ("type",),
}
NAME_COLUMNS: Final = ("name_1", "name1", "name", "distname", "distinctive_name")
ROADS: Final = frozenset(("road_link", "roads_national", "roads_regional", "roads_local"))
_TELLING: Final = frozenset(("road_link", "roads_local", "roads_regional"))  # layers by which these maps are known

# Words that a road's type holds, the first that fits counting.
_ROAD_WORDS: Final = (
    ("motorway", t.MOTORWAY), ("a road", t.MAIN), ("primary", t.MAIN), ("b road", t.SECONDARY), ("minor", t.LOCAL),
    ("restricted", t.SERVICE), ("secondary access", t.SERVICE), ("access", t.SERVICE), ("guided", t.SERVICE),
    ("local", t.LOCAL),
)  # fmt: skip
_ROAD_OF_LAYER: Final = {"roads_national": t.MAIN, "roads_regional": t.MAIN}
_PLACES: Final = {
    "capital": t.CITY, "city": t.CITY, "town": t.TOWN, "village": t.SUBURB, "suburban area": t.SUBURB,
    "hamlet": t.QUARTER, "small settlements": t.QUARTER, "other settlement": t.QUARTER,
}  # fmt: skip
_TIDE: Final = frozenset(("mhw", "mlw"))


def is_of_os(layers: Mapping[str, object]) -> bool:
    """Return whether layers of these names (in lower case) are those of an open map of Ordnance Survey."""
    return not _TELLING.isdisjoint(layers)


def class_of(layer: str, said: str) -> FeatureClass | None:
    """Return what a feature of a layer is that says it is ``said`` (in lower case; empty where it says nothing)."""
    return _of_road(layer, said) if layer in ROADS else _CLASSES[layer](said)


def _of_road(layer: str, said: str) -> FeatureClass:
    kind = next((kind for word, kind in _ROAD_WORDS if word in said), _ROAD_OF_LAYER.get(layer, t.LOCAL))
    return FeatureClass(t.ROAD, kind)


def _of_rail(said: str) -> FeatureClass:
    return FeatureClass(t.RAIL, t.TRAM if "tram" in said or "rapid" in said else t.TRAIN)


def _of_name(said: str) -> FeatureClass | None:
    rank = _PLACES.get(said)
    return None if rank is None else FeatureClass(t.POINT, t.PLACE, rank)


def _of_green(said: str) -> FeatureClass:
    return FeatureClass(t.LAND, t.PARK if "park" in said else t.GREEN)


def _of_water_line(said: str) -> FeatureClass | None:
    if said in _TIDE:
        return None
    return FeatureClass(t.WATER, t.RIVER if said in ("national", "regional") else t.STREAM)


def _of_site(said: str) -> FeatureClass | None:
    return FeatureClass(t.LAND, t.GROUNDS) if "education" in said else None


_CLASSES: Final[Mapping[str, Callable[[str], FeatureClass | None]]] = {
    "rail": _of_rail,
    "railway_stations": lambda _said: FeatureClass(t.POINT, t.STATION, t.STATIONS),
    "names": _of_name,
    "greenspace": _of_green,
    "woodland": lambda _said: FeatureClass(t.LAND, t.WOOD),
    "surfacewater": lambda _said: FeatureClass(t.WATER, t.LAKE),
    "waterlines": _of_water_line,
    "urban_areas": lambda _said: FeatureClass(t.LAND, t.BUILT),
    "sites": _of_site,
}
