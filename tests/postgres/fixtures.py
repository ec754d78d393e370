"""Fixtures of a PostgreSQL server; a conftest takes them in with ``pytest_plugins = ["tests.postgres.fixtures"]``."""

import os
from collections.abc import Iterator

import pytest

from data.store.store import Store
from tests.postgres import programs
from tests.postgres.cluster import Cluster, started


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A running cluster, one per worker; skip where there is no PostgreSQL, fail where there must be one."""
    folder = programs.find()
    if folder is None:
        if programs.required(os.environ):
            pytest.fail(programs.NONE_FOUND)
        pytest.skip(programs.NONE_FOUND)
    with started(folder) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: Cluster) -> str:
    """The name of a database in which an empty store has been set up once, to be copied."""
    name = postgres_cluster.create()
    Store(postgres_cluster.url(name)).close()
    return name


@pytest.fixture
def postgres_url(postgres_cluster: Cluster, postgres_template: str) -> Iterator[str]:
    """The address of a database of the test's own that holds an empty store."""
    name = postgres_cluster.create(postgres_template)
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)


@pytest.fixture
def bare_postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The address of a database of the test's own without a single table."""
    name = postgres_cluster.create()
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)
