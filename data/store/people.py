"""Organisations, the people in them, and their sessions."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from data.principal import Principal, Role
from data.store import outer_seals
from data.store import tables as t
from data.store.store import Store, added_by, insert, now, require_role
from data.store.stored_values import format_moment
from geo.errors import InputError

MAX_IDLE: Final = timedelta(minutes=20)
MAX_SESSION: Final = timedelta(hours=8)


@dataclass(frozen=True)
class Person:
    """One person of an organisation, as those who look after access see them."""

    id: int
    name: str
    role: Role
    disabled_at: str | None


def add_organisation(store: Store, principal: Principal, key: str, name: str) -> None:
    """Let an organisation bring in and own things. Raises InputError when its key is taken."""
    require_role(principal, Role.ADMIN)
    with store.writing(principal, "add organisation", key) as connection:
        taken = connection.scalar(sa.select(t.organisation.c.key).where(t.organisation.c.key == key))
        if taken is not None:
            raise InputError(f"An organisation must have a key of its own, and “{key}” is taken; choose another.")
        connection.execute(t.organisation.insert().values(key=key, name=name, **added_by(principal)))
        outer_seals.seal(connection, t.organisation, key)


def organisations(store: Store, principal: Principal) -> dict[str, str]:
    """List the names of the organisations by key."""
    with store.reading(principal) as connection:
        rows = connection.execute(sa.select(t.organisation.c.key, t.organisation.c.name).order_by("key")).all()
    return {row.key: row.name for row in rows}


def add_person(store: Store, principal: Principal, name: str, role: Role) -> int:
    """Add a person to the admin's own organisation; returns their number."""
    require_role(principal, Role.ADMIN)
    with store.writing(principal, "add person", f"{role.value}") as connection:
        values: dict[str, object] = {"organisation": principal.organisation, "name": name, "role": role.value}
        number = insert(connection, t.person, values | added_by(principal))
        outer_seals.seal(connection, t.person, number)
    return number


def people(store: Store, principal: Principal) -> list[Person]:
    """List the people of the person's organisation, by name."""
    own = t.person.c.organisation == principal.organisation
    with store.reading(principal) as connection:
        rows = connection.execute(sa.select(t.person).where(own).order_by(t.person.c.name, t.person.c.id)).all()
    return [Person(row.id, row.name, Role(row.role), row.disabled_at) for row in rows]


def disable_person(store: Store, principal: Principal, person_id: int) -> None:
    """Let a person of the admin's own organisation in no more, and end their sessions."""
    require_role(principal, Role.ADMIN)
    own = sa.and_(t.person.c.id == person_id, t.person.c.organisation == principal.organisation)
    with store.writing(principal, "disable person", f"person {person_id}") as connection:
        if not connection.execute(t.person.update().where(own).values(disabled_at=now())).rowcount:
            raise InputError(
                f"A person must be of your own organisation, and person {person_id} is not; choose another."
            )
        outer_seals.seal(connection, t.person, person_id)
        running = sa.and_(t.session.c.person_id == person_id, t.session.c.ended_at.is_(None))
        connection.execute(t.session.update().where(running).values(ended_at=now()))


def open_session(store: Store, principal: Principal, person_id: int) -> str:
    """Open a session for a person of the organisation; returns its secret, of which only a digest is stored.

    ``principal`` is who lets people in, with the role of an admin; the person themselves has shown who they are.
    """
    require_role(principal, Role.ADMIN)
    secret = secrets.token_urlsafe(32)
    own = sa.and_(
        t.person.c.id == person_id,
        t.person.c.organisation == principal.organisation,
        t.person.c.disabled_at.is_(None),
    )
    with store.writing(principal, "sign in", f"person {person_id}") as connection:
        if connection.scalar(sa.select(t.person.c.id).where(own)) is None:
            raise PermissionError("Only people who were added, and not disabled since, can sign in; ask an admin.")
        moment = now()
        connection.execute(
            t.session.insert().values(digest=_digest(secret), person_id=person_id, opened_at=moment, seen_at=moment)
        )
    return secret


def who_is(store: Store, gate: Principal, secret: str, at: datetime | None = None) -> Principal | None:
    """Return the person of a session that runs, as they are now; None when it has ended, been idle or lasted too long.

    ``gate`` is who asks: the program that lets people in.
    """
    moment = at or datetime.now(UTC)
    running = sa.and_(
        t.session.c.digest == _digest(secret),
        t.session.c.ended_at.is_(None),
        t.session.c.seen_at >= format_moment(moment - MAX_IDLE),
        t.session.c.opened_at >= format_moment(moment - MAX_SESSION),
        t.person.c.disabled_at.is_(None),
    )
    query = sa.select(t.person).join(t.session, t.session.c.person_id == t.person.c.id).where(running)
    with store.reading(gate) as connection:
        row = connection.execute(query).one_or_none()
        if row is not None:
            outer_seals.require(connection, t.person, row.id)
    return None if row is None else Principal(row.name, row.organisation, Role(row.role))


def end_session(store: Store, principal: Principal, secret: str) -> None:
    """End a session."""
    this = sa.and_(t.session.c.digest == _digest(secret), t.session.c.ended_at.is_(None))
    with store.writing(principal, "sign out", principal.who) as connection:
        connection.execute(t.session.update().where(this).values(ended_at=now()))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
