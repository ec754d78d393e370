"""Due: what known hotspots near by ask for by a day, reviews and actions that are late, and actions to look back on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from geo import columns as c
from geo.register.markers import OVERDUE, say_day, say_review
from geo.wording import how_many

_LOOK_BACK: Final = timedelta(days=365)  # for how long after an action it is asked whether it helped
_NAMED: Final = 2  # at most, of what is late


@dataclass(frozen=True)
class HotspotAction:
    """An action at a known hotspot (its reference): what, the day it is due, and the day it was done, if it was."""

    reference: str
    what: str
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True)
class WhatIsDue:
    """What is due at some known hotspots, as sentences; ``late`` says whether any of it is overdue."""

    sentences: tuple[str, ...]
    late: bool

    @property
    def said(self) -> str:
        """All of it, to be read aloud."""
        return " ".join(self.sentences)


def due(near: pd.DataFrame, actions: Sequence[HotspotAction], today: date) -> WhatIsDue:
    """Say what is due at known hotspots (``reference``, ``name``, ``status``, ``next_review``), most pressing first.

    Reviews whose day is past, actions whose day is past, and actions done in the last year, of which it should be asked
    whether they helped.
    """
    names = dict(zip(near[c.REFERENCE], near[c.NAME], strict=True))
    reviews = [
        row.name
        for row in near.itertuples(index=False)
        if say_review(row.next_review, row.status, today).startswith(OVERDUE)
    ]
    here = [one for one in actions if one.reference in names]
    late = [one for one in here if one.done_on is None and one.due_on is not None and one.due_on < today]
    done = [one for one in here if one.done_on is not None and one.done_on >= today - _LOOK_BACK]
    sentences = []
    if reviews:
        sentences.append(
            f"{how_many(len(reviews), 'known hotspot', 'known hotspots')} overdue for review: {_listed(reviews)}."
        )
    if late:
        said = [f"{one.what} at {names[one.reference]} (due {say_day(one.due_on)})" for one in late]
        sentences.append(f"{how_many(len(late), 'action', 'actions')} not done yet: {_listed(said)}.")
    if done:
        waiting = "action waits" if len(done) == 1 else "actions wait"
        sentences.append(f"{len(done)} {waiting} for “did it help?”")
    return WhatIsDue(tuple(sentences), bool(reviews or late))


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return "; ".join(names[:_NAMED]) + (f"; and {more} more" if more > 0 else "")
