"""A store of edition 0003 keeps all it held, and takes dates of one school and baselines."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.services import setting_up
from data.services.verifying import verify
from data.store import places, rebases, releases, releases_at_rest, secret_marks, snapshot
from data.store.releases import Release
from data.store.store import Store
from geo.release.ledger import Ledger
from tests.unit.data import small_place
from tests.unit.data.store import third_edition
from tests.unit.data.store.inside import held
from tests.unit.data.store.test_editions import digest_of
from tests.unit.data.store.test_snapshot import describe

# What SQLite knew of a store of edition 0003 when the program of that time had made it.
SCHEMA_OF_THIRD = "6ab4434ae07866e7a529961d24568930f6f6a74b10806ce85c27954673b9a90c"


@pytest.fixture(params=["sqlite", "postgresql"])
def third(request: pytest.FixtureRequest, tmp_path: Path, like: Store) -> str:
    """The address of a store of edition 0003 that holds the same, and a ledger and a mark."""
    secret_marks.add_first(like, LOCAL_USER, "a fingerprint")
    releases.put(like, LOCAL_USER, 2, Release(releases_at_rest.to_bytes(Ledger())))
    on_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'third.sqlite'}" if on_file else request.getfixturevalue("bare_postgres_url")
    third_edition.write(url, like)
    return url


def test_a_store_of_the_third_edition_keeps_all_it_held(third: str, like: Store) -> None:
    with closing(Store(third)) as store:
        assert held(store, "audit") == held(like, "audit")
        assert verify(store, LOCAL_USER) == []


def test_a_store_of_the_third_edition_takes_dates_of_one_school_and_baselines(third: str) -> None:
    with closing(Store(third)) as store:
        setting_up.add_calendar(store, LOCAL_USER, small_place.upload("own.csv", small_place.CALENDAR), "Hill School")
        rebases.rebase(store, LOCAL_USER, 2, "asb", "", "", date(2025, 9, 1), "The rules changed")
        assert verify(store, LOCAL_USER) == []
    with closing(Store(third)) as store:
        assert len(places.term_dates(store, LOCAL_USER, "100001")) == 1
        assert [one.reason for one in rebases.rebased(store, LOCAL_USER, 2)] == ["The rules changed"]


def test_a_backup_of_the_third_edition_is_brought_up_to_date(like: Store, tmp_path: Path, store: Store) -> None:
    third_edition.write(f"sqlite:///{tmp_path / 'third.backup'}", like)
    describe(tmp_path / "third.backup")
    snapshot.restore_backup(store, LOCAL_USER, tmp_path / "third.backup")
    assert held(store, "audit") == held(like, "audit")
    assert verify(store, LOCAL_USER) == []


def test_the_third_edition_is_made_as_it_was(tmp_path: Path, like: Store) -> None:
    """As of the second: what later editions add must leave the tables of that time alone."""
    third_edition.write(f"sqlite:///{tmp_path / 'third.sqlite'}", like)
    assert digest_of(tmp_path / "third.sqlite") == SCHEMA_OF_THIRD
