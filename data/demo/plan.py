"""The plan of Castlebrook: where its river, railway, main roads and named places lie.

Castlebrook is fictional. It is placed in the North Sea, at about 0.9° E 53.9° N, so that nobody can take it for a real
town. Everything here is in local metres east and north of Market Square; ``data.demo.grid`` turns them into the
National Grid and into degrees.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from shapely import LineString, Point, Polygon

from geo.arrays import Floats

Kind = Literal["main", "street", "river", "rail"]

FICTION: Final = "Castlebrook is a fictional town made by a computer; no real place, person or event is described."
TOWN: Final = "Castlebrook"

HALF_WIDTH: Final = 3_000.0  # metres from the centre to the east and west edge
HALF_HEIGHT: Final = 2_450.0  # metres from the centre to the north and south edge


@dataclass(frozen=True)
class Way:
    """A line on the ground, in local metres, with the name people use for it."""

    kind: Kind
    name: str
    line: LineString


@dataclass(frozen=True)
class TownPlace:
    """A named place; ``green`` is how many hectares around it are one undivided block, as parks are."""

    name: str
    x: float
    y: float
    green: float = 0.0

    @property
    def point(self) -> Point:
        """The place as a point in local metres."""
        return Point(self.x, self.y)


PLACES: Final = (
    TownPlace("Market Square", 0, 0),
    TownPlace("Bus interchange", 240, -190, 1.2),
    TownPlace("Castlebrook Station", 520, 560, 1.5),
    TownPlace("Castle Ruins", -480, 260, 5),
    TownPlace("Millbank Park", -1480, -720, 14),
    TownPlace("Riverside Retail Park", 1420, -640, 9),
    TownPlace("Castlebrook Leisure Centre", 560, -1450, 4),
    TownPlace("Northgate Recreation Ground", -900, 1500, 10),
    TownPlace("Eastmoor Parade", 1900, 1150, 1.5),
    TownPlace("Eastmoor Fields", 2350, 300, 16),
    TownPlace("Castlebrook Hospital", -1750, 750, 8),
    TownPlace("Town Hall", -150, 170),
    TownPlace("Castlebrook Library", 120, 260),
    TownPlace("Quayside", 520, -480),
    TownPlace("Southfield Common", -700, -1900, 18),
)

# Points are the corners of the line before it is rounded off; an end named in _MEETS is moved onto that road.
_WAYS: Final[tuple[tuple[Kind, str, tuple[tuple[float, float], ...]], ...]] = (
    (
        "river",
        "River Brook",
        (
            (-3600, -60),
            (-2500, -540),
            (-1750, -60),
            (-900, -720),
            (-100, -390),
            (650, -420),
            (1400, -90),
            (2150, -680),
            (2800, -260),
            (3600, -380),
        ),
    ),
    (
        "rail",
        "Castlebrook railway",
        (
            (-3600, 1500),
            (-1900, 1050),
            (-700, 640),
            (450, 640),
            (1250, 450),
            (1750, -300),
            (1950, -1300),
            (2500, -2900),
        ),
    ),
    ("main", "Castle Road", ((0, 0), (-700, 60), (-1500, 330), (-2300, 180), (-3600, 420))),
    ("main", "North Road", ((0, 0), (90, 700), (-120, 1500), (150, 2200), (100, 3000))),
    ("main", "Eastmoor Road", ((0, 0), (650, 130), (1400, 520), (2300, 720), (3600, 1150))),
    ("main", "Bridge Street", ((0, 0), (60, -350), (30, -760))),
    ("main", "South Road", ((30, -760), (-60, -1300), (220, -1900), (150, -3000))),
    ("main", "Millbank Road", ((30, -760), (-700, -900), (-1600, -1250), (-2400, -1300), (-3200, -1900))),
    ("main", "Quay Road", ((30, -760), (800, -780), (1700, -1080), (2400, -1000), (3500, -1500))),
    (
        "main",
        "Ringway",
        (
            (-1050, 60),
            (-950, 600),
            (-500, 980),
            (60, 1080),
            (650, 980),
            (1050, 560),
            (1160, -20),
            (1050, -620),
            (620, -1080),
            (0, -1180),
            (-620, -1080),
            (-1000, -550),
            (-1050, 60),
        ),
    ),
    ("main", "Station Road", ((0, 0), (260, 330), (520, 500), (790, 790))),
    (
        "main",
        "Northern Way",
        ((-2150, 250), (-2050, 1050), (-1200, 1750), (0, 1850), (1150, 1750), (2000, 1300), (2250, 700)),
    ),
    (
        "main",
        "Southern Way",
        ((-2050, -1290), (-1500, -1800), (-400, -1900), (200, -1850), (1100, -1750), (1900, -1050)),
    ),
)
_MEETS: Final[dict[str, tuple[str | None, str | None]]] = {
    "Station Road": (None, "Ringway"),
    "Northern Way": ("Castle Road", "Eastmoor Road"),
    "Southern Way": ("Millbank Road", "Quay Road"),
}


def draw_outline(rng: np.random.Generator) -> Polygon:
    """Draw the edge of the town: an oval of about 6 km by 5 km with a few gentle bulges, in local metres."""
    angle = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    reach = np.ones_like(angle)
    for waves, height in ((2, 0.03), (3, 0.045), (5, 0.025), (7, 0.015)):
        reach += height * np.cos(waves * angle + rng.uniform(0, 2 * np.pi))
    return Polygon(np.column_stack([HALF_WIDTH * reach * np.cos(angle), HALF_HEIGHT * reach * np.sin(angle)]).round())


def draw_ways(rng: np.random.Generator) -> tuple[Way, ...]:
    """Draw the river, the railway and the main roads, in local metres; each seed moves the bends a little."""
    drawn: dict[str, Way] = {}
    for kind, name, corners in _WAYS:
        line = _round_off(_nudge(np.array(corners, dtype=float), rng))
        first, last = _MEETS.get(name, (None, None))
        line[0] = _onto(line[0], drawn[first].line) if first else line[0]
        line[-1] = _onto(line[-1], drawn[last].line) if last else line[-1]
        drawn[name] = Way(kind, name, LineString(line))
    return tuple(drawn.values())


def _nudge(corners: Floats, rng: np.random.Generator) -> Floats:
    """Move the inner corners by up to 35 metres; the ends stay, because other roads meet them there."""
    moved = corners.copy()
    moved[1:-1] += rng.uniform(-35, 35, (len(corners) - 2, 2))
    return moved


def _round_off(corners: Floats) -> Floats:
    """Cut the corners three times (Chaikin 1974), keeping both ends."""
    line = corners
    for _ in range(3):
        near, far = line[:-1] * 0.75 + line[1:] * 0.25, line[:-1] * 0.25 + line[1:] * 0.75
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        line = np.vstack([line[:1], cut[1:-1], line[-1:]])
    return line


def _onto(end: Floats, road: LineString) -> Floats:
    """Return the point of ``road`` nearest to ``end``."""
    nearest = road.interpolate(road.project(Point(end)))
    return np.array([nearest.x, nearest.y])


def place(name: str) -> TownPlace:
    """The place called ``name``; a name that is not in ``PLACES`` is a mistake in the code and raises KeyError."""
    return {known.name: known for known in PLACES}[name]
