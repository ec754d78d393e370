"""The note for partners: what is seen, and what is asked of police, council and transport, on one page."""

from typing import Final

from geo.briefing.facts import Facts
from geo.briefing.paper import Section
from geo.briefing.parts import (
    NOT_FOR_LIVE_CASES,
    all_of,
    of_all_areas,
    own,
    paragraphs,
    section,
    sentences,
    shortened,
)

_TOLD: Final = 2  # sentences of one list
_HOTSPOTS: Final = 4
_ASKED: Final = """
Police: tell us whether this agrees with what your teams see, and what is planned there.

Council: tell us what can be done about light, sight lines and who looks after these places.

Bus, tram and train operators: tell your staff at the stops when pupils are about, and whom to call.
"""
_HANDLING: Final = """
This note is for the teams it is sent to and for keeping children safe. It holds counts and places, and nothing about a
child. Ask us before you pass it on or publish any of it.
"""


def partners_sections(facts: Facts) -> tuple[Section, ...]:
    """Write the sections of the note for partners."""
    return all_of(
        section(
            "seen",
            "What we see",
            sentences(of_all_areas(facts), facts.headline, *facts.changes[:_TOLD], *facts.clusters[:_TOLD], facts.when),
            own("opening", "Why you write to these partners now."),
        ),
        section(
            "asked",
            "What we ask, and of whom",
            own("asked", "What you ask of each partner, one paragraph for each, with a day.", paragraphs(_ASKED)),
            sentences(*facts.owed[:_TOLD]),
        ),
        section(
            "hotspots",
            "Places on our register",
            shortened(facts.hotspots, _HOTSPOTS) or sentences(facts.hotspots_told),
            own("hotspots-own", "What you know of these places since; nothing about a child or a family."),
        ),
        section(
            "young-people",
            "Where young people feel unsafe",
            sentences(*facts.young_people[:_TOLD]),
            own("young-people-own", "What pupils would like partners to know, together and without names."),
        ),
        section(
            "handling",
            "Whom to answer, and how to handle this note",
            own(
                "contact",
                "The role that answers, with the telephone number and times of the school.",
                "Please answer the designated safeguarding lead who sends this note.",
            ),
            own("handling", "Who may see this note and what they may do with it.", paragraphs(_HANDLING)),
            sentences(*facts.limits[:1], NOT_FOR_LIVE_CASES),
        ),
    )
