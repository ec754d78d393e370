"""The register as a download: the file of the export, logged, kept by nothing on the way."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from data.principal import LOCAL_USER
from data.services import access_log, setting_up
from data.services.opening import open_store
from pages.routes.register_downloads import register_url
from tests.unit.data.small_place import HOTSPOTS, upload


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a store that holds a register and nothing else."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(folder))
        setting_up.add_hotspots(open_store(), LOCAL_USER, [upload("register.csv", HOTSPOTS)])
    return folder


def test_the_register_leaves_in_each_format_and_the_access_log_says_so(client: TestClient) -> None:
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    media = {
        "csv": "text/csv",
        "xlsx": excel,
        "geojson": "application/geo+json",
        "gpkg": "application/geopackage+sqlite3",
    }
    for form, kind in media.items():
        given = client.get(register_url(form))
        assert given.status_code == 200, given.text
        assert given.headers["content-type"].startswith(kind)
        assert given.headers["cache-control"] == "no-store"
        assert given.headers["content-disposition"] == f'attachment; filename="known-hotspots.{form}"'
    assert [one.where for one in access_log.entries()] == [f"known-hotspots.{form}" for form in media]


def test_another_format_is_refused_in_one_sentence(client: TestClient) -> None:
    given = client.get(register_url("docx"))
    assert given.status_code == 404
    assert given.text.endswith("choose one.")
