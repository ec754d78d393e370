"""A store of edition 0008 keeps all it held, and takes deliveries, names of places and last looks."""

from contextlib import closing

import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.services import setting_up
from data.services.verifying import verify
from data.store import deliveries, inventory
from data.store import tables as t
from data.store.store import Store
from tests.unit.data import small_place
from tests.unit.data.store.bringing import settle
from tests.unit.data.store.inside import held, without_keys

NEW = (t.delivery_file, t.delivery, t.place_name, t.last_look)
GROWN = ("audit", *(table.name for table in NEW))


def test_a_store_of_the_eighth_edition_keeps_all_it_held_and_takes_deliveries(url: str, store: Store) -> None:
    settle(store)
    before = held(store, *GROWN)
    without_keys(store, "0008")
    with store._engine.begin() as connection:
        for table in NEW:
            connection.execute(sa.schema.DropTable(table))
    with closing(Store(url)) as opened:
        assert held(opened, *GROWN) == before
        assert deliveries.deliveries(opened, LOCAL_USER) == []
        assert [one.rows for one in inventory.held(opened, LOCAL_USER)] == [6]  # what has no delivery is listed too
        setting_up.add_schools(opened, LOCAL_USER, small_place.upload("schools.csv", small_place.SCHOOLS))
        assert [one.title for one in deliveries.deliveries(opened, LOCAL_USER)] == ["schools"]
        assert verify(opened, LOCAL_USER) == []
