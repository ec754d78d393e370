"""Documents for duties are filled from the store with what a board may be told, whoever asks."""

from datetime import date
from typing import Final

import pytest

from data.principal import LOCAL_USER, Role, as_board
from data.services.duty_documents import DOCUMENTS, duty_document, facts
from data.store import datasets, retention
from data.store.retention import Retention
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.papers.duty_samples import opened, words_of

TODAY: Final = date(2026, 11, 30)


def told(store: Store, which: str) -> str:
    return words_of(opened(duty_document(store, LOCAL_USER, which, TODAY)))


def test_what_is_loaded_is_named_and_rows_of_protected_datasets_are_not(store: Store) -> None:
    small_place.settle(store)
    many = "".join(f"{day:02}/09/2021,,E01000001,Drugs\n" for day in range(1, 29))
    number = small_place.add(store, small_place.incidents(small_place.INCIDENTS + many))
    own = datasets.load_dataset(store, LOCAL_USER, number)
    said = told(store, "dpia")
    assert all(one.title in said for one in datasets.datasets(store, LOCAL_USER))
    (fact,) = (one for one in facts(store, LOCAL_USER, TODAY).datasets if one.title == own.title)
    assert (fact.access, fact.rows, fact.period) == ("protected", None, "school year 2021/22")
    assert "Knife crime" not in said
    assert own.first_month not in said
    assert "Sep 2021" not in fact.period


def test_custodians_and_the_board_get_the_same_document(store: Store) -> None:
    small_place.settle(store)
    small_place.add(store, small_place.incidents())
    for which in DOCUMENTS:
        for_board = duty_document(store, as_board(LOCAL_USER), which, TODAY)
        assert duty_document(store, LOCAL_USER, which, TODAY) == for_board


def test_how_long_things_are_kept_is_what_is_set(store: Store) -> None:
    before = facts(store, LOCAL_USER, TODAY)
    assert (before.versions_kept, before.datasets_kept) == (
        "365 days (the default)", "72 months after its last month (the default)",
    )  # fmt: skip
    assert before.open_kept.startswith("for good")
    retention.put_retention(store, LOCAL_USER, Retention(90, 84))
    after = facts(store, LOCAL_USER, TODAY)
    assert (after.versions_kept, after.datasets_kept) == ("90 days", "84 months after its last month")
    assert after.open_kept == "84 months after its last month"
    assert "84 months" in told(store, "privacy")


def test_each_role_sees_what_visibility_lets_it_see(store: Store) -> None:
    roles = facts(store, LOCAL_USER, TODAY).roles
    assert len(roles) == len(Role)
    exact = [name for name, sees in roles if sees.startswith("Exact")]
    assert exact == ["Designated safeguarding lead", "Deputy safeguarding lead", "Analyst"]


def test_where_it_is_kept_names_no_address(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SQLite" in facts(store, LOCAL_USER, TODAY).database
    monkeypatch.setenv("DATABASE_URL", "postgresql://keeper:word@example.org/context")
    assert facts(store, LOCAL_USER, TODAY).database == "a PostgreSQL database"


def test_an_empty_store_says_that_nothing_is_loaded(store: Store) -> None:
    assert "Nothing is loaded yet." in told(store, "processing")


def test_another_document_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="must be one of dpia, processing, sharing, privacy"):
        duty_document(store, LOCAL_USER, "policy", TODAY)
