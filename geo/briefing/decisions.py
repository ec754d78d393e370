"""Decisions that a paper asks for: proposals made from what is open, and what minutes say was noted of each."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geo.briefing.facts import Facts, Trend
from geo.briefing.paper import Told
from geo.briefing.parts import listed, place_of, quoted, source_of
from geo.harms import spoken
from geo.register.markers import say_day

NOTE: Final = "Note this paper."
_WITHIN: Final = timedelta(days=28)  # time to do what is overdue, and less than the half-term until a board meets again


@dataclass(frozen=True)
class ProposedDecision:
    """What a board is asked, and what minutes say it noted: sentences that go on from "The board noted"."""

    asked: str
    noted: tuple[Told, ...]


def proposals(facts: Facts) -> tuple[ProposedDecision, ...]:
    """Propose decisions: one for what is up, overdue, not on the register, late, and open since last time."""
    made = (_on_rises(facts), _on_reviews(facts), _on_clusters(facts), _on_actions(facts), _since_last_time(facts))
    return tuple(one for one in made if one is not None)


def _on_rises(facts: Facts) -> ProposedDecision | None:
    up = [one for one in facts.trends if one.side > 0]
    if not up:
        return None
    harms, we = listed([spoken(one.harm) for one in up]), "we" if facts.is_school else "our schools"
    return ProposedDecision(
        f"Decide what {we} and our partners do about higher figures for {harms}, and who leads.",
        tuple(_noted_rise(one, facts) for one in up),
    )


def _noted_rise(one: Trend, facts: Facts) -> Told:
    said = f"that figures for {spoken(one.harm)} are higher than usual. {place_of(facts)}: {one.told.sentence}"
    return Told(said, one.told.certainty, source_of(one.told, facts))


def _on_reviews(facts: Facts) -> ProposedDecision | None:
    if not facts.overdue:
        return None
    names = quoted(facts.overdue)
    late = f"the review of {names} is" if len(facts.overdue) == 1 else f"the reviews of {names} are"
    noted = Told(f"that {late} overdue.", "", f"Register of known hotspots, {say_day(facts.today)}")
    return ProposedDecision(f"Agree who reviews {names} by {_by(facts)}.", (noted,))


def _on_clusters(facts: Facts) -> ProposedDecision | None:
    if not facts.unregistered:
        return None
    names, one = quoted(facts.unregistered), len(facts.unregistered) == 1
    said = f"{names} {'stands' if one else 'stand'} out in the data and {'is' if one else 'are'} not on the register"
    noted = Told(f"that {said} of known hotspots.", "", source_of(Told(""), facts))
    asked = f"Decide whether {names} {'goes' if one else 'go'} on the register of known hotspots."
    return ProposedDecision(asked, (noted,))


def _on_actions(facts: Facts) -> ProposedDecision | None:
    if not facts.late:
        return None
    # What is late stands in the minutes with all that is owed.
    return ProposedDecision(f"Agree who finishes {quoted(facts.late)} by {_by(facts)}.", ())


def _since_last_time(facts: Facts) -> ProposedDecision | None:
    undone = [one.said for one in facts.before.decisions if not one.done] if facts.before else []
    if facts.before is None or not undone:
        return None
    names, are = quoted(undone), "is" if len(undone) == 1 else "are"
    noted = Told(f"that {names}, decided last time, {are} not done.", "", f"Paper of {say_day(facts.before.made_on)}")
    return ProposedDecision(f"Decide how to go on with {names}, which {are} not done since last time.", (noted,))


def _by(facts: Facts) -> str:
    return say_day(date.fromisoformat(facts.today) + _WITHIN)
