"""What commands about the surroundings of a school share: the school, and an open dataset with points around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.principal import LOCAL_USER
from geo.errors import InputError, RefusedError

if TYPE_CHECKING:
    from data.store.datasets import Dataset
    from data.store.store import Store
    from geo.areas.proximity import Place
    from geo.views.published_points import PublishedPoints

FARTHEST: Final = 50_000  # metres; farther is no surroundings


def school_of(store: Store, urn: str) -> Place:
    """Return the school of a URN. Raises InputError where there is none."""
    from data.store import places
    from geo import columns as c
    from geo.areas.proximity import labelled

    schools = places.schools(store, LOCAL_USER)
    of_urn = labelled(schools[schools[c.URN] == urn.strip()])
    if not of_urn:
        raise InputError(
            f"A school must be named by the URN of one that is loaded, and “{urn}” is none of {len(schools):,}; "
            "bring schools in with `python -m data schools`, or correct it."
        )
    return next(iter(of_urn.values()))


def points_of(store: Store, number: int | None) -> tuple[Dataset, PublishedPoints]:
    """Return a dataset and its points: the one of a number, or the newest open one with points.

    Raises RefusedError for a protected one, and InputError where there are no points.
    """
    from data.records.rows import DatasetKind
    from data.store import datasets
    from data.store.datasets import Access

    if number is None:
        own = [one for one in datasets.datasets(store, LOCAL_USER) if one.owner == LOCAL_USER.organisation]
        asked = [one for one in own if one.access is Access.OPEN and one.kind != DatasetKind.MARKS]
    else:
        asked = [datasets.load_dataset(store, LOCAL_USER, number)]
    for one in asked:
        if one.access is not Access.OPEN:
            raise RefusedError(
                f"Nobody gets points of protected data, and dataset {one.id} is protected; list the zones of its "
                f"release with `python -m data counts --dataset {one.id} --by area,harm`, or name an open dataset."
            )
        points = _published(store, one)
        if len(points.xy):
            return one, points
    which = "no open dataset here has any" if number is None else f"dataset {number} has none"
    raise InputError(
        f"Counting by distance needs incidents with coordinates, and {which}; use `python -m data counts --by area`."
    )


def _published(store: Store, dataset: Dataset) -> PublishedPoints:
    from data.services import open_points
    from geo.counts.filters import Choice
    from geo.harms import HARM_GROUPS
    from geo.views.published_points import publish_points

    every = Choice(tuple(dataset.months), tuple(HARM_GROUPS))
    return publish_points(open_points.open_points(store, LOCAL_USER, dataset, every), dataset.harm_of)


def require_areas(store: Store, dataset: Dataset, place: Place, within: int) -> None:
    """Raise InputError for a circle that lies beyond the areas of a dataset, of which nothing is known there."""
    from data.store import area_sets
    from geo.areas.proximity import areas_within

    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    if not areas_within(areas, place, within):
        raise InputError(
            f"A school must lie in the areas of the dataset, and {place.name} is more than {within:,} m from all of "
            f"“{areas.title}”; choose a dataset of its place."
        )
