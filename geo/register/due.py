"""Due: reviews of known hotspots near by and actions that are late, and actions that wait for "did it help?"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geo import columns as c
from geo.register.action import Action
from geo.register.follow_up import ActionState, stand_of, where_of
from geo.register.markers import OVERDUE, as_day, say_day, say_review
from geo.wording import how_many

_NAMED: Final = 2  # at most, of what is late


@dataclass(frozen=True)
class WhatIsDue:
    """What is due, as sentences; ``late`` says whether any of it is overdue."""

    sentences: tuple[str, ...]
    late: bool

    @property
    def said(self) -> str:
        """All of it, to be read aloud."""
        return " ".join(self.sentences)


def due(near: pd.DataFrame, actions: Sequence[Action], today: date) -> WhatIsDue:
    """Say what is due at known hotspots (``reference``, ``name``, ``status``, ``next_review``), most pressing first.

    Reviews whose day is past, actions whose day is past, and actions of which it is asked whether they helped. Actions
    at no hotspot count too; those at hotspots that are not ``near`` do not.
    """
    names = dict(zip(near[c.REFERENCE], near[c.NAME], strict=True))
    reviews = [
        row.name
        for row in near.itertuples(index=False)
        if say_review(row.next_review, row.status, today).startswith(OVERDUE)
    ]
    here = [one for one in actions if one.reference is None or one.reference in names]
    late = [one for one in here if stand_of(one, today).state is ActionState.LATE]
    done = [one for one in here if stand_of(one, today).state is ActionState.ASKED]
    sentences = []
    if reviews:
        sentences.append(
            f"{how_many(len(reviews), 'known hotspot', 'known hotspots')} overdue for review: {_listed(reviews)}."
        )
    if late:
        said = [f"{one.what}, {where_of(one, names)} (due {say_day(one.due_on)})" for one in late]
        sentences.append(f"{how_many(len(late), 'action', 'actions')} not done yet: {_listed(said)}.")
    if done:
        waiting = "action waits" if len(done) == 1 else "actions wait"
        sentences.append(f"{len(done)} {waiting} for “did it help?”")
    return WhatIsDue(tuple(sentences), bool(reviews or late))


def overdue_days(next_review: object, status: str, today: date) -> int | None:
    """Return by how many whole days the review of a hotspot is overdue: 0 where it is not, None for a closed one.

    ``next_review`` is a day, as text or as a date, or missing where none is planned.
    """
    if status == "closed":
        return None
    due_on = as_day(next_review)
    return 0 if due_on is None else max(0, (today - date.fromisoformat(due_on)).days)


def say_overdue(days: int) -> str:
    """Say by how much a review is overdue: "Overdue by 152 days"; nothing where it is not."""
    return f"Overdue by {how_many(days, 'day', 'days')}" if days > 0 else ""


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return "; ".join(names[:_NAMED]) + (f"; and {more} more" if more > 0 else "")
