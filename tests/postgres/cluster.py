"""A private PostgreSQL cluster, and databases in it.

Nobody but this machine's root and the user that runs it can reach it: no port is open, and its socket lies in a folder
that is closed to others, which is why it asks for no password. A keeper process outside the tests owns it and ends it
when the tests end in whatever way, ``kill -9`` included: it waits for the end of a pipe that only they hold open.
"""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

CHECKOUT: Final = Path(__file__).parents[2]
PORT: Final = 5432  # names the socket only
SUPERUSER: Final = "keeper"
OWNER: Final = "local_context"  # a plain role: what works here needs no superuser
READY: Final = "ready"


class ClusterError(Exception):
    """The cluster could not be started; the message holds what PostgreSQL said."""


@dataclass(frozen=True)
class Cluster:
    """A running cluster, named by the folder of its socket."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count, repr=False)

    def create(self, template: str = "template1") -> str:
        """Create a database of a name of its own, as a copy of ``template``; give the name."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._run(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                *(sql.Identifier(part) for part in (name, OWNER, template))
            )
        )
        return name

    def drop(self, name: str) -> None:
        """Drop a database and break off whoever is still connected to it."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def wait_until_left(self, name: str) -> None:
        """Return when nobody is at work in a database any more; the server goes on for a killed client for a while."""
        at_work = (
            "SELECT 1 FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        with self.connect(name) as connection:
            while connection.execute(at_work).fetchone():
                connection.execute("SELECT pg_sleep(0.002)")

    def url(self, name: str) -> str:
        """Return the address of a database as DATABASE_URL takes it, for a role that owns it and may no more."""
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.folder}&port={PORT}"

    def connect(self, name: str = "postgres") -> psycopg.Connection:
        """Connect as the superuser, each statement a transaction of its own."""
        return psycopg.connect(host=str(self.folder), port=PORT, user=SUPERUSER, dbname=name, autocommit=True)

    def _run(self, statement: sql.Composed) -> None:
        with self.connect() as connection:
            connection.execute(statement)


@contextmanager
def started(programs: Path, *, durable: bool = False) -> Iterator[Cluster]:
    """Start a cluster and end it afterwards; ``durable`` makes it wait for the disk as one in earnest does.

    Raises ClusterError when PostgreSQL does not start.
    """
    command = [sys.executable, "-m", "tests.postgres.keeper", str(programs), *(["--durable"] if durable else [])]
    keeper = subprocess.Popen(
        command,
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,  # so that Ctrl+C reaches the tests and not the keeper, which then ends in order
    )
    with keeper:  # closes the pipe that the keeper waits on, then waits for the keeper
        assert keeper.stdout is not None
        said = keeper.stdout.readline().strip()
        word, _, rest = said.partition(" ")
        if word != READY:
            raise ClusterError(said)
        cluster = Cluster(Path(rest))
        with cluster.connect() as connection:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(OWNER)))
        yield cluster
