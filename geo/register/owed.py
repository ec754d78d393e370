"""What is owed: actions and reviews of known hotspots, the most pressing first, in words and in one headline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geo import columns as c
from geo.harms import HARM_GROUPS
from geo.register.action import Action
from geo.register.action_kinds import ACTION_KINDS, ANSWERS
from geo.register.closed_lists import LEADS
from geo.register.follow_up import ActionState, Stand, stand_of, where_of
from geo.register.markers import say_day
from geo.wording import how_many

NOBODY: Final = "Nobody named yet"
_NEVER: Final = "9999"


@dataclass(frozen=True)
class OwedAction:
    """One action as it stands on a day: ``where``, ``lead``, ``kind`` and ``harm`` in words, ``said`` how it stands."""

    action: Action
    stand: Stand
    where: str
    lead: str
    kind: str
    harm: str
    said: str


@dataclass(frozen=True)
class PlannedReview:
    """The next review of a known hotspot: by how many days it is late, 0 where it is not, in words in ``said``."""

    reference: str
    name: str
    lead: str
    due_on: str
    days_late: int
    said: str


def owed_actions(actions: Sequence[Action], names: Mapping[str, str], today: date) -> list[OwedAction]:
    """Return actions as they stand: the latest first, then what is owed, what waits for an answer, and what is done.

    ``names`` are those of known hotspots by their reference. What is owed comes by its day, what is done newest first.
    """
    listed = [_owed(one, names, today) for one in actions]
    return sorted(listed, key=lambda one: _rank(one))


def planned_reviews(register: pd.DataFrame, today: date) -> list[PlannedReview]:
    """Return the reviews of known hotspots that are not closed and have a day, the most overdue first."""
    planned = register[(register[c.STATUS] != "closed") & register["next_review"].notna()]
    leads = planned["led_by"] if "led_by" in planned else pd.Series([None] * len(planned), planned.index, dtype=object)
    reviews = [
        _review(row.reference, row.name, lead, row.next_review, today)
        for row, lead in zip(planned.itertuples(index=False), leads, strict=True)
    ]
    return sorted(reviews, key=lambda one: (one.due_on, one.reference))


def headline(actions: Sequence[OwedAction], reviews: Sequence[PlannedReview]) -> str:
    """Say in one sentence what is owed, what of it is late, what waits for an answer, and which reviews are overdue."""
    late, asked = (_count(actions, state) for state in (ActionState.LATE, ActionState.ASKED))
    owed = late + _count(actions, ActionState.OWED)
    parts = []
    if owed:
        lateness = f", {late} {'is' if late == 1 else 'are'} late" if late else ", none is late"
        parts.append(f"{how_many(owed, 'action is', 'actions are')} owed{lateness}")
    if asked:
        parts.append(f"{asked} {'waits' if asked == 1 else 'wait'} for “did it help?”")
    if overdue := sum(one.days_late > 0 for one in reviews):
        parts.append(f"{how_many(overdue, 'review is', 'reviews are')} overdue")
    if parts:
        return f"{'; '.join(parts)}."
    return "Nothing is owed." if actions or reviews else "Nothing is recorded yet."


def _count(actions: Sequence[OwedAction], state: ActionState) -> int:
    return sum(one.stand.state is state for one in actions)


def _owed(action: Action, names: Mapping[str, str], today: date) -> OwedAction:
    stand = stand_of(action, today)
    return OwedAction(
        action,
        stand,
        where_of(action, names),
        LEADS.get(action.led_by or "", NOBODY),
        ACTION_KINDS.get(action.kind or "", ""),
        HARM_GROUPS.get(action.harm or "", ""),
        _said(action, stand, today),
    )


def _said(action: Action, stand: Stand, today: date) -> str:
    if stand.state is ActionState.LATE:
        return f"Late by {how_many(stand.days_late, 'day', 'days')}"
    if stand.state is ActionState.OWED:
        return _to_come(action.due_on, today)
    done = f"Done {say_day(action.done_on)}"
    if stand.state is ActionState.ANSWERED:
        return f"{done}. Did it help? {ANSWERS[action.helped or 'cannot-say']}"
    if stand.state is ActionState.ASKED:
        return f"{done}: did it help?"
    too_early = stand.ask_on is not None and today < stand.ask_on
    return f"{done}; asked from {say_day(stand.ask_on)} on" if too_early else f"{done}; nobody said whether it helped"


def _to_come(due_on: str | None, today: date) -> str:
    if due_on is None:
        return "No day set"
    days = (date.fromisoformat(due_on) - today).days
    return "Due today" if days == 0 else f"Due in {how_many(days, 'day', 'days')}"


def _rank(one: OwedAction) -> tuple[int, str, int]:
    state = list(ActionState).index(one.stand.state)
    if one.action.done_on is None:
        return state, one.action.due_on or _NEVER, one.action.id
    backwards = 10**7 - date.fromisoformat(one.action.done_on).toordinal()  # the newest first
    return state, f"{backwards:08}", one.action.id


def _review(reference: str, name: str, lead: object, next_review: object, today: date) -> PlannedReview:
    due_on = next_review if isinstance(next_review, str) else f"{next_review:%Y-%m-%d}"
    days = (today - date.fromisoformat(due_on)).days
    said = f"Overdue by {how_many(days, 'day', 'days')}" if days > 0 else _to_come(due_on, today)
    led = LEADS.get(lead, NOBODY) if isinstance(lead, str) else NOBODY
    return PlannedReview(reference, name, led, due_on, max(days, 0), said)
