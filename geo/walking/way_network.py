"""Way network: the ways open to people on foot, as points and the stretches between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.arrays import Floats, Positions


@dataclass(frozen=True)
class WayNetwork:
    """Ways open to people on foot.

    ``lon`` and ``lat`` are [points], degrees (EPSG:4326); ``start`` and ``end`` are [stretches], positions among the
    points: each stretch is straight and can be walked both ways. Ways meet where they share a point. ``left_out``
    counts the ways of the map that are closed to people on foot, by why ("private", "motorway", …).
    """

    lon: Floats
    lat: Floats
    start: Positions
    end: Positions
    left_out: Mapping[str, int] = field(default_factory=dict)
