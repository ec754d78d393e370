"""Reach: how far around a school is looked, as metres in a straight line or as minutes on foot, and its words."""

import re
from dataclasses import dataclass, replace
from typing import Final

from geo.areas.proximity import RINGS
from geo.wording import say_metres

# Metres a minute, 4.8 km an hour: what lies "within 10 minutes (up to about 800 m)" is near enough to be walked to, in
# Manual for Streets (Department for Transport, 2007), paragraph 4.4.1.
PACE: Final = 80
MINUTES: Final = (5, 10, 20)
_WALK: Final = re.compile(r"walk-([1-9][0-9]{0,2})")


@dataclass(frozen=True)
class Reach:
    """How far around a school is looked: ``metres``, in a straight line or, where ``minutes`` are given, on foot.

    ``ways`` names the map that is walked along, so that what is kept of one map is not taken for that of another.
    """

    metres: int
    minutes: int | None = None
    ways: str = ""

    @property
    def on_foot(self) -> bool:
        """Whether it is a walk, and not a straight line."""
        return self.minutes is not None

    @property
    def words(self) -> str:
        """Say how far, for "within …" and "around …": "800 m", "10 minutes’ walk"."""
        if self.minutes is None:
            return say_metres(self.metres)
        return f"{self.minutes} {'minute’s' if self.minutes == 1 else 'minutes’'} walk"

    @property
    def said(self) -> str:
        """Say how far and how that is measured: "800 m in a straight line"."""
        if self.minutes is None:
            return f"{self.words} in a straight line"
        return f"{self.words} ({say_metres(self.metres)} along streets and paths)"

    @property
    def label(self) -> str:
        """Say how far where there is little room: "800 m", "10 min"."""
        return self.words if self.minutes is None else f"{self.minutes} min"

    @property
    def address(self) -> str:
        """How far, as an address and a key of what is stored hold it: "800", "walk-10"."""
        return str(self.metres) if self.minutes is None else f"walk-{self.minutes}"

    def along(self, ways: str) -> "Reach":
        """Return this walk along the ways of one map."""
        return replace(self, ways=ways)


def on_foot(minutes: int) -> Reach:
    """Return a walk of some minutes."""
    return Reach(PACE * minutes, minutes)


CIRCLES: Final = tuple(map(Reach, RINGS))
WALKS: Final = tuple(map(on_foot, MINUTES))
USUAL: Final = CIRCLES[1]


def read_reach(address: str) -> Reach:
    """Read a reach from an address. Raises ValueError where it is none of those that pages offer."""
    walk = _WALK.fullmatch(address)
    found = on_foot(int(walk[1])) if walk else Reach(int(address))
    if found not in (*CIRCLES, *WALKS):
        raise ValueError(f"A reach must be one of {', '.join(one.address for one in (*CIRCLES, *WALKS))}.")
    return found
