"""Walk sentences: what people must know of a walking distance, and why there is none where there is none."""

from typing import Final

import numpy as np

from geo.areas.reach import PACE
from geo.arrays import Floats
from geo.walking.ready_network import ReadyNetwork
from geo.walking.snapping import FAR, FARTHEST
from geo.walking.walks import Walks
from geo.wording import how_many, say_metres

HOW: Final = (
    f"Walks are measured from a school straight to the nearest way, along ways that are open to people on foot, and "
    f"straight to each point, at {PACE} m a minute (4.8 km an hour). One-way rules are not for people on foot; hills, "
    "crossings and gates that are locked are not known."
)
NO_NETWORK: Final = (
    "Walking distance needs a map of streets and paths, and none is loaded here; bring a base map in, and until then "
    "choose a distance in a straight line."
)
_STRAY: Final = 50  # points that may lie beyond a map's edge, as ways that cross it are often kept whole
_STRAY_SHARE: Final = 0.01
_SIDES: Final = ("west", "south", "east", "north")


def too_far(name: str) -> str:
    """Say that a place has no walking distance, as no way is near enough."""
    return (
        f"Walking distance needs a way within {say_metres(round(FARTHEST))}, and the map of ways has none that close "
        f"to {name}; choose a distance in a straight line, or bring a base map of this place."
    )


def too_short(walks: Walks, name: str) -> str:
    """Say that a walk ends before it gets to the nearest way."""
    return (
        f"A walk needs to get to a way, and the nearest one is {say_metres(round(walks.away))} from {name}, farther "
        f"than {say_metres(round(walks.limit))}; choose a longer walk or a distance in a straight line."
    )


def warnings(walks: Walks, name: str) -> tuple[str, ...]:
    """Say what makes one place's walks less than certain: how far off it lies, and where the map ends."""
    return tuple(sentence for sentence in (far_off(walks.away, name), _cut(walks, name)) if sentence)


def method(walks: Walks) -> tuple[str, ...]:
    """Say how walks are measured, and which ways are not walked."""
    return tuple(sentence for sentence in (HOW, _left_out(walks.network)) if sentence)


def far_off(away: float, name: str) -> str | None:
    """Say that a place lies far from any way; None where it does not."""
    if away <= FAR:
        return None
    return (
        f"{name} lies {say_metres(round(away))} from the nearest way on the map; that part of each walk is counted in "
        "a straight line."
    )


def map_edges(network: ReadyNetwork) -> Floats:
    """Return where a map of ways ends, (west, south, east, north) in metres, without the ends of ways that cross it."""
    at = min(int(_STRAY_SHARE * len(network.xy)), _STRAY)
    last = len(network.xy) - 1 - at
    sides = np.partition(network.xy, (at, last), axis=0)
    return np.concatenate([sides[at], sides[last]])


def _cut(walks: Walks, name: str) -> str | None:
    """Say to which sides the map ends before the walks could."""
    edges = map_edges(walks.network)
    reach = np.concatenate([walks.xy - walks.limit, walks.xy + walks.limit])
    beyond = np.where([True, True, False, False], reach < edges, reach > edges)
    sides = [side for side, is_beyond in zip(_SIDES, beyond, strict=True) if is_beyond]
    if not sides:
        return None
    where = " and ".join([", ".join(sides[:-1]), sides[-1]] if len(sides) > 1 else sides)
    return (
        f"The map of ways ends less than {say_metres(round(walks.limit))} {where} of {name}, so walks may be cut off "
        "there, and the figures too low."
    )


def _left_out(network: ReadyNetwork) -> str | None:
    """Say which ways are not walked: those that are closed to people on foot, and those that lead nowhere else."""
    closed = [f"{n:,} {why}" for why, n in sorted(network.ways_left_out.items(), key=lambda one: -one[1]) if n]
    said = []
    if closed:
        number = sum(network.ways_left_out.values())
        ways = f"{how_many(number, 'way', 'ways')} of the map {'is' if number == 1 else 'are'}"
        said.append(f"{ways} not walked: {', '.join(closed)}.")
    if network.parts_left_out:
        parts = how_many(network.parts_left_out, "part", "parts")
        verb, they = ("does", "is") if network.parts_left_out == 1 else ("do", "are")
        said.append(
            f"{parts} of it, {network.metres_left_out / 1000:,.1f} km of ways, {verb} not hang together with the rest "
            f"and {they} left out."
        )
    return " ".join(said) or None
