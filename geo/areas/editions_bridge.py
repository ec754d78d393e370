"""Figures of one edition of areas carried to another: areas stay, are joined, are split, or are drawn anew.

A lookup pairs the areas of two editions that share ground, as the ONS publishes it for LSOAs of 2011 and 2021. What an
area counts, such as residents, goes in equal shares to the areas that its ground went to, and is added up there: so
totals are kept, of a town as of a country. Equal shares are an estimate, and a fair one for LSOAs: each part of a split
area is drawn to hold 1,000 to 3,000 residents (ONS, "2021 census geographies", best fit). What an area is rated, such
as deprivation, is inherited by its parts; an area made of several has their mean, weighted by their residents.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

UNCHANGED: Final = "unchanged"
MERGED: Final = "merged"
SPLIT: Final = "split"
REDRAWN: Final = "redrawn"
_GIVEN, _WANTED, _PARTS = "given", "wanted", "parts"


@dataclass(frozen=True, eq=False)
class EditionLinks:
    """Pairs of areas that share ground: codes of the edition that figures are ``given`` in, and of the ``wanted`` one.

    Both arrays are of one length; a pair may be repeated.
    """

    given: npt.NDArray[np.object_]
    wanted: npt.NDArray[np.object_]

    def _pairs(self) -> pd.DataFrame:
        pairs = pd.DataFrame({_GIVEN: self.given, _WANTED: self.wanted}).dropna().drop_duplicates()
        return pairs.assign(**{_PARTS: pairs.groupby(_GIVEN)[_WANTED].transform("size")})

    def kinds(self) -> dict[str, str]:
        """Return what became of each wanted area: ``UNCHANGED``, ``MERGED``, ``SPLIT`` or ``REDRAWN``, by its code."""
        pairs = self._pairs()
        made_of = pairs.groupby(_WANTED)[_PARTS].agg(["size", "max"])
        several, parted = made_of["size"] > 1, made_of["max"] > 1
        kinds = np.select([several & parted, several, parted], [REDRAWN, MERGED, SPLIT], UNCHANGED)
        return dict(zip(made_of.index, kinds.tolist(), strict=True))


def bridged_counts(links: EditionLinks, counts: Mapping[str, float], wanted: Collection[str]) -> pd.Series:
    """Return counts of the ``wanted`` areas (float64, by their codes), whose total is that of the areas they link to.

    An area is unknown (NaN) when one that it shares ground with is, and when it has no link.
    """
    pairs = links._pairs()
    shares = pairs[_GIVEN].map(dict(counts)).astype(np.float64) / pairs[_PARTS]
    return shares.groupby(pairs[_WANTED]).sum(skipna=False).reindex(list(wanted))


def bridged_ratings(
    links: EditionLinks, ratings: Mapping[str, float], weights: Mapping[str, float] | None, wanted: Collection[str]
) -> pd.Series:
    """Return ratings of the ``wanted`` areas (float64, by their codes): the mean of those that they share ground with.

    ``weights`` are residents of the given areas, shared equally by their parts; areas weigh alike without. An area is
    unknown (NaN) as in ``bridged_counts``, and where a weight is unknown or all are 0.
    """
    pairs = links._pairs()
    rated = pairs[_GIVEN].map(dict(ratings)).astype(np.float64)
    weight = (1.0 if weights is None else pairs[_GIVEN].map(dict(weights)).astype(np.float64)) / pairs[_PARTS]
    sums = pd.DataFrame({"weighted": rated * weight, "weight": weight}).groupby(pairs[_WANTED]).sum(skipna=False)
    alone = pairs.groupby(_WANTED)[_GIVEN].transform("size") == 1
    mean = sums["weighted"] / sums["weight"].where(sums["weight"] > 0)
    # What comes from one area alone is its rating to the digit, and needs no weight.
    return mean.mask(mean.index.isin(pairs.loc[alone, _WANTED]), rated.groupby(pairs[_WANTED]).first()).reindex(
        list(wanted)
    )
