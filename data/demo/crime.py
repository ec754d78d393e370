"""Street-level crime of Castlebrook, month by month, in the format of data.police.uk.

Expected numbers are a product of how common a type is, how it follows the seasons, and how an area draws it (residents,
town centre, deprivation, shops); the planted changes multiply them. What happens is a Poisson draw around that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import shapely
from shapely import Point

from data.demo.effects import MONTHS, Effect
from data.demo.grid import DECIMALS, to_degrees
from data.demo.plan import TOWN, place
from data.demo.streets import Network, roadside
from data.demo.town_areas import Area
from geo.arrays import Floats

FORCE: Final = f"{TOWN} Police (fictional)"
STREET_HEADER: Final = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
ASB: Final = "Anti-social behaviour"
_PER_MONTH: Final = 385.0
_NO_LOCATION: Final = 0.03
_OUTSIDE: Final = 0.002
_PLACES_PER_AREA: Final = 8
_ROADSIDE: Final = 8.0  # metres from the middle of the road to a snap point


class _Type(NamedTuple):
    """How common a crime type is (its share of all), and how much it follows centre, deprivation, shops and summer."""

    share: float
    centre: float
    deprivation: float
    shops: float
    summer: float


# Shares are near those of a real force area; drugs are a little more common here.
TYPES: Final[dict[str, _Type]] = {
    "Violence and sexual offences": _Type(0.288, 1.5, 0.8, 0.0, 0.06),
    ASB: _Type(0.203, 2.0, 0.8, 0.5, 0.25),
    "Criminal damage and arson": _Type(0.094, 0.6, 1.0, 0.0, 0.06),
    "Public order": _Type(0.080, 2.5, 0.8, 0.5, 0.10),
    "Burglary": _Type(0.068, 0.3, 0.5, 0.0, -0.20),
    "Vehicle crime": _Type(0.066, 0.5, 0.3, 0.5, -0.05),
    "Other theft": _Type(0.066, 2.0, 0.2, 1.0, 0.05),
    "Shoplifting": _Type(0.050, 6.0, 0.2, 14.0, -0.05),
    "Other crime": _Type(0.024, 0.5, 0.5, 0.0, 0.0),
    "Drugs": _Type(0.027, 1.5, 1.0, 0.0, 0.0),
    "Robbery": _Type(0.009, 3.0, 0.8, 0.5, -0.05),
    "Possession of weapons": _Type(0.009, 2.0, 1.0, 0.0, 0.05),
    "Theft from the person": _Type(0.009, 7.0, 0.0, 2.0, 0.0),
    "Bicycle theft": _Type(0.007, 3.0, 0.0, 1.0, 0.30),
}

_OUTCOMES: Final[dict[str, float]] = {
    "Investigation complete; no suspect identified": 0.42,
    "Unable to prosecute suspect": 0.33,
    "Status update unavailable": 0.06,
    "Under investigation": 0.05,
    "Awaiting court outcome": 0.05,
    "Local resolution": 0.04,
    "Offender given a caution": 0.02,
    "Further action is not in the public interest": 0.02,
    "Further investigation is not in the public interest": 0.01,
}


@dataclass(frozen=True)
class Snap:
    """A snap point: where incidents of a stretch of street are shown, and how busy it is within its area."""

    point: Point
    location: str
    weight: float


@dataclass(frozen=True)
class Street:
    """The monthly files as rows by month, each row a text for each column of ``STREET_HEADER``, and what they hold."""

    months: Mapping[str, list[tuple[str, ...]]]
    no_location: int
    outside: int


def snap_points(network: Network, areas: Sequence[Area], rng: np.random.Generator) -> list[list[Snap]]:
    """Choose up to eight snap points beside the streets of each area; the list follows the order of areas."""
    ways = [way for way in network.ways if way.kind in ("main", "street")]
    spots = [
        (way.name, roadside(way, float(rng.uniform(0.25, 0.75)), float(rng.choice([-_ROADSIDE, _ROADSIDE]))))
        for way in ways
        for _ in range(max(1, int(way.line.length // 400)))
    ]
    found: list[list[Snap]] = []
    for area in areas:
        inner = area.shape.buffer(-2.0)
        shapely.prepare(inner)
        inside = [spot for spot in spots if inner.contains(spot[1])]
        chosen = rng.permutation(len(inside))[:_PLACES_PER_AREA]
        found.append([Snap(inside[i][1], f"On or near {inside[i][0]}", float(rng.lognormal(0.0, 0.8))) for i in chosen])
    return found


def draw_crime(
    areas: Sequence[Area], snaps: Sequence[Sequence[Snap]], effects: Sequence[Effect], rng: np.random.Generator
) -> Street:
    """Draw every month's rows; ASB rows carry no Crime ID and no outcome, as in the real series."""
    expected = expect(areas, effects, rng)
    writer = _Writer(areas, snaps, rng)
    months = {}
    for number, month in enumerate(MONTHS):
        counts = rng.poisson(expected[number])
        rows = [
            writer.row(month, kind, area)
            for area in range(len(areas))
            for position, kind in enumerate(TYPES)
            for _ in range(counts[position, area])
        ]
        months[month] = sorted(rows, key=lambda row: (row[7] == "", row[7], row[9]))
    return Street(months, writer.no_location, writer.outside)


def expect(areas: Sequence[Area], effects: Sequence[Effect], rng: np.random.Generator) -> Floats:
    """Return the expected number by month, type and area: an array of 36 × 14 × 60."""
    draw = attraction(areas) * rng.lognormal(0.0, 0.2, (len(TYPES), len(areas)))
    draw /= draw.sum(axis=1, keepdims=True)
    usual = draw * np.array([kind.share for kind in TYPES.values()])[:, None] * _PER_MONTH
    expected = usual * _seasons()[:, :, None]
    kinds, codes = list(TYPES), [area.code for area in areas]
    for effect in effects:
        kind, where = kinds.index(effect.category), [codes.index(code) for code in effect.areas]
        share = effect.usual / len(where) * _seasons()[:, kind] * effect.times
        expected[:, kind, where] = share[:, None]
    return np.asarray(expected)


def attraction(areas: Sequence[Area]) -> Floats:
    """Return how strongly each area draws each type, as 14 × 60."""
    centres = np.array([area.centre for area in areas])
    from_centre = np.hypot(*centres.T)
    retail = place("Riverside Retail Park").point
    shops = np.array([1.0 if area.shape.contains(retail) else 0.0 for area in areas])
    residents = np.array([area.residents for area in areas]) / 2_000
    deprivation = np.array([area.deprivation for area in areas]) / 30
    centre = np.exp(-((from_centre / 550) ** 2))
    return np.array(
        [
            residents * (0.5 + kind.deprivation * deprivation) + kind.centre * centre + kind.shops * shops
            for kind in TYPES.values()
        ]
    )


def _seasons() -> Floats:
    """Return the seasonal multiplier of each type in each month, as 36 × 14, highest in July where it is above zero."""
    number = np.array([int(month[5:]) for month in MONTHS])
    wave = np.cos(2 * np.pi * (number - 7) / 12)
    return np.asarray(1 + wave[:, None] * np.array([kind.summer for kind in TYPES.values()]))


class _Writer:
    """Writes rows and counts those without location and those outside every area."""

    def __init__(self, areas: Sequence[Area], snaps: Sequence[Sequence[Snap]], rng: np.random.Generator) -> None:
        self._areas, self._rng = areas, rng
        self._where = [[(*_degrees(snap.point), snap.location) for snap in spots] for spots in snaps]
        self._weights = [np.cumsum([snap.weight for snap in spots]) / sum(s.weight for s in spots) for spots in snaps]
        self._outcomes = np.cumsum(list(_OUTCOMES.values()))
        self.no_location = 0
        self.outside = 0

    def row(self, month: str, kind: str, area: int) -> tuple[str, ...]:
        """Return one incident of ``kind`` in the area numbered ``area``."""
        asb = kind == ASB
        crime_id = "" if asb else self._rng.bytes(32).hex()
        outcome = "" if asb else list(_OUTCOMES)[int(np.searchsorted(self._outcomes, self._rng.random()))]
        return (crime_id, month, FORCE, FORCE, *self._location(area), kind, outcome, "")

    def _location(self, area: int) -> tuple[str, str, str, str, str]:
        """Return longitude, latitude, location, area code and area name; a few have none or lie beyond the town."""
        chance = float(self._rng.random())
        if chance < _NO_LOCATION:
            self.no_location += 1
            return "", "", "No Location", "", ""
        if chance < _NO_LOCATION + _OUTSIDE:
            self.outside += 1
            lon, lat = _degrees(Point(4_200 + 40 * float(self._rng.integers(5)), 900))
            return lon, lat, "On or near Sandbank Road", "X01990001", "Sandbank 001A"
        spot = int(np.searchsorted(self._weights[area], self._rng.random()))
        lon, lat, location = self._where[area][spot]
        return lon, lat, location, self._areas[area].code, self._areas[area].name


def _degrees(point: Point) -> tuple[str, str]:
    """Return a point in local metres as longitude and latitude with six decimals."""
    lon, lat = to_degrees(np.array([[point.x, point.y]]))[0]
    return f"{lon:.{DECIMALS}f}", f"{lat:.{DECIMALS}f}"
