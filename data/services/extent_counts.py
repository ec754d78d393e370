"""Counts in a part of the map, around a school or in its district, as one unit: of released counts alone."""

from data.principal import Principal
from data.services import open_points, walking
from data.store.datasets import Dataset
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.areas.proximity import Place
from geo.areas.reach import Reach
from geo.arrays import Floats
from geo.errors import RefusedError
from geo.release.kinds import Released
from geo.views import circle, extent
from geo.views.extent import Extent
from geo.views.published_points import PublishedPoints
from geo.views.recorded_elsewhere import counted_in
from geo.views.view import View, levels, periods, view_counts, years_of
from geo.walking.walking_area import walking_area
from geo.walking.walks import Walks, metres_to


def counts_points(store: Store, principal: Principal, dataset: Dataset) -> bool:
    """Return whether a dataset is counted by distance: its points may be, and nearly all of it has one."""
    if not open_points.may_be_counted(principal, dataset):
        return False
    return open_points.all_points(store, principal, dataset).hold_most_of(dataset.placed)


def around(store: Store, principal: Principal, dataset: Dataset, areas: AreaSet, school: Place, reach: Reach) -> Extent:
    """Return the part of the map within reach of a school.

    Raises InputError for a walk where there is no map of ways, and RefusedError where a dataset has no points to count.
    """
    points = counts_points(store, principal, dataset)
    if not reach.on_foot:
        return extent.around(areas, school, reach, points=points)
    if not points:
        raise RefusedError(
            "Walks are counted of published points only, and this dataset has none that may be; choose a distance in a "
            "straight line."
        )
    walked = walking_area(_walks(store, principal, areas, school, reach))
    return extent.around(areas, school, reach, points=points, walked=walked)


def released_view(
    store: Store, principal: Principal, dataset: Dataset, released: Released, areas: AreaSet, part: Extent
) -> View:
    """Return what is released of a dataset in a part of the map, as a view of one unit."""
    if part.points and part.circle is not None:
        school, reach = part.circle
        points = open_points.all_points(store, principal, dataset)
        away = away_on_foot(store, principal, areas, part, points)
        counted = circle.circle_and_rest(points, school, reach, dataset.months, dataset.gaps, away)
        within = circle.only_within(counted_in(counted) if part.elsewhere else counted)
        return extent.of_circle(within, part, len(areas.codes))
    level, years = levels(released, areas)[0], years_of(released, periods(released))
    return extent.as_one(view_counts(released, areas, level, years), part)


def away_on_foot(
    store: Store, principal: Principal, areas: AreaSet, part: Extent, points: PublishedPoints
) -> Floats | None:
    """Return how far each place of some points is from a part's school on foot; None where no walk is looked at.

    Raises InputError where there is no map of ways.
    """
    if part.circle is None or not part.circle[1].on_foot:
        return None
    return metres_to(_walks(store, principal, areas, *part.circle), points.xy)


def _walks(store: Store, principal: Principal, areas: AreaSet, school: Place, reach: Reach) -> Walks:
    return walking.walks_of(walking.ways_of_areas(store, principal, areas), school, reach.metres)
