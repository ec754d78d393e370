"""Place listing: every place within reach with its counts by category, as the command of places writes them."""

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd

from geo import columns as c
from geo.arrays import Bools
from geo.views.circle import RECORDED_ELSEWHERE
from geo.views.published_points import PublishedPoints

AT: Final = "at"  # position among the published places


def by_point(points: PublishedPoints, inside: Bools, periods: Collection[str]) -> pd.DataFrame:
    """List the incidents of some months at the places that are ``inside`` [places], by category.

    The columns are ``at``, ``place`` (as it was published, "On or near …"), ``category``, ``recorded_elsewhere``
    ("yes" or "no") and ``n``. The busiest place comes first, and its categories in alphabetical order.
    """
    kept = inside[points.place] & np.isin(points.months, list(periods))[points.month]
    at = points.place[kept]
    names = np.array(points.names if points.names is not None else [""] * len(points.xy), dtype=object)
    listed = pd.DataFrame(
        {
            AT: at,
            c.PLACE: names[at],
            c.CATEGORY: np.array(points.categories, dtype=object)[points.category[kept]],
            RECORDED_ELSEWHERE: np.where(points.elsewhere, "yes", "no")[at],
            c.COUNT: points.n[kept],
        }
    )
    return _busiest_first(listed, [AT, c.PLACE])


def by_name(listed: pd.DataFrame) -> pd.DataFrame:
    """Take places of one name together: ``place``, ``category``, ``recorded_elsewhere`` and ``n``.

    ``listed`` is as ``by_point`` returns it, and so is the order.
    """
    return _busiest_first(listed.drop(columns=AT), [c.PLACE])


def _busiest_first(listed: pd.DataFrame, place: list[str]) -> pd.DataFrame:
    """Sum by place, category and what is recorded for elsewhere; names decide between places of one size."""
    sums = listed.groupby([*place, c.CATEGORY, RECORDED_ELSEWHERE], as_index=False, sort=False)[c.COUNT].sum()
    size = -sums.groupby(place)[c.COUNT].transform("sum")
    order = ["_size", *reversed(place), c.CATEGORY, RECORDED_ELSEWHERE]
    return sums.assign(_size=size).sort_values(order, ignore_index=True).drop(columns="_size")
