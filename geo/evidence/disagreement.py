"""Disagreement: places that young people mark as unsafe while agencies record no more there, and the other way round.

A place is tested when 10 or more marks are shown of it, and 10 or more of all the others together. Its share of marks
that say unsafe is compared with the others' by the exact test of two shares (Fisher 1922), one-sided, for either
direction. What is shown is rounded: behind s lies any count from s − 4 to s + 4, the more likely the nearer, with the
chances by which ``geo.release.rounding`` first draws it, once for every half-term that holds marks. So p is its mean
over the counts that may lie behind those of the place, and the ends of its share are the widest that any of them gives;
the others together are close to what is shown. All places and both directions are corrected together (Holm 1979).
What is recorded decides only which of the places that stand out disagree, so it can make no more of them.

In simulated sessions (``tests/validate/safety_marks.py``) that were released as real ones are, and in which all places
feel alike, at most one in twenty tells of any disagreement; how many marks it takes to find one stands in the Guide.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from scipy import stats

from geo import disclosure
from geo.arrays import Bools, Floats, Positions
from geo.errors import ThinDataError
from geo.evidence.marked_places import MarkedPlaces
from geo.release.balancing import STEP
from geo.statistics.false_discovery import holm
from geo.statistics.rate_ratio import compare_all

MIN_MARKS: Final = disclosure.THRESHOLD  # shown of a place, and of all others together
LEVEL: Final = 0.05
OFF_BY: Final = STEP - 1  # how far the true count may lie from one that is shown, at most, as it is first drawn
MORE: Final = 1.5  # times as many incidents as elsewhere, at least, to be recorded as more


class MarkedKind(StrEnum):
    """How what young people mark in a place stands to what is recorded there."""

    UNSAFE_NOT_RECORDED = "unsafe, not recorded"
    RECORDED_FEELS_SAFE = "recorded, feels safe"
    BOTH = "unsafe and recorded"
    UNSAFE_ALONE = "unsafe, nothing laid beside"


@dataclass(frozen=True)
class MarkedFinding:
    """A place in which marks stand out from all the others, as the page tells it.

    ``unit`` is its position among the units. The true share of unsafe marks lies from ``low`` to ``high`` (95 %,
    rounding included), ``others`` is that of all the others. ``ratio`` is how many times as many incidents are
    recorded there as in the other marked places, by residents where they are known; NaN where that is not known. ``p``
    is corrected over all places.
    """

    kind: MarkedKind
    unit: int
    low: float
    high: float
    others: float
    ratio: float
    p: float

    @property
    def disagrees(self) -> bool:
        """Whether what is marked and what is recorded say different things."""
        return self.kind in (MarkedKind.UNSAFE_NOT_RECORDED, MarkedKind.RECORDED_FEELS_SAFE)


def marked_findings(places: MarkedPlaces) -> list[MarkedFinding]:
    """Return the places in which marks stand out, those that disagree with what is recorded first.

    Raises ThinDataError where fewer than two places have 10 marks or more.
    """
    tested = can_be_tested(places)
    if tested.sum() < 2:
        raise ThinDataError(
            f"Places can be compared when two of them have {MIN_MARKS} marks or more each, and fewer have; hold "
            "another session in the same half-term, or ask more young people."
        )
    index = np.flatnonzero(tested)
    of_place, of_others = (np.column_stack(pair) for pair in _counts(places, index))
    p = holm(
        np.concatenate(
            [_more(of_place, of_others, places.sessions), _more(of_place[:, ::-1], of_others[:, ::-1], places.sessions)]
        )
    )
    p = p.reshape(2, len(index))
    low, high = _ends(of_place, places.sessions)
    ratio, surely_more = _recorded_beside(places, tested)
    found = []
    for at, unit in enumerate(index.tolist()):
        kind = _kind(bool(p[0, at] <= LEVEL), bool(p[1, at] <= LEVEL), ratio[unit], bool(surely_more[unit]))
        if kind is None:
            continue
        others = float(of_others[at, 0] / of_others[at].sum())
        ends = (float(low[at]), float(high[at]))
        found.append(MarkedFinding(kind, unit, *ends, others, float(ratio[unit]), float(p[:, at].min())))
    return sorted(found, key=lambda one: (not one.disagrees, one.kind, one.p))


def can_be_tested(places: MarkedPlaces) -> Bools:
    """Return which units are tested: those of one place that show enough marks, where the others do too."""
    shown = places.safe + places.unsafe
    enough: Bools = (shown >= MIN_MARKS) & (shown.sum() - shown >= MIN_MARKS) & ~places.elsewhere
    return enough


def _counts(places: MarkedPlaces, index: Positions) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Return unsafe and safe marks as they are shown of some units, and those of all the others of each."""
    unsafe, safe = places.unsafe[index], places.safe[index]
    return (unsafe, safe), (places.unsafe.sum() - unsafe, places.safe.sum() - safe)


def _more(of_place: Floats, of_others: Floats, sessions: int) -> Floats:
    """Return the chance that each place has so many marks of the first kind or more, were its share the others'.

    Both are place × kind. It is the mean over what may lie behind the counts of the place.
    """
    off, weight = _behind(sessions)
    first, second = (np.maximum(of_place[:, [at]] + off, 0) for at in (0, 1))
    first, second = first[:, :, np.newaxis], second[:, np.newaxis, :]
    kind = first + of_others[:, 0, np.newaxis, np.newaxis]
    whole = kind + second + of_others[:, 1, np.newaxis, np.newaxis]
    chance = stats.hypergeom.sf(first - 1, whole, kind, first + second)
    return np.asarray(np.einsum("pij,i,j->p", chance, weight, weight))


def _behind(sessions: int) -> tuple[Floats, Floats]:
    """Return by how much a true count may differ from what is shown of it, and with which chance."""
    once = 1 - np.abs(np.arange(-OFF_BY, OFF_BY + 1)) / STEP
    weight = np.array([1.0])
    for _ in range(max(sessions, 1)):
        weight = np.convolve(weight, once / once.sum())
    reach = len(weight) // 2
    return np.arange(-reach, reach + 1, dtype=np.float64), weight


def _ends(of_place: Floats, sessions: int) -> tuple[Floats, Floats]:
    """Return the ends of the true share of the first kind (Clopper and Pearson 1934), the widest that is possible."""
    off = OFF_BY * max(sessions, 1)
    fewest, most = np.maximum(of_place - off, 0), of_place + off
    low = stats.beta.ppf(LEVEL / 2, fewest[:, 0], most[:, 1] + 1)
    high = stats.beta.ppf(1 - LEVEL / 2, most[:, 0] + 1, fewest[:, 1])
    return np.where(fewest[:, 0] == 0, 0.0, low), np.where(fewest[:, 1] == 0, 1.0, high)


def _recorded_beside(places: MarkedPlaces, tested: Bools) -> tuple[Floats, Bools]:
    """Return how many times as many incidents each unit has as the other marked ones, and where that is surely more."""
    marked = (places.safe + places.unsafe > 0) & ~places.elsewhere
    people = places.units.residents
    exposure = people if (people[marked] > 0).all() else np.bincount(places.units.member).astype(np.float64)
    here, there = places.recorded, exposure
    others, beside = here[marked].sum() - here, there[marked].sum() - there
    off_by = float(STEP) if places.about else 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = here / there / (others / beside)
    found = compare_all(others, here, beside, there, off_by)
    known = tested & ~np.isnan(ratio)
    return np.where(known, ratio, np.nan), known & (ratio >= MORE) & (found.low > 1)


def _kind(unsafe: bool, safe: bool, ratio: float, surely_more: bool) -> MarkedKind | None:
    if unsafe and np.isnan(ratio):
        return MarkedKind.UNSAFE_ALONE
    if unsafe and ratio <= 1:
        return MarkedKind.UNSAFE_NOT_RECORDED
    if unsafe and surely_more:
        return MarkedKind.BOTH
    return MarkedKind.RECORDED_FEELS_SAFE if safe and surely_more else None
