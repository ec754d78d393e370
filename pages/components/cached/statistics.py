"""Cached results of what is worked out from counts: neighbours, measures, findings, density, hit rates.

They are kept as ``loads`` says.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from data.principal import Principal
from data.services import open_points
from data.services.opening import open_store
from data.store.datasets import Dataset
from geo.areas.contiguity import graph_of
from geo.areas.drawing import drawing, pack_drawing
from geo.areas.proximity import Place
from geo.counts.filters import Choice
from geo.findings import clusters
from geo.findings.finding import Finding
from geo.findings.landmarks import Landmarks, in_metres, landmarks
from geo.findings.search import FAR, Looked, Search, look, scenes_of, together
from geo.harms import HARM_GROUPS
from geo.maps import hot_spots, measures, point_density
from geo.maps.measure import Measured
from geo.maps.measures import MeasureRequest
from geo.statistics.density import Density, Grid
from geo.statistics.hit_rates import HitRates, hit_rates
from geo.views.published_points import PublishedPoints
from geo.views.scene import Scene, scene_of
from pages.components.cached import loads
from pages.components.cached.cache_keys import KEYS, LARGE, SMALL, Asker, ViewKey
from pages.routes.transient_files import offer


@st.cache_resource(max_entries=LARGE, show_spinner="Finding neighbours", hash_funcs=KEYS)
def _graph(set_id: int, principal: Principal) -> Any:
    return graph_of(loads.area_set(set_id, principal).metres.to_numpy())


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def scene(key: ViewKey, until: str) -> Scene:
    """Load what statistics look at: a view as of the period ``until``."""
    return scene_of(loads.view(key), loads.area_set(*key.area_set), _graph(*key.area_set), until)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def measured_by(key: ViewKey, choice: Choice, request: MeasureRequest) -> Measured:
    """Measure every unit of a view. Raises ThinDataError where a statistic has too little to go by."""
    return measures.measured_by(scene(key, choice.periods[-1]), choice, request)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def against_neighbours(key: ViewKey, choice: Choice) -> list[str]:
    """Say of each unit of a view how it goes with its neighbours."""
    return hot_spots.against_neighbours(scene(key, choice.periods[-1]), choice)


@st.cache_resource(max_entries=SMALL, show_spinner="Looking for clusters", hash_funcs=KEYS)
def clusters_of(key: ViewKey, choice: Choice, school: Place | None) -> list[Finding]:
    """Find the clusters of what a choice leaves, as of its last period, around a school or everywhere.

    Raises ThinDataError where there is too little to go by.
    """
    where = scene_searched(key, choice.periods[-1], school)
    return [one for found in clusters.find(where, choice.harms, choice.category) for one in found.found]


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def scene_searched(key: ViewKey, until: str, school: Place | None) -> Scene:
    """Load what clusters are looked for in: a view as of the period ``until``, around a school or everywhere."""
    where = scene(key, until)
    return where if school is None else where.around(in_metres([school])[0], FAR)


def search_around(
    dataset: Dataset,
    harms: Sequence[str],
    periods: tuple[str, ...],
    school: Place,
    eyes: Asker,
    tell: Callable[[int, str], None] = lambda *_: None,
) -> Search:
    """Look around a school for clusters, changes and patterns of some harm groups, as of the last of some periods.

    ``eyes`` are those of ``cache_keys.eyes_of``; ``tell`` is called with the number of each harm group and its code.
    """
    looked = []
    for number, harm in enumerate(harms, start=1):
        tell(number, harm)
        looked.append(_look_around(dataset, harm, periods, school, eyes))
    return together(looked)


@st.cache_resource(max_entries=4 * SMALL, show_spinner=False, hash_funcs=KEYS)
def _look_around(dataset: Dataset, harm: str, periods: tuple[str, ...], school: Place, eyes: Asker) -> Looked:
    return look(_scenes(dataset, periods[-1], eyes), harm, periods, in_metres([school])[0])


@st.cache_resource(max_entries=LARGE, show_spinner=False, hash_funcs=KEYS)
def _scenes(dataset: Dataset, until: str, eyes: Asker) -> list[Scene]:
    areas = loads.area_set(dataset.area_set_id, eyes.principal)
    return scenes_of(loads.counts(dataset, eyes), areas, _graph(dataset.area_set_id, eyes.principal), until)


@st.cache_resource(max_entries=SMALL, show_spinner="Testing what the past foresaw", hash_funcs=KEYS)
def hit_rates_of(key: ViewKey, harms: tuple[str, ...], until: str, season: int) -> HitRates:
    """Test on all up to the period ``until`` whether some harms are foreseen; ``season`` is a year's periods.

    Raises ThinDataError as ``geo.statistics.hit_rates`` does.
    """
    past = scene(key, until)
    return hit_rates(past.history(harms), past.history(tuple(HARM_GROUPS)), season)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def known_places(set_id: int, asking: Asker) -> Landmarks:
    """Gather what people know places of an area set by."""
    return landmarks(loads.area_set(set_id, asking.principal), loads.schools_in(set_id, asking))


@st.cache_resource(max_entries=SMALL, show_spinner="Drawing density", hash_funcs=KEYS)
def density(dataset: Dataset, choice: Choice, school: Place, principal: Principal) -> Density:
    """Spread the published incidents of a choice over the squares round a school.

    Raises ThinDataError where there are too few, and RefusedError for a protected dataset.
    """
    areas = loads.area_set(dataset.area_set_id, principal)
    return point_density.density_around(published_points(dataset, principal), choice, _grid(school), areas)


@st.cache_resource(max_entries=LARGE, show_spinner="Loading points", hash_funcs=KEYS)
def published_points(dataset: Dataset, principal: Principal) -> PublishedPoints:
    """Load all points of an open dataset, so that another choice of them needs no reading.

    Raises RefusedError and PermissionError as ``open_points.open_points`` does.
    """
    return open_points.all_points(open_store(), principal, dataset)


def squares(school: Place) -> str:
    """Return the digest of the drawing of the squares round a school, which the app's own route serves."""
    name, packed = _squares(school)
    return offer(packed, name)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def _squares(school: Place) -> tuple[str, bytes]:
    return pack_drawing(drawing(_grid(school).shapes))


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def _grid(school: Place) -> Grid:
    return point_density.squares_around(school)
