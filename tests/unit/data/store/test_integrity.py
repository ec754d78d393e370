"""Checking finds whatever is not as it was written, names it, and says nothing of a store that is whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.store import integrity
from data.store import tables as t
from data.store.store import Store
from tests.unit.data.store import asking
from tests.unit.data.store.bringing import settle
from tests.unit.data.store.inside import change, put_in_place, rows


@pytest.fixture
def settled(store: Store) -> Store:
    """A store with areas and an open dataset."""
    settle(store)
    return store


def test_a_store_with_something_of_everything_is_whole(store: Store, tmp_path: Path) -> None:
    asking.ours(store, tmp_path)
    assert integrity.find_damage(store, LOCAL_USER) == []


def test_an_empty_store_is_whole(store: Store) -> None:
    assert integrity.find_damage(store, LOCAL_USER) == []


@pytest.mark.parametrize("which", range(3))
def test_changed_bytes_are_named_by_what_they_were(settled: Store, which: int) -> None:
    blob = rows(settled, t.blob)[which]
    forged = blob["content"][:-1] + b"?"
    change(settled, t.blob.update().where(t.blob.c.sha256 == blob["sha256"]).values(content=forged))
    [fault] = integrity.find_damage(settled, LOCAL_USER)
    assert fault.startswith(f"The bytes named {blob['sha256'][:12]}…")


@pytest.mark.parametrize("forged", [b"", b"no gzip", None], ids=["empty", "no gzip", "cut short"])
def test_a_changed_drawing_is_named_by_its_level(settled: Store, forged: bytes | None) -> None:
    [row] = [row for row in rows(settled, t.drawing) if row["level"] == "msoa"]
    new = row["content"][:-9] if forged is None else forged
    change(settled, t.drawing.update().where(t.drawing.c.level == "msoa").values(content=new))
    [fault] = integrity.find_damage(settled, LOCAL_USER)
    assert "The drawing of “msoa” of area set 1 has changed" in fault


def test_a_dataset_whose_shown_version_is_not_there_is_named(settled: Store) -> None:
    put_in_place(settled, t.dataset, 1, {"current": 7})
    assert integrity.find_damage(settled, LOCAL_USER) == [
        "Dataset 1 lacks the version that it shows; restore the store from a backup."
    ]


def test_bytes_that_a_version_names_and_that_are_gone_are_noticed(sqlite_store: Store, tmp_path: Path) -> None:
    settle(sqlite_store)
    with closing(sqlite3.connect(tmp_path / "file" / "local-context.sqlite")) as file, file:
        file.execute("DELETE FROM blob WHERE sha256 IN (SELECT counts FROM version)")
    [fault] = integrity.find_damage(sqlite_store, LOCAL_USER)
    assert "names things that it does not hold" in fault


def test_an_audit_that_was_cut_off_or_emptied_is_noticed(settled: Store) -> None:
    change(settled, t.audit.delete())
    assert integrity.find_damage(settled, LOCAL_USER)[0] == (
        "The audit lacks imports that are kept; restore the store from a backup."
    )
