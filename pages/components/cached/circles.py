"""Cached circles: the published incidents within reach of a school, and the places among them.

They are kept as ``loads`` says. ``eyes`` are those of ``cache_keys.eyes_of``.
"""

from dataclasses import dataclass

import streamlit as st

from data.services import open_points
from data.store.datasets import Dataset
from geo.areas.proximity import Place
from geo.areas.reach import Reach
from geo.arrays import Bools, Floats
from geo.views import circle
from geo.views.published_points import PublishedPoints
from geo.views.view import View
from pages.components.cached import statistics, walks
from pages.components.cached.cache_keys import KEYS, SMALL, Asker


@dataclass(frozen=True)
class Reached:
    """The published points of a dataset, which of its places are within reach of a school, and how far each is away.

    ``inside`` and ``away`` (metres) are [places].
    """

    points: PublishedPoints
    inside: Bools
    away: Floats


def has_points(dataset: Dataset, eyes: Asker) -> bool:
    """Return whether incidents can be counted by distance: an open dataset of the person's organisation, with points.

    Of others, and of protected data for everybody, areas or zones are counted.
    """
    may = open_points.may_be_counted(eyes.principal, dataset)
    return may and _points(dataset, eyes).hold_most_of(dataset.placed)


def has_place_names(dataset: Dataset, eyes: Asker) -> bool:
    """Return whether a dataset with points says what its places are called, so that those for elsewhere are known."""
    return _points(dataset, eyes).names is not None


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def reached(dataset: Dataset, school: Place, reach: Reach, eyes: Asker) -> Reached:
    """Return which published places lie within reach of a school. Raises as ``circle_and_rest`` does."""
    points = _points(dataset, eyes)
    on_foot = walks.metres_to(dataset.area_set_id, school, reach, eyes.principal, points.xy) if reach.on_foot else None
    return Reached(points, *circle.within_reach(points, school, reach, on_foot))


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def circle_and_rest(dataset: Dataset, school: Place, reach: Reach, eyes: Asker) -> View:
    """Count within reach of a school, there but recorded for elsewhere, and beyond.

    The units are as in ``geo.views.circle``: a statistic that compares a school with the rest takes all of them.
    Raises RefusedError for a protected dataset, PermissionError for one of another organisation, and InputError for a
    walk where there is no map of ways any more.
    """
    there = reached(dataset, school, reach, eyes)
    return circle.circle_and_rest(there.points, school, reach, dataset.months, dataset.gaps, there.away)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def circle_view(dataset: Dataset, school: Place, reach: Reach, eyes: Asker) -> View:
    """Count within reach of a school: a view of one unit, without what is recorded for elsewhere.

    Raises as ``circle_and_rest`` does.
    """
    return circle.only_within(circle_and_rest(dataset, school, reach, eyes))


def _points(dataset: Dataset, eyes: Asker) -> PublishedPoints:
    return statistics.published_points(dataset, eyes.principal)
