"""A list is kept whole, its organisation's own, sealed, and of its words none tells of a person."""

import pytest

from data.store import organisation_lists
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.deliveries import DeliveryKind
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data.persons import BOARD, DSL, STRANGER, welcome
from tests.unit.data.store.inside import change, held

HUB = {"service": "Early help hub", "harms": ["cse"], "area": "Castlebrook", "phone": "01632 960123", "email": None}


def test_a_list_takes_the_place_of_the_one_before_and_of_no_other_kind(store: Store) -> None:
    assert organisation_lists.organisation_list(store, DSL, DeliveryKind.CONTACTS) is None
    organisation_lists.put_list(store, DSL, DeliveryKind.TEACHING, [{"topic": "Where to turn"}])
    organisation_lists.put_list(store, DSL, DeliveryKind.CONTACTS, [HUB, HUB])
    assert organisation_lists.put_list(store, DSL, DeliveryKind.CONTACTS, [HUB]) == 1
    assert organisation_lists.organisation_list(store, BOARD, DeliveryKind.CONTACTS) == [HUB]
    assert organisation_lists.organisation_list(store, DSL, DeliveryKind.TEACHING) == [{"topic": "Where to turn"}]


def test_others_have_their_own_and_a_board_changes_nothing(store: Store) -> None:
    welcome(store)
    organisation_lists.put_list(store, DSL, DeliveryKind.CONTACTS, [HUB])
    before = held(store)
    assert organisation_lists.organisation_list(store, STRANGER, DeliveryKind.CONTACTS) is None
    with pytest.raises(PermissionError):
        organisation_lists.put_list(store, BOARD, DeliveryKind.CONTACTS, [])
    assert held(store) == before


@pytest.mark.parametrize("field", ["service", "area", "hours"])
def test_words_that_tell_of_a_person_are_refused_where_no_number_belongs(store: Store, field: str) -> None:
    before = held(store)
    with pytest.raises(InputError, match=field) as refused:
        organisation_lists.put_list(store, DSL, DeliveryKind.CONTACTS, [HUB | {field: "ring 07700 900123"}])
    assert "07700" not in str(refused.value)
    assert held(store) == before


def test_a_list_that_changed_on_disk_is_noticed(store: Store) -> None:
    organisation_lists.put_list(store, DSL, DeliveryKind.CONTACTS, [HUB])
    change(store, t.organisation_list.update().values(entries=[HUB | {"phone": "01632 960999"}]))
    with pytest.raises(DamagedError, match="the list of contacts"):
        organisation_lists.organisation_list(store, DSL, DeliveryKind.CONTACTS)
