"""Utility: how close what is released stays to the truth, for the custodian who answers for it.

The figures compare protected counts with exact ones, so they are for custodians as the exact counts are.
"""

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from geo import disclosure
from geo.calendar import half_terms
from geo.counts.cube import Counts
from geo.release.ledger import DAYS_OVER, Ledger
from geo.release.rounding import EDITION
from geo.release.zones import Zones
from geo.wording import how_many


@dataclass(frozen=True)
class YearUtility:
    """One school year of a release: its exact and protected totals, and the errors of its zones' totals.

    ``told`` of the ``zones`` reach 10, so that their total of the year is shown.
    """

    year: str
    half_terms: int
    exact: int
    shown: int
    zones: int
    elsewhere: int
    told: int
    mean_error: float
    largest_error: int


def by_year(ledger: Ledger) -> list[YearUtility]:
    """Return the figures of each school year of a release, in order of time."""
    of_year = {one.year: one for one in ledger.zones}
    return [
        _of_year(of_year[year], [(one.exact, one.shown) for one in frozen])
        for year, frozen in groupby(ledger.frozen, key=lambda one: one.period.year)
    ]


def _of_year(zones: Zones, frozen: list[tuple[Counts, Counts]]) -> YearUtility:
    exact, shown = (sum(counts.sum(axis=1) for counts in side) for side in zip(*frozen, strict=True))
    errors = np.abs(shown - exact)
    return YearUtility(
        year=zones.year,
        half_terms=len(frozen),
        exact=int(np.sum(exact)),
        shown=int(np.sum(shown)),
        zones=int(np.count_nonzero(~np.array(zones.elsewhere))),
        elsewhere=int(np.count_nonzero(np.array(zones.elsewhere)[zones.member])),
        told=int(np.count_nonzero(np.asarray(shown) >= disclosure.THRESHOLD)),
        mean_error=float(np.mean(errors)),
        largest_error=int(np.max(errors)),
    )


def collecting(ledger: Ledger) -> str:
    """Say up to when a dataset is released, and when more will be."""
    last = ledger.frozen[-1].period if ledger.frozen else None
    upto = f"Released up to {last.label}; a" if last else "Nothing is released yet: a"
    return f"{upto} half-term is released with data brought in once it has been over for {DAYS_OVER} days."


def first_edition(ledger: Ledger) -> str:
    """Say which half-terms were released by earlier rules of rounding, and stay so; nothing where none was."""
    earlier = [one.period for one in ledger.frozen if one.edition < EDITION]
    if not earlier:
        return ""
    return (
        f"First edition: {how_many(len(earlier), 'half-term', 'half-terms')} up to {earlier[-1].label}, released by "
        "earlier rules and kept as they are; of later ones, one five in four stands for nothing."
    )


def sentences(ledger: Ledger, *, exact: bool = True) -> list[str]:
    """Say what is released, a sentence for each school year, when more will be, and by which rules and term dates.

    How far it is off, which tells exact totals, is said where they may be told (``exact``).
    """
    told = [
        f"{one.year}: {how_many(one.half_terms, 'half-term', 'half-terms')} released in "
        f"{how_many(one.zones, 'zone', 'zones')} ({how_many(one.elsewhere, 'area', 'areas')} elsewhere)"
        + (f"; {_closeness(one)}" if exact else ".")
        for one in by_year(ledger)
    ]
    return [*told, *notes(ledger)]


def notes(ledger: Ledger) -> list[str]:
    """Say when more will be released, by which rules of rounding it was, and which term dates were assumed."""
    said = (collecting(ledger), first_edition(ledger), half_terms.sentence(ledger.tiles))
    return [sentence for sentence in said if sentence]


def _closeness(one: YearUtility) -> str:
    return (
        f"{how_many(one.shown)} shown, {abs(one.shown - one.exact)} off in all. Average rounding error of a "
        f"zone’s year: {one.mean_error:.1f}, and {one.largest_error} at most (for custodians: do not share)."
    )
