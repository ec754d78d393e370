"""Ledger of a protected dataset: what has been released of it, and the exact counts that it was made from.

It stays with the custodian. What others see is ``released`` alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from geo.calendar.half_terms import HalfTerm
from geo.counts.cube import Counts
from geo.release.kinds import Protected
from geo.release.protected_clock import YearClock
from geo.release.zones import Zones
from geo.release.zoning import Zoning

DAYS_OVER: Final = 14  # a half-term is released when it has been over for as many days


@dataclass(frozen=True)
class FrozenPeriod:
    """A released half-term: its protected and its exact counts, both zone × harm group; it changes by correction only.

    ``secret`` is the fingerprint of the secret that it was rounded with.
    """

    period: HalfTerm
    shown: Counts
    exact: Counts
    frozen_on: date
    corrected_on: date | None
    secret: str


@dataclass(frozen=True)
class Ledger:
    """All that has been released of one dataset, in order of time.

    ``tiles`` are the half-terms of every school year that a released one belongs to, as they were taken to be then.
    """

    tiles: tuple[HalfTerm, ...] = ()
    zones: tuple[Zones, ...] = ()
    frozen: tuple[FrozenPeriod, ...] = ()
    clocks: tuple[YearClock, ...] = ()

    @property
    def released(self) -> Protected:
        """What may be shared."""
        return Protected(
            Zoning(self.zones),
            tuple(one.period for one in self.frozen),
            tuple(one.shown for one in self.frozen),
            self.clocks,
        )


def keeping(released: Sequence[HalfTerm], now: Sequence[HalfTerm]) -> tuple[HalfTerm, ...]:
    """Return half-terms as they are ``now``, those of school years that are released from as they were ``released``.

    Every day still belongs to one half-term: where years meet, the released one keeps its days.
    """
    there = {one.key: one for one in released}
    fitted: list[HalfTerm] = []
    for one in (there.get(one.key, one) for one in now):
        if fitted and one.key in there:
            fitted[-1] = replace(fitted[-1], last=one.first - timedelta(days=1))
        elif fitted:
            one = replace(one, first=fitted[-1].last + timedelta(days=1))
        fitted.append(one)
    return tuple(fitted)


def is_over(period: HalfTerm, on: date) -> bool:
    """Return whether a half-term has been over for long enough to be released on a day."""
    return (on - period.last).days >= DAYS_OVER


MIN_ROWS_CHANGED: Final = 10  # rows that must have changed
DAYS_BETWEEN: Final = 365


def rows_changed(before: Counts, after: Counts) -> int:
    """Return the number of rows that two exact counts of the same cells differ by; a row that moved is one."""
    difference = after - before
    return int(max(difference[difference > 0].sum(), -difference[difference < 0].sum()))


def is_due(released: FrozenPeriod, exact: Counts, secret: str, on: date) -> bool:
    """Return whether a released half-term is to be released again on a day, given its exact counts (zone × harm) now.

    ``secret`` is the fingerprint of the present secret: what another one rounded stays as it is, since two roundings of
    the same counts would narrow down what they hide.
    """
    waited = released.corrected_on is None or (on - released.corrected_on).days >= DAYS_BETWEEN
    return waited and released.secret == secret and rows_changed(released.exact, exact) >= MIN_ROWS_CHANGED
