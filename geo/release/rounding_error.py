"""Rounding errors: how far what has been shown so far is from the truth, which later half-terms make good.

They follow from the exact and the shown counts of the half-terms so far, and are worked out again when needed.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geo.counts.cube import Counts
from geo.harms import HARM_GROUPS
from geo.release.balancing import STEP


@dataclass(frozen=True)
class RoundingError:
    """What has been shown less what was exact, in the half-terms so far; ``counted`` is how many incidents these had.

    ``year_counted``, ``year_zone`` and ``year_cell`` (zone × harm group) are of the present school year; ``total``,
    ``harm``, ``parent`` (the larger areas that the zones lie in) and ``zone`` are of all half-terms. ``zone_fives`` and
    ``harm_fives`` are how many cells with incidents were shown as 5, and ``zeros`` how many without any.
    """

    counted: int
    year_counted: int
    total: int
    zone: Counts
    year_zone: Counts
    year_cell: Counts
    harm: Counts
    parent: Counts
    zone_fives: Counts
    harm_fives: Counts
    zeros: int

    @classmethod
    def fresh(cls, zones: int, parents: int, groups: int = len(HARM_GROUPS)) -> "RoundingError":
        """Return the start, for so many zones, larger areas and groups."""
        zone, harm, parent = (np.zeros(size, dtype=np.int64) for size in (zones, groups, parents))
        return cls(
            counted=0,
            year_counted=0,
            total=0,
            zone=zone,
            year_zone=zone,
            year_cell=np.zeros((zones, len(harm)), dtype=np.int64),
            harm=harm,
            parent=parent,
            zone_fives=zone,
            harm_fives=harm,
            zeros=0,
        )

    def next_year(self, zones: int, goes_to: npt.NDArray[np.integer]) -> "RoundingError":
        """Return what goes on into a new school year of so many zones.

        ``goes_to`` is, for each zone of the year before, the position of the new one that takes its errors on, so that
        those of a union of whole zones stay small too.
        """
        start = RoundingError.fresh(zones, len(self.parent), len(self.harm))
        zone, fives = start.zone.copy(), start.zone.copy()
        np.add.at(zone, goes_to, self.zone)
        np.add.at(fives, goes_to, self.zone_fives)
        return replace(
            self, year_counted=0, zone=zone, year_zone=start.year_zone, year_cell=start.year_cell, zone_fives=fives
        )

    def after(self, n: Counts, shown: Counts, parent: npt.NDArray[np.integer]) -> "RoundingError":
        """Return the errors after a half-term more.

        ``n`` are its exact counts (contributor × zone × harm), ``shown`` the protected ones, and ``parent`` is the
        larger area of each zone.
        """
        pooled = n.sum(axis=0)
        error, fives = shown - pooled, (shown == STEP) & (pooled > 0)
        by_zone = error.sum(axis=1)
        by_parent = self.parent.copy()
        np.add.at(by_parent, parent, by_zone)
        return RoundingError(
            counted=self.counted + int(pooled.sum()),
            year_counted=self.year_counted + int(pooled.sum()),
            total=self.total + int(error.sum()),
            zone=self.zone + by_zone,
            year_zone=self.year_zone + by_zone,
            year_cell=self.year_cell + error,
            harm=self.harm + error.sum(axis=0),
            parent=by_parent,
            zone_fives=self.zone_fives + fives.sum(axis=1),
            harm_fives=self.harm_fives + fives.sum(axis=0),
            zeros=self.zeros + int(((shown == STEP) & (pooled == 0)).sum()),
        )
