"""Counts in a part of the map, around a school or in its district, as one unit: of released counts alone."""

from data.principal import Principal
from data.services import open_points
from data.store.datasets import Dataset
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.release.kinds import Released
from geo.views import circle, extent
from geo.views.extent import Extent
from geo.views.view import View, levels, periods, view_counts, years_of


def counts_points(store: Store, principal: Principal, dataset: Dataset) -> bool:
    """Return whether a dataset is counted by distance: its points may be, and nearly all of it has one."""
    if not open_points.may_be_counted(principal, dataset):
        return False
    return open_points.all_points(store, principal, dataset).hold_most_of(dataset.placed)


def released_view(
    store: Store, principal: Principal, dataset: Dataset, released: Released, areas: AreaSet, part: Extent
) -> View:
    """Return what is released of a dataset in a part of the map, as a view of one unit."""
    if part.points and part.circle is not None:
        school, radius = part.circle
        points = open_points.all_points(store, principal, dataset)
        counted = circle.circle_and_rest(points, school, radius, dataset.months, dataset.gaps)
        return extent.of_circle(circle.only_within(counted), part, len(areas.codes))
    level, years = levels(released, areas)[0], years_of(released, periods(released))
    return extent.as_one(view_counts(released, areas, level, years), part)
