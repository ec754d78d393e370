"""Networks made by hand: points by metres east and north of a corner in the north of England."""

import numpy as np

from geo.walking.ready_network import make_ready
from geo.walking.way_network import WayNetwork
from tests.unit.geo.samples import SOUTH, WEST
from tests.unit.geo.walking.by_networkx import TO_DEGREES, Reference

# A block of streets with a long road to the east, a lane that ends nowhere, and a garden path that touches no street.
#
#   6 ─ 7            (8)─(9) apart
#   │   │
#   3 ─ 4 ────────────── 5
#   │   │
#   0 ─ 1 ─ 2
POINTS = (
    (0, 0), (100, 0), (180, 0), (0, 100), (100, 100), (900, 100), (0, 200), (100, 200), (600, 400), (640, 400),
)  # fmt: skip
STRETCHES = ((0, 1), (1, 2), (0, 3), (1, 4), (3, 4), (4, 5), (3, 6), (4, 7), (6, 7), (8, 9))


def network(points=POINTS, stretches=STRETCHES, left_out=None):
    """Return a network of points in metres and the stretches between them."""
    lon, lat = TO_DEGREES.transform(*(np.asarray(points, float) + np.array([WEST, SOUTH])).T)
    start, end = np.array(stretches, dtype=np.int64).reshape(-1, 2).T
    return WayNetwork(lon, lat, start, end, left_out or {})


def ready(points=POINTS, stretches=STRETCHES, left_out=None):
    """Return such a network, ready."""
    return make_ready(network(points, stretches, left_out))


def reference(points=POINTS, stretches=STRETCHES):
    """Return such a network as networkx has it."""
    made = network(points, stretches)
    return Reference(made.lon, made.lat, stretches)


def at(east, north):
    """Return a place, [2] in metres (EPSG:27700)."""
    return np.array([WEST + east, SOUTH + north], dtype=float)
