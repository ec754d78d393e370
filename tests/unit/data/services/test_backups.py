"""Encrypted backups: they bring everything back, hold no word of it, and leave nothing plain behind."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import encrypted_files
from data.principal import LOCAL_USER
from data.services import access_log, backups
from data.settings import settings
from data.store import datasets, snapshot
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data import small_place

WORDS = "four words for a backup"
TITLE = "Zebedee log"


@pytest.fixture
def filled(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path / "home"))
    small_place.settle(store)
    small_place.add(store, small_place.incidents(title=TITLE))
    return store


def left_beside() -> list[str]:
    return [one.name for one in settings().local_context_home.iterdir() if one.name.startswith(".backup-")]


def test_an_encrypted_backup_restores_everything_and_tells_nothing(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "away.backup"
    rows = backups.write(filled, LOCAL_USER, path, WORDS)
    content = path.read_bytes()
    plain = tmp_path / "plain.backup"
    snapshot.write_backup(filled, LOCAL_USER, plain)
    for word in (TITLE, "Zebedee", "SQLite format", "CREATE TABLE", "E01000001", "Anytown", "local user"):
        assert word.encode() in plain.read_bytes()
        assert word.encode() not in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = datasets.datasets(filled, LOCAL_USER)
    with backups.opened(path, lambda: WORDS) as whole:
        assert whole.read_bytes()[:6] == b"SQLite"
        assert stat.S_IMODE(whole.parent.stat().st_mode) == 0o700
        assert snapshot.restore_backup(filled, LOCAL_USER, whole) == rows
    assert datasets.datasets(filled, LOCAL_USER) == before
    assert left_beside() == []
    assert not whole.exists()


@pytest.mark.parametrize("passphrase", ["another passphrase", "short"])
def test_a_backup_that_cannot_be_opened_changes_and_leaves_nothing(
    filled: Store, tmp_path: Path, passphrase: str
) -> None:
    path = tmp_path / "away.backup"
    backups.write(filled, LOCAL_USER, path, WORDS)
    with pytest.raises(InputError, match="this is another"), backups.opened(path, lambda: passphrase):
        raise AssertionError("it was opened")
    assert left_beside() == []
    assert len(datasets.datasets(filled, LOCAL_USER)) == 2


def test_a_plain_backup_is_opened_as_it_is_and_nobody_is_asked(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "plain.backup"
    backups.write(filled, LOCAL_USER, path)
    assert not encrypted_files.is_encrypted(path)
    with backups.opened(path, lambda: pytest.fail("asked")) as whole:
        assert whole == path
    assert [(one.access, one.where) for one in access_log.entries()] == [("backup", "plain")]


def test_a_short_passphrase_or_a_file_that_is_there_stops_it_before_anything_is_written(
    filled: Store, tmp_path: Path
) -> None:
    path = tmp_path / "away.backup"
    with pytest.raises(InputError, match="12 characters"):
        backups.write(filled, LOCAL_USER, path, "short")
    assert not path.exists()
    path.write_text("someone's")
    with pytest.raises(InputError, match="is there already"):
        backups.write(filled, LOCAL_USER, path, WORDS)
    assert path.read_text() == "someone's"
    assert access_log.entries() == []


def test_what_a_killed_backup_left_is_removed_after_a_day(filled: Store) -> None:
    home = settings().local_context_home
    old, new = home / ".backup-old", home / ".backup-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "rows").write_text(TITLE)
    before = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(old, (before, before))
    backups.clear_left_over(datetime.now(UTC))
    assert left_beside() == [".backup-new"]
