"""Ledger of a protected dataset: what has been released of it, and the exact counts that it was made from.

It stays with the custodian. What others see is ``released`` alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from geo.calendar.half_terms import HalfTerm
from geo.counts.cube import Counts
from geo.release.group_lists import HARMS, list_as_long
from geo.release.kinds import Protected
from geo.release.protected_clock import YearClock
from geo.release.rounding import EDITION
from geo.release.zones import Zones
from geo.release.zoning import Zoning

DAYS_OVER: Final = 14  # a half-term is released when it has been over for as many days


@dataclass(frozen=True)
class FrozenPeriod:
    """A released half-term: its protected and its exact counts, both zone × harm group; it changes by correction only.

    ``secret`` is the fingerprint of the secret that it was rounded with, and ``edition`` that of the rules of rounding.
    ``recounted`` says that exact counts were counted again from rows that came back, and no longer give what is shown.
    """

    period: HalfTerm
    shown: Counts
    exact: Counts
    frozen_on: date
    corrected_on: date | None
    secret: str
    edition: int
    recounted: bool = False


@dataclass(frozen=True)
class Grouping:
    """The harm group that each category was released in, up to and including the half-term whose key is ``through``."""

    through: str
    harm_of: Mapping[str, str]


@dataclass(frozen=True)
class Ledger:
    """All that has been released of one dataset, in order of time.

    ``tiles`` are the half-terms of every school year that a released one belongs to, as they were taken to be then.
    ``groupings`` say by which harm groups the released half-terms were counted.
    """

    tiles: tuple[HalfTerm, ...] = ()
    zones: tuple[Zones, ...] = ()
    frozen: tuple[FrozenPeriod, ...] = ()
    clocks: tuple[YearClock, ...] = ()
    groupings: tuple[Grouping, ...] = ()

    def harm_of(self, key: str, now: Mapping[str, str]) -> Mapping[str, str]:
        """Return the harm group of each category in a half-term: as it was released, else as it is ``now``."""
        released = next((one.harm_of for one in self.groupings if key <= one.through), {})
        return {**now, **released}

    def grouped_by(self, now: Mapping[str, str]) -> "Ledger":
        """Return this ledger with the harm groups that its half-terms were released by, the newest by those of ``now``.

        What a half-term was released by never changes: to count its rows again by other groups would be a second
        release of them.
        """
        kept = [replace(one, harm_of=dict(sorted({**now, **one.harm_of}.items()))) for one in self.groupings]
        newest = max((one.period.key for one in self.frozen), default="")
        if newest and (not kept or kept[-1].through < newest):
            if kept and kept[-1].harm_of == {**kept[-1].harm_of, **now}:
                kept[-1] = replace(kept[-1], through=newest)
            else:
                kept.append(Grouping(newest, dict(sorted(now.items()))))
        return replace(self, groupings=tuple(kept))

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes of the closed list that is counted by."""
        return list_as_long(self.frozen[0].shown.shape[1]) if self.frozen else HARMS

    @property
    def released(self) -> Protected:
        """What may be shared."""
        return Protected(
            Zoning(self.zones),
            tuple(one.period for one in self.frozen),
            tuple(one.shown for one in self.frozen),
            self.clocks,
            self.groups,
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

    ``secret`` is the fingerprint of the present secret. What another one rounded, or other rules did, stays as it is,
    since two roundings of the same counts would narrow down what they hide.
    """
    waited = released.corrected_on is None or (on - released.corrected_on).days >= DAYS_BETWEEN
    same = (released.secret, released.edition) == (secret, EDITION)
    return waited and same and rows_changed(released.exact, exact) >= MIN_ROWS_CHANGED
