"""Every function of the store asks who is asking, and answers nobody who does not say."""

import inspect
from types import ModuleType
from typing import get_type_hints

import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.store import area_sets, datasets, places
from data.store.store import Store
from tests.unit.data import small_place

ANONYMOUS = Principal("", "", Role.ANALYST)


def public(module: ModuleType) -> list[tuple[str, object]]:
    found = inspect.getmembers(module, inspect.isfunction)
    return [(name, one) for name, one in found if one.__module__ == module.__name__ and not name.startswith("_")]


FUNCTIONS = [one for module in (area_sets, datasets, places) for one in public(module)]


@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_every_function_takes_the_store_and_a_principal(name: str, function: object) -> None:
    hints = list(get_type_hints(function).items())
    assert hints[0] == ("store", Store)
    assert hints[1] == ("principal", Principal)


ASKED = {
    "add_area_set": lambda store: area_sets.add_area_set(store, ANONYMOUS, *whole_set(store), {}, [], "f"),
    "area_sets": lambda store: area_sets.area_sets(store, ANONYMOUS),
    "load_area_set": lambda store: area_sets.load_area_set(store, ANONYMOUS, 1),
    "drawing_digests": lambda store: area_sets.drawing_digests(store, ANONYMOUS, 1),
    "packed_drawing": lambda store: area_sets.packed_drawing(store, ANONYMOUS, "x"),
    "add_dataset": lambda store: small_place.add_prepared(store, ANONYMOUS),
    "datasets": lambda store: datasets.datasets(store, ANONYMOUS),
    "load_dataset": lambda store: datasets.load_dataset(store, ANONYMOUS, 1),
    "load_cells": lambda store: datasets.load_cells(store, ANONYMOUS, 1),
    "put_schools": lambda store: places.put_schools(store, ANONYMOUS, places.schools(store, LOCAL_USER)),
    "schools": lambda store: places.schools(store, ANONYMOUS),
    "add_calendar": lambda store: places.add_calendar(store, ANONYMOUS, "t", places.schools(store, LOCAL_USER), "f"),
    "put_hotspots": lambda store: places.put_hotspots(store, ANONYMOUS, places.hotspots(store, LOCAL_USER)),
    "hotspots": lambda store: places.hotspots(store, ANONYMOUS),
}


def whole_set(store: Store) -> tuple[object]:
    return (area_sets.load_area_set(store, LOCAL_USER, 1),)


@pytest.mark.parametrize("name", [name for name, _ in FUNCTIONS])
def test_no_function_answers_a_person_without_a_name(store: Store, name: str) -> None:
    small_place.settle(store)
    with pytest.raises(PermissionError, match="named person"):
        ASKED[name](store)
