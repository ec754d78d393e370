"""What the tests of downloads share; each file has a ``home`` of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.services.opening import open_store
from pages.routes import downloads
from tests.unit.data import logs
from tests.unit.data.conftest import fill

LOG = 3  # number of the protected log in a ``home_with_log``


@pytest.fixture(scope="module")
def home_with_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a store with police data and a protected log that is released."""
    made = fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("files"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(made))
        store = open_store()
        assert logs.bring(store, logs.lines()) == LOG
        store.close()
    return made


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    """A browser of sorts that asks the download routes, all on one open store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(home))
        with TestClient(Starlette(routes=downloads.routes())) as asking:
            yield asking
        open_store().close()
