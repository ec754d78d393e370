"""The areas of Castlebrook with their names, codes, parents, residents and deprivation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

import numpy as np
import shapely
from shapely import LineString, Point, Polygon

from data.demo.plan import TOWN
from data.demo.regions import draw_areas, group, touching
from data.demo.streets import Network
from geo.arrays import Floats

ESTATE: Final = Point(1750, 1000)  # Eastmoor estate, the poorest part of the town
_WARDS: Final = {True: ("Castle", "Eastmoor"), False: ("Millbank", "Riverside")}  # by bank, from west to east
_DISTRICTS: Final = {True: f"{TOWN} North", False: f"{TOWN} South"}
_LARGER_PER_WARD: Final = 3


@dataclass(frozen=True)
class Area:
    """A small area: its shape in local metres, what it is called, what it lies in and who lives there.

    ``properties`` are written to the areas file as they stand; codes begin with X and are no real area's.
    """

    shape: Polygon
    properties: Mapping[str, str | int | float]

    @property
    def code(self) -> str:
        """The area's code, for example X01000001."""
        return str(self.properties["code"])

    @property
    def name(self) -> str:
        """The area's name, for example Castlebrook 012C."""
        return str(self.properties["name"])

    @property
    def residents(self) -> float:
        """How many people live in the area."""
        return float(self.properties["residents"])

    @property
    def deprivation(self) -> float:
        """The deprivation score: higher is poorer."""
        return float(self.properties["deprivation"])

    @property
    def centre(self) -> Floats:
        """The middle of the area in local metres."""
        return np.array([self.shape.centroid.x, self.shape.centroid.y])


def draw_town(network: Network, river: LineString, rng: np.random.Generator) -> tuple[Area, ...]:
    """Draw the sixty areas and give them names and parents; ordered by code."""
    shapes, north = draw_areas(network, river, rng)
    centres = np.array([[shape.centroid.x, shape.centroid.y] for shape in shapes])
    borders = touching(shapes)
    larger: list[tuple[list[int], str, bool]] = []
    for bank in (True, False):
        wards = group(borders, np.flatnonzero(north == bank).tolist(), len(_WARDS[bank]), rng)
        wards.sort(key=lambda ward: float(centres[ward, 0].mean()))
        for name, ward in zip(_WARDS[bank], wards, strict=True):
            larger += [(members, name, bank) for members in group(borders, ward, _LARGER_PER_WARD, rng)]
    larger.sort(key=lambda item: -float(centres[item[0], 1].mean()))  # numbered from north to south
    return tuple(_named(larger, shapes, centres, rng))


def _named(
    larger: Sequence[tuple[list[int], str, bool]], shapes: Sequence[Polygon], centres: Floats, rng: np.random.Generator
) -> list[Area]:
    """Return the areas with their properties, in the order of the larger areas and, inside each, from west to east."""
    areas: list[Area] = []
    wards = [*_WARDS[True], *_WARDS[False]]
    for number, (members, ward, bank) in enumerate(larger, start=1):
        for letter, member in zip(
            ascii_uppercase, sorted(members, key=lambda each: float(centres[each, 0])), strict=False
        ):
            properties: dict[str, str | int | float] = {
                "code": f"X01{len(areas) + 1:06d}",
                "name": f"{TOWN} {number:03d}{letter}",
                "msoa_code": f"X02{number:06d}",
                "msoa_name": f"{TOWN} {number:03d}",
                "ward_code": f"X05{wards.index(ward) + 1:06d}",
                "ward_name": ward,
                "district_code": f"X07{1 if bank else 2:06d}",
                "district_name": _DISTRICTS[bank],
                **_people(centres[member], rng),
            }
            areas.append(Area(shapes[member], properties))
    return areas


def _people(centre: Floats, rng: np.random.Generator) -> dict[str, int | float]:
    """Draw residents (1,000 to 3,000, fewer in the centre) and deprivation (2 to 70, more there and on the estate)."""
    from_centre = float(np.hypot(*centre))
    from_estate = float(np.hypot(centre[0] - ESTATE.x, centre[1] - ESTATE.y))
    residents = 2_000 - 850 * np.exp(-((from_centre / 650) ** 2)) + rng.normal(0, 260)
    score = (
        2 + 30 * np.exp(-((from_centre / 1_000) ** 2)) + 50 * np.exp(-((from_estate / 650) ** 2)) + rng.gamma(1.6, 5.0)
    )
    return {
        "residents": int(np.clip(residents, 1_000, 3_000)),
        "deprivation": round(float(np.clip(score, 2, 70)), 1),
    }


def containing(areas: Sequence[Area], point: Point) -> Area:
    """Return the area that holds ``point``; a point outside every area raises LookupError."""
    for area in areas:
        if area.shape.contains(point):
            return area
    raise LookupError("a place of the plan must lie inside the town, but this one does not")


def around(areas: Sequence[Area], point: Point, size: int) -> tuple[Area, ...]:
    """Return ``size`` areas in one piece: the one that holds ``point`` and the nearest touching it, own bank first."""
    first = containing(areas, point)
    bank = first.properties["district_code"]

    def nearness(area: Area) -> tuple[bool, float]:
        return area.properties["district_code"] != bank, float(shapely.distance(area.shape, point))

    near = sorted(neighbours(areas, first), key=nearness)
    return (first, *near[: size - 1])


def neighbours(areas: Sequence[Area], area: Area) -> tuple[Area, ...]:
    """Return the areas that share at least 30 metres of border with ``area``."""
    borders = touching([area.shape, *(other.shape for other in areas)])[0, 1:]
    return tuple(other for other, border in zip(areas, borders, strict=True) if other is not area and border > 30.0)
