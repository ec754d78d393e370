"""Outlines: what each audience's paper says, written from the facts."""

from geo.briefing.facts import Facts
from geo.briefing.paper import Audience, Paper, Section, Sentences, Words

_TITLES = {
    Audience.BOARD: "Local context: paper for the board",
    Audience.GOVERNORS: "What surrounds us",
    Audience.STAFF: "Staff briefing: our local context",
    Audience.PARTNERS: "Note for partners",
    Audience.PUPILS: "Assembly outline: getting home safely",
}


def outline(facts: Facts, audience: Audience) -> Paper:
    """Write the paper for an audience from the facts."""
    first = Section("headline", "Headline", (Sentences((facts.headline,)), Words("opening", "", "What matters most.")))
    return Paper(
        audience=audience,
        title=_TITLES[audience],
        place=f"{facts.name}, {facts.where}",
        period=facts.period,
        for_whom=f"For {audience.value}",
        made_on=facts.today,
        source=facts.source,
        sections=(first,),
        minutes=(facts.headline,),
    )
