"""Release steps: a protected dataset becomes, half-term by half-term, a cube of rounded counts that may be shared.

A half-term is released once and then stays as it is. Later ones carry on from its rounding errors, so that totals stay
close to the truth; see ``geo.release.rounding`` for how, and ``geo.release.ledger.is_due`` for when it is done again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from geo.areas.area_set import AreaSet
from geo.arrays import Positions
from geo.calendar import periods as p
from geo.calendar.half_terms import HalfTerm
from geo.counts.cube import Counts
from geo.release import protected_clock, zones
from geo.release.balancing import STEP
from geo.release.group_lists import HARMS
from geo.release.keyed import fingerprint
from geo.release.ledger import FrozenPeriod, Ledger, is_due, is_over
from geo.release.nesting import nesting
from geo.release.protected_clock import YearClock
from geo.release.rounding import EDITION, protect
from geo.release.rounding_error import RoundingError
from geo.release.zones import Zones


@dataclass(frozen=True)
class Basis:
    """The exact counts that a release is made from; they stay with their custodian.

    ``n`` is contributor × area × half-term × harm group, over the half-terms ``periods``, which run without a break;
    ``tiles`` are all half-terms of their school years. ``clocks`` has the exact clock of each school year, contributor
    × band × weekday × term or holiday, where the dataset knows days. ``groups`` are the codes of the closed list
    that is counted by, in its order.
    """

    tiles: tuple[HalfTerm, ...]
    periods: tuple[HalfTerm, ...]
    n: Counts
    clocks: dict[str, Counts]
    groups: tuple[str, ...] = HARMS


def release(before: Ledger, basis: Basis, areas: AreaSet, secret: bytes, on: date) -> Ledger:
    """Return a ledger brought up to date with exact counts that were brought in on a day.

    Half-terms that are over and not released yet are; the others stay as they are, but for corrections. The same
    counts, ledger and secret give the same release, whatever the order of rows.
    """
    exact = {one.key: basis.n[:, :, at] for at, one in enumerate(basis.periods) if is_over(one, on)}
    frozen = {one.period.key: one for one in before.frozen}
    periods = {one.key: one for one in basis.periods if one.key in exact}
    periods |= {key: one.period for key, one in frozen.items()}
    parent, parents = _parents(areas)
    sets: dict[str, Zones] = {}
    kept: list[FrozenPeriod] = []
    rounding_error: RoundingError | None = None
    for year, keys in groupby(sorted(periods), key=lambda key: periods[key].year):
        earlier = sets[max(sets)] if sets else None
        shown = _shown(kept, earlier) if earlier else None
        here = sets[year] = _zones_of(year, before, earlier, shown, exact, periods, areas, secret)
        rounding_error = _next_year(rounding_error, earlier, here, parents, len(basis.groups))
        of_zone = _parents_of_zones(here, parent, parents)
        for key in keys:
            now = _by_zone(exact[key], here) if key in exact else None
            names = _names(key, here, len(basis.n), basis.groups)
            one = _frozen(periods[key], frozen.get(key), now, names, of_zone, rounding_error, secret, on)
            rounding_error = rounding_error.after(one.exact[np.newaxis], one.shown, of_zone)
            kept.append(one)
    tiles = tuple(one for year in sets for one in _tiles(year, before.tiles) or _tiles(year, basis.tiles))
    return Ledger(tiles, tuple(sets.values()), tuple(kept), tuple(_clocks(before, basis, kept, secret)))


def _frozen(
    period: HalfTerm,
    before: FrozenPeriod | None,
    exact: Counts | None,
    names: Sequence[str],
    of_zone: Positions,
    rounding_error: RoundingError,
    secret: bytes,
    on: date,
) -> FrozenPeriod:
    """Return a released half-term as it stays, or released now: for the first time, or again where that is due."""
    mark = fingerprint(secret)
    if before is not None and (exact is None or not is_due(before, exact.sum(axis=0), mark, on)):
        return before
    if exact is None:
        raise ValueError("A half-term is released from its exact counts.")
    shown = protect(exact, of_zone, rounding_error, names, secret)
    first, again = (on, None) if before is None else (before.frozen_on, on)
    return FrozenPeriod(period, shown, exact.sum(axis=0), first, again, mark, EDITION)


def _next_year(
    rounding_error: RoundingError | None, earlier: Zones | None, here: Zones, parents: int, groups: int
) -> RoundingError:
    """Return the errors that go on into a school year, those of a zone to the one that most of its areas are in now."""
    if rounding_error is None or earlier is None:
        return RoundingError.fresh(len(here.codes), parents + 1, groups)
    shared = np.zeros((len(earlier.codes), len(here.codes)), dtype=np.int64)
    np.add.at(shared, (earlier.member, here.member), 1)
    return rounding_error.next_year(len(here.codes), shared.argmax(axis=1))


def _zones_of(
    year: str,
    before: Ledger,
    latest: Zones | None,
    shown: Counts | None,
    exact: Mapping[str, Counts],
    periods: Mapping[str, HalfTerm],
    areas: AreaSet,
    secret: bytes,
) -> Zones:
    """Return the zones of a school year: those it has, or new ones from the year before, or from its own counts."""
    there = next((one for one in before.zones if one.year == year), None)
    if there is not None:
        return there
    earlier = p.school_year(p.year_before([p.half_term(int(year[:4]), 1)])[0])
    of_earlier = [n for key, n in exact.items() if periods[key].year == earlier]
    counted = of_earlier or [n for key, n in exact.items() if periods[key].year == year]
    by_area = sum(n.sum(axis=2) for n in counted)
    return zones.build(areas, by_area, year, secret, latest, shown)


def _shown(kept: Sequence[FrozenPeriod], found: Zones) -> Counts:
    """Return what is released of each zone of a school year, all harm groups together."""
    of_year = [one.shown.sum(axis=1) for one in kept if one.period.year == found.year]
    return np.sum(of_year, axis=0, dtype=np.int64)


def _by_zone(n: Counts, found: Zones) -> Counts:
    """Return contributor × area × harm summed to contributor × zone × harm."""
    summed = np.zeros((len(found.codes), n.shape[0], n.shape[2]), dtype=np.int64)
    np.add.at(summed, found.member, n.swapaxes(0, 1))
    return summed.swapaxes(0, 1)


def _parents(areas: AreaSet) -> tuple[Positions, int]:
    """Return the position of the larger area that each area's zone stays inside of, and how many there are."""
    parent = nesting(areas).parent
    return (np.zeros(len(areas.codes), dtype=np.int64), 1) if parent is None else (parent.member, len(parent.codes))


def _parents_of_zones(found: Zones, parent: Positions, parents: int) -> Positions:
    """Return the position of the larger area that each zone lies in; what is elsewhere lies in one of its own."""
    of_zone = np.empty(len(found.codes), dtype=np.int64)
    of_zone[found.member] = parent
    return np.where(np.array(found.elsewhere, dtype=np.bool_), parents, of_zone)


def _names(period: str, found: Zones, contributors: int, groups: Sequence[str]) -> list[str]:
    """Name every cell, contributor × zone × harm group, as the secret knows it."""
    return [
        "|".join((period, zone, harm, str(contributor)))
        for contributor in range(contributors)
        for zone in found.codes
        for harm in groups
    ]


def _tiles(year: str, tiles: Iterable[HalfTerm]) -> tuple[HalfTerm, ...]:
    return tuple(one for one in tiles if one.year == year)


def _clocks(before: Ledger, basis: Basis, kept: Sequence[FrozenPeriod], secret: bytes) -> Iterator[YearClock]:
    """Yield the clock of every school year that is released to its end: as it was, or new where the cube changed."""
    there = {one.year: one for one in before.clocks}
    for year in dict.fromkeys(one.period.year for one in kept):
        total = sum(int(one.shown.sum()) for one in kept if one.period.year == year)
        if year in there and int(there[year].n.sum()) == total:
            yield there[year]
        elif year in basis.clocks and kept[-1].period.key >= p.half_term(int(year[:4]), len(p.HALVES)):
            # Rows that came too late for the cube can leave no table of this total; then the year has no clock.
            with suppress(ValueError):
                yield protected_clock.protect(year, basis.clocks[year], total, secret)


def differing(ledger: Ledger, basis: Basis, areas: AreaSet, secret: bytes, *, one_a_day: bool) -> list[str]:
    """Return the keys of the released half-terms that do not follow from the exact counts they were released from.

    Each is released again from the counts in the ledger, split by contributor as those of ``basis`` are, which must
    have the contributors of then. Passed over are those that cannot be had again: what another secret or other rules
    rounded, what came before a change of an earlier half-term, what is ``recounted``, and counts of several
    contributors that have changed since. Of these, too, what is shown must be multiples of 5. ``one_a_day`` says that
    no two releases were made on a day; otherwise nobody knows which of those of one day came first.
    """
    parent, parents = _parents(areas)
    earlier: Zones | None = None
    rounding_error: RoundingError | None = None
    newest, found, mark = date.min, list[str](), (fingerprint(secret), EDITION)
    for year, periods in groupby(ledger.frozen, key=lambda one: one.period.year):
        here = next(one for one in ledger.zones if one.year == year)
        rounding_error = _next_year(rounding_error, earlier, here, parents, len(basis.groups))
        of_zone = _parents_of_zones(here, parent, parents)
        for one in periods:
            released_on = one.corrected_on or one.frozen_on
            n = _split(one, basis, here) if (one.secret, one.edition) == mark and not one.recounted else None
            follows = bool(((one.shown >= 0) & (one.shown % STEP == 0)).all())
            if n is not None and (released_on > newest or (one_a_day and released_on == newest)):
                names = _names(one.period.key, here, len(n), basis.groups)
                follows = np.array_equal(one.shown, protect(n, of_zone, rounding_error, names, secret))
            found += [] if follows else [one.period.key]
            newest = max(newest, released_on)
            rounding_error = rounding_error.after(one.exact[np.newaxis], one.shown, of_zone)
        earlier = here
    return found


def _split(one: FrozenPeriod, basis: Basis, here: Zones) -> Counts | None:
    """Return the exact counts of a released half-term by contributor; None where that is not known any more."""
    if len(basis.n) == 1:
        return one.exact[np.newaxis]
    at = next((at for at, period in enumerate(basis.periods) if period.key == one.period.key), None)
    by_zone = None if at is None else _by_zone(basis.n[:, :, at], here)
    return by_zone if by_zone is not None and np.array_equal(by_zone.sum(axis=0), one.exact) else None
