"""Documents for duties as downloads: each by its address, logged, kept by nothing on the way."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from data.papers.written import MEDIA
from data.services import access_log
from data.services.duties import duties_csv
from data.services.duty_documents import DOCUMENTS
from pages.routes.duty_documents import DUTIES, document_url


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a store that holds nothing."""
    return tmp_path_factory.mktemp("home")


def test_each_document_leaves_as_a_word_file_and_the_access_log_says_so(client: TestClient) -> None:
    for which in DOCUMENTS:
        given = client.get(document_url(which))
        assert given.status_code == 200, given.text
        assert given.headers["content-type"] == MEDIA["docx"]
        assert given.headers["cache-control"] == "no-store"
        assert given.headers["content-disposition"] == f'attachment; filename="local-context-{which}.docx"'
        assert given.content.startswith(b"PK")
    assert [one.where for one in access_log.entries()][-4:] == [f"duties {which}" for which in DOCUMENTS]


def test_the_list_leaves_as_csv(client: TestClient) -> None:
    given = client.get(DUTIES)
    assert given.headers["content-type"].startswith("text/csv")
    assert given.text == duties_csv()
    assert access_log.entries()[-1].where == "duties.csv"


def test_another_document_is_refused_in_one_sentence(client: TestClient) -> None:
    given = client.get(document_url("policy"))
    assert given.status_code == 404
    assert given.text.endswith("choose one of them.")


def test_what_cannot_be_logged_is_not_sent(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(access_log, "record", full)
    assert client.get(document_url("dpia")).status_code == 503
