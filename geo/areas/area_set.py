"""Area sets: one edition of areas, the larger areas they belong to, and the people who live in them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo import columns as c
from geo.areas import spoken_names
from geo.errors import InputError

DEGREES: Final = "EPSG:4326"  # for drawing and for placing points that come in degrees
METRES: Final = "EPSG:27700"  # British National Grid, for distances only

# From small to large; "area" is the level of a set that is none of these.
LEVELS: Final[dict[str, str]] = {
    "area": "Area",
    "lsoa": "LSOA",
    "msoa": "MSOA",
    "ward": "Ward",
    "district": "District",
}

_IN_BRACKETS: Final = re.compile(r"[^(]+ \((.+)\)")


@dataclass(frozen=True)
class Units:
    """The areas of one level, in the order in which their counts are kept and drawn.

    ``codes``, ``names`` as they are spoken of ("Boston Castle (Rotherham 017B)"), ``residents`` (NaN where unknown) and
    ``deprivation`` (NaN where unknown or not meaningful) have one entry per unit. ``member`` gives, for every area of
    the set, the position of the unit it belongs to. ``plain`` are the names alone ("Rotherham 017B"); empty where they
    are the spoken ones.
    """

    level: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    residents: npt.NDArray[np.float64]
    deprivation: npt.NDArray[np.float64]
    member: npt.NDArray[np.int64]
    plain: tuple[str, ...] = ()

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each unit by its code."""
        return {code: index for index, code in enumerate(self.codes)}

    @cached_property
    def alphabet(self) -> npt.NDArray[np.int64]:
        """The positions of the units in alphabetical order of their names."""
        return np.argsort(np.array(self.names), kind="stable")

    @cached_property
    def by_label(self) -> dict[str, str]:
        """Each unit's code by a label no two share, in alphabetical order: its name, with its code if shared."""
        return dict(sorted(distinct_labels(self.names, self.codes).items()))

    @cached_property
    def label_of(self) -> dict[str, str]:
        """Each unit's label by its code."""
        return {code: label for label, code in self.by_label.items()}

    @property
    def plain_names(self) -> tuple[str, ...]:
        """The names alone, without the neighbourhoods that they are spoken of with."""
        return self.plain or self.names

    @cached_property
    def _by_plain_label(self) -> dict[str, str]:
        return distinct_labels(self.plain_names, self.codes)

    def name_of(self, code: str) -> str:
        """Return the name people use for a unit."""
        return self.names[self.position[code]]

    def called(self, text: str) -> str | None:
        """Return the code of the unit that a label means, as it is now or may have been; None if there is none.

        Neighbourhoods come, go and change their names: a plain name is enough, and any neighbourhood may stand before.
        """
        inside = _IN_BRACKETS.fullmatch(text)
        plain = self._by_plain_label
        return self.by_label.get(text) or plain.get(text) or (plain.get(inside[1]) if inside else None)


@dataclass(frozen=True)
class AreaSet:
    """One edition of areas.

    ``frame`` has the columns ``area``, ``name`` and ``geometry`` (EPSG:4326); where known also ``residents``,
    ``deprivation`` and, for each parent level, ``<level>_code`` and ``<level>_name``. ``known_as`` are the
    neighbourhoods of areas, by code, that were named after the set was made; they come before those of the frame.
    """

    title: str
    level: str
    frame: gpd.GeoDataFrame
    known_as: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The area codes, in the order of the frame."""
        return tuple(self.frame[c.AREA])

    @cached_property
    def metres(self) -> gpd.GeoSeries:
        """The areas' shapes in metres (EPSG:27700), for distances."""
        return self.frame.geometry.to_crs(METRES)

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels that counts can be shown at, from small to large."""
        parents = (level for level in LEVELS if level != self.level and c.parent_code(level) in self.frame.columns)
        return (self.level, *parents)

    @cached_property
    def neighbourhoods(self) -> tuple[str, ...]:
        """What people call the place around each area, "" where that is not known."""
        found = spoken_names.neighbourhoods(self.frame, self.level)
        return tuple(self.known_as.get(code, name) for code, name in zip(self.codes, found, strict=True))

    def units(self, level: str) -> Units:
        """Return the units of ``level``, with residents summed from the areas inside.

        A unit's residents are unknown when those of any area inside are unknown. Deprivation is an area's own
        figure and is not carried to larger units. Below wards, units are spoken of by the neighbourhood that holds them
        or most of their residents. Raises InputError for a level that the set does not have.
        """
        if level not in self.levels:
            raise InputError(
                f"“{self.title}” must know which {LEVELS.get(level, level)} each area belongs to, and it knows "
                f"{_listed(self.levels)}; import the areas again with --parent {level}=CODE,NAME."
            )
        of_areas = _figures(self.frame, c.RESIDENTS)
        if level == self.level:
            plain = tuple(self.frame[c.NAME])
            names = tuple(map(spoken_names.spoken, self.neighbourhoods, plain))
            deprivation = _figures(self.frame, c.DEPRIVATION)
            return Units(level, self.codes, names, of_areas, deprivation, np.arange(len(self.frame)), plain)
        member, codes = pd.factorize(self.frame[c.parent_code(level)], sort=True)
        residents = pd.Series(of_areas).groupby(member).sum(min_count=1, skipna=False)
        plain = tuple(self.frame[c.parent_name(level)].groupby(member).first())
        names = tuple(map(spoken_names.spoken, self._known_as(level, member), plain))
        nothing = np.full(len(codes), np.nan)
        return Units(level, tuple(codes), names, residents.to_numpy(), nothing, member, plain)

    def _known_as(self, level: str, member: npt.NDArray[np.int64]) -> Sequence[str]:
        """Return the neighbourhood of each larger area; wards and districts are known by their own names."""
        if not spoken_names.is_below_wards(level):
            return [""] * (int(member.max(initial=-1)) + 1)
        return spoken_names.of_most(self.neighbourhoods, member, _figures(self.frame, c.RESIDENTS))

    def shapes(self, level: str) -> gpd.GeoDataFrame:
        """Return the shapes (EPSG:4326) of a level's units, in their order: ``area``, ``name``, ``geometry``."""
        units = self.units(level)
        if level != self.level:
            return self.dissolved(units.member, units.codes, units.names)
        return _shapes(units.codes, units.names, self.frame)

    def dissolved(self, member: npt.NDArray[np.int64], codes: Sequence[str], names: Sequence[str]) -> gpd.GeoDataFrame:
        """Return the shapes (EPSG:4326) of units made of these areas, in their order: ``area``, ``name``, ``geometry``.

        ``member`` gives for every area the position of its unit; every unit has one or more.
        """
        return _shapes(codes, names, _joined(self.frame[["geometry"]].assign(unit=member)).sort_index())


def _shapes(codes: Sequence[str], names: Sequence[str], shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {c.AREA: list(codes), c.NAME: list(names)}, geometry=shapes.geometry.to_numpy(), crs=DEGREES
    )


def _joined(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join the shapes of each ``unit``: fast where they fit edge to edge, else in the way that takes any shapes."""
    try:
        return shapes.dissolve("unit", method="coverage")
    except shapely.errors.GEOSException:
        return shapes.dissolve("unit", method="unary")


def distinct_labels(names: Sequence[str], codes: Sequence[str]) -> dict[str, str]:
    """Return each code by a label no two share: its name, with the code if the name is shared."""
    with_code = [f"{name} ({code})" for name, code in zip(names, codes, strict=True)]
    # A name that reads like another's name with its code needs its own code too.
    times = Counter([*names, *with_code])
    return {
        (label if times[name] > 1 else name): code for name, label, code in zip(names, with_code, codes, strict=True)
    }


def _figures(frame: pd.DataFrame, column: str) -> npt.NDArray[np.float64]:
    if column in frame.columns:
        return frame[column].to_numpy(dtype="float64", na_value=np.nan)
    return np.full(len(frame), np.nan)


def _listed(levels: tuple[str, ...]) -> str:
    return " and ".join(LEVELS.get(level, level) for level in levels)
