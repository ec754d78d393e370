"""Follow-up of actions: what is late, what is owed, and when it is asked whether an action helped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from geo.register.action import WHOLE_SCHOOL, Action

# An action is asked about when there is something to look back on: three months, which is also the least that what
# followed an action can be judged by (geo.trends.before_after), and about two half-terms. It is asked for a year: after
# that nobody remembers, and other things have changed.
ASK_AFTER_MONTHS: Final = 3
ASK_FOR: Final = timedelta(days=365)


class ActionState(StrEnum):
    """How an action stands, the most pressing first."""

    LATE = "late"
    OWED = "owed"
    ASKED = "did it help?"  # done long enough ago, and nobody has said
    DONE = "done"  # it is too early to ask, or nobody answered in a year
    ANSWERED = "answered"


@dataclass(frozen=True)
class Stand:
    """How an action stands on a day: ``ask_on`` is the day from which on it is asked whether it helped."""

    state: ActionState
    days_late: int = 0
    ask_on: date | None = None


def stand_of(action: Action, today: date) -> Stand:
    """Return how an action stands on a day. One due today is not late yet; one without a day is owed, never late."""
    if action.done_on is None:
        late = 0 if action.due_on is None else (today - date.fromisoformat(action.due_on)).days
        return Stand(ActionState.LATE, late) if late > 0 else Stand(ActionState.OWED)
    if action.helped is not None:
        return Stand(ActionState.ANSWERED)
    ask_on = ask_from(date.fromisoformat(action.done_on))
    asked = ask_on <= today <= ask_on + ASK_FOR
    return Stand(ActionState.ASKED if asked else ActionState.DONE, ask_on=ask_on)


def ask_from(done_on: date) -> date:
    """Return the day from which on it is asked whether an action helped: the same day three months later.

    Where that month has no such day, its last.
    """
    months = done_on.month - 1 + ASK_AFTER_MONTHS
    year, month = done_on.year + months // 12, months % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=done_on.day - 1), following - timedelta(days=1))


def where_of(action: Action, names: Mapping[str, str]) -> str:
    """Say where an action is: the name of its hotspot by ``names``, its place in words, or the whole school."""
    if action.reference is not None:
        return names.get(action.reference, action.reference)
    return action.place or WHOLE_SCHOOL
