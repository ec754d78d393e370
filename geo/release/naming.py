"""Names of zones: their codes and names, and of what the zones of several school years have in common."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from geo import columns as c
from geo.areas.area_set import AreaSet, Units, distinct_labels
from geo.areas.spoken_names import of_most, spoken
from geo.arrays import Positions
from geo.release.nesting import Nesting

LISTED: Final = 3  # areas up to which a name lists them
TOGETHER: Final = "+"  # stands between the codes of areas that make up one


class _Label(NamedTuple):
    """The code and the name of a group of areas, and a longer name for where another group has the same."""

    code: str
    name: str
    longer: str


def named(
    areas: AreaSet, nest: Nesting, member: Positions, elsewhere: Sequence[bool]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes and the names of groups of areas, in the order of the groups; no two share either.

    ``member`` gives the position of each area's group. ``elsewhere`` marks the groups of what fits in no zone, at most
    one in each unit of ``nest.pool``; any other group lies inside one unit of ``nest.parent``. A single area keeps its
    code and name, and areas that are the whole of their parent have the parent's. Names are the plain ones, as a
    release keeps them; ``spoken_of`` makes those that people read.
    """
    order = np.lexsort((np.array(areas.codes), member))
    groups = np.split(order, np.flatnonzero(np.diff(member[order])) + 1)
    names = areas.frame[c.NAME].tolist()
    labels = [
        _of_rest(nest.pool, int(group[0])) if apart else _of_zone(areas.codes, names, nest.parent, group.tolist())
        for group, apart in zip(groups, elsewhere, strict=True)
    ]
    times = Counter(label.name for label in labels)
    codes = tuple(label.code for label in labels)
    told = [label.longer if times[label.name] > 1 else label.name for label in labels]
    name_of = {code: name for name, code in distinct_labels(told, codes).items()}
    return codes, tuple(name_of[code] for code in codes)


def spoken_of(areas: AreaSet, member: Positions, elsewhere: Sequence[bool], names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of groups as they are spoken of: "Boston Castle (Rotherham 017B and 017C)".

    ``names`` are those of ``named``. Each stands after the neighbourhood that holds most residents of its group, but
    for what is elsewhere, which lies all over a district.
    """
    known_as = of_most(areas.neighbourhoods, member, areas.units(areas.level).residents)
    return tuple(
        name if apart else spoken(neighbourhood, name)
        for neighbourhood, apart, name in zip(known_as, elsewhere, names, strict=True)
    )


def _of_rest(pool: Units | None, area: int) -> _Label:
    """Label what fits in no zone, there where an area lies."""
    if pool is None:
        return _Label("elsewhere", "Elsewhere", "Elsewhere")
    at = pool.member[area]
    name = f"Elsewhere in {pool.plain_names[at]}"
    return _Label(f"elsewhere-{pool.codes[at]}", name, name)


def _of_zone(all_codes: Sequence[str], all_names: Sequence[str], parent: Units | None, group: Sequence[int]) -> _Label:
    """Label areas (positions in order of code) of one parent."""
    code = TOGETHER.join(all_codes[area] for area in group)
    names = [all_names[area] for area in group]
    if parent is None:
        listing = _listing(names, "")
        return _Label(
            code, listing if len(names) <= LISTED else f"{names[0]} and {len(names) - 1} other areas", listing
        )
    at = parent.member[group[0]]
    whole = parent.plain_names[at]
    listing = _listing(names, whole)
    if len(names) > 1 and len(names) == (parent.member == at).sum():
        # The code of a larger area may be that of an area, too, in sets of people's own making.
        return _Label(code if parent.codes[at] in all_codes else parent.codes[at], whole, listing)
    return _Label(code, listing if len(names) <= LISTED else f"{len(names)} areas of {whole}", listing)


def _listing(names: Sequence[str], parent: str) -> str:
    """Name all areas; what each shares with its parent is said once: “Hill 012A, 012C and 012D”."""
    shared = parent[: parent.rfind(" ") + 1] if all(name.startswith(parent) for name in names) else ""
    *before, last = (names[0], *(name.removeprefix(shared) for name in names[1:]))
    return f"{', '.join(before)} and {last}" if before else last
