"""Snapping: where a place meets the network, the foot of the perpendicular on the nearest stretch, and how far off."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from geo.arrays import Floats, Positions
from geo.walking.ready_network import ReadyNetwork, stretches_touching

FAR: Final = 250.0  # metres from any way; a school that is farther off is said to be
FARTHEST: Final = 500.0  # metres; what is farther off has no walking distance
_NONE: Final = -1


@dataclass(frozen=True)
class Snaps:
    """Where places meet the network, all [places].

    ``stretch`` is the nearest one, -1 where none is within ``FARTHEST`` metres; ``along`` is how far from its start the
    place meets it and ``away`` how far off the place lies (infinite where there is none), in metres; ``foot`` is where
    they meet, [places, 2] (EPSG:27700).
    """

    stretch: Positions
    along: Floats
    away: Floats
    foot: Floats


def snap(network: ReadyNetwork, places: Floats) -> Snaps:
    """Return where places ([places, 2], metres) meet the network, each at its nearest stretch."""
    if not len(places):
        return _meeting(network, places, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    near = stretches_touching(network, places.min(axis=0) - FARTHEST, places.max(axis=0) + FARTHEST)
    ends = np.stack([network.xy[network.start[near]], network.xy[network.end[near]]], axis=1)
    tree = shapely.STRtree(shapely.linestrings(ends))
    at, nearest = tree.query_nearest(shapely.points(places), max_distance=FARTHEST, all_matches=False)
    return _meeting(network, places, at, near[nearest])


def _meeting(network: ReadyNetwork, places: Floats, at: Positions, nearest: Positions) -> Snaps:
    """Say where the places at some positions meet the stretches that are nearest to them; the others meet none."""
    start, end = network.xy[network.start[nearest]], network.xy[network.end[nearest]]
    length, course = network.metres[nearest], end - start
    beside = ((places[at] - start) * course).sum(axis=1)
    share = np.clip(np.divide(beside, length**2, out=np.zeros_like(beside), where=length > 0), 0.0, 1.0)
    foot = start + share[:, None] * course
    stretch = np.full(len(places), _NONE, dtype=np.int64)
    along, away, feet = (np.full(shape, np.inf) for shape in (len(places), len(places), (len(places), 2)))
    stretch[at], along[at], away[at], feet[at] = nearest, share * length, np.hypot(*(places[at] - foot).T), foot
    return Snaps(stretch, along, away, feet)
