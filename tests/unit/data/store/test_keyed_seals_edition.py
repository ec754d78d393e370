"""Stores of before keys: what is whole is sealed with the key, what is damaged stays so, the audit loses its words."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.services import setting_up, undoing
from data.services.verifying import verify
from data.store import deliveries, integrity, snapshot
from data.store import tables as t
from data.store.anchor import KEY_NAME
from data.store.store import Store
from tests.unit.data.small_place import SCHOOLS, upload
from tests.unit.data.store.bringing import FIRST, bring, settle
from tests.unit.data.store.inside import change, rows, without_keys

# What programs of before wrote into the audit, and what is kept of it: (action, subject, kept).
WORDS = (
    ("import", "Police data", "dataset 1"),
    ("import", "J Smith 07/03/2011", "dataset, number not known"),
    ("add area set", "Anytown", "area set 1"),
    ("change facts of areas", "Anytown: residents", "area set 1"),
    ("restore backup", "smith.backup", "left out"),
    ("add action", "hotspot Smith's", "left out"),
    ("add action", "hotspot 12", "hotspot 12"),
    ("remove", "dataset 1, version 2", "dataset 1, version 2"),
    ("rebase", "dataset 1, from 2025-09-01", "dataset 1, from 2025-09-01"),
    ("undo", "delivery 3: base map", "delivery 3: base map"),
    ("set retention", "superseded versions 90 days, datasets None months", None),
    ("coarsen rows", "dataset 2, 3 versions", None),
    ("move categories", "dataset 1: 1 category from other to peer", None),
)


@pytest.fixture
def before(url: str, store: Store) -> Store:
    """A store as the program of edition 0010 left it, with words in its audit."""
    settle(store)
    bring(store, FIRST)
    for name in ("Hill", "Vale"):
        setting_up.add_schools(store, LOCAL_USER, upload("schools.csv", SCHOOLS.replace("Hill", name)))
    change(store, t.dataset.update().where(t.dataset.c.id == 1).values(title="Police data"))
    for action, subject, _ in WORDS:
        with store.writing(LOCAL_USER, action, subject):
            pass
    without_keys(store, "0010")
    return store


def test_what_is_whole_is_sealed_with_the_key_and_verified(before: Store, url: str) -> None:
    plain = {row["seal"] for row in rows(before, t.school)}
    with closing(Store(url)) as store:
        assert verify(store, LOCAL_USER) == []
        assert not plain & {row["seal"] for row in rows(store, t.school)}
        assert rows(store, t.audit)[-1]["action"] == "seal again"


def test_words_in_the_audit_become_numbers_and_the_audit_says_so(before: Store, url: str) -> None:
    was = rows(before, t.audit)
    with closing(Store(url)) as store:
        *now, last = rows(store, t.audit)
        said = [row["subject"] for row in now[-len(WORDS) :]]
        assert said == [subject if kept is None else kept for _, subject, kept in WORDS]
        assert [row["at"] for row in now] == [row["at"] for row in was]
        assert "Smith" not in str(now)
        assert last["subject"].startswith("edition 0011, numbers in the place of words in ")


@pytest.mark.parametrize("table", [t.school, t.version, t.audit], ids=lambda table: table.name)
def test_what_was_damaged_before_is_left_and_named_afterwards(before: Store, url: str, table: sa.Table) -> None:
    damage: dict[str, Any] = {
        "school": {"name": "forged"},
        "version": {"notes": ["forged"]},
        "audit": {"who": "forged"},
    }
    change(before, table.update().values(damage[table.name]))
    with closing(Store(url)) as store:
        assert integrity.find_damage(store, LOCAL_USER)


def test_an_older_edition_in_the_place_of_a_sealed_store_is_noticed(tmp_path: Path) -> None:
    """Its seals have no key, so that anybody could have made them."""
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    with closing(Store(url)) as store:
        settle(store)
        noted = (tmp_path / "store.sqlite.audit-head").read_bytes()
        without_keys(store, "0010")
    (tmp_path / "store.sqlite.audit-head").write_bytes(noted)
    with closing(Store(url)) as store:
        assert any("an older copy was put in its place" in said for said in integrity.find_damage(store, LOCAL_USER))


def test_a_backup_from_another_machine_is_sealed_with_the_key_of_this_one(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / KEY_NAME).write_text("0" * 64)
    (tmp_path / "there" / KEY_NAME).chmod(0o600)
    with closing(Store(f"sqlite:///{tmp_path / 'there' / 'store.sqlite'}")) as there:
        settle(there)
        bring(there, FIRST)
        ended = integrity.head(there, LOCAL_USER)
        snapshot.write_backup(there, LOCAL_USER, tmp_path / "a.backup")
    with closing(Store(f"sqlite:///{tmp_path / 'here' / 'store.sqlite'}")) as here:
        snapshot.restore_backup(here, LOCAL_USER, tmp_path / "a.backup")
        assert verify(here, LOCAL_USER) == []
        assert f"{ended.number}:{ended.digest}" in rows(here, t.audit)[-1]["subject"]


def test_undoing_a_list_puts_rows_back_that_were_sealed_before_there_was_a_key(before: Store, url: str) -> None:
    with closing(Store(url)) as store:
        undoing.undo(store, LOCAL_USER, deliveries.deliveries(store, LOCAL_USER)[0].id)
        assert rows(store, t.school)[0]["name"] == "Hill School"
        assert verify(store, LOCAL_USER) == []
