"""Zoning: the units of a view over several school years, each a union of whole zones in every one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.areas.area_set import AreaSet, Units
from geo.arrays import Positions
from geo.errors import InputError
from geo.release.naming import named, spoken_of
from geo.release.nesting import Nesting, nesting, parent_levels
from geo.release.zones import Zones

ZONE: Final = "zone"  # the smallest level of a release

_Label = tuple[str, str, str]  # the code of a unit, its name as it is spoken of, and its name alone


@dataclass(frozen=True)
class Zoning:
    """The zones of every school year of a release, in order of time, all of the same areas in the same order."""

    years: tuple[Zones, ...]


@dataclass(frozen=True)
class ZoneUnits:
    """The units of a view, in order of code.

    ``unit_of`` gives for each school year the position of the unit that each of its zones belongs to. ``elsewhere``
    says which units gather places with too few incidents to be counted by themselves, in any of these years.
    """

    units: Units
    unit_of: Mapping[str, Positions]
    elsewhere: npt.NDArray[np.bool_]


def levels(areas: AreaSet) -> tuple[str, ...]:
    """Return the levels that a release can be shown at, from small to large: zones, and larger areas of them."""
    return (ZONE, *parent_levels(areas))


def units(zoning: Zoning, areas: AreaSet, level: str, years: Sequence[str]) -> ZoneUnits:
    """Return the units of ``level`` for a view over school years.

    Areas that are in one zone in any year are in one unit, so that each unit is a union of whole zones in every year;
    what is elsewhere in a district in any year is one unit. At a larger level, these go to the larger area that holds
    most of their residents (of their areas, where residents are unknown), and what is elsewhere in a district stays so
    below that level. Residents are summed, and unknown where those of any area inside are.

    Raises InputError for a level that there is none of, and KeyError for a school year that has no zones.
    """
    if level not in levels(areas):
        raise InputError(
            f"“{areas.title}” can be shown by {', '.join(levels(areas))} where counts are protected, and “{level}” is "
            "none of these; choose one of them."
        )
    nest = nesting(areas)
    zones_of = {zones.year: zones for zones in zoning.years}
    chosen = [zones_of[year] for year in years]
    group, elsewhere = _in_common(chosen, nest)
    codes, plain = named(areas, nest, group, elsewhere.tolist())
    labels = list(zip(codes, spoken_of(areas, group, elsewhere.tolist(), plain), plain, strict=True))
    if level != ZONE:
        labels = _larger(areas, nest, level, group, labels, elsewhere)
    name_of = {code: (spoken, alone) for code, spoken, alone in sorted(labels)}
    position = {code: at for at, code in enumerate(name_of)}
    member = np.array([position[code] for code, _, _ in labels])[group]
    residents = np.zeros(len(name_of))
    np.add.at(residents, member, areas.units(areas.level).residents)
    names, alone = zip(*name_of.values(), strict=True)
    found = Units(level, tuple(name_of), names, residents, np.full(len(name_of), np.nan), member, alone)
    hatched = np.zeros(len(name_of), dtype=np.bool_)
    hatched[member] = elsewhere[group] & _stays_elsewhere(nest, level)
    return ZoneUnits(found, {zones.year: _units_of_zones(zones, member) for zones in chosen}, hatched)


def shapes(areas: AreaSet, units: Units) -> gpd.GeoDataFrame:
    """Return the shapes (EPSG:4326) of a view's units, in their order: ``area``, ``name``, ``geometry``."""
    return areas.dissolved(units.member, units.codes, units.names)


def _in_common(years: Sequence[Zones], nest: Nesting) -> tuple[Positions, npt.NDArray[np.bool_]]:
    """Return the group of each area, those in one zone in any year being one, and which groups are elsewhere."""
    elsewhere = np.any([np.array(zones.elsewhere)[zones.member] for zones in years], axis=0)
    number = len(elsewhere)
    pool = np.zeros(number, dtype=np.int64) if nest.pool is None else nest.pool.member
    labels = [*(zones.member for zones in years), np.where(elsewhere, number + pool, np.arange(number))]
    group, before = np.arange(number), None
    while before is None or (group != before).any():
        before = group
        for label in labels:
            least = np.full(label.max() + 1, number)
            np.minimum.at(least, label, group)
            group = least[label]
    _, group = np.unique(group, return_inverse=True)
    apart = np.zeros(group.max() + 1, dtype=np.bool_)
    apart[group[elsewhere]] = True
    return group, apart


def _larger(
    areas: AreaSet,
    nest: Nesting,
    level: str,
    group: Positions,
    labels: Sequence[_Label],
    elsewhere: npt.NDArray[np.bool_],
) -> list[_Label]:
    """Return the labels of the larger areas that groups go to; what stays elsewhere keeps its own."""
    larger = areas.units(level)
    people, places = (np.zeros((len(labels), len(larger.codes))) for _ in range(2))
    np.add.at(people, (group, larger.member), areas.units(areas.level).residents)
    np.add.at(places, (group, larger.member), 1)
    known = people.sum(axis=1, keepdims=True) > 0
    home = np.where(known, people, places).argmax(axis=1).tolist()
    stays = _stays_elsewhere(nest, level)
    return [
        label if apart and stays else (larger.codes[at], larger.names[at], larger.plain_names[at])
        for label, apart, at in zip(labels, elsewhere.tolist(), home, strict=True)
    ]


def _stays_elsewhere(nest: Nesting, level: str) -> bool:
    """Return whether what is elsewhere belongs to no larger area of a level: to none but those it is gathered by."""
    return nest.pool is None or nest.pool.level != level


def _units_of_zones(zones: Zones, member: Positions) -> Positions:
    found = np.empty(len(zones.codes), dtype=np.int64)
    found[zones.member] = member
    return found
