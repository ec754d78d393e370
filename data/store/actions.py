"""Actions in the store: what was done, or is owed, at known hotspots and anywhere else, and whether it helped."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

import pandas as pd
import sqlalchemy as sa

from data.principal import Principal
from data.screening.kept_words import require_clean_kept
from data.screening.short_texts import MAX_LENGTH, is_long_enough, require_clean_words
from data.store import blobs, deliveries, row_changes, seals
from data.store import tables as t
from data.store.deliveries import Brought, DeliveryKind
from data.store.store import Store, added_by
from geo.columns import DONE_ON, DUE_ON, WHAT
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.register.action import Action
from geo.register.action_kinds import ACTION_KINDS, ANSWERS
from geo.register.closed_lists import LEADS
from geo.register.markers import say_day

_UNDATED: Final = "9999"  # after every day
_NUMBERED: Final = ("id", "revision")  # what the store makes of an action
_WORDS: Final = tuple(one.name for one in fields(Action) if one.name not in _NUMBERED)
_SAME: Final = ("reference", "place", WHAT, DUE_ON)  # what makes two rows one action
_CODES: Final = {"kind": ACTION_KINDS, "harm": HARM_GROUPS, "led_by": LEADS, "helped": ANSWERS}


class ActionChangedError(InputError):
    """Somebody else changed the action first: nothing is stored, and what was typed is not lost."""

    def __init__(self, by: str, at: str) -> None:
        super().__init__(
            f"A change must be made from the action as it is now, and {by} changed it on {say_day(at[:10])} at "
            f"{at[11:16]} UTC, after you opened it; look at what it says now, and save yours again if it still holds."
        )


@dataclass(frozen=True)
class ActionTally:
    """How many actions of a list are new, how many were planned and are now done, and how many were there already."""

    new: int
    finished: int
    known: int


@dataclass(frozen=True)
class _Plan:
    """What a list of actions changes: actions to add, and the day on which an action of a number was done."""

    add: list[Action]
    finish: dict[int, str]
    counted: ActionTally


def record(store: Store, principal: Principal, action: Action) -> int:
    """Add an action to those of the person's organisation; returns its number.

    Raises InputError for words that tell of a person, a code or a day that is none, an answer without a done action,
    and a reference that the register has not.
    """
    values = _values(action)
    with store.writing(principal, "add action", lambda: f"action {number}") as connection:
        _require_references(connection, principal, [action.reference])
        number = seals.insert(connection, t.action, _new(values, principal))
    return number


def change(store: Store, principal: Principal, action: Action) -> int:
    """Put an action in the place of the one with its number, as changed from its revision; returns the new revision.

    Raises InputError as ``record`` does and where the organisation has no such action, and ActionChangedError where
    the action has another revision by now.
    """
    values = _values(action)
    with store.writing(principal, "change action", f"action {action.id}") as connection:
        _require_references(connection, principal, [action.reference])
        row = _row(connection, principal, action.id)
        if row["revision"] != action.revision:
            raise ActionChangedError(row["added_by"], row["added_at"])
        _update(connection, row, values | added_by(principal))
    return action.revision + 1


def finish_action(store: Store, principal: Principal, action_id: int, done_on: date) -> None:
    """Set the day on which an action was done. Raises InputError when the organisation has no such action."""
    with store.writing(principal, "finish action", f"action {action_id}") as connection:
        row = _row(connection, principal, action_id)
        _update(connection, row, {DONE_ON: done_on.isoformat(), **added_by(principal)})


def remove_action(store: Store, principal: Principal, action_id: int) -> None:
    """Remove an action. Raises InputError when the organisation has no such action."""
    with store.writing(principal, "remove action", f"action {action_id}") as connection:
        if not connection.execute(t.action.delete().where(_this(principal, action_id))).rowcount:
            raise _not_there(action_id)


def actions(store: Store, principal: Principal) -> list[Action]:
    """List the actions of the person's organisation by the day they were done on or are due on, undated ones last.

    Raises DamagedError for one that is not as it was sealed.
    """
    with store.reading(principal) as connection:
        found = _own(connection, principal)
    return sorted(found, key=lambda one: (one.day or _UNDATED, one.id))


def put_actions(store: Store, principal: Principal, rows: pd.DataFrame, brought: Brought | None = None) -> ActionTally:
    """Add a list of actions, as ``data.records.action_list`` reads it, in one transaction: all of it or nothing.

    What is there already, at the same place, with the same words and days, is not added again. One that is there
    without the day on which it was done, and comes with it now, is done from then on. ``brought`` is what is written
    down of its files. Raises InputError as ``record`` does.
    """
    listed = [_listed(row) for row in rows.to_dict("records")]
    values = {one: _values(one) for one in dict.fromkeys(listed)}
    with store.writing(principal, "put actions", f"{len(rows)} actions") as connection:
        _require_references(connection, principal, [one.reference for one in listed])
        plan = _plan(_own(connection, principal), listed)
        before = row_changes.present(connection, [t.action], principal.organisation) if brought else {}
        for one in plan.add:
            seals.insert(connection, t.action, _new(values[one], principal))
        for number, day in plan.finish.items():
            _update(connection, _row(connection, principal, number), {DONE_ON: day, **added_by(principal)})
        if brought:
            after = row_changes.present(connection, [t.action], principal.organisation)
            named = blobs.put(connection, row_changes.packed(before, after))
            deliveries.record(connection, principal, DeliveryKind.ACTIONS, brought, rows=len(rows), before=named)
    return plan.counted


def count_actions(store: Store, principal: Principal, rows: pd.DataFrame) -> ActionTally:
    """Return how many actions ``put_actions`` would add, finish and find there already; nothing is stored."""
    with store.reading(principal) as connection:
        return _plan(_own(connection, principal), [_listed(row) for row in rows.to_dict("records")]).counted


def _own(connection: sa.Connection, principal: Principal) -> list[Action]:
    own = t.action.c.owner == principal.organisation
    rows = connection.execute(sa.select(t.action).where(own).order_by(t.action.c.id)).mappings().all()
    for row in rows:
        seals.require_seal(connection, row, f"action {row['id']}")
    return [Action(**{name: row[name] for name in (*_WORDS, *_NUMBERED)}) for row in rows]


def _values(action: Action) -> dict[str, Any]:
    """Return what is stored of an action; raises InputError for what may not be."""
    values: dict[str, Any] = {name: getattr(action, name) for name in _WORDS}
    values |= {name: (values[name] or "").strip() or None for name in ("place", "helped_note")}
    values |= {WHAT: action.what.strip()}
    _require_words(values)
    _require_codes(values)
    _require_days(values)
    _require_position(action)
    return values


def _require_words(values: dict[str, Any]) -> None:
    require_clean_words("An action", values[WHAT])
    if values["place"]:
        if not is_long_enough(values["place"]):
            raise InputError(
                f"A place must be named in 3 to {MAX_LENGTH} characters, and this is not; name it in a few."
            )
        require_clean_kept("The place of an action", [values["place"]], are_places=True)
    if values["helped_note"]:
        require_clean_words("A note", values["helped_note"])


def _require_codes(values: dict[str, Any]) -> None:
    for name, words in _CODES.items():
        if values[name] is not None and values[name] not in words:
            raise InputError(
                f"What is chosen for an action must be on the list of {len(words)}, and this is not; choose one of "
                f"“{'”, “'.join(words.values())}”."
            )


def _require_days(values: dict[str, Any]) -> None:
    for name in (DUE_ON, DONE_ON, "helped_on"):
        try:
            values[name] = None if values[name] is None else date.fromisoformat(values[name]).isoformat()
        except ValueError:
            raise InputError("A day of an action must be a day, and this is none; choose it again.") from None
    if values["helped"] and not values[DONE_ON]:
        raise InputError("Whether an action helped is said of one that is done, and this is not; mark it done first.")


def _require_position(action: Action) -> None:
    if (action.lon is None) != (action.lat is None):
        raise InputError("A position must have a longitude and a latitude, and one is missing; give both or neither.")
    if action.lon is not None and action.lat is not None and not (abs(action.lon) <= 180 and abs(action.lat) <= 90):
        raise InputError("A position must be in degrees, and this one is out of their range; choose it again.")


def _new(values: dict[str, Any], principal: Principal) -> dict[str, Any]:
    return {**values, "revision": 1, "owner": principal.organisation, **added_by(principal)}


def _row(connection: sa.Connection, principal: Principal, action_id: int) -> sa.RowMapping:
    row = connection.execute(sa.select(t.action).where(_this(principal, action_id))).mappings().one_or_none()
    if row is None:
        raise _not_there(action_id)
    seals.require_seal(connection, row, f"action {action_id}")
    return row


def _update(connection: sa.Connection, row: sa.RowMapping, changed: dict[str, Any]) -> None:
    values = {**row, **changed, "revision": row["revision"] + 1}
    connection.execute(t.action.update().where(t.action.c.id == row["id"]).values(seals.sealed(connection, values)))


def _listed(row: dict[Any, Any]) -> Action:
    """Return a row of a list as an action."""
    return Action(**{name: _plain(row.get(name)) for name in _WORDS})


def _plain(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, float | int):
        return float(value)
    return value.strip() if isinstance(value, str) else f"{value:%Y-%m-%d}"


def _plan(there: Iterable[Action], listed: Iterable[Action]) -> _Plan:
    known = {_key(one, DONE_ON) for one in there}
    open_ones = {_key(one): one.id for one in there if one.done_on is None}
    add: list[Action] = []
    finished: dict[int, str] = {}
    total = 0
    for one in listed:
        total += 1
        if _key(one, DONE_ON) in known:
            continue
        known.add(_key(one, DONE_ON))
        if one.done_on is not None and (number := open_ones.pop(_key(one), None)) is not None:
            finished[number] = one.done_on
        else:
            add.append(one)
    return _Plan(add, finished, ActionTally(len(add), len(finished), total - len(add) - len(finished)))


def _key(one: Action, *further: str) -> tuple[str | None, ...]:
    return tuple(getattr(one, name) for name in (*_SAME, *further))


def _require_references(connection: sa.Connection, principal: Principal, references: Iterable[str | None]) -> None:
    known = set(connection.scalars(sa.select(t.hotspot.c.reference).where(t.hotspot.c.owner == principal.organisation)))
    if not known.issuperset(one for one in references if one is not None):
        raise InputError(
            "An action at a known hotspot needs that hotspot on the register, and it has none of this reference; "
            "choose another, name the place in words, or bring that hotspot in first."
        )


def _this(principal: Principal, action_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(t.action.c.id == action_id, t.action.c.owner == principal.organisation)


def _not_there(action_id: int) -> InputError:
    return InputError(f"An action must be of your own organisation, and action {action_id} is none; choose another.")
