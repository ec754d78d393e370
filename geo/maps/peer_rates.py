"""Peer rates: how one area's rate compares with those of its statistical neighbours, the areas most like it."""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo.areas.area_set import AreaSet, Units
from geo.errors import ThinDataError
from geo.maps.measure import Measured
from geo.statistics.statistical_neighbours import most_similar

NUMBER: Final = 10
_SQUARE_KILOMETRE: Final = 1e6


def statistical_neighbours(areas: AreaSet, shown: Measured, at: int) -> str | None:
    """Say how many of the ten areas most like one (at a position) have a lower rate; None where that is not known.

    Areas are compared by deprivation, where it is known, and in how densely people live.
    """
    has_rate = ~np.isnan(shown.rates) & ~shown.elsewhere  # what is gathered from several places is like no area
    if not has_rate[at]:
        return None
    table = features_of(areas, shown.units)
    table[~has_rate] = np.nan  # an area without a rate of its own is no neighbour to compare with
    try:
        similar = most_similar(table, at, NUMBER)
    except ThinDataError:
        return None
    lower = int((shown.rates[similar] < shown.rates[at]).sum())
    by = "deprivation and in how densely people live" if table.shape[1] > 1 else "how densely people live"
    middle = float(np.median(shown.rates[similar]))
    return (
        f"Of the {NUMBER} areas most like it in {by}, {lower} have a lower rate; half of them "
        f"have {'about ' * shown.protected}{middle:,.1f} per 1,000 residents or more."
    )


def features_of(areas: AreaSet, units: Units) -> npt.NDArray[np.float64]:
    """Return what makes units alike, unit × feature: residents per square kilometre and, where known, deprivation."""
    density = units.residents / _size(areas, units.member, len(units.codes))
    known = [density] if np.isnan(units.deprivation).all() else [density, units.deprivation]
    return np.column_stack(known)


def _size(areas: AreaSet, member: npt.NDArray[np.int64], units: int) -> npt.NDArray[np.float64]:
    """Return the size of each unit in square kilometres."""
    return np.bincount(member, weights=areas.metres.area.to_numpy(), minlength=units) / _SQUARE_KILOMETRE
