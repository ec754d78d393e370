"""Thefts of phones outside Castlebrook Station: a known hotspot that the street data are planted to support.

They are recorded month after month at one published point, on top of what even chance brings everywhere. Being
thefts from the person they belong to the group of other harm, and leave what is planted in the other groups alone.
"""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
from shapely import Point

from data.demo.crime import FORCE
from data.demo.grid import to_degrees
from data.demo.plan import place

FORECOURT: Final = Point(place("Castlebrook Station").x - 40, place("Castlebrook Station").y - 55)
_PER_MONTH: Final = 7.0
_OUTCOME: Final = "Investigation complete; no suspect identified"
_PLACED: Final = slice(4, 9)  # of a row: longitude, latitude, location, code and name of the area


def add_phone_thefts(months: Mapping[str, list[tuple[str, ...]]], rng: np.random.Generator) -> None:
    """Add each month's thefts to its rows, at the point nearest to the forecourt that anything is published at."""
    where = _nearest({row[_PLACED] for rows in months.values() for row in rows if row[4]})
    for month, rows in months.items():
        for _ in range(int(rng.poisson(_PER_MONTH))):
            rows.append((rng.bytes(32).hex(), month, FORCE, FORCE, *where, "Theft from the person", _OUTCOME, ""))
        rows.sort(key=lambda row: (row[7] == "", row[7], row[9]))


def _nearest(places: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the place whose longitude and latitude are nearest to the forecourt."""
    lon, lat = to_degrees(np.array([[FORECOURT.x, FORECOURT.y]]))[0]
    narrow = np.cos(np.radians(lat))  # of a degree of longitude, beside one of latitude
    return min(sorted(places), key=lambda at: ((float(at[0]) - lon) * narrow) ** 2 + (float(at[1]) - lat) ** 2)
