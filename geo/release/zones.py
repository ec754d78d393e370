"""Zones: areas merged with their neighbours until each holds enough incidents and residents to be counted by itself.

One set of zones serves one school year. A new zone tells no more than that it held 10 incidents or more in the twelve
months that it was built from. Whether a zone goes on into the next year follows from what was released of it, which
everybody can see, so that it tells nothing.
"""

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
from geo.release.keyed import fractions
from geo.release.naming import named
from geo.release.nesting import Nesting, nesting

MIN_INCIDENTS: Final = 10  # in twelve months, at least
MIN_SHOWN_TO_STAY: Final = 5  # at least, of a zone's last year: people compare years, so boundaries should be steady
MIN_RESIDENTS: Final = 1_000  # at least
MIN_CONTRIBUTORS: Final = 3  # at least, where incidents come from more than one
LARGEST_TWO: Final = 90  # per cent of a zone's incidents that its two largest contributors may have, at least
_OF_EACH: Final = 3  # a contributor counts from 0, 1 or 2 incidents on
_FEWER: Final = 8  # of so many larger areas, one has zones of fewer than 10 incidents where several contribute


@dataclass(frozen=True)
class Zones:
    """The zones of one school year, in order of code.

    ``member`` gives the position of each area's zone. ``elsewhere`` says, for each zone, whether it is what is left of
    a district: the places that hold too little to be zones.
    """

    year: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    member: Positions
    elsewhere: tuple[bool, ...]


@dataclass(frozen=True)
class Bar:
    """What areas need to be counted by themselves, besides 1,000 residents where these are known.

    Where several contribute, three of them must have incidents, as many as ``of_each`` says, and the two largest at
    most ``largest_two`` per cent: else one that knows its own would know the other's.
    """

    incidents: int = MIN_INCIDENTS
    of_each: Counts | None = None
    largest_two: int = LARGEST_TWO

    @classmethod
    def drawn(cls, contributors: int, secret: bytes, name: str) -> "Bar":
        """Return the bar of a dataset of several contributors, as the secret draws it for a name.

        Whoever knows its own counts knows by how little they miss a bar that is always the same, and that others have
        incidents where it is reached. So each contributor counts from 0, 1 or 2 incidents on, the two largest have
        at most 90 to 100 %, and now and then fewer than 10 incidents are enough.
        """
        names = [f"{name}|{at}" for at in range(contributors)]
        incidents, larger = (float(fractions(secret, purpose, [name])[0]) for purpose in ("incidents", "largest two"))
        of_each = (fractions(secret, "contributes", names) * _OF_EACH).astype(np.int64)
        fewer = int(incidents * _FEWER * MIN_INCIDENTS)  # the same chance for each of 0 to 9
        return cls(min(fewer, MIN_INCIDENTS), of_each, LARGEST_TWO + int(larger * (101 - LARGEST_TWO)))

    def is_met(self, n: Counts, residents: float, *, stays: bool = False) -> bool:
        """Return whether incidents (one figure a contributor) and residents reach it.

        Areas that were counted by themselves and ``stays`` do without the number of incidents.
        """
        total = int(n.sum())
        if not (stays or total >= self.incidents) or residents < MIN_RESIDENTS:
            return False
        if self.of_each is None:
            return True
        enough = np.count_nonzero(n >= self.of_each) >= MIN_CONTRIBUTORS
        return bool(enough and 100 * int(np.sort(n)[-2:].sum()) <= self.largest_two * total)


@dataclass(frozen=True)
class _Part:
    """Areas that are merged so far: their incidents by contributor, and their residents (NaN where unknown).

    ``shown`` is what was released of the zones among them in the year before; 0 where there are none.
    """

    areas: tuple[int, ...]
    n: Counts
    residents: float
    shown: int = 0

    @cached_property
    def incidents(self) -> int:
        """The incidents of all contributors: as they were released where they were."""
        return self.shown or int(self.n.sum())

    def merged(self, other: "_Part") -> "_Part":
        """Return the areas of both."""
        return _Part(
            self.areas + other.areas, self.n + other.n, self.residents + other.residents, self.shown + other.shown
        )

    def stands(self, bar: Bar) -> bool:
        """Return whether it may be counted by itself."""
        return bar.is_met(self.n, self.residents, stays=self.shown >= MIN_SHOWN_TO_STAY)


def build(
    areas: AreaSet, n: Counts, year: str, secret: bytes, before: Zones | None = None, shown: Counts | None = None
) -> Zones:
    """Return the zones of a school year, from the exact counts of twelve months.

    ``n`` is contributor × area, all harm groups together. Areas are merged with neighbours inside their MSOA (see
    ``geo.release.nesting``), the smallest first, until every zone meets its ``Bar``, which ``secret`` draws where
    several contribute. The areas of a whole MSOA that does not are elsewhere: one zone for each district. The order of
    areas makes no difference.

    ``before``, the zones of the same areas in an earlier year, are where the merging begins: one of them stays while
    what was ``shown`` of it in that year (by zone) is 5 or more, and is merged with neighbours when it is not. A zone
    is split where it could be several by now: it is still a union of whole zones for those who compare years.
    """
    nest = nesting(areas)
    bars = _bars(nest, n, secret)
    return _labelled(areas, nest, year, *_merged(areas, nest, n, bars, before, shown))


def is_pooled(n: Counts) -> bool:
    """Return whether counts (contributor × area) come from more than one contributor."""
    return int(n.any(axis=1).sum()) > 1


def _bars(nest: Nesting, n: Counts, secret: bytes) -> list[Bar]:
    """Return the bar of each larger area that zones stay inside of, the same in every year."""
    codes = ("",) if nest.parent is None else nest.parent.codes
    return [Bar.drawn(len(n), secret, code) if is_pooled(n) else Bar() for code in codes]


def _merged(
    areas: AreaSet, nest: Nesting, n: Counts, bars: Sequence[Bar], before: Zones | None, shown: Counts | None
) -> tuple[Positions, npt.NDArray[np.bool_]]:
    """Merge areas, or the zones of an earlier year: the group of each area, as some number, and which are elsewhere."""
    order = np.argsort(np.array(areas.codes))  # areas go by the order of their codes here, whatever that of the set
    parent = _parents(nest, len(order))
    near = neighbours_in_parent(areas.metres.to_numpy()[order], parent[order])
    residents = areas.units(areas.level).residents
    alone = [_Part((at,), n[:, order[at]], float(residents[order[at]])) for at in range(len(order))]
    group, elsewhere = np.empty(len(order), dtype=np.int64), np.zeros(len(order), dtype=np.bool_)
    for each in np.unique(parent):
        bar = bars[each]
        inside = np.flatnonzero(parent[order] == each).tolist()
        parts = _grown(_beginning(alone, inside, before, shown, order), near, bar)
        for part in chain.from_iterable(_parted(one, alone, near, bar) for one in parts):
            where = order[list(part.areas)]
            group[where] = part.areas[0]
            elsewhere[where] = not part.stands(bar)
    pool = np.zeros(len(order), dtype=np.int64) if nest.pool is None else nest.pool.member
    return np.where(elsewhere, len(order) + pool, group), elsewhere


def _beginning(
    alone: Sequence[_Part], inside: Sequence[int], before: Zones | None, shown: Counts | None, order: Positions
) -> list[_Part]:
    """Return the parts that merging begins with inside one parent: an earlier year's zones, and areas that had none."""
    if before is None or shown is None:
        return [alone[at] for at in inside]
    of_zone: dict[int, _Part] = {}
    rest = []
    for at in inside:
        zone = int(before.member[order[at]])
        if before.elsewhere[zone]:
            rest.append(alone[at])
        else:
            of_zone[zone] = of_zone[zone].merged(alone[at]) if zone in of_zone else alone[at]
    return [*(replace(part, shown=int(shown[zone])) for zone, part in of_zone.items()), *rest]


def _grown(begun: Sequence[_Part], near: Sequence[set[int]], bar: Bar) -> list[_Part]:
    """Merge parts of one parent until all meet the bar, or one is left; ``near`` are the neighbours of each area."""
    parts = {part.areas[0]: part for part in begun}
    whose = {at: code for code, part in parts.items() for at in part.areas}
    around = {
        code: {whose[other] for at in part.areas for other in near[at] if other in whose} - {code}
        for code, part in parts.items()
    }
    failing = {code for code, part in parts.items() if not part.stands(bar)}
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
        if not parts[first].stands(bar):
            failing.add(first)
    return list(parts.values())


def _parted(part: _Part, alone: Sequence[_Part], near: Sequence[set[int]], bar: Bar) -> list[_Part]:
    """Return the zones that a part could be by now; itself where that is one, or where one of them would not do."""
    smaller = _grown([alone[at] for at in sorted(part.areas)], near, bar)
    return smaller if len(smaller) > 1 and all(one.stands(bar) for one in smaller) else [part]


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
