"""Compared changes: the change around a place beside the one that other areas had from the same year to the next.

Each is told with its interval and whether chance explains it, and nobody is ranked. Where so many kinds of harm are
looked at that one of them would stand out anyway, it does not (Holm 1979).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.areas.area_set import AreaSet
from geo.change_wording import UNCERTAIN, difference
from geo.counts.cube import Cube
from geo.counts.filters import Choice, with_year_before
from geo.disclosure import THRESHOLD
from geo.errors import ThinDataError
from geo.findings.nearby import SIGNIFICANCE, nearby, over_all, scatter_of
from geo.harms import HARM_GROUPS
from geo.maps.peer_rates import NUMBER, features_of
from geo.release.balancing import STEP
from geo.statistics.false_discovery import holm
from geo.statistics.ratio_of_ratios import RatioOfRatios, ratio_of_ratios
from geo.statistics.statistical_neighbours import most_similar
from geo.views.view import View

ALL: Final = "All of these kinds of harm"
NOT_COMPARED: Final = "cannot be set beside a year before"


@dataclass(frozen=True)
class SomeAreas:
    """Some areas together: the cube that holds them, their positions there, and what they are called."""

    cube: Cube
    units: tuple[int, ...]
    said: str


@dataclass(frozen=True)
class ComparedChange:
    """How a change compares with that of other areas: in a sentence, and whether the two really differ.

    ``real`` is None where nothing can be said.
    """

    sentence: str
    real: bool | None


def compared_changes(
    here: SomeAreas, others: SomeAreas, choice: Choice, harms: Sequence[str], whole: SomeAreas | None = None
) -> list[ComparedChange]:
    """Return how the change from a year before to the chosen periods compares, of all harm groups and of some by codes.

    ``others`` hold nothing of ``here``. ``whole`` are the areas whose own change is told beside it, where that is of
    others and here together; else it is that of ``others``.
    """
    codes = ("", *harms)
    found = [_set_beside(here, others, choice, code) for code in codes]
    adjusted = holm(np.array([np.nan if one is None else one.p for one in found]))
    at_hand, told = whole or others, {}
    for of in (here, at_hand):
        every = [over_all(of.cube, choice, of.units), *nearby(of.cube, choice, of.units)]
        told[of.said] = {one.harm: one.short for one in every}
    return [
        _told(code, told[here.said], told[at_hand.said], others, at_hand, one, real=bool(p_value <= SIGNIFICANCE))
        for code, one, p_value in zip(codes, found, adjusted, strict=True)
    ]


def most_like(areas: AreaSet, view: View, units: Sequence[int], number: int = NUMBER) -> SomeAreas:
    """Return the areas of a view that are most like some of them taken together, in the order of likeness.

    They are compared by deprivation, where it is known, and by how densely people live. Raises ThinDataError where
    that is not known, or there are too few others.
    """
    features, inside = features_of(areas, view.units), list(units)
    residents = view.units.residents
    features[~(residents > 0) | view.elsewhere] = np.nan
    known = [at for at in inside if np.isfinite(features[at]).all()]
    together = (
        np.average(features[known], axis=0, weights=residents[known])
        if known
        else np.full(features.shape[1], np.nan)  # of which it is said that nothing is known to go by
    )
    features[inside] = np.nan
    similar = most_similar(np.vstack([features, together]), len(features), number)
    by = "deprivation and how densely people live" if features.shape[1] > 1 else "how densely people live"
    return SomeAreas(view.cube, tuple(int(at) for at in similar), f"the {number} areas most like these (by {by})")


def _set_beside(here: SomeAreas, others: SomeAreas, choice: Choice, code: str) -> RatioOfRatios | None:
    """Return the change here over that elsewhere, of all groups where there is no code; None where it is unknown."""
    of = Choice(choice.periods, (code,)) if code else choice
    two, beside = (with_year_before(one.cube, of, one.units) for one in (here, others))
    if two.before is None or beside.before is None:
        return None
    counts = (two.before, two.now, beside.before, beside.now)
    if min(counts) < (THRESHOLD if here.cube.protected else 1):  # of none, nothing is to be expected
        return None
    factors = [_factor(one, choice, code) for one in (here, others)]
    off_by = STEP if here.cube.protected else 0.0
    try:
        return ratio_of_ratios(*counts, dispersion=factors[0], elsewhere_dispersion=factors[1], off_by=off_by)
    except ThinDataError:
        return None


def _factor(of: SomeAreas, choice: Choice, code: str) -> float:
    """Return how many times chance's variance the counts of some areas have, as their own change is judged by."""
    each = {one: Choice(choice.periods, (one,)) for one in choice.harms if one in of.cube.harm}
    return scatter_of(of.cube, each if code else {"": choice}, of.units)[code].factor


def _told(
    code: str,
    here: Mapping[str, str],
    there: Mapping[str, str],
    others: SomeAreas,
    whole: SomeAreas,
    found: RatioOfRatios | None,
    *,
    real: bool,
) -> ComparedChange:
    first = f"{HARM_GROUPS.get(code, ALL)}. Here: {here.get(code) or NOT_COMPARED}. "
    first += f"In {whole.said}: {there.get(code) or NOT_COMPARED}."
    if found is None:
        return ComparedChange(f"{first} Too few to set one beside the other.", None)
    size = difference(found.net, found.net_low, found.net_high)
    as_where = "there" if whole is others else f"in {others.said}"
    expected = f"{found.before * found.elsewhere:,.0f}"
    there_were = f"how many more or fewer there were is {UNCERTAIN}" if size == UNCERTAIN else f"there were {size}"
    return ComparedChange(
        f"{first} Had it gone as {as_where}, about {expected} were to be expected here: {there_were}.", real
    )
