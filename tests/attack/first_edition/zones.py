"""Zones of the first edition: exact counts tell whether one goes on, and whether three contributors are enough."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.areas.area_set import AreaSet
from geo.areas.contiguity import neighbours_in_parent
from geo.arrays import Positions
from geo.counts.cube import Counts
from geo.release.naming import named
from geo.release.nesting import Nesting, nesting
from geo.release.zones import Zones

MIN_INCIDENTS: Final = 10  # in twelve months, at least
MIN_INCIDENTS_TO_STAY: Final = (
    5  # at least, for a zone of the year before: people compare years, so boundaries should be steady
)
MIN_RESIDENTS: Final = 1_000  # at least
MIN_CONTRIBUTORS: Final = 3  # at least, where incidents come from more than one
LARGEST_TWO: Final = 90  # per cent of a zone's incidents that its two largest contributors have at most


@dataclass(frozen=True)
class _Part:
    """Areas that are merged so far: their incidents by contributor, and their residents (NaN where unknown)."""

    areas: tuple[int, ...]
    n: Counts
    residents: float
    least: int = MIN_INCIDENTS

    @cached_property
    def incidents(self) -> int:
        """The incidents of all contributors."""
        return int(self.n.sum())

    def merged(self, other: "_Part") -> "_Part":
        """Return the areas of both."""
        return _Part(self.areas + other.areas, self.n + other.n, self.residents + other.residents)

    def stands(self, pooled: bool) -> bool:
        """Return whether it may be counted by itself."""
        return meets_bar(self.n, self.residents, pooled, self.least)


def build(areas: AreaSet, n: Counts, year: str, before: Zones | None = None) -> Zones:
    """Return the zones of a school year, from the exact counts of twelve months.

    ``n`` is contributor × area, all harm groups together. Areas are merged with neighbours inside their MSOA (see
    ``geo.release.nesting``), the smallest first, until every zone meets ``meets_bar``. The areas of a whole MSOA that
    does not are elsewhere: one zone for each district. The order of areas makes no difference.

    ``before``, the zones of the same areas in an earlier year, are where the merging begins: one of them stays while it
    holds 5 incidents, and is merged with neighbours when it does not. A zone is split where it could be several by
    now: it is still a union of whole zones for those who compare years.
    """
    nest = nesting(areas)
    return _labelled(areas, nest, year, *_merged(areas, nest, n, before))


def meets_bar(n: Counts, residents: float, pooled: bool, least: int = MIN_INCIDENTS) -> bool:
    """Return whether areas with these incidents, one figure a contributor, may be counted by themselves.

    They need ``least`` incidents and 1,000 residents, where these are known (not NaN). Where the dataset is ``pooled``,
    three contributors must have incidents and the two largest at most 90 %: else one that knows its own would know the
    other's.
    """
    total = int(n.sum())
    if total < least or residents < MIN_RESIDENTS:
        return False
    largest_two = int(np.sort(n)[-2:].sum())
    return not pooled or bool(np.count_nonzero(n) >= MIN_CONTRIBUTORS and 100 * largest_two <= LARGEST_TWO * total)


def is_pooled(n: Counts) -> bool:
    """Return whether counts (contributor × area) come from more than one contributor."""
    return int(n.any(axis=1).sum()) > 1


def _merged(areas: AreaSet, nest: Nesting, n: Counts, before: Zones | None) -> tuple[Positions, npt.NDArray[np.bool_]]:
    """Merge areas, or the zones of an earlier year: the group of each area, as some number, and which are elsewhere."""
    order = np.argsort(np.array(areas.codes))  # areas go by the order of their codes here, whatever that of the set
    parent = _parents(nest, len(order))
    near = neighbours_in_parent(areas.metres.to_numpy()[order], parent[order])
    residents, pooled = areas.units(areas.level).residents, is_pooled(n)
    alone = [_Part((at,), n[:, order[at]], float(residents[order[at]])) for at in range(len(order))]
    group, elsewhere = np.empty(len(order), dtype=np.int64), np.zeros(len(order), dtype=np.bool_)
    for each in np.unique(parent):
        inside = np.flatnonzero(parent[order] == each).tolist()
        parts = _grown(_beginning(alone, inside, before, order), near, pooled)
        for part in chain.from_iterable(_parted(one, alone, near, pooled) for one in parts):
            where = order[list(part.areas)]
            group[where] = part.areas[0]
            elsewhere[where] = not part.stands(pooled)
    pool = np.zeros(len(order), dtype=np.int64) if nest.pool is None else nest.pool.member
    return np.where(elsewhere, len(order) + pool, group), elsewhere


def _beginning(alone: Sequence[_Part], inside: Sequence[int], before: Zones | None, order: Positions) -> list[_Part]:
    """Return the parts that merging begins with inside one parent: an earlier year's zones, and areas that had none."""
    if before is None:
        return [alone[at] for at in inside]
    of_zone: dict[int, _Part] = {}
    rest = []
    for at in inside:
        zone = int(before.member[order[at]])
        if before.elsewhere[zone]:
            rest.append(alone[at])
        else:
            of_zone[zone] = of_zone[zone].merged(alone[at]) if zone in of_zone else alone[at]
    return [*(replace(part, least=MIN_INCIDENTS_TO_STAY) for part in of_zone.values()), *rest]


def _grown(begun: Sequence[_Part], near: Sequence[set[int]], pooled: bool) -> list[_Part]:
    """Merge parts of one parent until all meet the bar, or one is left; ``near`` are the neighbours of each area."""
    parts = {part.areas[0]: part for part in begun}
    whose = {at: code for code, part in parts.items() for at in part.areas}
    around = {
        code: {whose[other] for at in part.areas for other in near[at] if other in whose} - {code}
        for code, part in parts.items()
    }
    failing = {code for code, part in parts.items() if not part.stands(pooled)}
    while failing and len(parts) > 1:
        weakest = min(failing, key=lambda code: (parts[code].incidents, code))
        # Failing ones first, so that as many zones as can be are left.
        into = min(around[weakest], key=lambda code: (code not in failing, parts[code].incidents, code))
        first, second = sorted((weakest, into))
        parts[first] = parts[first].merged(parts.pop(second))
        for code in around[second]:
            around[code].discard(second)
            around[code].add(first)
        around[first] = (around[first] | around.pop(second)) - {first, second}
        failing -= {first, second}
        if not parts[first].stands(pooled):
            failing.add(first)
    return list(parts.values())


def _parted(part: _Part, alone: Sequence[_Part], near: Sequence[set[int]], pooled: bool) -> list[_Part]:
    """Return the zones that a part could be by now; itself where that is one, or where one of them would not do."""
    smaller = _grown([alone[at] for at in sorted(part.areas)], near, pooled)
    return smaller if len(smaller) > 1 and all(one.stands(pooled) for one in smaller) else [part]


def _labelled(areas: AreaSet, nest: Nesting, year: str, group: Positions, elsewhere: npt.NDArray[np.bool_]) -> Zones:
    """Name groups of areas and put them in order of code."""
    _, first, member = np.unique(group, return_index=True, return_inverse=True)
    apart = elsewhere[first]
    codes, names = named(areas, nest, member, apart.tolist())
    order = np.argsort(np.array(codes))
    return Zones(
        year,
        tuple(codes[zone] for zone in order),
        tuple(names[zone] for zone in order),
        np.argsort(order)[member],
        tuple(apart[order].tolist()),
    )


def _parents(nest: Nesting, number: int) -> Positions:
    """Return the position of each area's parent; a set that knows no larger areas is one."""
    return np.zeros(number, dtype=np.int64) if nest.parent is None else nest.parent.member
