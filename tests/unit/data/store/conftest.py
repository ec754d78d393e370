"""Every test of the store runs on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of the test's own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'own' / 'local-context.sqlite'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    opened = Store(url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file, for what only a file can show."""
    opened = Store(f"sqlite:///{tmp_path / 'file' / 'local-context.sqlite'}")
    yield opened
    opened.close()
