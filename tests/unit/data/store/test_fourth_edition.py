"""A store of edition 0004 keeps all it held, and takes the addresses of schools."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.services import setting_up
from data.services.verifying import verify
from data.store import places, snapshot
from data.store import tables as t
from data.store.store import Store
from tests.unit.data import small_place
from tests.unit.data.store import fourth_edition
from tests.unit.data.store.bringing import FIRST, bring, settle
from tests.unit.data.store.inside import change, held
from tests.unit.data.store.test_editions import digest_of
from tests.unit.data.store.test_snapshot import describe

# What SQLite knew of a store of edition 0004 when the program of that time had made it.
SCHEMA_OF_FOURTH = "13ca92b9f3553b55713913f463d82c3619115745b571e53816e14158965215ed"


@pytest.fixture
def like(tmp_path: Path) -> Iterator[Store]:
    """A store with areas, a dataset, a school and that school's own term dates."""
    with closing(Store(f"sqlite:///{tmp_path / 'like.sqlite'}")) as store:
        settle(store)
        setting_up.add_schools(store, LOCAL_USER, small_place.upload("schools.csv", small_place.SCHOOLS))
        setting_up.add_calendar(store, LOCAL_USER, small_place.upload("own.csv", small_place.CALENDAR), "Hill School")
        bring(store, FIRST)
        for table in (t.delivery_file, t.delivery):
            change(store, table.delete())
        yield store


@pytest.fixture(params=["sqlite", "postgresql"])
def fourth(request: pytest.FixtureRequest, tmp_path: Path, like: Store) -> str:
    """The address of a store of edition 0004 that holds the same, and the dates of one school."""
    on_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'fourth.sqlite'}" if on_file else request.getfixturevalue("bare_postgres_url")
    fourth_edition.write(url, like)
    return url


def test_a_store_of_the_fourth_edition_keeps_all_it_held_and_takes_addresses(fourth: str, like: Store) -> None:
    with closing(Store(fourth)) as store:
        assert held(store, "audit") == held(like, "audit")
        assert verify(store, LOCAL_USER) == []
        assert places.schools(store, LOCAL_USER)["town"].isna().all()
        setting_up.add_schools(store, LOCAL_USER, small_place.upload("schools.csv", small_place.ADDRESSED))
        assert verify(store, LOCAL_USER) == []
    with closing(Store(fourth)) as store:
        assert places.schools(store, LOCAL_USER)["town"].tolist() == ["Anytown"]
        assert len(places.term_dates(store, LOCAL_USER, "100001")) == 1


def test_a_backup_of_the_fourth_edition_is_brought_up_to_date(like: Store, tmp_path: Path, store: Store) -> None:
    fourth_edition.write(f"sqlite:///{tmp_path / 'fourth.backup'}", like)
    describe(tmp_path / "fourth.backup")
    snapshot.restore_backup(store, LOCAL_USER, tmp_path / "fourth.backup")
    assert held(store, "audit") == held(like, "audit")
    assert verify(store, LOCAL_USER) == []


def test_the_fourth_edition_is_made_as_it_was(tmp_path: Path, like: Store) -> None:
    """As of the second: what later editions add must leave the tables of that time alone."""
    fourth_edition.write(f"sqlite:///{tmp_path / 'fourth.sqlite'}", like)
    assert digest_of(tmp_path / "fourth.sqlite") == SCHEMA_OF_FOURTH
