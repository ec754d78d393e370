"""One store per place and process."""

from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.services.opening import open_store
from data.store import area_sets


def test_the_same_place_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path / "one"))
    one = open_store()
    assert open_store() is one
    assert area_sets.area_sets(one, LOCAL_USER) == []
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path / "two"))
    two = open_store()
    assert two is not one
    one.close()
    two.close()
