"""A writer may be killed at any moment: what was acknowledged is there whole, the rest wholly or not at all.

``make torture`` does the same hundreds of times.
"""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from data.principal import LOCAL_USER
from data.services.verifying import verify
from data.store.store import Store
from tests.postgres.cluster import Cluster
from tests.torture import killing
from tests.torture.deeds import holding
from tests.torture.killing import Say, WorkFailedError
from tests.torture.looking import tables
from tests.torture.ordeal import OUTSIDE, Ordeal

SEED = 20261125
KILLS, KILLS_OF_CLIENTS = 25, 10


def test_killed_writers_leave_a_whole_store_on_sqlite(tmp_path: Path) -> None:
    ordeal = Ordeal(f"sqlite:///{tmp_path / 'store.sqlite'}", SEED, tmp_path)
    ordeal.undergo(KILLS)
    assert ordeal.tally.kills == KILLS
    assert ordeal.tally.where[OUTSIDE] < KILLS, "no kill fell inside a transaction"


def test_killed_writers_leave_a_whole_store_on_postgresql(postgres_cluster: Cluster, tmp_path: Path) -> None:
    database = postgres_cluster.create()
    settled = lambda: postgres_cluster.wait_until_left(database)  # noqa: E731
    ordeal = Ordeal(postgres_cluster.url(database), SEED, tmp_path, settled)
    ordeal.undergo(KILLS_OF_CLIENTS)
    assert ordeal.tally.kills == KILLS_OF_CLIENTS
    assert ordeal.tally.where[OUTSIDE] < KILLS_OF_CLIENTS, "no kill fell inside a transaction"
    postgres_cluster.drop(database)


def test_a_first_opening_that_is_killed_leaves_a_place_where_a_store_can_be_on_sqlite(tmp_path: Path) -> None:
    kill_first_openings(lambda number: f"sqlite:///{tmp_path / f'{number}.sqlite'}", lambda _number: None, 20)


def test_a_first_opening_that_is_killed_leaves_a_place_where_a_store_can_be_on_postgresql(
    postgres_cluster: Cluster,
) -> None:
    databases = [postgres_cluster.create() for _ in range(6)]
    kill_first_openings(
        lambda number: postgres_cluster.url(databases[number]),
        lambda number: postgres_cluster.wait_until_left(databases[number]),
        len(databases),
    )
    for database in databases:
        postgres_cluster.drop(database)


def test_what_goes_wrong_in_a_child_is_told() -> None:
    def fail(say: Say) -> None:
        say("ready")
        raise ValueError("the work itself is wrong")

    for end in (killing.run, lambda work: killing.kill(work, 0.05)):
        with pytest.raises(WorkFailedError, match="the work itself is wrong"):
            end(fail)


def test_what_was_said_before_the_kill_is_heard() -> None:
    def work(say: Say) -> None:
        say("ready")
        say("done")
        os.kill(os.getpid(), signal.SIGKILL)
        say("never")

    ended = killing.run(work)
    assert ended.said == ("ready", "done")
    assert not ended.finished


def kill_first_openings(url: Callable[[int], str], settled: Callable[[int], None], how_often: int) -> None:
    """Kill the first opening of ``how_often`` − 1 empty places at random moments; the first of all goes to its end."""
    random = Random(SEED)  # noqa: S311
    begun = time.perf_counter()
    whole = Store(url(0))
    seconds = time.perf_counter() - begun
    expected = {name: len(rows) for name, rows in tables(whole).items()}
    whole.close()
    for number in range(1, how_often):

        def work(say: Say, here: str = url(number)) -> None:
            say("ready")
            Store(here)

        killing.kill(work, random.uniform(0, seconds))
        settled(number)
        opened = Store(url(number))
        assert {name: len(rows) for name, rows in tables(opened).items()} == expected
        assert holding(opened) == {}
        assert verify(opened, LOCAL_USER) == []
        opened.close()
