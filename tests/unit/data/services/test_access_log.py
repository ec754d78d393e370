"""The access log: lines are added and never lost, only its owner reads it, and no title or figure gets in."""

import stat
from pathlib import Path

import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.services import access_log
from data.services.access_log import AccessKind
from data.store.store import Store


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path))
    return tmp_path


def test_lines_come_back_in_their_order_and_read_as_sentences() -> None:
    access_log.record(LOCAL_USER, AccessKind.VIEW, "area-map", 2)
    access_log.record(Principal("Ann", "school", Role.DSL), AccessKind.EXPORT, "areas.csv", 2)
    access_log.record(LOCAL_USER, AccessKind.BACKUP, "encrypted")
    said = [one.sentence.partition(" ")[2] for one in access_log.entries()]
    assert said == [
        "local user (local) was shown exact figures of dataset 2: area-map",
        "Ann (school) exported figures of dataset 2: areas.csv",
        "local user (local) wrote a backup: encrypted",
    ]


def test_only_its_owner_reads_it() -> None:
    access_log.record(LOCAL_USER, AccessKind.VIEW, "area-map", 2)
    [file] = access_log.folder().iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(access_log.folder().stat().st_mode) == 0o700


def test_a_line_that_was_cut_off_costs_no_other() -> None:
    access_log.record(LOCAL_USER, AccessKind.VIEW, "area-map", 2)
    [file] = access_log.folder().iterdir()
    with file.open("ab") as opened:
        opened.write(b'{"at": "2026-')
    access_log.record(LOCAL_USER, AccessKind.VIEW, "trends", 2)
    assert [one.where for one in access_log.entries()] == ["area-map", "trends"]


def test_writing_to_it_changes_nothing_that_caches_are_kept_by(store: Store) -> None:
    before = store.last_writes(LOCAL_USER)
    access_log.record(LOCAL_USER, AccessKind.VIEW, "area-map", 2)
    assert store.last_writes(LOCAL_USER) == before
