"""Minutes: sentences to copy, each complete by itself: place, figure, certainty, source and period."""

from dataclasses import replace
from typing import Final

from geo.briefing.decisions import proposals
from geo.briefing.facts import Facts
from geo.briefing.paper import Told
from geo.briefing.parts import place_of, source_of
from geo.register.markers import say_day

_MOST: Final = 3  # changes: minutes are copied one by one
_OWED: Final = 2


def minutes(facts: Facts) -> tuple[Told, ...]:
    """Return sentences that a board can copy into its minutes; a change that it is asked about is said there."""
    day, proposed = say_day(facts.today), proposals(facts)
    asked = {one.told for one in facts.trends if one.side > 0}
    changes = [one for one in facts.changes if one not in asked][:_MOST]
    counted = [_of_place(one, facts) for one in (facts.headline, *changes)]
    listed = [_with_source(facts.hotspots_told, f"Register of known hotspots, {day}"), _owed(facts, day)]
    decided = [replace(one, sentence=f"The board noted {one.sentence}") for each in proposed for one in each.noted]
    unasked = Told(f"The board noted the paper of {day} on {place_of(facts)}.", "", source_of(Told(""), facts))
    return tuple(one for one in (*counted, *listed, *(decided or [unasked])) if one.sentence.strip())


def _of_place(told: Told, facts: Facts) -> Told:
    """Return a sentence that says of which place it is, with its source and period."""
    says_so = not told.sentence.strip() or facts.name in told.sentence
    sentence = told.sentence if says_so else f"{place_of(facts)}: {told.sentence}"
    return replace(told, sentence=sentence, source=source_of(told, facts))


def _owed(facts: Facts, day: str) -> Told:
    """Say that it was noted what is owed, the most pressing; nothing where nothing is."""
    first = facts.owed[:_OWED]
    if not first:
        return Told("")
    said = " ".join(one.sentence for one in first)
    return _with_source(Told(f"The board noted what is owed: {said}", "", first[0].source), f"List of actions, {day}")


def _with_source(told: Told, source: str) -> Told:
    return told if told.source else replace(told, source=source)
