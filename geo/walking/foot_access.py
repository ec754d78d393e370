"""Foot access: which ways of a map people may walk along, by the tags of OpenStreetMap, and why not along others.

As the wiki of OpenStreetMap has it for the United Kingdom (OSM tags for routing/Access restrictions, Key:access,
Key:foot): every highway but a motorway and what is for buses alone is open to people on foot, footways, bridleways,
cycleways, tracks and steps too, unless its tags say otherwise. ``foot`` says more than ``access``, and both say more
than the kind of highway. One-way rules are for vehicles: what they say is not looked at.
"""

from collections.abc import Mapping
from typing import Final

MOTORWAY: Final = "motorways"
BUSES: Final = "for buses alone"
PRIVATE: Final = "private"
CLOSED: Final = "closed to people on foot"
NOT_THERE: Final = "not built, or gone"
NO_THROUGH_WAY: Final = "indoors, or no way through"

_NOT_THERE: Final = frozenset(
    ("no", "none", "construction", "proposed", "planned", "abandoned", "disused", "razed", "demolished", "dismantled",
     "historic")
)  # fmt: skip
_MOTORWAY: Final = frozenset(("motorway", "motorway_link", "raceway", "escape"))
_FOR_BUSES: Final = frozenset(("bus_guideway", "busway"))
_NO_WAY: Final = frozenset(("corridor", "platform_edge", "rest_area", "services", "via_ferrata"))
_WALKABLE_AREAS: Final = frozenset(("pedestrian", "footway"))  # squares: one walks along their edges
_OPEN: Final = frozenset(("yes", "designated", "permissive", "official", "public", "destination", "discouraged"))
_SAYS_NOTHING: Final = frozenset(("", "unknown", "variable", "dismount"))
_PRIVATE: Final = frozenset(("private", "customers", "residents", "permit", "employees", "staff", "delivery"))
_TRUE: Final = frozenset(("yes", "true", "1"))


def open_to_feet(tags: Mapping[str, str]) -> bool:
    """Return whether people may walk along a way with these tags of OpenStreetMap."""
    return "highway" in tags and why_closed(tags) is None


def why_closed(tags: Mapping[str, str]) -> str | None:
    """Say why people may not walk along a highway with these tags, in one of the words above; None where they may."""
    highway = tags.get("highway", "no")
    if highway in _NOT_THERE:
        return NOT_THERE
    if highway in _MOTORWAY:
        return MOTORWAY
    if _is_yes(tags, "area") and highway not in _WALKABLE_AREAS:
        return NO_THROUGH_WAY
    return _restricted(tags) or _by_kind(highway, tags)


def _restricted(tags: Mapping[str, str]) -> str | None:
    """Say what ``foot`` or else ``access`` forbids; a value that is not known to be open lets nobody through."""
    foot, access = _value(tags, "foot"), _value(tags, "access")
    for said in (foot, access):
        if said in _OPEN:
            return None
        if said not in _SAYS_NOTHING:
            return PRIVATE if said in _PRIVATE else CLOSED
    return None


def _by_kind(highway: str, tags: Mapping[str, str]) -> str | None:
    """Say what a kind of highway forbids where ``foot`` does not open it."""
    if _value(tags, "foot") in _OPEN:
        return None
    if _is_yes(tags, "motorroad"):
        return MOTORWAY
    if highway in _FOR_BUSES:
        return BUSES
    indoors = _value(tags, "indoor") not in ("", "no")
    return NO_THROUGH_WAY if indoors or highway in _NO_WAY else None


def _value(tags: Mapping[str, str], key: str) -> str:
    return tags.get(key, "").strip().lower()


def _is_yes(tags: Mapping[str, str], key: str) -> bool:
    return _value(tags, key) in _TRUE
