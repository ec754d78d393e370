"""Marked places: what young people marked and what agencies recorded, counted in the same units.

Each unit is a union of whole zones of the marks and, where the recorded incidents are protected too, of whole zones of
theirs: so every figure is a sum of what is released, and nothing is counted closer than that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from geo.areas.area_set import AreaSet, Units
from geo.arrays import Bools, Floats, Positions
from geo.counts import filters
from geo.counts.filters import Choice
from geo.errors import InputError
from geo.feelings import SAFE, UNSAFE
from geo.release import zoning
from geo.release.group_lists import FELT
from geo.release.kinds import Open, Protected, Released
from geo.release.zones import Zones
from geo.release.zoning import ZONE, Zoning


@dataclass(frozen=True)
class MarkedPlaces:
    """Marks by unit, and the recorded incidents beside them; all arrays have one entry for each unit.

    ``safe`` and ``unsafe`` are sums of protected counts, multiples of 5. ``recorded`` is NaN where nothing is laid
    beside the marks, ``recorded_in`` are its periods, and ``about`` says that it is protected. ``elsewhere`` are units
    that gather places with too few marks or incidents. ``sessions`` is how many half-terms of ``periods`` hold marks.
    """

    units: Units
    periods: tuple[str, ...]
    safe: Floats
    unsafe: Floats
    recorded: Floats
    recorded_in: tuple[str, ...]
    about: bool
    elsewhere: Bools
    sessions: int


@dataclass(frozen=True)
class Recorded:
    """Released counts of incidents in the areas of the marks, and which of them are looked at."""

    counts: Released
    choice: Choice


def years_of_marks(marks: Protected) -> tuple[str, ...]:
    """Return the school years in which marks are released, the newest first."""
    _require_marks(marks)
    return tuple(sorted({one.year for one in marks.periods}, reverse=True))


def marked_places(marks: Protected, areas: AreaSet, year: str, beside: Recorded | None = None) -> MarkedPlaces:
    """Return the marks of a school year, and the recorded incidents ``beside`` them where there are any.

    Raises InputError for counts that are no marks, and for a year of which none are released.
    """
    _require_marks(marks)
    kept = [at for at, one in enumerate(marks.periods) if one.year == year]
    if not kept:
        raise InputError(f"Marks are told by school years that are released, and {year} is none; choose another.")
    zones = [replace(one, year=f"marks {one.year}") for one in marks.zoning.years if one.year == year]
    other = _zones_beside(beside)
    names = [one.year for one in (*zones, *other)]
    found = zoning.units(Zoning((*zones, *other)), areas, ZONE, names)
    shown = np.sum([marks.shown[at] for at in kept], axis=0)
    felt = np.zeros((len(found.units.codes), len(FELT)), dtype=np.float64)
    np.add.at(felt, found.unit_of[f"marks {year}"], shown)
    recorded = _recorded(beside, found.units, found.unit_of)
    return MarkedPlaces(
        units=found.units,
        periods=tuple(marks.periods[at].key for at in kept),
        safe=felt[:, FELT.index(SAFE)],
        unsafe=felt[:, FELT.index(UNSAFE)],
        recorded=recorded,
        recorded_in=() if beside is None else beside.choice.periods,
        about=beside is not None and isinstance(beside.counts, Protected),
        elsewhere=found.elsewhere,
        sessions=sum(bool(marks.shown[at].any()) for at in kept),
    )


def _require_marks(marks: Protected) -> None:
    if marks.groups != FELT:
        raise InputError("Safe and unsafe places are told by young people’s marks, and these are none; name a session.")


def _zones_beside(beside: Recorded | None) -> list[Zones]:
    """Return the zones of protected incidents in the years that are looked at, under names of their own."""
    if beside is None or not isinstance(beside.counts, Protected):
        return []
    years = {one.year for one in beside.counts.periods if one.key in beside.choice.periods}
    return [replace(one, year=f"beside {one.year}") for one in beside.counts.zoning.years if one.year in years]


def _recorded(beside: Recorded | None, units: Units, unit_of: Mapping[str, Positions]) -> Floats:
    number = np.full(len(units.codes), np.nan)
    if beside is None:
        return number
    counts, choice = beside.counts, beside.choice
    if isinstance(counts, Open):
        by_area = filters.totals(counts.cube, choice)
        if np.isnan(by_area).all():
            return number
        return np.bincount(units.member, by_area, len(units.codes)).astype(np.float64)
    groups = [at for at, code in enumerate(counts.groups) if code in choice.harms]
    periods = [at for at, one in enumerate(counts.periods) if one.key in choice.periods]
    if not periods:
        return number
    found = np.zeros(len(units.codes))
    for at in periods:
        np.add.at(found, unit_of[f"beside {counts.periods[at].year}"], counts.shown[at][:, groups].sum(axis=1))
    return found
