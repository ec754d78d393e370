"""The register as a list: each known hotspot with how pressing it is, most pressing first, filtered and summed up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

import pandas as pd

from geo.areas.proximity import Place, point_of
from geo.areas.word_search import plain
from geo.harms import HARM_GROUPS
from geo.register.due import say_overdue
from geo.register.hotspot import Hotspot
from geo.register.markers import say_day
from geo.register.place_shapes import in_metres
from geo.wording import how_many

DUE_SOON: Final = 30  # days before its day from which a review is due soon
CLOSED: Final = "closed"
STATE_WORDS: Final = {"supported": "supported", "quiet": "quiet", "not_testable": "not testable"}
_RAGS: Final = {"red": 0, "amber": 1, "green": 2}


class Pressing(StrEnum):
    """How pressing a review is, most pressing first."""

    OVERDUE = "overdue"
    SOON = "due soon"
    LATER = "later"
    UNPLANNED = "not planned"
    CLOSED = "closed"


@dataclass(frozen=True)
class ListedHotspot:
    """An entry of the register as a list shows it on a day.

    ``days`` are those until its review, negative once it is overdue, None where no day is set or needed. ``state`` is a
    code of ``STATE_WORDS`` with its ``sentence``, None while it has not been compared with data. ``metres`` is how far
    it is from a school, None without one.
    """

    entry: Hotspot
    pressing: Pressing
    days: int | None
    state: str | None = None
    sentence: str | None = None
    metres: float | None = None

    @property
    def review(self) -> str:
        """Say when the review is or was due: "Overdue by 152 days", "Due today", "Due in 9 days", "27 Jan 2027"."""
        if self.pressing is Pressing.CLOSED:
            return "Not needed"
        if self.days is None:
            return "Not planned"
        if self.days < 0:
            return say_overdue(-self.days)
        if self.pressing is Pressing.SOON:
            return f"Due in {how_many(self.days, 'day', 'days')}" if self.days else "Due today"
        return say_day(self.entry.next_review)

    @property
    def state_word(self) -> str | None:
        """The state in a word."""
        return None if self.state is None else STATE_WORDS[self.state]


@dataclass(frozen=True)
class ListFilters:
    """What a list shows; empty filters show all. Codes of statuses, RAG, harm groups and states, and words typed."""

    statuses: Collection[str] = ()
    rags: Collection[str] = ()
    harms: Collection[str] = ()
    states: Collection[str] = ()
    overdue_only: bool = False
    words: str = field(default="")


def list_register(
    entries: Sequence[Hotspot], today: date, states: pd.DataFrame | None = None, school: Place | None = None
) -> list[ListedHotspot]:
    """List entries, most pressing first: the longest overdue, then by the day of the review, then red before green.

    ``states`` are those of ``geo.evidence.register_evidence``; None while they are not known.
    """
    said = {} if states is None else {row["reference"]: row for row in states.reset_index().to_dict("records")}
    at = None if school is None else point_of(school)
    listed = [_listed(one, today, said.get(one.reference, {})) for one in entries]
    if at is not None and listed:
        shapes = in_metres([one.entry.shape for one in listed])
        listed = [_away(one, shape.distance(at)) for one, shape in zip(listed, shapes, strict=True)]
    return sorted(listed, key=_order)


def filter_list(listed: Sequence[ListedHotspot], chosen: ListFilters) -> list[ListedHotspot]:
    """Return the entries that pass every filter; words are looked for in references and names, as beginnings."""
    typed = plain(chosen.words).split()
    return [one for one in listed if _passes(one, chosen) and _holds(one, typed)]


def headline(listed: Sequence[ListedHotspot], clusters: Sequence[object] | None, *, compared: bool) -> str:
    """Return the sentence that says what the register asks for; states only once they have been ``compared`` with data.

    ``clusters`` are those that no entry explains, None while they are looked for.
    """
    open_ones = [one for one in listed if one.pressing is not Pressing.CLOSED]
    none = "Every known hotspot is closed" if listed else "No hotspot is on the register yet"
    begun = _overdue_said(open_ones) if open_ones else none
    if not compared:
        return f"{begun}."
    supported = sum(one.state == "supported" for one in open_ones)
    parts = [begun]
    if any(one.state in ("supported", "quiet") for one in open_ones):
        parts.append(f"{supported or 'none'} {'is' if supported == 1 else 'are'} supported by recent data")
    elif open_ones:
        parts.append("none can be tested against the data yet")
    if clusters:
        parts.append(f"{how_many(len(clusters), 'detected cluster is', 'detected clusters are')} not on the register")
    return f"{'; '.join(parts)}."


def _overdue_said(listed: Sequence[ListedHotspot]) -> str:
    late = sum(one.pressing is Pressing.OVERDUE for one in listed)
    if len(listed) == 1:
        return "The one known hotspot is overdue for review" if late else "The one known hotspot is not due for review"
    if not late:
        return f"None of {len(listed)} known hotspots is overdue for review"
    return f"{late} of {len(listed)} known hotspots {'is' if late == 1 else 'are'} overdue for review"


def _listed(entry: Hotspot, today: date, said: Mapping[str, object]) -> ListedHotspot:
    pressing, days = _pressing(entry, today)
    state, sentence = said.get("state"), said.get("sentence")
    return ListedHotspot(
        entry, pressing, days, None if state is None else str(state), None if sentence is None else str(sentence)
    )


def _pressing(entry: Hotspot, today: date) -> tuple[Pressing, int | None]:
    if entry.status == CLOSED:
        return Pressing.CLOSED, None
    if entry.next_review is None:
        return Pressing.UNPLANNED, None
    days = (date.fromisoformat(entry.next_review) - today).days
    if days < 0:
        return Pressing.OVERDUE, days
    return (Pressing.SOON if days <= DUE_SOON else Pressing.LATER), days


def _away(one: ListedHotspot, metres: float) -> ListedHotspot:
    return ListedHotspot(one.entry, one.pressing, one.days, one.state, one.sentence, float(metres))


def _order(one: ListedHotspot) -> tuple[object, ...]:
    last = 10**9  # days, after all others
    return (
        list(Pressing).index(one.pressing),
        last if one.days is None else one.days,
        _RAGS.get(one.entry.rag or "", len(_RAGS)),
        one.entry.name.casefold(),
        one.entry.reference,
    )


def _passes(one: ListedHotspot, chosen: ListFilters) -> bool:
    harms = {one.entry.harm, *one.entry.other_harms}
    return (
        (not chosen.statuses or one.entry.status in chosen.statuses)
        and (not chosen.rags or one.entry.rag in chosen.rags)
        and (not chosen.harms or bool(harms & set(chosen.harms)))
        and (not chosen.states or one.state in chosen.states)
        and (not chosen.overdue_only or one.pressing is Pressing.OVERDUE)
    )


def _holds(one: ListedHotspot, typed: Sequence[str]) -> bool:
    words = plain(f"{one.entry.reference} {one.entry.name}").split()
    return all(any(word.startswith(part) for word in words) for part in typed)


def harm_words(entry: Hotspot) -> str:
    """Name the harm groups of an entry, the main one first."""
    return ", ".join(HARM_GROUPS[code] for code in (entry.harm, *entry.other_harms))
