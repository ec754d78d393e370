"""Kinds of counts that may leave the store: released ones, and exact ones that must stay with their custodian.

They are different types, so that a function that writes, exports or shares can accept released ones only.
"""

from dataclasses import dataclass

from geo.calendar.half_terms import HalfTerm
from geo.counts.cube import Counts, Cube
from geo.release.group_lists import HARMS
from geo.release.protected_clock import YearClock
from geo.release.zoning import Zoning


@dataclass(frozen=True)
class Open:
    """The counts of an open dataset, as published: by area, month and category."""

    cube: Cube


@dataclass(frozen=True)
class Protected:
    """The release of a protected dataset: all that anybody but its custodians will ever see of it.

    ``shown`` gives for each half-term of ``periods`` the protected counts of that school year's zones by harm group
    (zone × harm, every one a multiple of 5). What is shown anywhere is a sum of these. ``groups`` are the codes of the
    closed list that is counted by: harm groups, or of young people's marks what they feel.
    """

    zoning: Zoning
    periods: tuple[HalfTerm, ...]
    shown: tuple[Counts, ...]
    clocks: tuple[YearClock, ...] = ()
    groups: tuple[str, ...] = HARMS


Released = Open | Protected


@dataclass(frozen=True)
class Exact:
    """Exact counts of a protected dataset, for people of the organisation that owns it: never exported."""

    cube: Cube
