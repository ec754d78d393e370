"""What is counted around a school: published points within a distance, or whole areas that touch it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo.counts import filters
from geo.counts.cube import Cube
from geo.counts.filters import Choice, TwoCounts
from geo.findings.nearby import Nearby, nearby, over_all
from geo.views.busy_places import BusyPlaces
from geo.views.circle import WITHIN
from geo.views.extent import Extent
from geo.views.recorded_elsewhere import counted_in
from pages.components.cached import busy, circles
from pages.components.cached.cache_keys import eyes_of
from pages.components.frame.selection import Selection


@dataclass(frozen=True)
class Counted:
    """Counts around a school, those of a year before, what changed by harm group and over all, and frames for charts.

    ``by_distance`` says that points are counted; else it is areas. Of points, ``elsewhere`` lists what is recorded for
    elsewhere (and counted in only if the extent says so), ``busy`` the busiest places, and ``named`` says whether their
    names are known.
    """

    two: TwoCounts
    changes: Sequence[Nearby]
    over_all: Nearby
    by_harm: Any
    series: Any
    by_distance: bool = False
    elsewhere: Sequence[tuple[str, int]] = ()
    busy: BusyPlaces | None = None
    named: bool = False


def of_areas(cube: Cube, choice: Choice, areas: Sequence[int]) -> Counted:
    """Count what some areas (positions) hold together."""
    return Counted(
        two=filters.with_year_before(cube, choice, areas),
        changes=nearby(cube, choice, areas),
        over_all=over_all(cube, choice, areas),
        by_harm=filters.mix_by_harm(cube, choice, areas),
        series=filters.series(cube, choice, areas),
    )


def within(chosen: Selection, extent: Extent, choice: Choice) -> Counted:
    """Count the points within reach of an extent's school."""
    if extent.circle is None:
        raise ValueError("Points are counted within a circle.")
    dataset, eyes = chosen.dataset, eyes_of(chosen.dataset, chosen.asking)
    view = circles.circle_and_rest(dataset, *extent.circle, eyes)
    cube = (counted_in(view) if extent.elsewhere else view).cube
    return replace(
        of_areas(cube, choice, [WITHIN]),
        by_distance=True,
        elsewhere=busy.elsewhere_within(dataset, extent, choice, eyes),
        busy=busy.busiest_around(dataset, extent, choice, eyes),
        named=circles.has_place_names(dataset, eyes),
    )
