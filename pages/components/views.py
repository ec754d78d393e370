"""Small parts of a map view that several pages say the same way."""

from collections.abc import Iterable

from geo import months
from geo.markers import Marker
from pages.components.map_panel import KnownHotspot
from pages.components.selection import Selection


def hotspots_on_map(markers: Iterable[Marker]) -> list[KnownHotspot]:
    """Give the known hotspots in the words of the map's popups."""
    return [
        KnownHotspot(
            lon=marker.lon,
            lat=marker.lat,
            name=marker.name,
            place_type=marker.place_type,
            harms=marker.harm,
            status=marker.status,
            last_reported=marker.last_reported,
            next_review=marker.next_review,
            extent=marker.extent,
        )
        for marker in markers
    ]


def period_of(selection: Selection) -> str:
    """Write the chosen months as people do."""
    return months.say_range(selection.choice.months)
