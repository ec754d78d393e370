"""Opening the store, and the two ways to use it: reading, and writing in one transaction with its audit row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import sqlalchemy as sa

from data.principal import LOCAL_USER, Principal, Role
from data.store import editions, engines, seals
from data.store import tables as t
from data.store.anchor import Anchor
from data.store.db_errors import AlreadyThereError, DamagedError, translate_db_errors
from data.store.stored_values import now

__all__ = ["AlreadyThereError", "DamagedError", "Store", "added_by", "insert", "now", "require_keeper", "require_role"]

IMPORTED: Final = "import"  # actions of the audit
OPENED: Final = "open released rows"
RESTORED: Final = "restore backup"
NAMED: Final = "name areas"
FACTS: Final = "change facts of areas"
Subject = str | Callable[[], str]


# Asked at every click, so both at once, and written once.
_LAST_WRITES: Final = sa.select(
    sa.select(sa.func.max(t.audit.c.id)).scalar_subquery(),
    sa.select(sa.func.max(t.audit.c.id)).where(t.audit.c.action.in_((RESTORED, NAMED, FACTS))).scalar_subquery(),
)


class LastWrites(NamedTuple):
    """The number of a store's last write, and of the last that restored a backup or changed what loaded areas are.

    0 where there was none. Numbers of rows mean the same, and areas have the same names, residents and larger areas, as
    long as ``lineage`` does not change.
    """

    stamp: int
    lineage: int


class Store:
    """A store on SQLite or PostgreSQL. All access goes through ``reading`` and ``writing``, which ask who it is for."""

    def __init__(self, url: str, folder: Path | None = None) -> None:
        """Open a store, made if need be; ``folder`` is where its anchor lies (see ``Anchor.of``).

        Raises SealKeyError when the key of its seals is missing or another, and as ``editions.sealed_with`` does.
        """
        self._engine = engines.open_engine(url)
        self._anchor = Anchor.of(url, folder)
        try:
            with translate_db_errors():
                mark = editions.sealed_with(self._engine)
                key = self._anchor.begun() if mark is None else self._anchor.fitting(mark)
                engines.use_key(self._engine, seals.keyed_by(key))
                editions.bring_up_to_date(self._engine)
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def reading(self, principal: Principal) -> Iterator[sa.Connection]:
        """Open a view of the store for one person; it stays the same to its end, whatever others write meanwhile."""
        _known(principal)
        with translate_db_errors(), engines.reading(self._engine) as connection:
            yield connection

    @contextmanager
    def writing(self, principal: Principal, action: str, subject: Subject) -> Iterator[sa.Connection]:
        """Open one transaction: all that is written in it, with its audit row, is kept or none of it is.

        ``subject`` names by kind and number what is written: never by a title, a source or the name of a file, since
        the audit is kept for good. Where the write makes the number, it is a function that is asked at its end.
        Raises PermissionError for a person whose role only looks, and for an organisation that the store does not know.
        """
        require_role(principal, Role.DSL, Role.DEPUTY, Role.ANALYST, Role.ADMIN)
        with translate_db_errors(), engines.writing(self._engine) as connection:
            _require_organisation(connection, principal)
            follows = any(seals.is_part(connection, one) for one in self._anchor.noted())
            yield connection
            said = subject if isinstance(subject, str) else subject()
            head = seals.append_to_audit(connection, audit_row(principal, action, said))
        if follows:  # where the end that was noted is gone, its note stays, so that this is still noticed
            self._anchor.note(head)

    def stamp(self, principal: Principal) -> int:
        """Return the number of the last write; it grows with every write and changes with nothing else."""
        with self.reading(principal) as connection:
            return int(connection.scalar(sa.select(sa.func.coalesce(sa.func.max(t.audit.c.id), 0))) or 0)

    def last_writes(self, principal: Principal) -> LastWrites:
        """Return the numbers of the last write, and of the last that changed what loaded things mean."""
        with self.reading(principal) as connection:
            stamp, lineage = connection.execute(_LAST_WRITES).one()
        return LastWrites(int(stamp or 0), int(lineage or 0))

    def free_pages(self, principal: Principal) -> None:
        """Free the disk space of what was removed, so that nothing of it can be read again."""
        _known(principal)
        with translate_db_errors():
            engines.free_pages(self._engine)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def added_by(principal: Principal) -> dict[str, str]:
    """Return the columns that say who added a row and when."""
    return {"added_at": now(), "added_by": principal.who}


def audit_row(principal: Principal, action: str, subject: str) -> dict[str, str]:
    """Return what the audit says of one write."""
    return {
        "at": now(),
        "who": principal.who,
        "organisation": principal.organisation,
        "action": action,
        "subject": subject,
    }


def insert(connection: sa.Connection, table: sa.Table, values: dict[str, object]) -> int:
    """Insert one row into a table that numbers its rows; returns its number."""
    number = connection.execute(table.insert().returning(table.c.id), values).scalar_one()
    return int(number)


def require_role(principal: Principal, *roles: Role) -> None:
    """Raise PermissionError unless the person is named and has one of these roles."""
    _known(principal)
    if principal.role not in roles:
        wanted = " or ".join(role.value for role in roles)
        raise PermissionError(f"This needs the role {wanted}, and yours is {principal.role.value}; ask an admin.")


def require_keeper(principal: Principal) -> None:
    """Raise PermissionError unless the person may act for the organisation that keeps the store itself."""
    require_role(principal, Role.ANALYST, Role.ADMIN)
    if principal.organisation != LOCAL_USER.organisation:
        raise PermissionError("Only the organisation that keeps this store can do this for all of it; ask it to.")


def _known(principal: Principal) -> None:
    if not principal.who or not principal.organisation:
        raise PermissionError("The store answers to a named person of an organisation only.")


def _require_organisation(connection: sa.Connection, principal: Principal) -> None:
    query = sa.select(t.organisation.c.key).where(t.organisation.c.key == principal.organisation)
    if connection.scalar(query) is None:
        raise PermissionError("The store takes in the work of organisations it knows only; ask an admin to add yours.")
