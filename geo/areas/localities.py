"""Localities: what the place is called where a school stands, where the list of schools does not say its town."""

from collections.abc import Iterable, Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES, AreaSet

_CALLED_AFTER = ("msoa", "district")  # the first of these that an area set has names a place without neighbourhood
_DISTRICT = "district"
_WARD = "ward"


def with_towns(schools: pd.DataFrame, area_sets: Iterable[AreaSet]) -> pd.DataFrame:
    """Return the schools (``lon``, ``lat``, ``town``) with a town for each that lies in an area.

    Where the list says no town, it is the name of the larger area around the school with its district, such as "Boston
    Castle, Rotherham" or "Rotherham 017", of the first of the area sets that the school lies in. It stays missing for
    schools that lie in none.
    """
    towns = schools[c.TOWN].to_numpy(dtype=object, na_value=None)
    for areas in area_sets:
        without = np.flatnonzero([town is None for town in towns])
        if without.size:
            towns[without] = _places_of(areas, schools.iloc[without])
    return schools.assign(**{c.TOWN: pd.Series(towns, index=schools.index, dtype="str")})


def say_localities(areas: AreaSet, places: pd.DataFrame) -> list[str]:
    """Return what the place around each point (``lon``, ``lat``) is called, as ``with_towns`` does; "" outside all."""
    return [called or "" for called in _places_of(areas, places)]


def _places_of(areas: AreaSet, schools: pd.DataFrame) -> npt.NDArray[np.object_]:
    points = gpd.points_from_xy(schools[c.LON], schools[c.LAT], crs=DEGREES).to_crs(METRES)
    school, area = shapely.STRtree(areas.metres.to_numpy()).query(np.asarray(points), predicate="intersects")
    found = np.full(len(schools), None, dtype=object)
    found[school] = np.array(_names(areas), dtype=object)[area]
    return found


def _names(areas: AreaSet) -> Sequence[str]:
    """Return what the place around each area is called: its neighbourhood, else the next larger area of a name."""
    named = (level for level in _CALLED_AFTER if level in areas.levels)
    level = areas.level if areas.level == _WARD else next(named, areas.level)
    names = [
        neighbourhood or name for neighbourhood, name in zip(areas.neighbourhoods, _names_at(areas, level), strict=True)
    ]
    if _DISTRICT not in areas.levels:
        return names
    districts = _names_at(areas, _DISTRICT)
    return [
        name if district in name else f"{name}, {district}" for name, district in zip(names, districts, strict=True)
    ]


def _names_at(areas: AreaSet, level: str) -> list[str]:
    units = areas.units(level)
    return [units.plain_names[unit] for unit in units.member]
