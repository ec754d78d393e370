"""Values are stored in one spelling, moments sort as they come, and a fault is told without what met it."""

import errno
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from data.store import stored_values
from data.store.db_errors import DamagedError, translate_db_errors
from data.store.stored_values import Json, canonical

DIALECT = sa.create_engine("sqlite://").dialect


def test_one_spelling_whatever_the_order() -> None:
    assert canonical({"b": ["é", 1], "a": None}) == '{"a":null,"b":["é",1]}' == canonical({"a": None, "b": ["é", 1]})


@pytest.mark.parametrize("value", [None, [], {}, ["Zoë", 'a "b"'], {"a": {"b": [1, 2.5, None]}}])
def test_lists_and_dictionaries_come_back(value: object) -> None:
    assert Json().process_result_value(Json().process_bind_param(value, DIALECT), DIALECT) == value


@pytest.mark.parametrize("text", ["", "[", "{'a': 1}", "[" * 100_000, b"\xff"])
def test_text_that_is_none_is_damage(text: object) -> None:
    with pytest.raises(DamagedError):
        Json().process_result_value(text, DIALECT)


def test_moments_are_whole_seconds_in_utc_and_sort_as_they_come() -> None:
    east = datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=1)))
    texts = [stored_values.format_moment(east + timedelta(minutes=30 * step)) for step in range(100)]
    assert texts[0] == "2026-03-29T01:30:00+00:00"
    assert texts == sorted(texts)
    assert datetime.fromisoformat(stored_values.now()).tzinfo == UTC


@pytest.mark.parametrize(
    "said", ["database disk image is malformed", "file is not a database", "invalid page in block 7"]
)
def test_a_driver_that_speaks_of_damage_is_believed(said: str) -> None:
    with pytest.raises(DamagedError), translate_db_errors():
        raise sa.exc.DatabaseError("SELECT 1", None, Exception(said))


def test_no_more_than_the_first_line_of_a_driver_is_repeated() -> None:
    with pytest.raises(OSError, match="the store says “disk full”") as fault, translate_db_errors():
        raise sa.exc.OperationalError("INSERT", None, Exception("disk full\nDETAIL: Key (name)=(Zebedee99)"))
    assert fault.value.errno == errno.EIO
    assert "Zebedee99" not in str(fault.value)
