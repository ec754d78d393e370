"""Cached results of what is worked out from counts: neighbours, measures, findings, density, hit rates.

They are kept as the loads of ``cached`` are, which says how, and for whom.
"""

import gzip
from collections.abc import Sequence
from typing import Any

import streamlit as st

from data.principal import Principal
from data.services import open_points
from data.services.opening import open_store
from data.store.datasets import Dataset
from geo.areas.contiguity import graph_of
from geo.areas.drawing import digest, drawing
from geo.areas.proximity import Place
from geo.counts.filters import Choice
from geo.findings import clusters
from geo.findings.finding import Finding
from geo.findings.landmarks import Landmarks, in_metres, landmarks
from geo.findings.search import FAR, Search, scenes_of
from geo.findings.search import search as look_for
from geo.harms import HARM_GROUPS
from geo.maps import hot_spots, measures, point_density
from geo.maps.measure import Measure, Measured
from geo.maps.measures import MeasureRequest
from geo.statistics.density import Density, Grid
from geo.statistics.hit_rates import HitRates
from geo.statistics.hit_rates import hit_rates as test_hit_rates
from geo.views.scene import Scene, scene_of
from pages.components.cached import loads
from pages.components.cached.loads import Asker
from pages.routes.transient_files import offer


@st.cache_resource(max_entries=loads.LARGE, show_spinner="Finding neighbours", hash_funcs=loads.KEYS)
def _graph(set_id: int, principal: Principal) -> Any:
    return graph_of(loads.area_set(set_id, principal).metres.to_numpy())


def scene(dataset: Dataset, level: str, periods: Sequence[str], until: str, asking: Asker) -> Scene:
    """Load what statistics look at: a view as of ``until``, its units the same through all of some periods."""
    years = loads.years_of(dataset, periods, asking)
    return _scene(dataset, level, years, until, loads.eyes_of(dataset, asking))


@st.cache_resource(max_entries=loads.SMALL, show_spinner=False, hash_funcs=loads.KEYS)
def _scene(dataset: Dataset, level: str, years: tuple[str, ...], until: str, eyes: Asker) -> Scene:
    areas = loads.area_set(dataset.area_set_id, eyes.principal)
    return scene_of(
        loads.view_of(dataset, level, years, eyes), areas, _graph(dataset.area_set_id, eyes.principal), until
    )


def measured_by(
    dataset: Dataset, level: str, choice: Choice, asked: MeasureRequest, covered: Sequence[str], asking: Asker
) -> Measured:
    """Measure every unit of a level. Raises ThinDataError where a statistic has too little to go by."""
    periods = measures.covering(asked, choice, covered)
    return _measured_by(
        dataset, level, choice, asked, loads.years_of(dataset, periods, asking), loads.eyes_of(dataset, asking)
    )


@st.cache_resource(max_entries=loads.SMALL, show_spinner=False, hash_funcs=loads.KEYS)
def _measured_by(
    dataset: Dataset, level: str, choice: Choice, asked: MeasureRequest, years: tuple[str, ...], eyes: Asker
) -> Measured:
    return measures.measured_by(_scene(dataset, level, years, choice.periods[-1], eyes), choice, asked)


def against_neighbours(
    dataset: Dataset, level: str, choice: Choice, periods: Sequence[str], asking: Asker
) -> list[str]:
    """Say of each unit of a level how it goes with its neighbours."""
    return _beside_neighbours(
        dataset, level, choice, loads.years_of(dataset, periods, asking), loads.eyes_of(dataset, asking)
    )


@st.cache_resource(max_entries=loads.SMALL, show_spinner=False, hash_funcs=loads.KEYS)
def _beside_neighbours(dataset: Dataset, level: str, choice: Choice, years: tuple[str, ...], eyes: Asker) -> list[str]:
    return hot_spots.against_neighbours(_scene(dataset, level, years, choice.periods[-1], eyes), choice)


def clusters_of(
    dataset: Dataset, level: str, choice: Choice, covered: Sequence[str], school: Place | None, asking: Asker
) -> list[Finding]:
    """Find the clusters of what a choice leaves, as of its last period, around a school or everywhere.

    Raises ThinDataError where there is too little to go by.
    """
    periods = measures.covering(MeasureRequest(Measure.COUNT, clusters=True), choice, covered)
    years = loads.years_of(dataset, periods, asking)
    return _clusters_of(dataset, level, choice, years, school, loads.eyes_of(dataset, asking))


@st.cache_resource(max_entries=loads.SMALL, show_spinner="Looking for clusters", hash_funcs=loads.KEYS)
def _clusters_of(
    dataset: Dataset, level: str, choice: Choice, years: tuple[str, ...], school: Place | None, eyes: Asker
) -> list[Finding]:
    seen = _scene(dataset, level, years, choice.periods[-1], eyes)
    if school is not None:
        seen = seen.around(in_metres([school])[0], FAR)
    return clusters.find(seen, choice.harms, choice.category)


def search(dataset: Dataset, harm: str, periods: tuple[str, ...], school: Place, asking: Asker) -> Search:
    """Look around a school for clusters, changes and patterns of one harm group, as of the last of some periods."""
    return _search(dataset, harm, periods, school, loads.eyes_of(dataset, asking))


@st.cache_resource(max_entries=4 * loads.SMALL, show_spinner=False, hash_funcs=loads.KEYS)
def _search(dataset: Dataset, harm: str, periods: tuple[str, ...], school: Place, eyes: Asker) -> Search:
    return look_for(_scenes(dataset, periods[-1], eyes), (harm,), periods, in_metres([school])[0])


@st.cache_resource(max_entries=loads.LARGE, show_spinner=False, hash_funcs=loads.KEYS)
def _scenes(dataset: Dataset, until: str, eyes: Asker) -> list[Scene]:
    areas = loads.area_set(dataset.area_set_id, eyes.principal)
    return scenes_of(loads.counts_of(dataset, eyes), areas, _graph(dataset.area_set_id, eyes.principal), until)


def hit_rates(
    dataset: Dataset, level: str, harms: tuple[str, ...], covered: Sequence[str], season: int, asking: Asker
) -> HitRates:
    """Test on all that is ``covered`` whether some harms are foreseen. Raises ThinDataError as the test does."""
    years = loads.years_of(dataset, covered, asking)
    return _hit_rates(dataset, level, harms, years, covered[-1], season, loads.eyes_of(dataset, asking))


@st.cache_resource(max_entries=loads.SMALL, show_spinner="Testing what the past foresaw", hash_funcs=loads.KEYS)
def _hit_rates(
    dataset: Dataset, level: str, harms: tuple[str, ...], years: tuple[str, ...], until: str, season: int, eyes: Asker
) -> HitRates:
    seen = _scene(dataset, level, years, until, eyes)
    return test_hit_rates(seen.history(harms), seen.history(tuple(HARM_GROUPS)), season)


@st.cache_resource(max_entries=loads.SMALL, show_spinner=False, hash_funcs=loads.KEYS)
def known_places(set_id: int, asking: Asker) -> Landmarks:
    """Gather what people know places of an area set by."""
    return landmarks(loads.area_set(set_id, asking.principal), loads.schools_in(set_id, asking))


def density(dataset: Dataset, choice: Choice, school: Place, asking: Asker) -> Density:
    """Spread the published incidents of a choice over the squares round a school.

    Raises ThinDataError where there are too few, and RefusedError for a protected dataset.
    """
    return _density(dataset, choice, school, asking.principal)


@st.cache_resource(max_entries=loads.SMALL, show_spinner="Drawing density", hash_funcs=loads.KEYS)
def _density(dataset: Dataset, choice: Choice, school: Place, principal: Principal) -> Density:
    areas = loads.area_set(dataset.area_set_id, principal)
    return point_density.density_around(_published(dataset, principal), choice, _grid(school), areas)


@st.cache_resource(max_entries=loads.LARGE, show_spinner=False, hash_funcs=loads.KEYS)
def _published(dataset: Dataset, principal: Principal) -> point_density.PublishedPoints:
    """Load all points of an open dataset, so that another choice of them needs no reading."""
    all_of_it = Choice(tuple(dataset.months), tuple(HARM_GROUPS))
    listed = open_points.open_points(open_store(), principal, dataset, all_of_it)
    return point_density.publish_points(listed, dataset.harm_of)


def squares(school: Place) -> str:
    """Return the digest of the drawing of the squares round a school, which the app's own route serves."""
    name, packed = _squares(school)
    return offer(packed, name)


@st.cache_resource(max_entries=loads.SMALL, show_spinner=False, hash_funcs=loads.KEYS)
def _squares(school: Place) -> tuple[str, bytes]:
    content = drawing(_grid(school).shapes)
    return digest(content), gzip.compress(content, mtime=0)


@st.cache_resource(max_entries=loads.SMALL, show_spinner=False, hash_funcs=loads.KEYS)
def _grid(school: Place) -> Grid:
    return point_density.squares_around(school)
