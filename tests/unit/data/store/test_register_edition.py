"""A store of edition 0011 keeps its hotspots and actions, and begins their history; what was damaged stays so."""

from contextlib import closing
from dataclasses import replace

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.services import setting_up, undoing
from data.services.verifying import verify
from data.store import actions, deliveries, hotspots, integrity, seals, triggers, unversioned
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.migrations import register_before
from data.store.store import Store
from geo.register.action import Action
from tests.unit.data.small_place import HOTSPOTS, upload
from tests.unit.data.store import inside
from tests.unit.data.store.early_deliveries import write_as_before
from tests.unit.data.store.inside import rows

RENAMED = HOTSPOTS.replace("Bus station", "Interchange")


@pytest.fixture
def before(url: str, store: Store) -> Store:
    """A store as the program of edition 0011 left it, with a list of hotspots that was brought again, and actions."""
    for name, text in (("a.csv", HOTSPOTS), ("b.csv", RENAMED)):
        setting_up.add_hotspots(store, LOCAL_USER, [upload(name, text)])
        write_as_before(store, deliveries.deliveries(store, LOCAL_USER)[0].id)
    actions.record(store, LOCAL_USER, Action("Patrol", "P1"))
    actions.record(store, LOCAL_USER, Action("Lighting", "P2"))
    with store._engine.execution_options(writes=True).begin() as connection:
        triggers.drop_triggers(connection)
        inside._with_the_register_of_before(connection)
        for row in connection.execute(sa.select(register_before.hotspot)).mappings().all():
            its = register_before.hotspot.c.reference == row["reference"]
            connection.execute(register_before.hotspot.update().where(its).values(seals.sealed(connection, row)))
        triggers.create_triggers(connection)
        connection.execute(unversioned.edition_mark.update().values(version_num="0011"))
    return store


def test_hotspots_and_actions_keep_all_they_said_and_have_a_history(before: Store, url: str) -> None:
    with closing(Store(url)) as store:
        assert [one.name for one in hotspots.entries(store, LOCAL_USER)] == ["The Bandstand", "Interchange"]
        assert [(one.reference, one.what) for one in actions.actions(store, LOCAL_USER)] == [
            ("P1", "Patrol"),
            ("P2", "Lighting"),
        ]
        assert all(row["seal"] for row in rows(store, t.action))
        assert verify(store, LOCAL_USER) == []
        [first] = hotspots.history(store, LOCAL_USER, "P2")
        assert (first.what, first.revision, first.changes["Name"]) == ("imported", 1, (None, "Interchange"))
        there = hotspots.entry(store, LOCAL_USER, "P2")
        assert hotspots.change(store, LOCAL_USER, replace(there, led_by="site"), "edited") == 2
        assert actions.record(store, LOCAL_USER, Action("Assembly", "P1")) == 3
        assert verify(store, LOCAL_USER) == []


def test_a_list_that_was_brought_before_can_be_undone_after(before: Store, url: str) -> None:
    with closing(Store(url)) as store:
        undoing.undo(store, LOCAL_USER, deliveries.deliveries(store, LOCAL_USER)[0].id)
        assert [one.name for one in hotspots.entries(store, LOCAL_USER)] == ["The Bandstand", "Bus station"]
        newest, _ = hotspots.history(store, LOCAL_USER, "P2")
        assert (newest.what, newest.changes) == ("undone", {"Name": ("Interchange", "Bus station")})
        assert verify(store, LOCAL_USER) == []


def test_a_hotspot_that_was_damaged_before_is_left_so_and_named(before: Store, url: str) -> None:
    forged = register_before.hotspot.update().where(register_before.hotspot.c.reference == "P1").values(name="forged")
    with before._engine.begin() as connection:
        connection.execute(forged)
    with closing(Store(url)) as store:
        with pytest.raises(DamagedError, match="the register of hotspots"):
            hotspots.hotspots(store, LOCAL_USER)
        assert any("Row P1, local of “hotspot”" in said for said in integrity.find_damage(store, LOCAL_USER))
        assert [one.what for one in actions.actions(store, LOCAL_USER)] == ["Patrol", "Lighting"]
