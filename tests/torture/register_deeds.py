"""Deeds of the registers that may be cut short: baselines, actions at known hotspots, term dates of a school."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from data.principal import LOCAL_USER
from data.store import actions, datasets, places, rebases
from data.store.store import Store
from geo import columns as c
from geo.columns import DONE_ON, DUE_ON, WHAT
from tests.torture.deeds import Done, Everything, Rebased

REFERENCES = ("P1", "P2")  # of the small place's register
SCHOOL = "100001"


@dataclass(frozen=True)
class Rebase:
    """Let a dataset's chart take its usual range anew from a day on."""

    title: str
    first_day: date

    def do(self, store: Store) -> None:
        """Do it in the store."""
        number = _dataset(store, self.title)
        rebases.rebase(store, LOCAL_USER, number, "", "", "", self.first_day, "The reporting rules changed")

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        return _with(before, self.title, {Rebased(self.first_day, in_force=True)})


@dataclass(frozen=True)
class Withdraw:
    """Take a rebased baseline out of force."""

    title: str
    first_day: date

    def do(self, store: Store) -> None:
        """Do it in the store."""
        there = rebases.rebased(store, LOCAL_USER, _dataset(store, self.title))
        (number,) = (one.id for one in there if one.first_day == self.first_day)
        rebases.withdraw(store, LOCAL_USER, number)

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        return _with(before, self.title, {Rebased(self.first_day, in_force=False)})


@dataclass(frozen=True)
class PutActions:
    """Bring a list of actions, some of which say that what was due is done."""

    new: Sequence[Done]
    finished: Sequence[Done]

    def do(self, store: Store) -> None:
        """Do it in the store."""
        listed = pd.DataFrame(
            [(one.reference, one.what, one.due_on, one.done_on) for one in (*self.new, *self.finished)],
            columns=[c.REFERENCE, WHAT, DUE_ON, DONE_ON],
        )
        for name in (DUE_ON, DONE_ON):
            listed[name] = pd.to_datetime(listed[name]).astype("datetime64[s]")
        actions.put_actions(store, LOCAL_USER, listed)

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        were_due = {replace(one, done_on=None) for one in self.finished}
        return replace(before, actions=(before.actions - were_due) | {*self.new, *self.finished})


@dataclass(frozen=True)
class RemoveAction:
    """Take an action back."""

    action: Done

    def do(self, store: Store) -> None:
        """Do it in the store."""
        (number,) = (one.id for one in actions.actions(store, LOCAL_USER) if one.what == self.action.what)
        actions.remove_action(store, LOCAL_USER, number)

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        return replace(before, actions=before.actions - {self.action})


@dataclass(frozen=True)
class AddCalendar:
    """Add inset days of one school, each under a name of its own."""

    days: Sequence[tuple[str, date]]

    def do(self, store: Store) -> None:
        """Do it in the store."""
        labels, days = zip(*self.days, strict=True)
        on = pd.to_datetime(pd.Series(days)).astype("datetime64[s]")
        entries = pd.DataFrame({c.LABEL: labels, c.FIRST_DAY: on, c.LAST_DAY: on, c.KIND: "inset"})
        places.add_calendar(store, LOCAL_USER, "Training", entries, labels[0], SCHOOL)

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        return replace(before, terms=before.terms | set(self.days))


def _dataset(store: Store, title: str) -> int:
    (number,) = (one.id for one in datasets.datasets(store, LOCAL_USER) if one.title == title)
    return number


def _with(before: Everything, title: str, changed: set[Rebased]) -> Everything:
    """Put baselines in the place of those of the same days."""
    held = before.datasets[title]
    days = {one.first_day for one in changed}
    kept = {one for one in held.baselines if one.first_day not in days}
    return replace(before, datasets={**before.datasets, title: replace(held, baselines=frozenset(kept | changed))})
