"""Deeds of the register of known hotspots: add, edit, review, close, and undo, each with its change written down."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from shapely import Point

from data.principal import LOCAL_USER
from data.store import hotspots
from data.store.hotspot_rows import values_of
from data.store.store import Store
from geo.register.fields import FIELDS, SHAPE, say
from geo.register.hotspot import Hotspot, HotspotChange
from tests.torture.deeds import Everything, Known, State

NEW: Final = "N"  # how the references begin of hotspots that deeds add: those of a file cannot be undone alone
_TOLD: Final = ("Name", "Status", "Next review", "Reason for closing")


@dataclass(frozen=True)
class AddHotspot:
    """Add a hotspot."""

    reference: str

    def do(self, store: Store) -> None:
        """Do it in the store."""
        hotspots.add(store, LOCAL_USER, _new(self.reference), "seen by staff")

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        return _with(before, self.reference, (State("added", told(_new(self.reference))),))


@dataclass(frozen=True)
class ChangeHotspot:
    """Edit, review or close a hotspot: change some of its fields."""

    reference: str
    what: str
    changed: Mapping[str, str]

    def do(self, store: Store) -> None:
        """Do it in the store."""
        there = hotspots.entry(store, LOCAL_USER, self.reference)
        hotspots.change(store, LOCAL_USER, replace(there, **dict(self.changed)), self.what)

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        states = before.hotspots[self.reference]
        changed = {field.label: say(field.column, self.changed.get(field.attribute)) for field in FIELDS}
        after = tuple(changed[label] or was for label, was in zip(_TOLD, states[-1].told, strict=True))
        return _with(before, self.reference, (*states, State(self.what, after)))


@dataclass(frozen=True)
class UndoHotspot:
    """Take the last change of a hotspot back."""

    reference: str

    def do(self, store: Store) -> None:
        """Do it in the store."""
        there = hotspots.entry(store, LOCAL_USER, self.reference)
        hotspots.undo_last(store, LOCAL_USER, self.reference, there.revision)

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        states = before.hotspots[self.reference]
        if states[-1].what == "added":
            return replace(
                before, hotspots={name: of for name, of in before.hotspots.items() if name != self.reference}
            )
        return _with(before, self.reference, (*states, State("undone", states[-2].told)))


def known(store: Store) -> Mapping[str, Known]:
    """Read the register with the history of each entry, which must lead from nothing to what the entry says."""
    found: dict[str, Known] = {}
    for entry in hotspots.entries(store, LOCAL_USER):
        changes = hotspots.history(store, LOCAL_USER, entry.reference)[::-1]
        found[entry.reference], words = replay(changes)
        assert words == in_words(entry), "the history of a hotspot does not lead to what it says"
        assert [one.revision for one in changes] == list(range(1, entry.revision + 1))
    return found


def replay(changes: list[HotspotChange]) -> tuple[Known, dict[str, str]]:
    """Do changes again on paper, the first one first: the states that they lead through, and the words of the last."""
    words: dict[str, str | None] = {}
    states: list[State] = []
    for one in changes:
        for label, (before, after) in one.changes.items():
            assert words.get(label) == before, "a change does not begin where the one before it ended"
            words[label] = after
        states.append(State(one.what, tuple(words.get(label) for label in _TOLD)))
    return tuple(states), {label: said for label, said in words.items() if said is not None}


def in_words(entry: Hotspot) -> dict[str, str]:
    """Return what an entry says by the labels of its fields, blanks left out."""
    values = values_of(entry)
    said = {
        field.label: say(field.column, entry.shape.wkb_hex if field.column == SHAPE else values[field.column])
        for field in FIELDS
    }
    return {label: words for label, words in said.items() if words is not None}


def told(entry: Hotspot) -> tuple[str | None, ...]:
    """Return the words of an entry that deeds change."""
    words = in_words(entry)
    return tuple(words.get(label) for label in _TOLD)


def _new(reference: str) -> Hotspot:
    return Hotspot(reference, f"Steps {reference}", "alleyway or route", "asb", "active", Point(-1.475, 53.375))


def _with(before: Everything, reference: str, states: Known) -> Everything:
    return replace(before, hotspots={**before.hotspots, reference: states})
