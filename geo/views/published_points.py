"""Published points: where incidents of an open dataset are, each place once, and what is counted there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo import columns as c
from geo.areas import place_names
from geo.areas.area_set import DEGREES, METRES
from geo.arrays import Bools, Floats, Positions
from geo.counts.filters import Choice
from geo.statistics.density import X, Y

_NEARLY_ALL: Final = 0.95


@dataclass(frozen=True)
class PublishedPoints:
    """Incidents of an open dataset: each place once, and how many of each month and category are there, as lines.

    ``xy`` is [places, 2] in metres (EPSG:27700), and ``names`` what each place is called as it was published ("On or
    near High Street"), or None where the dataset has no names of places. ``place``, ``month``, ``category`` and ``n``
    have an entry for each line: a position among the places, ``months`` and ``categories``, and the incidents.
    ``harm`` is each category's. ``stated`` is the code of the area that the incidents of a place state ("" where none),
    or None where places are not told apart by it.
    """

    xy: Floats
    months: tuple[str, ...]
    categories: tuple[str, ...]
    harm: tuple[str, ...]
    place: Positions
    month: Positions
    category: Positions
    n: Positions
    names: tuple[str, ...] | None = None
    stated: tuple[str, ...] | None = None

    def hold_most_of(self, placed: int) -> bool:
        """Return whether nearly all of the incidents that are placed in areas have points, which may stand for all."""
        return len(self.xy) > 0 and self.n.sum() >= _NEARLY_ALL * placed

    @cached_property
    def elsewhere(self) -> Bools:
        """Which places record for elsewhere, [places]; none where the dataset has no names of places."""
        if self.names is None:
            return np.zeros(len(self.xy), dtype=np.bool_)
        known = {name: place_names.elsewhere(name) is not None for name in set(self.names)}
        return np.array([known[name] for name in self.names], dtype=np.bool_)

    @cached_property
    def degrees(self) -> tuple[Floats, Floats]:
        """Longitude and latitude of each place (EPSG:4326), [places]."""
        points = gpd.GeoSeries.from_xy(*self.xy.T, crs=METRES).to_crs(DEGREES)
        return points.x.to_numpy(), points.y.to_numpy()

    @cached_property
    def streets(self) -> Bools:
        """Which places have a name of their own, [places], and not one of a kind of place or none."""
        if self.names is None:
            return np.zeros(len(self.xy), dtype=np.bool_)
        known = {name: place_names.is_street(name) for name in set(self.names)}
        return np.array([known[name] for name in self.names], dtype=np.bool_)

    @cached_property
    def _by_place(self) -> tuple[Positions, Positions]:
        """The lines in the order of their places, and where in it the lines of each place begin, [places + 1]."""
        order = np.argsort(self.place, kind="stable")
        return order, np.searchsorted(self.place[order], np.arange(len(self.xy) + 1))

    def lines_at(self, places: Positions) -> Positions:
        """Return which lines are of some places, in their order."""
        order, begins = self._by_place
        sizes = begins[places + 1] - begins[places]
        skipped = np.repeat(begins[places] - (np.cumsum(sizes) - sizes), sizes)
        found: Positions = order[skipped + np.arange(len(skipped))]
        return found

    def at_places(self, choice: Choice) -> Floats:
        """Return the incidents of a choice at each place, [places]."""
        of_month = np.isin(self.months, choice.periods)
        if choice.category is None:
            of_kind = np.isin(self.harm, choice.harms)
        else:
            of_kind = np.isin(self.categories, [choice.category])
        kept = of_month[self.month] & of_kind[self.category]
        return np.bincount(self.place[kept], self.n[kept], len(self.xy)).astype(np.float64)


def publish_points(listed: pd.DataFrame, harm_of: Mapping[str, str]) -> PublishedPoints:
    """Return incidents as points, with the harm of each category.

    ``listed`` has ``x``, ``y``, ``month``, ``category``, ``n`` and, where the dataset has names of places, ``place``,
    and ``stated_area`` where places are told apart by it. A snap point that was published by two names is two places.
    """
    key = [X, Y, *(name for name in (c.PLACE, c.STATED) if name in listed.columns)]
    places = listed[key].drop_duplicates()
    place = listed.groupby(key, sort=False, observed=True).ngroup().to_numpy()
    month, months = pd.factorize(listed[c.MONTH])
    category, categories = pd.factorize(listed[c.CATEGORY])
    return PublishedPoints(
        xy=places[[X, Y]].to_numpy(dtype=np.float64),
        months=tuple(months),
        categories=tuple(categories),
        harm=tuple(harm_of[name] for name in categories),
        place=place,
        month=month,
        category=category,
        n=listed[c.COUNT].to_numpy(),
        names=tuple(places[c.PLACE]) if c.PLACE in listed.columns else None,
        stated=tuple(places[c.STATED]) if c.STATED in listed.columns else None,
    )
