"""Way network: the ways open to people on foot, as points and the stretches between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from geo.arrays import Floats, Positions

UNNAMED: Final = -1


@dataclass(frozen=True)
class WayNetwork:
    """Ways open to people on foot.

    ``lon`` and ``lat`` are [points], degrees (EPSG:4326); ``start`` and ``end`` are [stretches], positions among the
    points: each stretch is straight and can be walked both ways. Ways meet where they share a point. ``left_out``
    counts the ways of the map that are closed to people on foot, by why ("private", "motorway", …).

    ``name`` is [stretches], the position of a stretch's street among ``names``, -1 where it has none; it is empty for a
    map that was kept without the names of its streets.
    """

    lon: Floats
    lat: Floats
    start: Positions
    end: Positions
    left_out: Mapping[str, int] = field(default_factory=dict)
    name: Positions = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    names: tuple[str, ...] = ()

    @property
    def name_of(self) -> Positions:
        """The name of each stretch by its position, -1 where none is known."""
        return self.name if len(self.name) else np.full(len(self.start), UNNAMED, dtype=np.int64)
