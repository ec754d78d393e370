"""Types of columns, and forms of JSON and moments, that are the same on SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from data.store.db_errors import DamagedError


class Json(TypeDecorator[Any]):
    """Lists and dictionaries as text in one spelling, so that their bytes can be sealed."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: sa.Dialect) -> str | None:
        """Return a value as text."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any, _dialect: sa.Dialect) -> Any:
        """Return the value of a text; raises DamagedError when it is none."""
        try:
            return None if value is None else json.loads(value)
        except (ValueError, RecursionError, TypeError):
            raise DamagedError from None


def canonical(value: Any) -> str:
    """Return a value as JSON in one spelling: keys in order, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def number() -> sa.Double[float]:
    """Return the type of a real number of 64 bits; a strict table of SQLite calls it REAL."""
    return sa.Double().with_variant(sa.REAL(), "sqlite")


def now() -> str:
    """Return the present moment: "2026-11-25T09:30:00+00:00"."""
    return format_moment(datetime.now(UTC))


def format_moment(moment: datetime) -> str:
    """Return a moment as it is stored: UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
