"""What the tests of downloads share; each file has a ``home`` of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.services.opening import open_store
from pages.routes import downloads


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    """A browser of sorts that asks the download routes, all on one open store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(home))
        with TestClient(Starlette(routes=downloads.routes())) as asking:
            yield asking
        open_store().close()
