"""Cached circles: points of a person's own open data only, and nothing of them for anybody else."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st

from data.principal import LOCAL_USER, as_board
from data.store import datasets
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.areas.proximity import Place
from geo.areas.reach import Reach
from geo.counts.filters import Choice, total
from geo.errors import RefusedError
from geo.harms import HARM_GROUPS
from geo.views.extent import Extent, Where
from pages.components.cached import busy, circles, statistics
from pages.components.cached.cache_keys import Asker
from tests.unit.data import small_place
from tests.unit.data.persons import STRANGER

EYES = Asker(LOCAL_USER, 0, date.min)
SCHOOL = Place("Hill School", -1.474, 53.374)
ALL = Choice(("2021-08", "2021-10"), tuple(HARM_GROUPS))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store that cached loads open, who forget before and after what they loaded."""
    st.cache_resource.clear()
    with closing(Store(f"sqlite:///{tmp_path / 'local-context.sqlite'}")) as opened:
        monkeypatch.setattr(statistics, "open_store", lambda: opened)
        yield opened
    st.cache_resource.clear()


@pytest.fixture
def police(store: Store) -> Dataset:
    """The open police data of the small place."""
    return datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))


def around(dataset: Dataset) -> Extent:
    """Return 800 m round the school, of points; its areas do not matter here."""
    return Extent(Where.SCHOOL, "", f"around of {dataset.id}", (0,), (SCHOOL, Reach(800)), points=True)


def test_a_circle_holds_the_points_within_it(police: Dataset) -> None:
    assert circles.has_points(police, EYES)
    view = circles.circle_view(police, SCHOOL, Reach(800), EYES)
    assert view.units.names == ("Within 800 m of Hill School",)
    assert total(view.cube, ALL) == 3
    assert total(circles.circle_and_rest(police, SCHOOL, Reach(800), EYES).cube, ALL) == 7


def test_without_names_of_places_nothing_is_known_to_be_recorded_for_elsewhere(police: Dataset) -> None:
    assert not circles.has_place_names(police, EYES)
    assert not busy.are_named(police, EYES)
    assert busy.placed(police, EYES) is None
    part = around(police)
    assert busy.elsewhere_within(police, part, ALL, EYES) == ()
    assert [one.n for one in busy.busiest_around(police, part, ALL, EYES).places] == [2, 1]


def test_a_circle_is_counted_once_for_each_radius(police: Dataset) -> None:
    first = circles.circle_view(police, SCHOOL, Reach(800), EYES)
    assert circles.circle_view(police, SCHOOL, Reach(800), EYES) is first
    assert circles.circle_view(police, SCHOOL, Reach(400), EYES) is not first


def test_a_board_counts_open_points_as_others_do(police: Dataset) -> None:
    assert circles.has_points(police, EYES._replace(principal=as_board(LOCAL_USER)))


def test_nobody_gets_points_of_protected_data(store: Store) -> None:
    small_place.add_areas(store)
    number = small_place.add(store, small_place.police(access=Access.PROTECTED))
    protected = datasets.load_dataset(store, LOCAL_USER, number)
    assert not circles.has_points(protected, EYES)
    with pytest.raises(RefusedError):
        circles.circle_view(protected, SCHOOL, Reach(800), EYES)
    assert not busy.are_named(protected, EYES)
    assert busy.placed(protected, EYES) is None
    for ask in (busy.busiest_around, busy.elsewhere_within):
        with pytest.raises(RefusedError):
            ask(protected, around(protected), ALL, EYES)


def test_open_data_of_another_organisation_is_not_counted_by_distance(police: Dataset) -> None:
    eyes = EYES._replace(principal=STRANGER)
    assert not circles.has_points(police, eyes)
    assert not circles.has_points(replace(police, owner="somebody else"), EYES)
    with pytest.raises(PermissionError):
        circles.circle_view(police, SCHOOL, Reach(800), eyes)
