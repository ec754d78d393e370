"""A file keeps what was acknowledged through a crash, gives room back, and says in a sentence why it cannot be used."""

from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.store import engines
from data.store.db_errors import DamagedError
from data.store.store import Store
from tests.conftest import PRAGMAS
from tests.unit.data.store.test_store import add_school


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("auto_vacuum", 2),
        ("cell_size_check", 1),
        ("trusted_schema", 0),
    ],
)
def test_the_file_survives_a_crash_and_forgets_what_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: object
) -> None:
    monkeypatch.setattr(engines, "_PRAGMAS", PRAGMAS)  # as in earnest: the other tests do not wait for the disk
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    with store.reading(LOCAL_USER) as connection:
        assert connection.exec_driver_sql(f"PRAGMA {setting}").scalar() == value
    store.close()


def test_a_store_that_stays_locked_is_told_without_what_was_being_written(sqlite_store: Store, tmp_path: Path) -> None:
    impatient = Store(f"sqlite:///{tmp_path / 'file' / 'local-context.sqlite'}")
    with impatient.reading(LOCAL_USER) as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    with sqlite_store.writing(LOCAL_USER, "test", "1"), pytest.raises(OSError, match="locked") as told:
        add_school(impatient, "Zebedee99")
    assert "Zebedee99" not in str(told.value)
    assert told.value.__suppress_context__
    impatient.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    file.write_bytes(b"something else entirely " * 100)
    with pytest.raises(DamagedError, match="`python -m data restore FILE`"):
        Store(f"sqlite:///{file}")
    assert file.read_bytes() == b"something else entirely " * 100


def test_a_server_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the store says"):
        Store(f"postgresql+psycopg://someone@/nothing?host={tmp_path}&connect_timeout=2")
