"""References of known hotspots that nobody gave one: made of the name and the place, so that it finds itself again."""

import hashlib
from collections.abc import Collection
from itertools import count

import shapely
from shapely.geometry.base import BaseGeometry


def make_reference(name: str, shape: BaseGeometry, taken: Collection[str]) -> str:
    """Return a reference for a place of a name and a shape (EPSG:4326) that is none of those ``taken``."""
    text = f"{name} {shapely.to_wkt(shape, rounding_precision=5)}"
    made = f"H-{hashlib.sha256(text.encode()).hexdigest()[:6]}"
    return made if made not in taken else next(f"{made}-{n}" for n in count(2) if f"{made}-{n}" not in taken)
