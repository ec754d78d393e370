"""The governors' page: what surrounds the school on one page, and what governors may ask."""

from typing import Final

from geo.briefing.facts import Facts
from geo.briefing.paper import Picture, Section, Told
from geo.briefing.parts import (
    NOT_FOR_LIVE_CASES,
    NOTHING_DONE,
    all_of,
    nothing_changed,
    of_all_areas,
    own,
    paragraphs,
    section,
    sentences,
)

_THINGS: Final = 3
_QUESTIONS: Final = """
How do we know that pupils tell us when something happens on the way here or home?

What did pupils say about the places around us, and what did we tell them back?

Which of our actions helped, how can we tell, and what have partners answered?
"""
_OF_ALL: Final = """
Which of our schools needs help, and of what kind?

Do our schools tell each other what they learn about the places between them?
"""
_DUTY: Final = """
Governors make sure that the school knows what may harm its pupils outside the home, that staff are trained to notice
it, and that partners are asked for help. They do not deal with cases.
"""


def governors_sections(facts: Facts) -> tuple[Section, ...]:
    """Write the sections of the governors' page."""
    return all_of(
        section(
            "headline",
            "In short",
            sentences(of_all_areas(facts), facts.headline, *_things(facts)),
            _picture(facts),
            own("opening", "What governors should take away, and what they know that figures do not show."),
        ),
        section(
            "school",
            "What the school does" if facts.is_school else "What our schools do",
            sentences(*(facts.done[:1] + facts.owed[:1] or (NOTHING_DONE,))),
            own("school-own", "What the school teaches, whom it works with, and what is planned."),
        ),
        section(
            "questions",
            "What governors may ask, and what is asked of them",
            own(
                "questions",
                "Questions for the meeting, one paragraph for each.",
                paragraphs(_QUESTIONS, "" if facts.is_school else _OF_ALL),
            ),
            own("duty", "The duty in plain words; your own policy may say more.", paragraphs(_DUTY)),
            sentences(*facts.limits[:1], NOT_FOR_LIVE_CASES),
        ),
    )


def _things(facts: Facts) -> list[Told]:
    """Choose three things to know: a change or a signal first, then the register, then what else there is to tell."""
    courses = [one.told for one in facts.trends if one.side]
    changes = [*facts.changes, *courses][:1] or [nothing_changed(facts)]
    more = [
        facts.hotspots_told,
        *facts.young_people[:1],
        *filter(None, (facts.when,)),
        *facts.compared,
        *facts.clusters,
    ]
    return [one for one in (*changes, *more) if one.sentence.strip()][:_THINGS]


def _picture(facts: Facts) -> Picture | None:
    """Choose one picture: a course with a signal, else any course, else the map or the clock."""
    courses = [one.picture for one in sorted(facts.trends, key=lambda one: one.side == 0)]
    there = [*courses, *filter(None, (facts.area_map, facts.clock))]
    return there[0] if there else None
