"""The rows of long tables: fetched by a name that nobody guesses, held for a while, and kept nowhere on the way."""

from typing import Final

from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.components.frame.html_tables import Column, rows_json
from pages.routes import table_rows
from pages.routes.table_rows import rows_url
from pages.routes.transient_files import offer_unmade

COLUMNS: Final = (Column("name", "Area"), Column("n", "Incidents", 0, about=True), Column("rate", "Rate", 1))
ROWS: Final[list[dict[str, str | float]]] = [
    {"name": "<b>Hope</b> & Vale", "n": 0.0, "rate": float("nan")},
    {"name": "Eastmoor", "n": 1215.0, "rate": 12.25},
]
CLIENT: Final = TestClient(Starlette(routes=table_rows.routes()))


def test_rows_come_as_people_read_them_with_what_sorts_them_and_are_not_kept() -> None:
    answer = CLIENT.get(rows_url(offer_unmade(lambda: rows_json(COLUMNS, ROWS), "a table")))
    assert answer.json() == [
        ["<b>Hope</b> & Vale", "Eastmoor"],
        {"texts": ["fewer than 10", "about 1,215"], "keys": [0.0, 1215.0]},
        ["–", "12.2"],
    ]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-encoding"] == "gzip"
    plain = CLIENT.get(rows_url(offer_unmade(lambda: b"[]", "another")), headers={"accept-encoding": "identity"})
    assert plain.content == b"[]"


def test_the_same_rows_have_the_same_name_and_others_another() -> None:
    names = [offer_unmade(lambda: b"[]", *told_by) for told_by in (("a", "b"), ("a", "b"), ("ab",), ("a",))]
    assert names[0] == names[1]
    assert len(set(names)) == 3


def test_rows_that_are_held_no_longer_are_answered_in_one_sentence() -> None:
    name = offer_unmade(lambda: b"[]", "the oldest")
    for number in range(1000):
        offer_unmade(lambda: b"[]", "newer", str(number))
    answer = CLIENT.get(rows_url(name))
    assert answer.status_code == 404
    assert answer.text == "The other rows of this table are held no longer; load the page again."
