"""New since somebody last looked: what came in, by whom and when, once, and for each person by themselves."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.services import news
from data.store import datasets, last_looks
from data.store import tables as t
from data.store.datasets import Dataset
from data.store.store import Store
from geo.register.markers import say_day
from tests.unit.data import small_place
from tests.unit.data.persons import BOARD, DSL, welcome
from tests.unit.data.store.bringing import FIRST, SECOND, THIRD, add_areas, bring
from tests.unit.data.store.inside import change, held

LONG_AGO = "2020-01-01T00:00:00+00:00"


@pytest.fixture
def ready(store: Store) -> Store:
    """A store with areas and a dataset, at which the local user looked long ago."""
    add_areas(store)
    bring(store, FIRST)
    assert news.since_last_look(store, LOCAL_USER) == []  # nothing is new to those who never looked
    return store


def looked_long_ago(store: Store) -> None:
    change(store, t.last_look.update().values(looked_at=LONG_AGO))


def shown(store: Store) -> Dataset:
    return datasets.load_dataset(store, LOCAL_USER, 1)


def test_a_dataset_that_came_in_is_new_once(ready: Store) -> None:
    looked_long_ago(ready)
    day = say_day(shown(ready).added_at[:10])
    said = f"“Incidents from log.csv” came in on {day} by {LOCAL_USER.who}."
    assert news.since_last_look(ready, LOCAL_USER) == [said]
    change(ready, t.last_look.update().values(looked_at="2999-01-01T00:00:00+00:00"))
    before = held(ready)
    assert news.since_last_look(ready, LOCAL_USER) == []
    assert held(ready) == before  # looking where nothing is new writes nothing


def test_months_that_were_added_are_counted(ready: Store) -> None:
    change(ready, t.last_look.update().values(looked_at="2026-06-01T00:00:00+00:00"))
    first = replace(shown(ready), added_at="2026-05-01T00:00:00+00:00", current=3)
    same = replace(first, number=2, added_at="2026-11-02T00:00:00+00:00")
    more = replace(same, number=3, added_at="2026-11-03T00:00:00+00:00", last_month="2021-11")
    said = "2 months were added to “Incidents from log.csv” on 3 Nov 2026 by "
    assert news.sentence([more, same, first], "2026-06-01T00:00:00+00:00", exact=True).startswith(said)
    told = news.sentence([more, same, first], "2026-06-01T00:00:00+00:00", exact=False)
    assert told.startswith("A new version of “Incidents from log.csv” came in on 3 Nov 2026 by ")
    again = [replace(one, current=2) for one in (same, first)]
    said = "Figures of “Incidents from log.csv” were brought in again on 2 Nov 2026 by "
    assert news.sentence(again, "2026-06-01T00:00:00+00:00", exact=True).startswith(said)


def test_each_person_has_a_last_look_of_their_own_and_a_board_has_none(ready: Store) -> None:
    welcome(ready)
    assert last_looks.last_look(ready, DSL) is None
    assert news.since_last_look(ready, DSL) == []
    assert last_looks.last_look(ready, DSL) is not None
    assert news.since_last_look(ready, BOARD) == []
    assert last_looks.last_look(ready, BOARD) is None


def test_a_look_is_written_with_its_audit_row(ready: Store) -> None:
    bring(ready, SECOND, replaces=1)
    looked_long_ago(ready)
    news.since_last_look(ready, LOCAL_USER)
    with ready.reading(LOCAL_USER) as connection:
        last = connection.execute(sa.select(t.audit).order_by(t.audit.c.id.desc())).first()
    assert last is not None
    assert (last.action, last.subject) == (last_looks.LOOKED, LOCAL_USER.who)
    small_place.add(ready, small_place.incidents(THIRD, replaces=1))
    assert len(news.since_last_look(ready, LOCAL_USER)) == 1
