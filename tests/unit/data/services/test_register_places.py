"""Places for the register: what the map is labelled with is found too, and a street comes with its line."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.services import register_places
from data.store.store import Store

TOWN = 1  # the number of the town's area set


@pytest.fixture(scope="module")
def town(demo_home: Path) -> Iterator[Store]:
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        yield store


def test_names_that_only_the_backdrop_knows_are_found_once(town: Store) -> None:
    found = register_places.find(town, LOCAL_USER, TOWN, "quayside")
    assert [one.name for one in found].count("Quayside") == 1


def test_a_street_that_search_and_backdrop_both_know_is_there_once_with_its_line(town: Store) -> None:
    (street,) = register_places.find(town, LOCAL_USER, TOWN, "quay road", streets=True)
    line = register_places.line_of(town, LOCAL_USER, TOWN, street)
    assert line is not None
    assert line.geom_type == "LineString"


def test_nothing_is_found_for_nothing(town: Store) -> None:
    assert register_places.find(town, LOCAL_USER, TOWN, " ") == []
