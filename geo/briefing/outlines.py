"""Outlines: what each audience's paper says, written from the facts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from geo.briefing.assembly_outline import assembly_sections
from geo.briefing.board_paper import board_sections
from geo.briefing.facts import Facts
from geo.briefing.governors_page import governors_sections
from geo.briefing.minutes import minutes
from geo.briefing.paper import Audience, Paper, Section
from geo.briefing.partners_note import partners_sections
from geo.briefing.parts import place_of
from geo.briefing.staff_briefing import staff_sections

_NO_FIGURES: Final = "This outline holds no figures and names no place."


@dataclass(frozen=True)
class _Outline:
    """A paper's title, whom it is for (at one school, and of all areas), and what writes its sections."""

    title: str
    of_school: str
    of_all: str
    sections: Callable[[Facts], tuple[Section, ...]]


_OUTLINES: Final = {
    Audience.BOARD: _Outline(
        "Local context: paper for the board", "the governing board of", "the board:", board_sections
    ),
    Audience.GOVERNORS: _Outline("What surrounds us", "the governors of", "the trustees:", governors_sections),
    Audience.STAFF: _Outline("Staff briefing: our local context", "staff of", "staff:", staff_sections),
    Audience.PARTNERS: _Outline("Note for partners", "partners of", "partners:", partners_sections),
    Audience.PUPILS: _Outline(
        "Assembly outline: getting home safely",
        "whoever leads assembly at",
        "whoever leads assembly:",
        assembly_sections,
    ),
}


def outline(facts: Facts, audience: Audience) -> Paper:
    """Write the paper for an audience from the facts: that for pupils holds no figure and names no place.

    That for the board alone holds sentences for minutes.
    """
    one, pupils = _OUTLINES[audience], audience is Audience.PUPILS
    return Paper(
        audience=audience,
        title=one.title,
        place=facts.name if pupils else place_of(facts),
        period="" if pupils else facts.period,
        for_whom=f"For {one.of_school if facts.is_school else one.of_all} {facts.name}",
        made_on=facts.today,
        source=_NO_FIGURES if pupils else facts.source,
        sections=one.sections(facts),
        minutes=minutes(facts) if audience is Audience.BOARD else (),
    )
