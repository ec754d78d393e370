"""Continuing a release from its public part: what was shown stays as it was, and nothing of it is rounded again.

The public part of a ledger is all of it but the exact counts. Rows that are brought again give these back.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from geo.areas.area_set import AreaSet
from geo.release.ledger import FrozenPeriod, Grouping, Ledger
from geo.release.release_steps import Basis, differing

UNKNOWN: Final = ""  # stands for the secret of a half-term whose exact counts are not known: it is corrected by none


def public_part(ledger: Ledger) -> Ledger:
    """Return a ledger without its exact counts."""
    return replace(ledger, frozen=tuple(replace(one, exact=np.zeros_like(one.exact)) for one in ledger.frozen))


def with_categories(ledger: Ledger, name: Callable[[str], str | None]) -> Ledger:
    """Return a ledger whose groupings call each category by another name; None leaves it out."""

    def named(one: Grouping) -> Mapping[str, str]:
        pairs = ((name(category), harm) for category, harm in one.harm_of.items())
        return {category: harm for category, harm in pairs if category is not None}

    return replace(ledger, groupings=tuple(replace(one, harm_of=named(one)) for one in ledger.groupings))


def with_exact(public: Ledger, recognised: Basis, covered: Collection[str]) -> Ledger:
    """Return a ledger with the exact counts of those rows that are ``recognised`` as the ones it was made from.

    ``covered`` are the half-terms that the rows lie in, these and new ones. In any other nothing is known of the exact
    counts: what is shown stands for them, which leaves no error to make up for, and nothing is corrected.
    """
    zones = {one.year: one for one in public.zones}
    counted = {one.key: at for at, one in enumerate(recognised.periods)}

    def counted_again(one: FrozenPeriod) -> FrozenPeriod:
        if one.period.key not in covered:
            return replace(one, exact=one.shown, secret=UNKNOWN, recounted=False)
        found = np.zeros_like(one.shown)
        if one.period.key in counted:
            by_area = recognised.n[:, :, counted[one.period.key]].sum(axis=0)
            np.add.at(found, zones[one.period.year].member, by_area)
        return replace(one, exact=found, recounted=False)

    return replace(public, frozen=tuple(counted_again(one) for one in public.frozen))


def put_together(kept: Ledger, public: Ledger) -> Ledger:
    """Return a ledger with all that another says was released; what both have alike keeps its exact counts if known.

    What only ``kept`` has stays too: it was released as well.
    """
    here, there = ({one.period.key: one for one in ledger.frozen} for ledger in (kept, public))
    frozen = {**here, **there} | {key: here[key] for key in here.keys() & there.keys() if _stays(here[key], there[key])}
    zones = {one.year: one for one in (*kept.zones, *public.zones)}
    clocks = {one.year: one for one in (*kept.clocks, *public.clocks)}
    tiles = {one.key: one for one in (*kept.tiles, *public.tiles)}
    return Ledger(
        tiles=tuple(tiles[key] for key in sorted(tiles)),
        zones=tuple(zones[year] for year in sorted(zones)),
        frozen=tuple(frozen[key] for key in sorted(frozen)),
        clocks=tuple(clocks[year] for year in sorted(clocks)),
        groupings=max(kept.groupings, public.groupings, key=lambda listed: [one.through for one in listed][-1:]),
    )


def with_recounted(ledger: Ledger, kept: Ledger, counted: Collection[Basis], areas: AreaSet, secret: bytes) -> Ledger:
    """Return a ledger that was put together with ``kept``, in which half-terms say that they are ``recounted``.

    They are where what is shown does not follow from the exact counts that are there by now, its own and earlier ones,
    split by contributor as those of ``counted``. What did not follow in ``kept`` either is left to be found.
    """

    def wrong(of: Ledger) -> set[str]:
        return {key for one in counted for key in differing(of, one, areas, secret, one_a_day=True)}

    new = wrong(ledger) - wrong(kept)
    return replace(
        ledger, frozen=tuple(replace(one, recounted=one.recounted or one.period.key in new) for one in ledger.frozen)
    )


def lacks(kept: Ledger, public: Ledger) -> list[str]:
    """Return the keys of half-terms that were released and that a ledger has not, or has otherwise."""
    here = {one.period.key: one for one in kept.frozen}
    return [one.period.key for one in public.frozen if not _alike(here.get(one.period.key), one)]


def is_whole(ledger: Ledger) -> bool:
    """Return whether the exact counts of all that is released are known."""
    return all(one.secret != UNKNOWN for one in ledger.frozen)


def _stays(one: FrozenPeriod, other: FrozenPeriod) -> bool:
    return one.secret != UNKNOWN and _alike(one, other)


def _alike(one: FrozenPeriod | None, other: FrozenPeriod) -> bool:
    return one is not None and one.shown.shape == other.shown.shape and bool(np.array_equal(one.shown, other.shown))
