"""Cached busy places: around a school and in areas, of a person's own open data that name their places.

They are kept as ``loads`` says. ``eyes`` are those of ``cache_keys.eyes_of``.
"""

from typing import Final

import streamlit as st

from data.services import open_points
from data.services.opening import open_store
from data.store.datasets import Dataset
from geo.counts.filters import Choice
from geo.views import busy_places
from geo.views.busy_places import BusyPlaces
from geo.views.extent import Extent
from geo.views.placed_points import PlacedPoints, place_points
from pages.components.cached import circles, loads
from pages.components.cached.cache_keys import KEYS, LARGE, SMALL, Asker, ViewKey
from pages.components.cached.circles import Reached

LISTED: Final = 10  # places that a list around a school holds …
IN_AREA: Final = 5  # … and one of an area, beside which no table has more


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def busiest_around(dataset: Dataset, extent: Extent, choice: Choice, eyes: Asker) -> BusyPlaces:
    """List the busiest places within an extent's circle, nearer ones first where they tie.

    Raises RefusedError for a protected dataset and PermissionError for one of another organisation.
    """
    reach = _reached(dataset, extent, eyes)
    return busy_places.busiest_places(
        reach.points, reach.inside, reach.away, choice, _supplied(dataset),
        first=LISTED, most=LISTED, elsewhere=extent.elsewhere,
    )  # fmt: skip


def elsewhere_within(dataset: Dataset, extent: Extent, choice: Choice, eyes: Asker) -> tuple[tuple[str, int], ...]:
    """List what is recorded for elsewhere within an extent's circle, most first: ("Hospital", 31).

    Raises as ``busiest_around`` does.
    """
    reach = _reached(dataset, extent, eyes)
    return busy_places.elsewhere_within(reach.points, reach.inside, choice)


def are_named(dataset: Dataset, eyes: Asker) -> bool:
    """Return whether places of a dataset may be named: an open one of the person's organisation that knows names."""
    return circles.has_points(dataset, eyes) and circles.has_place_names(dataset, eyes)


@st.cache_resource(max_entries=LARGE, show_spinner=False, hash_funcs=KEYS)
def placed(dataset: Dataset, eyes: Asker) -> PlacedPoints | None:
    """Load the published points with the area that each counts in; None where no place may be named."""
    if not are_named(dataset, eyes):
        return None
    points = open_points.all_points(open_store(), eyes.principal, dataset, by_area=True)
    return place_points(points, loads.area_set(dataset.area_set_id, eyes.principal))


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def busiest_in(key: ViewKey, units: tuple[int, ...], choice: Choice) -> BusyPlaces | None:
    """List the busiest places in some units (positions) of a view, those that record for elsewhere among them.

    None where no place may be named.
    """
    found = placed(key.dataset, key.eyes)
    if found is None:
        return None
    return found.busiest(loads.view(key).units, units, choice, _supplied(key.dataset), IN_AREA)


def _reached(dataset: Dataset, extent: Extent, eyes: Asker) -> Reached:
    if extent.circle is None:
        raise ValueError("Places are listed within a circle.")
    return circles.reached(dataset, *extent.circle, eyes)


def _supplied(dataset: Dataset) -> frozenset[str]:
    return frozenset(dataset.months) - frozenset(dataset.gaps)
