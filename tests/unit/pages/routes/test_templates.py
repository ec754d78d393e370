"""Templates are sent as workbooks that nothing on the way keeps, and no others."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.services.templates import KINDS
from pages.routes.templates import routes, template_url


def test_every_kind_is_sent_as_a_workbook() -> None:
    client = TestClient(Starlette(routes=routes()))
    for kind in KINDS:
        answer = client.get(template_url(kind))
        assert answer.status_code == 200
        assert answer.content.startswith(b"PK")
        assert answer.headers["content-disposition"].endswith('-template.xlsx"')
        assert answer.headers["cache-control"] == "no-store"


def test_another_kind_is_refused_in_a_sentence() -> None:
    answer = TestClient(Starlette(routes=routes())).get(template_url("schools"))
    assert answer.status_code == 404
    assert answer.text.endswith("choose one of those.")
