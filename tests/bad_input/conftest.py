"""A store that holds the small place, and an empty one, against which bad input is tried."""

from pathlib import Path

import pytest

from tests.built_once import built_once
from tests.unit.data.conftest import fill
from tests.unit.data.running import copied, done


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a store that holds the small place. It is copied, never used."""
    return built_once(tmp_path_factory, "small-place", lambda home: fill(home, tmp_path_factory.mktemp("files")))


@pytest.fixture
def home(settled: Path, tmp_path: Path) -> Path:
    """A home of the test's own that holds the small place."""
    return copied(settled, tmp_path / "home")


@pytest.fixture
def empty_home(tmp_path: Path) -> Path:
    """A home of the test's own whose store is made and empty."""
    made = tmp_path / "empty"
    done(made, "status")
    return made
