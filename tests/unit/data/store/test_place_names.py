"""What names of places mean is kept for one organisation, and in place of what it was."""

import pytest
import sqlalchemy as sa

from data.store import place_names
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.place_names import NameKind, PlaceMeaning
from data.store.store import Store
from tests.unit.data.persons import DSL, STRANGER, welcome
from tests.unit.data.store.inside import change

TOP_FIELD = PlaceMeaning("top field", NameKind.SCHOOL, "Hill School", -1.47, 53.37)


def test_names_are_kept_changed_and_forgotten(store: Store) -> None:
    online = PlaceMeaning("online", NameKind.NOWHERE)
    area = PlaceMeaning("the dale", NameKind.AREA, "E01000001", -1.475, 53.375)
    assert place_names.put_names(store, DSL, [TOP_FIELD, online, area]) == 3
    assert place_names.place_names(store, DSL) == {one.name: one for one in (TOP_FIELD, online, area)}
    moved = PlaceMeaning("top field", NameKind.MAP, "Hill Park", -1.46, 53.38)
    place_names.put_names(store, DSL, [online, moved])
    assert place_names.place_names(store, DSL)["top field"] == moved
    assert place_names.forget_names(store, DSL, ["top field", "nowhere known"]) == 1
    assert set(place_names.place_names(store, DSL)) == {"online", "the dale"}
    assert place_names.put_names(store, DSL, []) == 0


def test_no_organisation_sees_or_changes_the_names_of_another(store: Store) -> None:
    welcome(store)
    place_names.put_names(store, DSL, [TOP_FIELD])
    assert place_names.place_names(store, STRANGER) == {}
    assert place_names.forget_names(store, STRANGER, ["top field"]) == 0
    assert place_names.place_names(store, DSL) == {"top field": TOP_FIELD}


def test_the_audit_says_how_many_and_never_which(store: Store) -> None:
    place_names.put_names(store, DSL, [TOP_FIELD])
    with store.reading(DSL) as connection:
        said = connection.execute(sa.select(t.audit)).all()
    assert "1 name" in str(said)
    assert "top field" not in str(said)


def test_a_name_that_was_changed_by_hand_is_noticed(store: Store) -> None:
    place_names.put_names(store, DSL, [TOP_FIELD])
    change(store, t.place_name.update().values(lon=0.0))
    with pytest.raises(DamagedError):
        place_names.place_names(store, DSL)
