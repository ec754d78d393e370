"""Every test of the store runs on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.services import setting_up
from data.store import blobs
from data.store import tables as t
from data.store.store import Store
from tests.unit.data import small_place
from tests.unit.data.persons import STRANGER, welcome
from tests.unit.data.store import asking
from tests.unit.data.store.bringing import FIRST, SECOND, bring, settle
from tests.unit.data.store.inside import change, copied

Origins = dict[str, sa.URL]  # by the kind of database


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


@pytest.fixture(scope="session")
def origins() -> Origins:
    """Stores with something in every table, of those kinds of database that a test has asked for. They are copied."""
    return {}


@pytest.fixture
def filled(
    url: str, origins: Origins, request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A store of the test's own with something in every table, copied from one that is filled once."""
    kind = sa.make_url(url).get_backend_name()
    cluster = request.getfixturevalue("postgres_cluster") if kind == "postgresql" else None
    if kind not in origins:
        folder = tmp_path_factory.mktemp("filled")
        address = cluster.url(cluster.create()) if cluster else f"sqlite:///{folder / 'store.sqlite'}"
        with closing(Store(address)) as store:
            asking.ours(store, folder)
        origins[kind] = sa.make_url(address)
    whence = str(origins[kind].database)
    if cluster is None:
        copy = copied(Path(whence), tmp_path / "filled.sqlite")
        with closing(Store(f"sqlite:///{copy}")) as store:
            yield store
        return
    name = cluster.create(whence)
    with closing(Store(cluster.url(name))) as store:
        yield store
    cluster.drop(name)


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file, for what only a file can show."""
    opened = Store(f"sqlite:///{tmp_path / 'file' / 'local-context.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def like_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with something in every table of edition 0001, of two organisations. It is copied."""
    path = tmp_path_factory.mktemp("like") / "like.sqlite"
    store = Store(f"sqlite:///{path}")
    settle(store)
    welcome(store)
    setting_up.add_schools(store, LOCAL_USER, small_place.upload("schools.csv", small_place.SCHOOLS))
    setting_up.add_calendar(store, LOCAL_USER, small_place.upload("terms.csv", small_place.CALENDAR))
    setting_up.add_hotspots(store, STRANGER, [small_place.upload("spots.csv", small_place.HOTSPOTS)])
    bring(store, FIRST)
    bring(store, SECOND, STRANGER)
    for table in (t.release, t.secret_mark, t.delivery_file, t.delivery):
        change(store, table.delete())
    with store.writing(LOCAL_USER, "clear", "what nothing names") as connection:
        blobs.remove_unheld(connection)
    store.close()
    return path


@pytest.fixture
def like(like_once: Path, tmp_path: Path) -> Iterator[Store]:
    """A store with something in every table of edition 0001, of two organisations, and nothing in later ones."""
    with closing(Store(f"sqlite:///{copied(like_once, tmp_path / 'like.sqlite')}")) as store:
        yield store
