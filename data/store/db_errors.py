"""Errors of the database as one sentence for people, without a value of a row."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from geo.errors import InputError

_REMEDY: Final = "restore it from a backup with `python -m data restore FILE`"
# Words in a driver's message for damaged pages, and for bytes that are no text any more.
_SIGNS_OF_DAMAGE: Final = ("malformed", "not a database", "could not decode", "corrupt", "invalid page", "unsupported")


class DamagedError(InputError):
    """What the store holds is not what was written into it."""

    def __init__(self, what: str = "the store") -> None:
        super().__init__(f"What is stored must be as it was written, and {what} has changed on disk; {_REMEDY}.")


class AlreadyThereError(Exception):
    """The same bytes were imported before in the same way, and nothing was changed; the message says as what."""

    def __init__(self, what: str, number: int, remark: str = "") -> None:
        super().__init__(f"Nothing to do: these files are already here as {what} {number}{remark}.")
        self.number = number


@contextmanager
def translate_db_errors() -> Iterator[None]:
    """Turn an error of the driver into a sentence: damage into DamagedError, a full disk or a lock into OSError.

    A driver's own words can hold a value of a row after their first line, and so no more than that line is repeated.
    """
    try:
        yield
    except UnicodeError:  # from SQLite's driver, of definitions that are no text any more
        raise DamagedError from None
    except sa.exc.IntegrityError as error:
        raise sa.exc.IntegrityError(None, None, Exception(_first_line(error))) from None
    except sa.exc.DatabaseError as error:
        message = _first_line(error)
        if any(sign in message.lower() for sign in _SIGNS_OF_DAMAGE):
            raise DamagedError from None
        remedy = "try again in a minute" if "locked" in message else "see that it can be reached and its disk has room"
        raise OSError(errno.EIO, f"the store says “{message}”; {remedy}") from None


def _first_line(error: sa.exc.DBAPIError) -> str:
    return (str(error.orig).splitlines() or [""])[0]
