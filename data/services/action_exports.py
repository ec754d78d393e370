"""Exports of actions: all of them as a table, and what is owed as a calendar."""

import hashlib
from datetime import date, datetime

import pandas as pd

from data.principal import Principal
from data.store import actions, hotspots
from data.store.store import Store
from geo import columns as c
from geo.harms import HARM_GROUPS
from geo.register.action_kinds import ACTION_KINDS, ANSWERS
from geo.register.calendar_file import CalendarDay, calendar_file
from geo.register.closed_lists import LEADS
from geo.register.owed import OwedAction, PlannedReview, owed_actions, planned_reviews


def actions_table(store: Store, principal: Principal) -> pd.DataFrame:
    """List all actions, by the names of columns with which they come in again."""
    rows = [
        {
            "reference": one.reference,
            "place": one.place,
            "what": one.what,
            "kind": ACTION_KINDS.get(one.kind or ""),
            "harm group": HARM_GROUPS.get(one.harm or ""),
            "led by": LEADS.get(one.led_by or ""),
            "due on": one.due_on,
            "done on": one.done_on,
            "longitude": one.lon,
            "latitude": one.lat,
            "did it help": ANSWERS.get(one.helped or ""),
            "answered on": one.helped_on,
            "note": one.helped_note,
        }
        for one in actions.actions(store, principal)
    ]
    names = ["reference", "place", "what", "kind", "harm group", "led by", "due on", "done on", "longitude",
             "latitude", "did it help", "answered on", "note"]  # fmt: skip
    return pd.DataFrame(rows, columns=names, dtype=object)


def owed_calendar(store: Store, principal: Principal, today: date, made_at: datetime) -> bytes:
    """Return what is owed as a calendar file: actions with a day, answers that are asked for, and planned reviews."""
    register = hotspots.hotspots(store, principal)
    names = dict(zip(register[c.REFERENCE], register[c.NAME], strict=True))
    listed = [_of_action(one) for one in owed_actions(actions.actions(store, principal), names, today)]
    reviews = [_of_review(one) for one in planned_reviews(register, today)]
    return calendar_file(sorted(filter(None, (*listed, *reviews)), key=lambda one: (one.day, one.uid)), made_at)


def _of_action(one: OwedAction) -> CalendarDay | None:
    """Return the day of an action that is owed, or on which it is asked whether it helped; None for any other."""
    action = one.action
    details = f"{one.kind}. {one.where}. {one.lead}."
    if action.done_on is None:
        due = None if action.due_on is None else date.fromisoformat(action.due_on)
        return None if due is None else CalendarDay(f"action-{action.id}@local-context", due, action.what, details)
    if action.helped is not None or one.stand.ask_on is None:
        return None
    return CalendarDay(f"answer-{action.id}@local-context", one.stand.ask_on, f"Did it help? {action.what}", details)


def _of_review(one: PlannedReview) -> CalendarDay:
    known = hashlib.sha256(one.reference.encode()).hexdigest()[:16]
    return CalendarDay(
        f"review-{known}@local-context", date.fromisoformat(one.due_on), f"Review of {one.name}", one.lead
    )
