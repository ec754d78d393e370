"""What a fictional partnership hands over for Castlebrook: six hexagons that it gives priority to, and why."""

import json
from pathlib import Path
from typing import Final

import numpy as np
from shapely import Polygon

from data.demo.grid import feature
from data.demo.plan import FICTION, place

TITLE: Final = "Priority areas, autumn (fictional)"
SOURCE: Final = "Castlebrook community safety partnership (fictional)"
HANDLING: Final = "official-sensitive"
DAYS: Final = 180  # from the day on which the town is built to the last day of the layer
_ACROSS: Final = 260.0  # metres from the middle of a hexagon to each corner
_PLACES: Final = (
    "Bus interchange", "Riverside Retail Park", "Millbank Park", "Northgate Recreation Ground", "Eastmoor Fields",
    "Quayside",
)  # fmt: skip


def hexagon(x: float, y: float) -> Polygon:
    """Draw a hexagon around a point in local metres, anticlockwise as GeoJSON asks."""
    turns = np.arange(6) * np.pi / 3
    return Polygon(np.column_stack([x + _ACROSS * np.cos(turns), y + _ACROSS * np.sin(turns)]))


def write_partner_layer(folder: Path) -> Path:
    """Write the layer as the partnership exports it, with columns that are not kept; returns where it is."""
    path = folder / "priority_areas.geojson"
    middles = [(name, place(name).point) for name in _PLACES]
    features = [
        feature(hexagon(at.x, at.y), {"name": name, "score": 90 - 7 * rank, "rank": rank})
        for rank, (name, at) in enumerate(middles, start=1)
    ]
    collection = {"type": "FeatureCollection", "description": FICTION, "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path
