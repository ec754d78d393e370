"""Failpoints: lets a write of a store fail, or its process end, at one statement or at the commit."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import NoReturn

import sqlalchemy as sa

from data.store.store import Store


class InjectedError(OSError):
    """What a failpoint raises."""


def fail() -> NoReturn:
    raise InjectedError


def end() -> NoReturn:
    os._exit(0)


@contextmanager
def at_statement(store: Store, number: int, what: Callable[[], NoReturn]) -> Iterator[list[int]]:
    """Let the ``number``-th statement of a write not come to the database; give a list that stays empty without one."""
    reached: list[int] = []
    counted = count(1)

    def before(connection: sa.Connection, *_statement: object) -> None:
        if connection.get_execution_options().get("writes") and next(counted) == number:
            reached.append(number)
            what()

    sa.event.listen(store._engine, "before_cursor_execute", before)
    try:
        yield reached
    finally:
        sa.event.remove(store._engine, "before_cursor_execute", before)


@contextmanager
def counting(store: Store) -> Iterator[list[str]]:
    """Return the list to which each statement of a write is added."""
    seen: list[str] = []

    def before(connection: sa.Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if connection.get_execution_options().get("writes"):
            seen.append(statement)

    sa.event.listen(store._engine, "before_cursor_execute", before)
    try:
        yield seen
    finally:
        sa.event.remove(store._engine, "before_cursor_execute", before)


@contextmanager
def at_commit(store: Store, what: Callable[[], NoReturn]) -> Iterator[None]:
    """Let a commit not come to the database."""

    def before(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("writes"):
            what()

    sa.event.listen(store._engine, "commit", before)
    try:
        yield
    finally:
        sa.event.remove(store._engine, "commit", before)
