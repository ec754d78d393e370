"""Counts in a part of the map, around a school or in its district, as one unit: of released counts alone."""

from data.principal import Principal
from data.services import open_points
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from geo.release.kinds import Released
from geo.views import circle, extent
from geo.views.extent import Extent
from geo.views.published_points import PublishedPoints, publish_points
from geo.views.view import View, levels, periods, view_counts, years_of


def all_points(store: Store, principal: Principal, dataset: Dataset) -> PublishedPoints:
    """Return all points of an open dataset. Raises as ``open_points`` does."""
    every = Choice(tuple(dataset.months), tuple(HARM_GROUPS))
    return publish_points(open_points.open_points(store, principal, dataset, every), dataset.harm_of)


def counts_points(store: Store, principal: Principal, dataset: Dataset) -> bool:
    """Return whether incidents can be counted by distance: an open dataset of this organisation, with points."""
    if dataset.access is not Access.OPEN or dataset.owner != principal.organisation:
        return False
    return all_points(store, principal, dataset).hold_most_of(dataset.placed)


def released_view(
    store: Store, principal: Principal, dataset: Dataset, released: Released, areas: AreaSet, part: Extent
) -> View:
    """Return what is released of a dataset in a part of the map, as a view of one unit."""
    if part.points and part.circle is not None:
        school, radius = part.circle
        points = all_points(store, principal, dataset)
        counted = circle.circle_and_rest(points, school, radius, dataset.months, dataset.gaps)
        return extent.of_circle(circle.only_within(counted), part, len(areas.codes))
    level, years = levels(released, areas)[0], years_of(released, periods(released))
    return extent.as_one(view_counts(released, areas, level, years), part)
