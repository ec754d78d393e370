"""Scene: the counts of a view by unit and period, with the units' points and contiguity, for spatial statistics."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geo.areas.area_set import AreaSet
from geo.areas.contiguity import of_units
from geo.areas.whole_names import UNNAMED, name_of_whole
from geo.arrays import Floats, Positions
from geo.counts.filters import Choice, chosen_categories
from geo.statistics.overdispersion import dispersion_of_counts
from geo.views.view import View

T = TypeVar("T")

PAST: Final = 36  # periods that tell what is usual
LATEST: Final = 6  # periods in which something new is looked for
ROUNDING: Final = 4.0  # variance of random rounding to fives, over the last digits 0 to 4
MIN_UNITS: Final = 30  # units that are looked at, so that it can be said what is usual


@dataclass(frozen=True)
class Scene:
    """The counts of a view up to one period, and how its units lie.

    ``periods`` are the last ones that the view has, up to the one that is looked at as now. ``points`` are the units'
    middles, in metres (EPSG:27700), and ``graph`` says which are neighbours. ``kept`` are the positions of the units
    that are a place: what is gathered from several places is left out. Counts, points and graph hold the kept ones.
    ``whole`` is what all areas together are called. ``reach`` is how many metres from a place the kept ones lie at
    most: infinite where all are kept, and NaN for the nearest ones, however far.
    """

    view: View
    periods: tuple[str, ...]
    kept: Positions
    points: Floats
    graph: csr_array
    whole: str = UNNAMED
    reach: float = math.inf

    @property
    def level(self) -> str:
        """The level of the units."""
        return self.view.units.level

    @property
    def residents(self) -> Floats:
        """The residents of the kept units, NaN where unknown."""
        return self.view.units.residents[self.kept]

    @cached_property
    def supplied(self) -> npt.NDArray[np.bool_]:
        """Whether each of the periods has figures."""
        return np.array([period not in self.view.cube.missing for period in self.periods])

    def history(self, harms: Sequence[str], category: str | None = None) -> Floats:
        """Return counts, kept unit × period; NaN in the periods that were never supplied.

        Of a release these are sums of its cells as they are, fives included: see docs/decisions/0013.
        """
        cube = self.view.cube
        wanted = chosen_categories(cube, Choice(self.periods, tuple(harms), category))
        of_periods = cube.n[self.kept][:, cube.period_slice(self.periods)][:, :, wanted]
        counts = of_periods.sum(axis=2).astype(np.float64)
        counts[:, ~self.supplied] = np.nan
        return counts

    def dispersion(self, harms: Sequence[str], category: str | None = None) -> Floats:
        """Return how many times chance's variance each kept unit's counts usually have, from the last three years.

        The latest periods are left out, so that what is new there does not pass for usual.
        """
        counts = self.history(harms, category)[:, -PAST:-LATEST]
        known = counts[:, ~np.isnan(counts).any(axis=0)]
        return dispersion_of_counts(known, ROUNDING if self.view.cube.protected else 0.0)

    def totals(self, choice: Choice) -> Floats:
        """Return what a choice leaves of each kept unit, as ``history`` does; NaN where no period was supplied."""
        there = dict(zip(self.periods, self.supplied.tolist(), strict=True))
        where = [at for at, period in enumerate(self.periods) if period in set(choice.periods) and there[period]]
        if not where:
            return np.full(len(self.kept), np.nan)
        totals: Floats = self.history(choice.harms, choice.category)[:, where].sum(axis=1)
        return totals

    def around(self, point: Floats, metres: float) -> "Scene":
        """Return the scene of the units whose middle lies within ``metres`` of a point, or of the nearest 30."""
        away = np.hypot(*(self.points - point).T)
        order = np.argsort(away, kind="stable")
        near = int(np.count_nonzero(away <= metres))
        inside = np.sort(order[: max(MIN_UNITS, near)])
        graph = csr_array(self.graph[inside][:, inside])
        reach = metres if near == len(inside) else self.reach if len(inside) == len(self.kept) else math.nan
        return replace(self, kept=self.kept[inside], points=self.points[inside], graph=graph, reach=reach)

    def spread(self, values: Sequence[T], other: T) -> list[T]:
        """Return one value for each unit of the view: that of the kept ones, and ``other`` for the rest."""
        every = [other] * len(self.view.units.codes)
        for at, value in zip(self.kept.tolist(), values, strict=True):
            every[at] = value
        return every


def scene_of(view: View, areas: AreaSet, graph: csr_array, until: str) -> Scene:
    """Return the scene of a view of some areas as of ``until``, its newest period or an earlier one.

    ``graph`` is that of the areas themselves (``geo.areas.contiguity.graph_of``).
    """
    kept = np.flatnonzero(~view.elsewhere)
    size = len(view.units.codes)
    graph_of_units = of_units(graph, view.units.member, size)[kept][:, kept]
    periods = tuple(period for period in view.cube.periods if period <= until)
    points = _middles(areas, view.units.member, size)[kept]
    return Scene(view, periods, kept, points, csr_array(graph_of_units), name_of_whole(areas))


def _middles(areas: AreaSet, member: Positions, size: int) -> Floats:
    """Return the middle of each unit: the mean of its areas' centroids, weighted by residents where all are known."""
    centroids = areas.metres.centroid
    each = np.column_stack([centroids.x.to_numpy(), centroids.y.to_numpy()])
    weight = areas.units(areas.level).residents
    weight = weight + 1 if not np.isnan(weight).any() else np.ones(len(each))
    sums = np.zeros((size, 3))
    np.add.at(sums, member, np.column_stack([each * weight[:, None], weight]))
    middles: Floats = sums[:, :2] / sums[:, 2:]
    return middles
