"""Mappings: what columns meant last time is remembered by kind and source, for each organisation by itself."""

from data.principal import LOCAL_USER
from data.store import mappings
from data.store import tables as t
from data.store.store import Store
from tests.unit.data.persons import DSL, STRANGER, welcome
from tests.unit.data.store.inside import change

FIRST, SECOND = {"date": "When", "harm": {"Zoë’s": "cse"}}, {"date": "Day"}


def test_an_empty_store_remembers_nothing(store: Store) -> None:
    assert mappings.mappings(store, LOCAL_USER, "incidents") == {}


def test_a_mapping_comes_back_as_it_was(store: Store) -> None:
    mappings.put_mapping(store, LOCAL_USER, "incidents", "The council", FIRST)
    assert mappings.mappings(store, DSL, "incidents") == {"The council": FIRST}
    assert mappings.mappings(store, DSL, "hotspots") == {}


def test_a_later_mapping_of_a_source_takes_the_place_of_the_one_before(store: Store) -> None:
    for mapping in (FIRST, SECOND):
        mappings.put_mapping(store, LOCAL_USER, "incidents", "The council", mapping)
    assert mappings.mappings(store, LOCAL_USER, "incidents") == {"The council": SECOND}


def test_the_newest_comes_first(store: Store) -> None:
    for source in ("B", "C", "A"):
        mappings.put_mapping(store, LOCAL_USER, "incidents", source, FIRST)
    aged = t.column_mapping.update().where(t.column_mapping.c.source == "A")
    change(store, aged.values(added_at="2020-01-01T00:00:00+00:00"))
    assert list(mappings.mappings(store, LOCAL_USER, "incidents"))[-1] == "A"


def test_each_organisation_has_mappings_of_its_own(store: Store) -> None:
    welcome(store)
    mappings.put_mapping(store, LOCAL_USER, "incidents", "The council", FIRST)
    mappings.put_mapping(store, STRANGER, "incidents", "The council", SECOND)
    assert mappings.mappings(store, LOCAL_USER, "incidents") == {"The council": FIRST}
    assert mappings.mappings(store, STRANGER, "incidents") == {"The council": SECOND}
