"""The two kinds of counts that may leave the store: released ones, and exact ones that must stay with their custodian.

Both hold a cube. They are different types so that a function that writes, exports or shares can accept the first only.
"""

from dataclasses import dataclass

from geo.counting import Cube


@dataclass(frozen=True)
class Released:
    """Counts that may be shared: an open dataset as counted."""

    cube: Cube


@dataclass(frozen=True)
class Exact:
    """Exact counts of a protected dataset, for people of the organisation that owns it: never exported."""

    cube: Cube
