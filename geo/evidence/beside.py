"""Beside: what a source holds near a known hotspot, beside what its surroundings hold.

A source of published points counts within a distance of the place, and the same distance around other published places
near by. Any other source counts the areas that touch the place, beside other areas near by, and never closer. What is
near a ``known`` place is no yardstick for another, as long as there is enough else.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geo.areas.area_set import AreaSet
from geo.arrays import Bools, Floats, Positions
from geo.counts.cube import Cube
from geo.counts.filters import Choice, chosen_categories
from geo.disclosure import suppress_small
from geo.statistics.change_apart import ChangeApart, change_apart
from geo.statistics.excess import Excess, excess
from geo.views.published_points import PublishedPoints
from geo.views.view import View

NEAR: Final = 250  # metres from a known hotspot that count as near
POINTS_WITHIN: Final = 3_000.0  # metres: places around that are compared with
AREAS_WITHIN: Final = 5_000.0  # … and areas
_MOST: Final = 400  # places that are compared with, evenly spread among those there are
_ENOUGH: Final = 30  # of them that are near no known place, for known ones to be no yardstick for each other
# Counts grow with the number of published places in reach, and less than in proportion: measured, see
# docs/decisions/0049.
_POWER: Final = 0.6
_CORNERS: Final = 64  # of a quarter of a circle, so that one counts what its distance does
_LIKE: Final = 2.0  # times as many of them, or as few, as a place that is like another has

OUTSIDE: Final = "the place lies outside the areas of these data"
NO_POINT: Final = "no place that these data are published by lies within {near}"
GATHERED: Final = "too few incidents happen there to be counted apart from other places"
FEW_AROUND: Final = "too few places around it can be compared with it"
NOT_RECORDED: Final = "these data do not tell {harms} apart"


@dataclass(frozen=True)
class Held:
    """What was found near one place: how it compares, or why it cannot be compared; and the reach in words.

    ``change`` is that from a year before, where it can be told.
    """

    reach: str
    excess: Excess | None = None
    why: str = ""
    change: ChangeApart | None = None


@dataclass(frozen=True)
class PointSource:
    """An open dataset with published points, in the supplied ``periods`` of its latest year.

    ``earlier`` are the same months of the year before, none where one of them was not supplied.
    """

    title: str
    periods: tuple[str, ...]
    points: PublishedPoints
    areas: AreaSet
    metres: int = NEAR
    known: tuple[shapely.Geometry, ...] = ()
    earlier: tuple[str, ...] = ()
    protected: bool = False

    @property
    def harms(self) -> frozenset[str]:
        """The harm groups that the dataset tells apart."""
        return frozenset(self.points.harm)

    def near(self, place: shapely.Geometry, harms: tuple[str, ...]) -> Held:
        """Return what happened within reach of a place, beside the same reach around other published places."""
        said = f"within {self.metres} m"
        if not _touching(self.areas, place).any():
            return Held(said, why=OUTSIDE)
        middle = np.array(place.centroid.coords[0])
        reach = place.buffer(self.metres, quad_segs=_CORNERS)
        counts = np.column_stack([self._at(self.periods, harms), self._at(self.earlier, harms)])
        centres = self._around(middle, reach)
        moved = np.vstack([[0.0, 0.0], self._xy[centres] - middle])
        held, exposure = self._sums(reach, moved, counts)
        if not exposure[0]:
            return Held(said, why=NO_POINT.format(near=f"{self.metres} m"))
        like = _alike(exposure[1:], exposure[0])
        now, before = held.T
        found = excess(now[0], exposure[0], now[1:][like], exposure[1:][like], _POWER)
        change = change_apart(before[0], now[0], before[1:][like], now[1:][like])
        return Held(said, found, "" if found else FEW_AROUND, change if found else None)

    @cached_property
    def _kept(self) -> Bools:
        """Which published places are of what happened there, and not recorded for elsewhere."""
        return ~self.points.elsewhere

    @cached_property
    def _xy(self) -> Floats:
        """Where they are, in metres."""
        return self.points.xy[self._kept]

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(self._xy)

    @cached_property
    def _counted(self) -> dict[Choice, Floats]:
        return {}

    def _at(self, periods: tuple[str, ...], harms: tuple[str, ...]) -> Floats:
        """Return the incidents of some harm groups at each published place, in some periods."""
        choice = Choice(periods, harms)
        if choice not in self._counted:
            self._counted[choice] = self.points.at_places(choice)[self._kept]
        return self._counted[choice]

    @cached_property
    def _apart(self) -> Bools:
        """Which published places are out of reach of every known one, [places]."""
        found = np.ones(len(self._xy), dtype=np.bool_)
        _, near = shapely.STRtree(shapely.points(self._xy)).query(
            np.array(self.known, dtype=object), predicate="dwithin", distance=self.metres
        )
        found[near] = False
        return found

    def _around(self, middle: Floats, reach: shapely.Geometry) -> Positions:
        """Return the published places around that are a yardstick, evenly thinned where they are many."""
        within = np.sort(np.array(self._tree.query_ball_point(middle, POINTS_WITHIN), dtype=np.int64))
        outside = within[~shapely.contains_xy(reach, *self._xy[within].T)]
        apart = outside[self._apart[outside]]
        chosen = apart if len(apart) >= _ENOUGH else outside
        if len(chosen) <= _MOST:
            return chosen
        return chosen[np.linspace(0, len(chosen) - 1, _MOST).astype(np.int64)]

    def _sums(self, reach: shapely.Geometry, moved: Floats, counts: Floats) -> tuple[Floats, Floats]:
        """Return the incidents, [moved, year], and the published places, [moved], in a reach that is moved about."""
        west, south, east, north = reach.bounds
        middle, half = np.array([west + east, south + north]) / 2, float(np.hypot(east - west, north - south)) / 2
        found = self._tree.query_ball_point(moved + middle, half)
        at = np.repeat(np.arange(len(moved)), [len(each) for each in found])
        inside = np.concatenate([np.asarray(each, dtype=np.int64) for each in found])
        shapely.prepare(reach)
        kept = shapely.contains_xy(reach, *(self._xy[inside] - moved[at]).T)
        at, inside = at[kept], inside[kept]
        size = len(moved)
        sums = np.column_stack([np.bincount(at, year[inside], size) for year in counts.T]).astype(np.float64)
        return sums, np.bincount(at, minlength=size).astype(np.float64)


@dataclass(frozen=True)
class AreaSource:
    """A dataset by whole areas or zones, in the supplied ``periods`` of its latest year.

    ``shapes`` are those of the view's units in metres (EPSG:27700), in their order.
    """

    title: str
    periods: tuple[str, ...]
    view: View
    shapes: tuple[shapely.Geometry, ...]
    word: str
    known: tuple[shapely.Geometry, ...] = ()

    @property
    def protected(self) -> bool:
        """Whether the counts are protected ones."""
        return self.view.cube.protected

    @property
    def harms(self) -> frozenset[str]:
        """The harm groups that the dataset tells apart."""
        return frozenset(self.view.cube.harm)

    def near(self, place: shapely.Geometry, harms: tuple[str, ...]) -> Held:
        """Return what the areas that touch a place hold, beside other areas near by."""
        shapes = np.array(self.shapes, dtype=object)
        touching = np.flatnonzero(shapely.intersects(shapes, place))
        said = f"in the {self.word}{'s' if len(touching) > 1 else ''} touching it"
        if not len(touching):
            return Held(said, why=OUTSIDE)
        if self.view.elsewhere[touching].any():
            return Held(said, why=GATHERED)
        near = (shapely.distance(shapes, place) <= AREAS_WITHIN) & ~self.view.elsewhere
        near[touching] = False
        if np.count_nonzero(near & self._apart) >= _ENOUGH:
            near &= self._apart
        counts = _totals(self.view.cube, Choice(self.periods, harms))
        here = float(counts[touching].sum())
        observed = float(suppress_small(np.array([here]))[0]) if self.protected else here
        residents = self.view.units.residents
        known = bool((residents[near] > 0).all() and (residents[touching] > 0).all())
        exposure = residents if known else np.ones(len(residents))
        found = excess(observed, float(exposure[touching].sum()), counts[near], exposure[near])
        return Held(said, found, "" if found else FEW_AROUND)

    @cached_property
    def _apart(self) -> Bools:
        """Which areas touch no known place."""
        found = np.ones(len(self.shapes), dtype=np.bool_)
        _, touched = shapely.STRtree(np.array(self.shapes, dtype=object)).query(
            np.array(self.known, dtype=object), predicate="intersects"
        )
        found[touched] = False
        return found


Source = PointSource | AreaSource  # one dataset's counts in its latest year


def _alike(exposures: Floats, own: float) -> Bools:
    """Return which places are like another by their exposure; all of them where too few are."""
    like: Bools = (exposures <= _LIKE * own) & (exposures * _LIKE >= own)
    return like if np.count_nonzero(like) >= _ENOUGH else np.ones(len(exposures), dtype=np.bool_)


def _totals(cube: Cube, choice: Choice) -> Floats:
    """Return the incidents of each unit; of a release, sums of its cells as they are, as ``Scene.history`` has them."""
    of_periods = cube.n[:, cube.period_slice(choice.periods)]
    totals: Floats = of_periods[:, :, chosen_categories(cube, choice)].sum(axis=(1, 2)).astype(np.float64)
    return totals


def _touching(areas: AreaSet, place: shapely.Geometry) -> Bools:
    found: Bools = areas.metres.intersects(place).to_numpy()
    return found
