"""Register evidence: what the demonstration town says of its register, and that it says no more to one than another."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely

from data.demo.town_hotspots import HOTSPOT_STATES
from data.principal import LOCAL_USER, as_board
from data.services import register_evidence as evidence
from data.store import datasets, hotspots
from data.store.store import Store
from tests.unit.data import small_place
from tests.unit.data.persons import STRANGER

TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def town(demo_home: Path) -> Iterator[Store]:
    """The store of the demonstration town."""
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        yield store


def test_every_planted_state_of_the_demonstration_town_is_told(town: Store) -> None:
    said = evidence.states(town, LOCAL_USER, TODAY).set_index("reference")
    assert {reference: said.loc[reference, "state"] for reference in HOTSPOT_STATES} == HOTSPOT_STATES
    assert "CBH-09" not in said.index  # closed
    assert said["sentence"].str.contains("Source: Castlebrook").all()


def test_a_board_is_told_the_same_and_a_stranger_nothing_of_the_register(town: Store) -> None:
    mine = evidence.states(town, LOCAL_USER, TODAY)
    assert evidence.states(town, as_board(LOCAL_USER), TODAY).equals(mine)
    assert evidence.states(town, STRANGER, TODAY).empty


def test_the_emerging_cluster_is_not_on_the_register_until_it_is_an_entry(town: Store) -> None:
    (dataset, result), *_ = [
        (one, evidence.search_of(town, LOCAL_USER, one))
        for one in evidence.searched_datasets(town, LOCAL_USER)
        if one.kind == "police"
    ]
    known = hotspots.entries(town, LOCAL_USER)
    (concern,) = evidence.not_explained(town, LOCAL_USER, dataset, result, known)
    assert concern.harms == ("substances",)
    assert "Source: Castlebrook police (fictional)." in concern.sentence
    entry = replace(known[0], harm="substances", shape=shapely.Point(concern.shape.representative_point()))
    assert evidence.not_explained(town, LOCAL_USER, dataset, result, [entry]) == []


def test_open_data_of_the_newest_year_are_asked_first(town: Store) -> None:
    assert [one.kind for one in evidence.listed(town, LOCAL_USER)] == ["police", "incidents"]


def test_a_dataset_with_too_few_months_says_nothing(store: Store) -> None:
    found = datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))
    assert evidence.source_of(store, LOCAL_USER, found) is None
    assert evidence.states(store, LOCAL_USER, TODAY).empty
