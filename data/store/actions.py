"""Actions: what was done, or is to be done, about a known hotspot."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.principal import Principal
from data.store import tables as t
from data.store.store import Store, added_by, insert
from geo.errors import InputError


@dataclass(frozen=True)
class Action:
    """A response such as patrol, lighting, assembly or training; days are text like "2026-09-01", None where open."""

    id: int
    reference: str
    what: str
    due_on: str | None
    done_on: str | None


def add_action(store: Store, principal: Principal, reference: str, what: str, due_on: date | None = None) -> int:
    """Add an action to a known hotspot of the person's organisation; give its number.

    Raises InputError when the register has no hotspot of this reference.
    """
    own = sa.and_(t.hotspot.c.owner == principal.organisation, t.hotspot.c.reference == reference)
    with store.writing(principal, "add action", f"hotspot {reference}") as connection:
        if connection.scalar(sa.select(t.hotspot.c.reference).where(own)) is None:
            raise InputError("An action must belong to a known hotspot, and the register has none of this reference.")
        day = None if due_on is None else due_on.isoformat()
        values: dict[str, object] = {"reference": reference, "what": what, "due_on": day}
        return insert(connection, t.action, values | {"owner": principal.organisation} | added_by(principal))


def finish_action(store: Store, principal: Principal, action_id: int, done_on: date) -> None:
    """Say on which day an action was done. Raises InputError when the organisation has no such action."""
    own = sa.and_(t.action.c.id == action_id, t.action.c.owner == principal.organisation)
    with store.writing(principal, "finish action", f"action {action_id}") as connection:
        if not connection.execute(t.action.update().where(own).values(done_on=done_on.isoformat())).rowcount:
            raise InputError(
                f"An action must be of your own organisation, and action {action_id} is none; choose another."
            )


def actions(store: Store, principal: Principal) -> list[Action]:
    """List the actions of the person's organisation in the order in which they were added."""
    own = t.action.c.owner == principal.organisation
    with store.reading(principal) as connection:
        rows = connection.execute(sa.select(t.action).where(own).order_by(t.action.c.id)).all()
    return [Action(row.id, row.reference, row.what, row.due_on, row.done_on) for row in rows]
