"""Stores of the small place: one that tests read, and one of a test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store.store import Store
from tests import known_secret
from tests.built_once import built_once
from tests.unit.data import small_place
from tests.unit.data.running import copied, done


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = Store(f"sqlite:///{tmp_path / 'own' / 'local-context.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def settled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a store that holds the small place whole, loaded by the commands. Tests only read it."""
    return built_once(tmp_path_factory, "small-place", lambda home: fill(home, tmp_path_factory.mktemp("files")))


@pytest.fixture
def home(settled_home: Path, tmp_path: Path) -> Path:
    """A copy of the settled home that a test may change."""
    return copied(settled_home, tmp_path / "home")


def fill(home: Path, folder: Path) -> Path:
    """Load the small place into an empty home: open police data as dataset 1, protected incidents as dataset 2."""
    known_secret.put_into(home)
    files = small_place.write(folder)
    done(home, "areas", files[small_place.AREAS_FILE], *small_place.AREA_OPTIONS)
    done(home, "schools", files["schools.csv"])
    done(home, "calendar", files["terms.csv"])
    done(home, "import", files["hotspots.csv"], "--kind", "hotspots")
    done(home, "import", *(files[name] for name in small_place.STREET_FILES))
    done(home, "import", files["log.csv"], "--kind", "incidents")
    return home
