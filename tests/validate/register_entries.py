"""Made-up entries of the register, at random street points."""

from datetime import date
from typing import Final

import numpy as np
from shapely import Point

from geo.register.hotspot import Hotspot
from geo.views.published_points import PublishedPoints

TODAY: Final = date(2026, 11, 29)
HARMS: Final = ("violence", "asb", "substances")


def entry(reference: str, lon: float, lat: float, harm: str) -> Hotspot:
    """Return an entry at a point."""
    return Hotspot(reference, reference, "other", harm, "active", Point(lon, lat))


def at_street_points(points: PublishedPoints, rng: np.random.Generator, number: int) -> list[Hotspot]:
    """Return entries at random published places, of the harm groups in turn."""
    lon, lat = points.degrees
    chosen = rng.choice(len(lon), number, replace=False).tolist()
    return [entry(f"R{at}", lon[at], lat[at], HARMS[one % len(HARMS)]) for one, at in enumerate(chosen)]
