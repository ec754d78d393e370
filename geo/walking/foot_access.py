"""Foot access: which ways of a map people may walk along, by the tags of OpenStreetMap.

As the wiki of OpenStreetMap has it for the United Kingdom (OSM tags for routing/Access restrictions): every highway but
a motorway is open to people on foot unless its tags say otherwise, and one-way rules are for vehicles.
"""

from collections.abc import Mapping
from typing import Final

_NO_WAY: Final = frozenset(
    ("no", "construction", "proposed", "planned", "abandoned", "razed", "raceway", "bus_guideway", "motorway",
     "motorway_link", "platform_edge", "rest_area", "services")
)  # fmt: skip
_OPEN: Final = frozenset(("yes", "designated", "permissive", "official"))
_CLOSED: Final = frozenset(("no", "private", "agricultural", "forestry", "delivery", "customers", "use_sidepath"))


def open_to_feet(tags: Mapping[str, str]) -> bool:
    """Return whether people may walk along a way with these tags of OpenStreetMap."""
    highway = tags.get("highway")
    if highway is None or highway in _NO_WAY or (tags.get("area") == "yes" and highway != "pedestrian"):
        return False
    foot = tags.get("foot")
    if foot in _OPEN:
        return True
    return not (foot in _CLOSED or tags.get("access") in _CLOSED or tags.get("motorroad") == "yes")
