"""Places for the register: named places and streets that are known around an area set, and the line of a street.

Names are those that the map's search finds, and those that the backdrop of the areas is labelled with.
"""

import gzip
import json
from functools import lru_cache
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from data.principal import Principal
from data.services import place_search
from data.store import area_sets
from data.store.store import Store
from geo.areas import gazetteer
from geo.areas.drawing import BACKDROP
from geo.areas.gazetteer import GazetteerEntry
from geo.areas.word_search import plain
from geo.register.place_shapes import join_streets

STREET: Final = "street"
_MANY: Final = 60  # places that fit, among which streets are looked for
_LINES: Final = ("LineString", "MultiLineString")


def find(store: Store, principal: Principal, set_id: int, text: str, *, streets: bool = False) -> list[GazetteerEntry]:
    """Return the places that fit a text, best first, or the streets alone; those of one name and kind once."""
    known = gazetteer.search(place_search.gazetteer_of(store, principal, set_id), text, limit=_MANY)
    words = plain(text).split()
    drawn = [one for one in _drawn(store, principal, set_id) if _fits(one.name, words)]
    fitting = [one for one in (*known, *drawn) if not streets or one.kind == STREET]
    once = {(plain(one.name), one.where if one in known else "", one.kind): one for one in reversed(fitting)}
    named = {plain(one.name) for one in known}
    return [one for one in reversed(once.values()) if one in known or plain(one.name) not in named][: gazetteer.MOST]


def line_of(store: Store, principal: Principal, set_id: int, street: GazetteerEntry) -> BaseGeometry | None:
    """Return the line of a street (EPSG:4326) near where it was found; None where no backdrop draws it by its name."""
    wanted = plain(street.name)
    lines = [
        shapely.geometry.shape(one["geometry"])
        for one in backdrop_features(store, principal, set_id)
        if one["geometry"]["type"] in _LINES and plain(one["properties"]["n"]) == wanted
    ]
    return join_streets(lines, (street.lon, street.lat))


def _drawn(store: Store, principal: Principal, set_id: int) -> list[GazetteerEntry]:
    found = []
    for one in backdrop_features(store, principal, set_id):
        if one["properties"]["n"]:
            at = shapely.geometry.shape(one["geometry"]).representative_point()
            found.append(GazetteerEntry(one["properties"]["n"], one["properties"]["k"], "", at.x, at.y))
    return found


def _fits(name: str, words: list[str]) -> bool:
    own = plain(name).split()
    return bool(words) and all(any(one.startswith(word) for one in own) for word in words)


def backdrop_features(store: Store, principal: Principal, set_id: int) -> list[dict[str, Any]]:
    """Return what lies beneath an area set as GeoJSON features: ``k``, their kind, and ``n``, their name."""
    digest = area_sets.drawing_digests(store, principal, set_id).get(BACKDROP)
    return [] if digest is None else _unpacked(store, principal, digest)


@lru_cache(maxsize=2)
def _unpacked(store: Store, principal: Principal, digest: str) -> list[dict[str, Any]]:
    packed = area_sets.packed_drawing(store, principal, digest)
    return [] if packed is None else list(json.loads(gzip.decompress(packed))["features"])
