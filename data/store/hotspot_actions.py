"""Actions: what was done, or is to be done, about a known hotspot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import sqlalchemy as sa

from data.principal import Principal
from data.screening.short_texts import require_clean_words
from data.store import blobs, deliveries, row_changes
from data.store import tables as t
from data.store.deliveries import Brought, DeliveryKind
from data.store.store import Store, added_by, insert
from geo import columns as c
from geo.columns import DONE_ON, DUE_ON, WHAT
from geo.errors import InputError

_UNDATED: Final = "9999"  # after every day


@dataclass(frozen=True)
class Action:
    """A response such as patrol, lighting, assembly or training, at the known hotspot of a ``reference``.

    ``due_on`` and ``done_on`` are days as text, "2026-09-01"; ``due_on`` is None where no day was set for it, and
    ``done_on`` until it is done.
    """

    id: int
    reference: str
    what: str
    due_on: str | None
    done_on: str | None

    @property
    def day(self) -> str | None:
        """The day it was done on, or else is due on; None where neither is known."""
        return self.done_on or self.due_on


@dataclass(frozen=True)
class ActionTally:
    """How many actions of a list are new, how many were planned and are now done, and how many were there already."""

    new: int
    finished: int
    known: int


@dataclass(frozen=True)
class _Plan:
    """What a list of actions changes: rows to add, and the day on which an action of a number was done."""

    add: list[dict[str, object]]
    finish: dict[int, str]
    counted: ActionTally


def add_action(
    store: Store,
    principal: Principal,
    reference: str,
    what: str,
    due_on: date | None = None,
    done_on: date | None = None,
) -> int:
    """Add an action to a known hotspot of the person's organisation; returns its number.

    Raises InputError when the register has no hotspot of this reference, and for words that ``require_clean_words``
    refuses.
    """
    require_clean_words("An action", what)
    with store.writing(principal, "add action", lambda: f"action {number}") as connection:
        _require_references(connection, principal, [reference])
        values: dict[str, object] = {"reference": reference, "what": what.strip()}
        values |= {DUE_ON: _day(due_on), DONE_ON: _day(done_on), "owner": principal.organisation}
        number = insert(connection, t.action, values | added_by(principal))
    return number


def put_actions(store: Store, principal: Principal, rows: pd.DataFrame, brought: Brought | None = None) -> ActionTally:
    """Add a list of actions, as ``data.records.action_list`` reads it, in one transaction: all of it or nothing.

    What is there already, with the same reference, words and days, is not added again. One that is there without the
    day on which it was done, and comes with it now, is done from then on. ``brought`` is what is written down of its
    files. Raises InputError as ``add_action`` does.
    """
    for what in rows[WHAT].drop_duplicates():
        require_clean_words("An action", what)
    with store.writing(principal, "put actions", f"{len(rows)} actions") as connection:
        _require_references(connection, principal, rows[c.REFERENCE])
        plan = _plan(_own(connection, principal), rows)
        stamp = {"owner": principal.organisation, **added_by(principal)}
        before = row_changes.present(connection, [t.action], principal.organisation) if brought else {}
        if plan.add:
            connection.execute(t.action.insert(), [row | stamp for row in plan.add])
        for number, day in plan.finish.items():
            connection.execute(t.action.update().where(t.action.c.id == number).values(done_on=day))
        if brought:
            after = row_changes.present(connection, [t.action], principal.organisation)
            named = blobs.put(connection, row_changes.packed(before, after))
            deliveries.record(connection, principal, DeliveryKind.ACTIONS, brought, rows=len(rows), before=named)
    return plan.counted


def count_actions(store: Store, principal: Principal, rows: pd.DataFrame) -> ActionTally:
    """Return how many actions ``put_actions`` would add, finish and find there already; nothing is stored."""
    with store.reading(principal) as connection:
        return _plan(_own(connection, principal), rows).counted


def finish_action(store: Store, principal: Principal, action_id: int, done_on: date) -> None:
    """Set the day on which an action was done. Raises InputError when the organisation has no such action."""
    finished = t.action.update().where(_this(principal, action_id)).values(done_on=done_on.isoformat())
    with store.writing(principal, "finish action", f"action {action_id}") as connection:
        _require_one(connection.execute(finished), action_id)


def remove_action(store: Store, principal: Principal, action_id: int) -> None:
    """Remove an action. Raises InputError when the organisation has no such action."""
    with store.writing(principal, "remove action", f"action {action_id}") as connection:
        _require_one(connection.execute(t.action.delete().where(_this(principal, action_id))), action_id)


def actions(store: Store, principal: Principal) -> list[Action]:
    """List the actions of the person's organisation by the day they were done on or are due on, undated ones last."""
    with store.reading(principal) as connection:
        found = _own(connection, principal)
    return sorted(found, key=lambda one: (one.day or _UNDATED, one.id))


def _own(connection: sa.Connection, principal: Principal) -> list[Action]:
    own = t.action.c.owner == principal.organisation
    rows = connection.execute(sa.select(t.action).where(own).order_by(t.action.c.id)).all()
    return [Action(row.id, row.reference, row.what, row.due_on, row.done_on) for row in rows]


def _plan(there: Iterable[Action], rows: pd.DataFrame) -> _Plan:
    known = {(one.reference, one.what, one.due_on, one.done_on) for one in there}
    open_ones = {(one.reference, one.what, one.due_on): one.id for one in there if one.done_on is None}
    add: list[dict[str, object]] = []
    finish: dict[int, str] = {}
    for row in rows.to_dict("records"):
        reference, what, due, done = row[c.REFERENCE], row[WHAT].strip(), _day(row[DUE_ON]), _day(row[DONE_ON])
        if (reference, what, due, done) in known:
            continue
        known.add((reference, what, due, done))
        if done is not None and (number := open_ones.pop((reference, what, due), None)) is not None:
            finish[number] = done
        else:
            add.append({"reference": reference, "what": what, DUE_ON: due, DONE_ON: done})
    return _Plan(add, finish, ActionTally(len(add), len(finish), len(rows) - len(add) - len(finish)))


def _require_references(connection: sa.Connection, principal: Principal, references: Iterable[str]) -> None:
    known = set(connection.scalars(sa.select(t.hotspot.c.reference).where(t.hotspot.c.owner == principal.organisation)))
    if not known.issuperset(references):
        raise InputError(
            "An action must belong to a known hotspot, and the register has none of this reference; choose another, or "
            "bring that hotspot in first."
        )


def _this(principal: Principal, action_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(t.action.c.id == action_id, t.action.c.owner == principal.organisation)


def _require_one(result: sa.CursorResult[Any], action_id: int) -> None:
    if not result.rowcount:
        raise InputError(f"An action must be of your own organisation, and action {action_id} is none; choose another.")


def _day(day: date | None) -> str | None:
    return None if day is None or pd.isna(day) else f"{day:%Y-%m-%d}"
