"""Where data files live: the folder that the environment names, never the source tree."""

from pathlib import Path

import pytest

from data.settings import settings
from tests.unit.data.running import CHECKOUT, done


def test_the_environment_names_the_folder_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path / "here"))
    assert settings().store_url == f"sqlite:///{tmp_path / 'here' / 'local-context.sqlite'}"


def test_a_command_writes_into_that_folder_alone(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "here"
    done(home, "status")
    written = {path for path in tmp_path.rglob("*") if path.is_file()}
    names = {"local-context.sqlite", "local-context.sqlite.audit-head", "release-secret", "seal-key"}
    assert written == {home / name for name in names}


def test_without_a_setting_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCAL_CONTEXT_HOME")
    folder = settings().local_context_home
    assert folder.name == "local-context"
    assert folder.is_absolute()
    assert not folder.is_relative_to(CHECKOUT)


def test_a_database_url_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    assert settings().store_url == "postgresql://somewhere/else"


def test_settings_are_read_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = settings().store_url
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path))
    assert settings().store_url != before
