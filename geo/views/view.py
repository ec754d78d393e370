"""Views: counts of any kind as one page looks at them, by the units of a level, in periods, by harm group.

An open dataset and a custodian's exact counts are kept by area and month. A release is kept by zone and half-term, and
zones may differ from one school year to the next: the units of a view are unions of whole zones in every year that it
covers, so that each of its figures is a sum of protected cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.areas.area_set import AreaSet, Units
from geo.calendar import periods as p
from geo.counts.cube import Cube
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.release import zoning
from geo.release.group_lists import LABELS
from geo.release.kinds import Exact, Protected, Released


@dataclass(frozen=True)
class View:
    """The units of a level, and a cube whose areas are these units.

    ``elsewhere`` marks the units that gather places with too few incidents to show by themselves.
    """

    units: Units
    cube: Cube
    elsewhere: npt.NDArray[np.bool_]


def levels(counts: Released | Exact, areas: AreaSet) -> tuple[str, ...]:
    """Return the levels that counts can be seen at, from small to large."""
    return zoning.levels(areas) if isinstance(counts, Protected) else areas.levels


def periods(counts: Released | Exact) -> tuple[str, ...]:
    """Return the periods that counts cover: months, or the half-terms that are released."""
    return tuple(one.key for one in counts.periods) if isinstance(counts, Protected) else counts.cube.periods


def harms_in(counts: Released | Exact) -> tuple[str, ...]:
    """Return the harm groups that may be chosen: those that occur, or all where that must not be disclosed."""
    if isinstance(counts, Protected):
        return counts.groups
    return tuple(code for code in HARM_GROUPS if code in counts.cube.harm)


def years_of(counts: Released | Exact, chosen: Sequence[str]) -> tuple[str, ...]:
    """Return the school years that a view of these periods must cover; none where areas never change.

    Those between the first and the last of the periods, as far as half-terms of them are released.
    """
    if not isinstance(counts, Protected):
        return ()
    years = sorted({one.year for one in counts.periods})
    touched = sorted({p.school_year(key) for key in chosen if p.is_half_term(key)} & set(years))
    return tuple(year for year in years if touched and touched[0] <= year <= touched[-1])


def view_counts(counts: Released | Exact, areas: AreaSet, level: str, years: Sequence[str] = ()) -> View:
    """Return the view of counts by the units of a level.

    The cube of a release has every released half-term of ``years`` (see ``years_of``), in units that stay the same
    through all of them. Raises InputError for a level that there is none of, and for a release when there is no year.
    """
    if isinstance(counts, Protected):
        return _of_release(counts, areas, level, years)
    units = areas.units(level)
    cube = counts.cube if level == areas.level else counts.cube.rolled_up(units)
    return View(units, cube, np.zeros(len(units.codes), dtype=np.bool_))


def _of_release(counts: Protected, areas: AreaSet, level: str, years: Sequence[str]) -> View:
    kept = [at for at, one in enumerate(counts.periods) if one.year in set(years)]
    if not kept:
        raise InputError(
            "Protected counts are shown by half-terms that are released, and none of those chosen is; choose others."
        )
    found = zoning.units(counts.zoning, areas, level, years)
    n = np.zeros((len(found.units.codes), len(kept), len(counts.groups)), dtype=np.int64)
    for position, at in enumerate(kept):
        np.add.at(n[:, position], found.unit_of[counts.periods[at].year], counts.shown[at])
    keys = tuple(counts.periods[at].key for at in kept)
    cube = Cube(
        areas=found.units.codes,
        periods=keys,
        categories=tuple(LABELS[code] for code in counts.groups),
        harm=counts.groups,
        missing=frozenset(),
        n=n,
        protected=True,
    )
    return View(found.units, cube, found.elsewhere)
