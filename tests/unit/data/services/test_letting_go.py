"""What nobody has set a time for goes only after everybody could read that it will, and damaged files go with it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.services import access_log, damaged_files, letting_go
from data.settings import settings
from data.store import datasets, retention
from data.store import tables as t
from data.store.retention import Retention
from data.store.store import Store
from geo.register.markers import say_day
from tests.unit.data.store.bringing import bring_police, bring_versions
from tests.unit.data.store.inside import change, held

TODAY = date.today()  # what is brought in here is of today, and the days of grace count from then
DAY = timedelta(days=1)
GRACE = timedelta(days=letting_go.GRACE_DAYS)


@pytest.fixture
def old(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store of long ago: its dataset has a version that was superseded two years ago, and nobody set how long."""
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path / "home"))
    bring_versions(store)
    ago = {"added_at": "2023-01-01T09:00:00+00:00", "superseded_at": "2024-11-01T09:00:00+00:00"}
    change(store, t.version.update().where(t.version.c.number == 1).values(superseded_at=ago["superseded_at"]))
    return store


def numbers(found: list[retention.Due]) -> list[int | None]:
    return [one.number for one in found]


def test_nothing_goes_within_the_days_of_grace_and_it_is_said_before(old: Store) -> None:
    before = held(old)
    assert letting_go.tidy(old, LOCAL_USER, TODAY) == []
    assert letting_go.tidy(old, LOCAL_USER, TODAY + GRACE - DAY) == []
    assert held(old) == before
    soon = letting_go.coming(old, LOCAL_USER, TODAY + DAY)
    [said] = letting_go.said_before(soon, TODAY + DAY)
    assert said.startswith(f"From {say_day(TODAY + GRACE)} on, 1 dataset or version will be removed for good: “")
    assert said.endswith("”, version 1.")
    assert numbers(letting_go.tidy(old, LOCAL_USER, TODAY + GRACE)) == [1]
    assert letting_go.coming(old, LOCAL_USER, TODAY + GRACE) == []


def test_what_came_in_lately_has_days_of_grace_of_its_own(old: Store) -> None:
    letting_go.begin_grace(TODAY - timedelta(days=400))
    added = date.fromisoformat(datasets.datasets(old, LOCAL_USER)[0].added_at[:10])
    late = added + timedelta(days=365 * 20)
    [whole] = letting_go.due(old, LOCAL_USER, late)
    assert whole.number is None
    assert letting_go.removed_on(whole, late) == max(whole.on, added + GRACE)


def test_what_an_organisation_has_set_acts_at_once(old: Store) -> None:
    retention.put_retention(old, LOCAL_USER, Retention(30, None))
    assert numbers(letting_go.let_go(old, LOCAL_USER, TODAY)) == [1]


def test_open_data_stay_for_good(old: Store) -> None:
    number = bring_police(old)
    long_after = TODAY + timedelta(days=365 * 50)
    letting_go.begin_grace(TODAY)
    assert [one.dataset.id for one in letting_go.let_go(old, LOCAL_USER, long_after)] == [1]
    assert [one.id for one in datasets.datasets(old, LOCAL_USER)] == [number]


def test_a_restored_backup_begins_the_days_of_grace_anew(old: Store) -> None:
    later = date.today() + GRACE
    letting_go.begin_grace(TODAY - timedelta(days=400))
    assert numbers(letting_go.due(old, LOCAL_USER, later)) == [1]
    letting_go.begin_grace(later)
    assert letting_go.due(old, LOCAL_USER, later) == []


def test_a_day_that_cannot_be_read_begins_again_and_removes_nothing(old: Store) -> None:
    (settings().local_context_home / letting_go.SINCE).write_text("some day")
    assert letting_go.due(old, LOCAL_USER, TODAY) == []
    assert (settings().local_context_home / letting_go.SINCE).read_text() == f"{TODAY}\n"


def set_aside(home: Path, on: date) -> list[Path]:
    home.mkdir(exist_ok=True)
    name = f"local-context.damaged-{on:%Y%m%d}T120000.sqlite"
    made = [home / name, home / f"{name}-wal"]
    for path in made:
        path.write_bytes(b"exact rows")
    return made


def test_damaged_files_go_in_their_time_with_their_logs_and_no_other_file(old: Store) -> None:
    home = settings().local_context_home
    over, young = set_aside(home, TODAY - GRACE), set_aside(home, TODAY - GRACE + DAY)
    (home / "local-context.damaged-notes.txt").write_text("mine")
    assert [one.size for one in damaged_files.damaged_files()] == [20, 20]
    letting_go.tidy(old, LOCAL_USER, TODAY)
    assert not any(path.exists() for path in over)
    assert all(path.exists() for path in young)
    assert [one.removed_on for one in damaged_files.remove_damaged()] == [TODAY + DAY]
    assert (home / "local-context.damaged-notes.txt").exists()
    assert not any(path.exists() for path in young)


def test_old_months_of_the_access_log_go(old: Store) -> None:
    folder = access_log.folder()
    folder.mkdir(parents=True)
    for month in ("2024-10", "2024-11", "2026-11"):
        (folder / f"{month}.jsonl").write_text("{}\n")
    (folder / "notes.txt").write_text("mine")
    letting_go.tidy(old, LOCAL_USER, TODAY)
    assert sorted(one.name for one in folder.iterdir()) == ["2024-11.jsonl", "2026-11.jsonl", "notes.txt"]


def test_the_name_a_damaged_file_is_given_is_known_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path))
    file = settings().store_file
    assert file is not None
    damaged_files.path_aside(file).write_bytes(b"")
    [found] = damaged_files.damaged_files()
    assert abs(found.on - datetime.now(UTC).date()) <= DAY
