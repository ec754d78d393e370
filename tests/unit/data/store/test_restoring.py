"""What is restored is a whole backup that this program knows, or nothing is changed at all."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from data.principal import LOCAL_USER
from data.store import snapshot
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data.store import asking
from tests.unit.data.store.inside import held
from tests.unit.data.store.test_snapshot import describe, lasting

SEED = 20261125
FLIPS, CUTS = 20, 5
FLIPS_WHEN_THOROUGH, CUTS_WHEN_THOROUGH = 120, 20


@pytest.fixture
def backup(filled: Store, tmp_path: Path) -> Path:
    """A backup of the store; something was added to the store since."""
    path = tmp_path / "whole.backup"
    snapshot.write_backup(filled, LOCAL_USER, path)
    return path


def refused(store: Store, path: Path, said: str) -> None:
    """Make sure that a file is refused in one sentence, and that nothing of the store is changed by trying."""
    before = held(store)
    with pytest.raises(InputError, match=said) as told:
        snapshot.restore_backup(store, LOCAL_USER, path)
    assert held(store) == before
    assert str(told.value).rstrip(".").count(". ") == 0
    assert asking.PLANTED not in str(told.value)


def put(folder: Path, content: bytes) -> Path:
    path = folder / "changed.backup"
    path.write_bytes(content)
    return path


def test_a_file_cut_short_is_refused(filled: Store, backup: Path, tmp_path: Path, thorough: bool) -> None:
    content, cuts = backup.read_bytes(), CUTS_WHEN_THOROUGH if thorough else CUTS
    random = Random(SEED)  # noqa: S311
    for length in (1, 100, 4096, len(content) - 4096, len(content) - 1, *random.sample(range(len(content)), cuts)):
        refused(filled, put(tmp_path, content[:length]), "must be a whole backup")


def test_a_bit_that_flips_is_refused_or_touches_nothing_that_is_restored(
    filled: Store, backup: Path, tmp_path: Path, thorough: bool
) -> None:
    content, before = backup.read_bytes(), lasting(filled)
    flips = FLIPS_WHEN_THOROUGH if thorough else FLIPS
    endings: Counter[str] = Counter()
    for changed in flipped(content, flips):
        try:
            snapshot.restore_backup(filled, LOCAL_USER, put(tmp_path, changed))
        except InputError as told:
            endings["told a value" if asking.PLANTED in str(told) else "refused"] += 1
        else:
            endings["unharmed"] += 1
        assert lasting(filled) == before
    assert endings["told a value"] == 0
    assert endings["refused"] >= flips * 0.8, endings


def flipped(content: bytes, flips: int) -> Iterator[bytes]:
    """Return a file with one bit changed, at places that are not empty."""
    random = Random(SEED)  # noqa: S311
    for at in random.sample([at for at, byte in enumerate(content) if byte], flips):
        changed = bytearray(content)
        changed[at] ^= 1 << random.randrange(8)
        yield bytes(changed)


@pytest.mark.parametrize("content", [b"", b"some text\n" * 900, b"\x00" * 5000], ids=["nothing", "text", "zeros"])
def test_a_file_that_is_no_backup_is_refused(filled: Store, tmp_path: Path, content: bytes) -> None:
    refused(filled, put(tmp_path, content), "must be a whole backup")


def test_a_missing_file_is_refused(filled: Store, tmp_path: Path) -> None:
    refused(filled, tmp_path / "nowhere.backup", "there is no file of that name")
    refused(filled, tmp_path, "there is no file of that name")


def test_an_ordinary_store_file_is_no_backup(filled: Store, tmp_path: Path) -> None:
    Store(f"sqlite:///{tmp_path / 'ordinary.sqlite'}").close()
    refused(filled, tmp_path / "ordinary.sqlite", "must be a whole backup")


def edited(backup: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(backup)) as file, file:
        for statement in statements:
            file.execute(statement)
    return backup


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dataset SET title = 'another'",
        "DELETE FROM hotspot",
        "INSERT INTO organisation VALUES ('x', 'x', NULL, NULL, '', '')",
        "DELETE FROM backup_contents WHERE name = 'school'",
        "DROP TABLE action",
        "CREATE TABLE another (id INTEGER)",
        "DELETE FROM backup_contents",
        "DROP TABLE backup_contents",
        "UPDATE blob SET content = x'00'",
    ],
)
def test_a_backup_that_was_changed_is_refused(filled: Store, backup: Path, statement: str) -> None:
    refused(filled, edited(backup, "DROP TRIGGER blob_no_update", statement), "must be a whole backup")


def test_a_backup_of_a_newer_program_is_refused(filled: Store, backup: Path) -> None:
    edited(backup, "UPDATE alembic_version SET version_num = '9999'")
    describe(backup)
    refused(filled, backup, "install the newest Local Context")


def test_a_restore_that_fails_half_way_changes_nothing(
    filled: Store, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise RuntimeError("the machine stopped here")

    before = held(filled)
    with monkeypatch.context() as patch:
        patch.setattr(snapshot.triggers, "create_triggers", stop)
        with pytest.raises(RuntimeError):
            snapshot.restore_backup(filled, LOCAL_USER, backup)
    assert held(filled) == before
    snapshot.restore_backup(filled, LOCAL_USER, backup)


def test_the_file_of_a_backup_is_left_as_it_is(filled: Store, backup: Path) -> None:
    content = backup.read_bytes()
    snapshot.restore_backup(filled, LOCAL_USER, backup)
    assert backup.read_bytes() == content
    assert not list(backup.parent.glob("whole.backup?*"))
