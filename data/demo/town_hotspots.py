"""The register of known hotspots of Castlebrook: nine entries, and none for the cluster that is planted to emerge."""

from dataclasses import dataclass
from typing import Final

from shapely import Point, Polygon

from data.demo.effects import ACTION
from data.demo.plan import place
from data.demo.town_areas import ESTATE

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

ACTION_HEADER: Final = ("reference", "what", "due on", "done on")

PROPOSED: Final = "proposed"
ACTIVE: Final = "active"
MONITORING: Final = "monitoring"
CLOSED: Final = "closed"


@dataclass(frozen=True)
class Hotspot:
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
    def properties(self) -> dict[str, str | None]:
        """What the hotspot file says about the place."""
        return {name: value for name, value in vars(self).items() if name != "shape"}


def register() -> tuple[Hotspot, ...]:
    """List the nine known hotspots; the review of CBH-04 is overdue, CBH-06 is quiet and CBH-09 is closed."""
    interchange, retail = place("Bus interchange").point, place("Riverside Retail Park")
    square, station = place("Market Square"), place("Castlebrook Station")
    common, quay = place("Southfield Common").point, place("Quayside")
    return (
        Hotspot("CBH-01", "Bus interchange", TRANSPORT, "asb", ACTIVE, "2026-07-14", "2027-01-15",
                "Interchange staff", interchange),
        Hotspot("CBH-02", "Riverside Retail Park", SHOPS, "violence", MONITORING, "2026-05-20", "2027-02-12",
                "Retail park wardens", _square(retail.x, retail.y, 150)),
        Hotspot("CBH-03", "Eastmoor estate garages", HOUSING, "cce", ACTIVE, "2026-08-03", "2027-01-22",
                "Housing officers", _square(ESTATE.x, ESTATE.y, 120)),
        Hotspot("CBH-04", "Market Square takeaways", TAKEAWAY, "cse", ACTIVE, "2026-03-09", "2026-06-30",
                "Town centre wardens", Point(square.x + 60, square.y + 40)),
        Hotspot("CBH-05", "Station car park", CAR_PARK, "cce", PROPOSED, "2026-08-19", "2027-01-08",
                "Nobody yet", Point(station.x + 90, station.y - 60)),
        Hotspot("CBH-06", "Southfield Common", PARK, "asb", MONITORING, "2025-02-11", "2027-03-05",
                "Park rangers", common),
        Hotspot("CBH-07", "Eastmoor High School gate", SCHOOL_GATE, "peer", ACTIVE, "2026-07-06", "2027-01-29",
                "School staff at home time", Point(1470, 1215)),
        Hotspot("CBH-08", "Quay Road underpass", ROUTE, "violence", PROPOSED, "2026-06-25", "2027-01-11",
                "Nobody yet", Point(1050, -750)),
        Hotspot("CBH-09", "Quayside guest house", LICENSED, "cse", CLOSED, "2024-11-18", None,
                "Licensing team", Point(quay.x + 40, quay.y - 30)),
    )  # fmt: skip


def action_rows() -> list[tuple[str, str, str, str]]:
    """Return the actions at known hotspots as rows for ``ACTION_HEADER``; days are written yyyy-mm-dd, or blank.

    The first is the planted one, the second was done when what it is about began to fade; one is overdue, one planned.
    """
    return [
        ("CBH-02", ACTION["what"], "", ACTION["date"]),
        ("CBH-01", "Staff on the stands until the last bus, and the shelter by the kiosk opened up", "", "2025-07-01"),
        ("CBH-03", "Garage court gated and lit", "2026-01-30", "2026-02-16"),
        ("CBH-04", "Training for takeaway staff on the signs of exploitation", "2026-09-30", ""),
        ("CBH-05", "Youth workers at the car park on Friday and Saturday evenings", "2027-01-29", ""),
    ]


def _square(x: float, y: float, half: float) -> Polygon:
    """Draw a square with its middle at x, y and sides of twice ``half`` metres, anticlockwise as GeoJSON asks."""
    return Polygon([(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)])
