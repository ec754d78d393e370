"""Pupil origins: where pupils of a school set out for it, never nearer than a postcode sector or a place of many.

Nobody's address or route is one, and no number of pupils under ten.
"""

from dataclasses import dataclass
from typing import Final

SECTOR: Final = "sector"  # a postcode sector, from a file, with its pupils to the nearest five
PLACE: Final = "place"  # a stop, estate, area or other named place that was chosen by hand
KINDS: Final = (SECTOR, PLACE)
LEAST: Final = 10  # pupils of a sector; fewer are left out
ROUNDED: Final = 5


@dataclass(frozen=True)
class PupilOrigin:
    """One place that pupils set out from, in degrees (EPSG:4326).

    ``pupils`` is to the nearest five, and None where nobody said how many.
    """

    name: str
    kind: str
    lon: float
    lat: float
    pupils: int | None = None


def rounded(pupils: int) -> int:
    """Return a number of pupils to the nearest five; what lies between two is rounded up."""
    return ROUNDED * int((pupils + ROUNDED / 2) // ROUNDED)
