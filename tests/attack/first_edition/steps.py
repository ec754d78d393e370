"""Release steps of the first edition: as the product's, with the rounding and the zones of this folder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby, product
from typing import Final

import numpy as np

from geo.areas.area_set import AreaSet
from geo.arrays import Positions
from geo.calendar import periods as p
from geo.calendar.half_terms import HalfTerm
from geo.calendar.school_day import BAND_NAMES, DAY_KINDS, WEEKDAYS
from geo.counts.cube import Counts
from geo.harms import HARM_GROUPS
from geo.release.keyed import fingerprint
from geo.release.ledger import FrozenPeriod, Ledger, is_over
from geo.release.nesting import nesting
from geo.release.protected_clock import YearClock
from geo.release.release_steps import Basis
from geo.release.zones import Zones
from tests.attack.first_edition import zones
from tests.attack.first_edition.rounding import RoundingError, protect, round_to_total

EDITION: Final = 1


def release(before: Ledger, basis: Basis, areas: AreaSet, secret: bytes, on: date) -> Ledger:
    """Return a ledger brought up to date with exact counts that were brought in on a day; what is released stays."""
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
        here = sets[year] = _zones_of(year, before, earlier, exact, periods, areas)
        rounding_error = _next_year(rounding_error, earlier, here, parents)
        of_zone = _parents_of_zones(here, parent, parents)
        for key in keys:
            one = frozen.get(key) or _frozen(
                periods[key], _by_zone(exact[key], here), here, of_zone, rounding_error, secret, on
            )
            rounding_error = rounding_error.after(one.exact[np.newaxis], one.shown, of_zone)
            kept.append(one)
    tiles = tuple(one for year in sets for one in _tiles(year, before.tiles) or _tiles(year, basis.tiles))
    return Ledger(tiles, tuple(sets.values()), tuple(kept), tuple(_clocks(before, basis, kept, secret)))


def _frozen(
    period: HalfTerm,
    exact: Counts,
    here: Zones,
    of_zone: Positions,
    rounding_error: RoundingError,
    secret: bytes,
    on: date,
) -> FrozenPeriod:
    shown = protect(exact, of_zone, rounding_error, _names(period.key, here, len(exact)), secret)
    return FrozenPeriod(period, shown, exact.sum(axis=0), on, None, fingerprint(secret), EDITION)


def _next_year(rounding_error: RoundingError | None, earlier: Zones | None, here: Zones, parents: int) -> RoundingError:
    """Return the errors that go on into a school year, those of a zone to the one that most of its areas are in now."""
    if rounding_error is None or earlier is None:
        return RoundingError.fresh(len(here.codes), parents + 1)
    shared = np.zeros((len(earlier.codes), len(here.codes)), dtype=np.int64)
    np.add.at(shared, (earlier.member, here.member), 1)
    return rounding_error.next_year(len(here.codes), shared.argmax(axis=1))


def _zones_of(
    year: str,
    before: Ledger,
    latest: Zones | None,
    exact: Mapping[str, Counts],
    periods: Mapping[str, HalfTerm],
    areas: AreaSet,
) -> Zones:
    """Return the zones of a school year: those it has, or new ones from the year before, or from its own counts."""
    there = next((one for one in before.zones if one.year == year), None)
    if there is not None:
        return there
    earlier = p.school_year(p.year_before([p.half_term(int(year[:4]), 1)])[0])
    of_earlier = [n for key, n in exact.items() if periods[key].year == earlier]
    counted = of_earlier or [n for key, n in exact.items() if periods[key].year == year]
    by_area = sum(n.sum(axis=2) for n in counted)
    return zones.build(areas, by_area, year, latest)


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


def _names(period: str, found: Zones, contributors: int) -> list[str]:
    """Name every cell, contributor × zone × harm group, as the secret knows it."""
    return [
        "|".join((period, zone, harm, str(contributor)))
        for contributor in range(contributors)
        for zone in found.codes
        for harm in HARM_GROUPS
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
                yield protect_clock(year, basis.clocks[year], total, secret)


def protect_clock(year: str, exact: Counts, total: int, secret: bytes) -> YearClock:
    """Return an exact clock, contributor × band × weekday × kind of day, rounded to sum to ``total``."""
    shape = exact.shape[1:]
    cells = ["|".join(names) for names in product(BAND_NAMES, WEEKDAYS, DAY_KINDS)]
    names = [f"{year}|{cell}|{contributor}" for contributor in range(len(exact)) for cell in cells]
    groups = list(np.indices(shape).reshape(len(shape), -1))
    return YearClock(year, round_to_total(exact.reshape(len(exact), -1), total, names, secret, groups).reshape(shape))
