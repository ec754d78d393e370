"""Papers as files: each in its own form, logged, kept nowhere on the way, and a web page that can do nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.papers.written import MEDIA
from data.principal import LOCAL_USER
from data.services import access_log, briefing
from data.services.opening import open_store
from data.store import papers
from data.store.papers import NewPaper
from pages.routes.papers import paper_url, routes
from tests.unit.geo.briefing.sample import NO_EDITS, sample_paper


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser of sorts, and a store with one paper, number 1, which is written as the name of its form."""
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(briefing, "written", lambda _paper, form, _look: form.encode())
    briefing._written.cache_clear()
    papers.put_paper(open_store(), LOCAL_USER, NewPaper(sample_paper(), NO_EDITS, None, "2024-09", "2025-08"))
    with TestClient(Starlette(routes=routes())) as asking:
        yield asking
    open_store().close()
    briefing._written.cache_clear()


@pytest.mark.parametrize("form", MEDIA)
def test_each_form_is_sent_named_logged_and_kept_nowhere(client: TestClient, form: str) -> None:
    answer = client.get(paper_url(1, form))
    assert (answer.status_code, answer.text) == (200, form)
    assert answer.headers["content-type"] == MEDIA[form]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    how = "inline" if form == "html" else "attachment"
    assert answer.headers["content-disposition"] == f'{how}; filename="paper-1.{form}"'
    [line] = access_log.entries()
    assert (line.access, line.where, line.dataset) == ("export", f"paper.{form}", None)


def test_a_web_page_runs_nothing_and_asks_for_nothing(client: TestClient) -> None:
    policy = client.get(paper_url(1, "html")).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    for word in ("script", "connect", "http", "self", "*"):
        assert word not in policy
    assert "content-security-policy" not in client.get(paper_url(1, "pdf")).headers


@pytest.mark.parametrize("wanted", [paper_url(2, "pdf"), paper_url(0, "pdf"), paper_url(10**30, "pdf")])
def test_a_paper_that_is_not_there_is_refused_in_a_sentence(client: TestClient, wanted: str) -> None:
    answer = client.get(wanted)
    assert answer.status_code == 404
    assert "there is no paper" in answer.text.casefold()
    assert access_log.entries() == []


def test_another_form_is_refused_in_a_sentence(client: TestClient) -> None:
    answer = client.get(paper_url(1, "svg"))
    assert answer.status_code == 400
    assert "pdf, docx or html" in answer.text


@pytest.mark.parametrize("wanted", ["/lc/papers/x.pdf", "/lc/papers/-1.pdf", "/lc/papers/1", "/lc/papers/1/2.pdf"])
def test_what_is_no_address_of_a_paper_is_not_found(client: TestClient, wanted: str) -> None:
    assert client.get(wanted).status_code == 404


def test_nothing_leaves_that_cannot_be_logged(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(access_log, "record", fail)
    assert client.get(paper_url(1, "pdf")).status_code == 503
