"""Nesting: the larger areas that zones stay inside of, and those by which what fits in no zone is put together."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.areas.area_set import LEVELS, AreaSet, Units

_ORDER: Final = tuple(LEVELS)


@dataclass(frozen=True)
class Nesting:
    """The larger areas of a set as its zones know them.

    A zone stays inside one unit of ``parent``; None where the set knows no larger areas, and is one whole. What fits
    in no zone is put together by the units of ``pool``; None where it is put together for the whole set.
    """

    parent: Units | None
    pool: Units | None


def parent_levels(areas: AreaSet) -> tuple[str, ...]:
    """Return the levels that are sums of zones, from small to large: the one that zones stay inside of, and larger.

    Zones stay inside MSOAs. A set that does not know them has the next larger level in their place, or else the largest
    that it knows.
    """
    larger = [level for level in areas.levels if _ORDER.index(level) > _ORDER.index(areas.level)]
    wide = tuple(level for level in larger if _ORDER.index(level) >= _ORDER.index("msoa"))
    return wide or tuple(larger[-1:])


def nesting(areas: AreaSet) -> Nesting:
    """Return the larger areas of a set as its zones know them.

    Those of its largest level put together what fits in no zone, if each is made of whole parents and is more than one.
    """
    levels = parent_levels(areas)
    if not levels:
        return Nesting(None, None)
    parent, largest = areas.units(levels[0]), areas.units(levels[-1])
    holding = np.full(len(parent.codes), -1)
    holding[parent.member] = largest.member
    nested = len(levels) > 1 and bool((holding[parent.member] == largest.member).all())
    return Nesting(parent, largest if nested else None)


def zones_stay(before: AreaSet, after: AreaSet) -> bool:
    """Return whether zones of the same areas stay inside of the same larger areas, and are put together by the same.

    Where they do not, what was released by the one could be taken apart by what would be released by the other.
    """
    one, other = nesting(before), nesting(after)
    return _same(one.parent, other.parent) and _same(one.pool, other.pool)


def _same(one: Units | None, other: Units | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.codes == other.codes and bool((one.member == other.member).all())
