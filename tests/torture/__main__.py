"""``python -m tests.torture [--kills N] [--postgres] [--seed S]`` kills a writer of one store N times."""

import argparse
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.postgres import programs
from tests.postgres.cluster import started
from tests.torture.ordeal import Ordeal

USUAL: Final = {"SQLite": 500, "PostgreSQL": 100}


def main() -> int:
    """Kill, and say how often and where; answer 1 when there is no server to kill the clients of."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="Kill a writer of one store.")
    parser.add_argument("--kills", type=int, help="how often (500 on SQLite, 100 on PostgreSQL)")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="the same deeds and moments again")
    asked = parser.parse_args()
    on = "PostgreSQL" if asked.postgres else "SQLite"
    kills = asked.kills or USUAL[on]
    _say(f"{kills} kills on {on}, seed {asked.seed} …")
    if asked.postgres and programs.find() is None:
        _say(programs.NONE_FOUND)
        return 1
    begun = time.perf_counter()
    with _ordeal(asked.seed, on_postgresql=asked.postgres) as ordeal:
        ordeal.undergo(kills)
    for line in ordeal.tally.lines():
        _say(line)
    _say(f"{time.perf_counter() - begun:.0f} seconds.")
    return 0


@contextmanager
def _ordeal(seed: int, *, on_postgresql: bool) -> Iterator[Ordeal]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["LOCAL_CONTEXT_HOME"] = name
        if not on_postgresql:
            yield Ordeal(f"sqlite:///{folder / 'store.sqlite'}", seed, folder)
            return
        programs_folder = programs.find()
        assert programs_folder is not None
        with started(programs_folder, durable=True) as cluster:
            database = cluster.create()
            url = cluster.url(database)
            yield Ordeal(url, seed, folder, lambda: cluster.wait_until_left(database))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
