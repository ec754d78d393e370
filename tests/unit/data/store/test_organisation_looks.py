"""The look of papers is an organisation's own: each part is put in, replaced and taken out, and changes are noticed."""

import pytest

from data.store import organisation_looks
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.organisation_looks import LookKind
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data.persons import BOARD, DSL, STRANGER, welcome
from tests.unit.data.store.inside import change, held, rows


def test_each_part_is_replaced_and_taken_out_by_itself(store: Store) -> None:
    for content in (b"a logo", b"another"):
        organisation_looks.put_look(store, DSL, LookKind.LOGO, content)
    organisation_looks.put_look(store, DSL, LookKind.NAME, b"Castlebrook Trust")
    both = {LookKind.LOGO: b"another", LookKind.NAME: b"Castlebrook Trust"}
    assert organisation_looks.look(store, BOARD) == both
    organisation_looks.put_look(store, DSL, LookKind.LOGO, b"")
    assert organisation_looks.look(store, BOARD) == {LookKind.NAME: b"Castlebrook Trust"}
    assert len(rows(store, t.blob)) == 1


def test_others_have_their_own_and_a_board_changes_nothing(store: Store) -> None:
    welcome(store)
    organisation_looks.put_look(store, DSL, LookKind.LOGO, b"a logo")
    before = held(store)
    assert organisation_looks.look(store, STRANGER) == {}
    with pytest.raises(PermissionError):
        organisation_looks.put_look(store, BOARD, LookKind.LOGO, b"")
    assert held(store) == before


def test_a_name_that_tells_of_a_person_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="organisation"):
        organisation_looks.put_look(store, DSL, LookKind.NAME, b"ring 07700 900123")
    assert rows(store, t.organisation_look) == []


def test_a_part_that_changed_on_disk_is_noticed(store: Store) -> None:
    organisation_looks.put_look(store, DSL, LookKind.LOGO, b"a logo")
    change(store, t.blob.update().values(content=b"no logo"))
    with pytest.raises(DamagedError, match="logo"):
        organisation_looks.look(store, DSL)
