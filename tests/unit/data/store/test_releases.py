"""Releases at rest: one for each dataset, its owner's alone, kept and removed with it; and the marks of the secret."""

from pathlib import Path

import pytest

from data.principal import LOCAL_USER, Principal
from data.store import datasets, integrity, releases, seals, secret_marks, snapshot, versions
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.releases import Release
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data.persons import ADMIN, BOARD, DSL, STRANGER, welcome
from tests.unit.data.store import bringing
from tests.unit.data.store.inside import change, held, rows
from tests.unit.data.store.test_store import at_once

NUMBER = 1
LEDGER, NEXT = b"the ledger of a dataset", b"the ledger after another half-term"


@pytest.fixture
def released(store: Store) -> Store:
    """A store with a protected dataset in two versions, and its release."""
    bringing.bring_versions(store)
    put(store, LEDGER)
    return store


def loaded(store: Store, person: Principal = LOCAL_USER) -> bytes | None:
    return releases.load(store, person, datasets.load_dataset(store, LOCAL_USER, NUMBER))


def put(store: Store, content: bytes, person: Principal = LOCAL_USER, number: int = NUMBER) -> None:
    """Release after whatever there is."""
    releases.put(store, person, number, Release(content, loaded(store)))


def add_version(store: Store, content: bytes | None, fingerprint: str, replaces: int | None = NUMBER) -> int:
    """Bring a version as an import does."""
    release = None if content is None else Release(content, None if replaces is None else loaded(store))
    ready = bringing.prepared(bringing.THIRD)
    described = versions.Description(
        "A log", "incidents", datasets.Access.PROTECTED, "a source", 1, fingerprint, 4, {}, (), {}, replaces
    )
    return versions.add_version(store, LOCAL_USER, described, ready.placement, ready.cube, b"rows", release)


def ledgers(store: Store) -> list[bytes]:
    """Return the bytes kept that begin as a ledger does."""
    return [row["content"] for row in rows(store, t.blob) if row["content"].startswith(b"the ledger")]


def test_a_release_comes_back_as_it_was_written(released: Store) -> None:
    assert loaded(released) == LEDGER
    assert rows(released, t.audit)[-1]["action"] == "release"
    assert integrity.find_damage(released, LOCAL_USER) == []


def test_a_dataset_that_was_never_released_has_none(store: Store) -> None:
    bringing.add_areas(store)
    add_version(store, None, "first", replaces=None)
    assert loaded(store) is None


def test_a_new_release_takes_the_place_of_the_old_one_whose_bytes_are_gone(released: Store) -> None:
    put(released, NEXT)
    assert loaded(released) == NEXT
    assert len(rows(released, t.release)) == 1
    assert ledgers(released) == [NEXT]


def test_a_release_that_does_not_follow_the_one_there_is_refused_and_changes_nothing(released: Store) -> None:
    before = held(released)
    for after in (None, b"what another has replaced meanwhile"):
        with pytest.raises(InputError, match="released by somebody else meanwhile"):
            releases.put(released, LOCAL_USER, NUMBER, Release(NEXT, after))
    assert held(released) == before


def test_the_same_release_again_stays(released: Store) -> None:
    put(released, LEDGER)
    assert loaded(released) == LEDGER
    assert integrity.find_damage(released, LOCAL_USER) == []


def test_a_version_comes_with_its_release_in_one_write(released: Store) -> None:
    before = len(rows(released, t.audit))
    add_version(released, NEXT, "third")
    assert loaded(released) == NEXT
    assert ledgers(released) == [NEXT]
    assert [row["action"] for row in rows(released, t.audit)[before:]] == ["import"]


def test_the_first_version_comes_with_a_release(store: Store) -> None:
    bringing.add_areas(store)
    assert add_version(store, LEDGER, "first", replaces=None) == NUMBER
    assert loaded(store) == LEDGER


def test_a_version_without_a_release_leaves_that_of_its_dataset(released: Store) -> None:
    add_version(released, None, "third")
    assert loaded(released) == LEDGER


def test_a_release_goes_with_its_dataset_and_not_with_a_version(released: Store) -> None:
    versions.remove(released, LOCAL_USER, NUMBER, 1)
    assert loaded(released) == LEDGER
    versions.remove(released, LOCAL_USER, NUMBER)
    assert rows(released, t.release) == []
    assert ledgers(released) == []


def test_a_release_is_loaded_by_everybody_of_the_owner_and_nobody_else(released: Store) -> None:
    welcome(released)
    assert all(loaded(released, person) == LEDGER for person in (LOCAL_USER, ADMIN, DSL, BOARD))
    assert loaded(released, STRANGER) is None


@pytest.mark.parametrize(
    ("person", "refusal"), [(BOARD, PermissionError), (DSL, PermissionError), (STRANGER, InputError)]
)
def test_only_those_who_bring_data_in_can_release_it(
    released: Store, person: Principal, refusal: type[Exception]
) -> None:
    welcome(released)
    before = held(released)
    with pytest.raises(refusal):
        put(released, NEXT, person)
    assert held(released) == before


@pytest.mark.parametrize("number", [0, 9])
def test_what_is_no_dataset_cannot_be_released(released: Store, number: int) -> None:
    before = held(released)
    with pytest.raises(InputError, match=f"dataset {number} is none"):
        put(released, NEXT, number=number)
    assert held(released) == before


def test_a_changed_release_is_refused_and_named(released: Store) -> None:
    was = rows(released, t.release)[0]
    other = rows(released, t.version)[0]["rows"]
    for name, forged in (("ledger", other), ("added_at", "2020"), ("added_by", "another"), ("seal", "0")):
        change(released, t.release.update().values({name: forged}))
        with pytest.raises(DamagedError, match="the release of dataset 1 has changed on disk"):
            loaded(released)
        assert integrity.find_damage(released, LOCAL_USER) == [
            "Row 1 of “release” is not as it was written; restore the store from a backup."
        ], name
        change(released, t.release.update().values({name: was[name]}))
    assert integrity.find_damage(released, LOCAL_USER) == []


def test_changed_bytes_of_a_release_are_refused_and_found(released: Store) -> None:
    name = seals.sha256(LEDGER)
    change(released, t.blob.update().where(t.blob.c.sha256 == name).values(content=b"forged"))
    with pytest.raises(DamagedError):
        loaded(released)
    [fault] = integrity.find_damage(released, LOCAL_USER)
    assert name[:12] in fault


def test_a_release_and_the_mark_of_its_secret_come_back_from_a_backup(released: Store, tmp_path: Path) -> None:
    secret_marks.add(released, LOCAL_USER, "first")
    before = held(released, "audit")
    snapshot.write_backup(released, LOCAL_USER, tmp_path / "b.backup")
    secret_marks.add(released, LOCAL_USER, "second")
    versions.remove(released, LOCAL_USER, NUMBER)
    snapshot.restore_backup(released, LOCAL_USER, tmp_path / "b.backup")
    assert held(released, "audit") == before
    assert loaded(released) == LEDGER
    assert secret_marks.newest(released, LOCAL_USER) == "first"


def test_the_newest_mark_counts_and_the_older_ones_stay(store: Store) -> None:
    assert secret_marks.newest(store, LOCAL_USER) is None
    secret_marks.add_first(store, LOCAL_USER, "first")
    secret_marks.add(store, LOCAL_USER, "second")
    assert secret_marks.newest(store, BOARD) == "second"
    assert [row["fingerprint"] for row in rows(store, t.secret_mark)] == ["first", "second"]
    assert [(row["action"], row["subject"]) for row in rows(store, t.audit)] == [
        ("make secret", "release secret first"),
        ("accept secret", "release secret second"),
    ]


def test_a_first_mark_changes_nothing_where_there_is_one(store: Store) -> None:
    secret_marks.add_first(store, LOCAL_USER, "first")
    before = held(store)
    secret_marks.add_first(store, LOCAL_USER, "second")
    assert held(store) == before


def test_of_several_that_mark_a_store_at_once_one_does(store: Store) -> None:
    assert at_once(4, lambda which: secret_marks.add_first(store, LOCAL_USER, f"mark {which}")) == []
    assert len(rows(store, t.secret_mark)) == len(rows(store, t.audit)) == 1


@pytest.mark.parametrize("add", [secret_marks.add_first, secret_marks.add])
@pytest.mark.parametrize("person", [BOARD, DSL, STRANGER])
def test_only_the_keeper_of_the_store_marks_a_secret(store: Store, person: Principal, add: object) -> None:
    welcome(store)
    before = held(store)
    with pytest.raises(PermissionError):
        add(store, person, "theirs")  # type: ignore[operator]
    assert held(store) == before


@pytest.mark.parametrize("column", ["fingerprint", "added_at", "added_by", "seal"])
def test_a_changed_mark_is_refused_and_named(store: Store, column: str) -> None:
    secret_marks.add_first(store, LOCAL_USER, "first")
    change(store, t.secret_mark.update().values({column: "forged"}))
    with pytest.raises(DamagedError, match="the mark of the release secret has changed on disk"):
        secret_marks.newest(store, LOCAL_USER)
    [fault] = integrity.find_damage(store, LOCAL_USER)
    assert "Row 1 of “secret_mark” is not as it was written" in fault
