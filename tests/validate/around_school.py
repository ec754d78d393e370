"""Around a school: what a page tells of changes within 800 m and at busy places, in a world and in points."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import shapely

from geo.areas.proximity import Place
from geo.areas.reach import USUAL
from geo.counts.cube import Cube
from geo.counts.filters import Choice
from geo.findings.nearby import nearby, over_all
from geo.harms import HARM_GROUPS
from geo.views.busy_places import busiest_places
from geo.views.circle import WITHIN, circle_and_rest, within_reach
from geo.views.published_points import PublishedPoints
from tests.validate.told import Point
from tests.validate.world import Counts, World

CHANGE_TOUCHED, CHANGE_WITHIN, BUSY = NEAR = ("change in areas touched", "change within 800 m", "busy places")
LISTED: Final = 10  # places that a page lists


@dataclass(frozen=True)
class Points:
    """Published points: where they are and what they are called, and ``n`` [place, month, harm group]."""

    xy: np.ndarray = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    months: tuple[str, ...]
    harms: tuple[str, ...]
    missing: frozenset[str]
    n: Counts = field(repr=False)

    @property
    def known(self) -> np.ndarray:
        """Which months have figures, [month]."""
        return np.array([month not in self.missing for month in self.months])

    def holding(self, n: Counts) -> "Points":
        """Return the same places with other counts."""
        return replace(self, n=n)

    @property
    def published(self) -> PublishedPoints:
        """The points as the product keeps them."""
        place, month, harm = np.nonzero(self.n)
        labels = tuple(HARM_GROUPS[code] for code in self.harms)
        n = self.n[place, month, harm]
        return PublishedPoints(self.xy, self.months, labels, self.harms, place, month, harm, n, self.names)


def changes_of_areas(world: World, school: Point) -> Counter[str]:
    """Return how many changes are told of the areas that a circle around a school touches."""
    inside = np.flatnonzero(world.areas.metres.distance(shapely.Point(school)) <= USUAL.metres)
    return Counter({CHANGE_TOUCHED: _changes(world.cube, Choice(world.chosen, world.harms), inside)})


def told_of_points(points: Points, schools: Iterable[Place], chosen: tuple[str, ...]) -> list[Counter[str]]:
    """Return how many changes are told within 800 m of each school, and of how many busy places there."""
    published, choice = points.published, Choice(chosen, points.harms)
    supplied = [month for month in points.months if month not in points.missing]
    found = []
    for school in schools:
        view = circle_and_rest(published, school, USUAL, points.months, sorted(points.missing))
        near = within_reach(published, school, USUAL)
        busy = busiest_places(published, *near, choice, supplied, first=LISTED, most=LISTED).places
        changes = _changes(view.cube, choice, np.array([WITHIN]))
        found.append(Counter({CHANGE_WITHIN: changes, BUSY: sum(one.certain is True for one in busy)}))
    return found


def _changes(cube: Cube, choice: Choice, inside: np.ndarray) -> int:
    each = [*nearby(cube, choice, inside.tolist()), over_all(cube, choice, inside.tolist())]
    return sum(one.direction != 0 for one in each)
