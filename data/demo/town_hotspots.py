"""The register of known hotspots of Castlebrook: ten entries, and none for the cluster that is planted to emerge."""

from dataclasses import dataclass
from typing import Final

from shapely import Point, Polygon

from data.demo.phone_thefts import FORECOURT
from data.demo.plan import place
from data.demo.town_areas import ESTATE
from data.demo.town_register_words import REGISTER_WORDS

# The words of the closed lists as far as they are used here.
PARK: Final = "park or open space"
TRANSPORT: Final = "transport hub or stop"
TAKEAWAY: Final = "takeaway or café"
SHOPS: Final = "shopping centre or shop"
HOUSING: Final = "housing estate"
CAR_PARK: Final = "stairwell or car park"
ROUTE: Final = "alleyway or route"
LICENSED: Final = "licensed premises or hotel"
SCHOOL_GATE: Final = "school gate"

PROPOSED: Final = "proposed"
ACTIVE: Final = "active"
MONITORING: Final = "monitoring"
CLOSED: Final = "closed"

# What the data say near known hotspots, where that is planted: thefts of phones go on at the station, Southfield Common
# has been left alone, and of exploitation near the takeaways and the car park far too little is recorded to tell.
HOTSPOT_STATES: Final = {
    "CBH-04": "not_testable",
    "CBH-05": "not_testable",
    "CBH-06": "quiet",
    "CBH-10": "supported",
}


@dataclass(frozen=True)
class TownHotspot:
    """One known place: where it is in local metres, what it is, which harm concerns people there and how it is managed.

    Days are written yyyy-mm-dd; ``next_review`` is None for a closed entry.
    """

    reference: str
    name: str
    type: str
    harm: str
    status: str
    last_reported: str
    next_review: str | None
    watched_by: str
    shape: Point | Polygon

    @property
    def properties(self) -> dict[str, str | int | None]:
        """What the hotspot file says about the place."""
        return {name: value for name, value in vars(self).items() if name != "shape"} | REGISTER_WORDS[self.reference]


def register() -> tuple[TownHotspot, ...]:
    """List the ten known hotspots; the review of CBH-04 is overdue, and CBH-09 is closed.

    What the data are planted to say of them is in ``HOTSPOT_STATES``.
    """
    interchange, retail = place("Bus interchange").point, place("Riverside Retail Park")
    square, station = place("Market Square"), place("Castlebrook Station")
    common, quay = place("Southfield Common"), place("Quayside")
    return (
        TownHotspot("CBH-01", "Bus interchange", TRANSPORT, "asb", ACTIVE, "2026-07-14", "2027-01-15",
                "Interchange staff", interchange),
        TownHotspot("CBH-02", "Riverside Retail Park", SHOPS, "violence", MONITORING, "2026-05-20", "2027-02-12",
                "Retail park wardens", _square(retail.x, retail.y, 150)),
        TownHotspot("CBH-03", "Eastmoor estate garages", HOUSING, "cce", ACTIVE, "2026-08-03", "2027-01-22",
                "Housing officers", _square(ESTATE.x, ESTATE.y, 120)),
        TownHotspot("CBH-04", "Market Square takeaways", TAKEAWAY, "cse", ACTIVE, "2026-03-09", "2026-06-30",
                "Town centre wardens", Point(square.x + 60, square.y + 40)),
        TownHotspot("CBH-05", "Station car park", CAR_PARK, "cce", PROPOSED, "2026-08-19", "2027-01-08",
                "Nobody yet", Point(station.x + 90, station.y - 60)),
        TownHotspot("CBH-06", "Southfield Common", PARK, "asb", MONITORING, "2025-02-11", "2027-03-05",
                "Park rangers", _square(common.x, common.y, 80)),
        TownHotspot("CBH-07", "Eastmoor High School gate", SCHOOL_GATE, "peer", ACTIVE, "2026-07-06", "2027-01-29",
                "School staff at home time", Point(1470, 1215)),
        TownHotspot("CBH-08", "Quay Road underpass", ROUTE, "violence", PROPOSED, "2026-06-25", "2027-01-11",
                "Nobody yet", Point(1050, -750)),
        TownHotspot("CBH-09", "Quayside guest house", LICENSED, "cse", CLOSED, "2024-11-18", None,
                "Licensing team", Point(quay.x + 40, quay.y - 30)),
        TownHotspot("CBH-10", "Castlebrook Station forecourt", TRANSPORT, "other", ACTIVE, "2026-08-26", "2027-01-20",
                "Station staff", FORECOURT),
    )  # fmt: skip


def _square(x: float, y: float, half: float) -> Polygon:
    """Draw a square with its middle at x, y and sides of twice ``half`` metres, anticlockwise as GeoJSON asks."""
    return Polygon([(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)])
