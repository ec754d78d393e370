"""The staff briefing: ten minutes in six steps, with what the speaker says and what lies before staff on paper."""

from collections.abc import Sequence
from typing import Final

from geo.briefing import staff_words as say
from geo.briefing.facts import Facts
from geo.briefing.paper import PaperColumn, Section, Table, Words
from geo.briefing.parts import (
    NOT_FOR_LIVE_CASES,
    all_of,
    nothing_changed,
    of_all_areas,
    own,
    paragraphs,
    section,
    sentences,
    shortened,
)
from geo.register.teaching_list import AUDIENCES, STAFF

_TOLD: Final = 3  # sentences of one list
_ROWS: Final = 5
_TAUGHT: Final = 3
_OF_STAFF: Final = tuple(AUDIENCES[one] for one in STAFF)  # how the title of what staff should know begins


def staff_sections(facts: Facts) -> tuple[Section, ...]:
    """Write the steps of the staff briefing, and what staff keep on paper."""
    return all_of(*_what_surrounds_us(facts), *_what_we_do(facts))


def _what_surrounds_us(facts: Facts) -> list[Section | None]:
    changed = say.CHANGED if facts.changes else say.NOTHING_CHANGED
    timed = say.TIMES_KNOWN if facts.when else say.TIMES_UNKNOWN
    return [
        section("why", "Step 1: why we look around us (1 minute)", _spoken("why-said", facts, say.WHY)),
        section(
            "figures",
            "Step 2: what surrounds us (2 minutes)",
            _spoken("figures-said", facts, say.FIGURES, changed, say.NOT_RANKED),
            sentences(of_all_areas(facts), facts.headline, *facts.changes[:_TOLD], nothing_changed(facts)),
            own("opening", "What staff should know of this place that figures do not show."),
        ),
        section(
            "when",
            "Step 3: when and where (1 minute)",
            _spoken("when-said", facts, timed, say.WHERE),
            sentences(facts.when, facts.hotspots_told, *facts.young_people[:_TOLD]),
            shortened(facts.hotspots, _ROWS),
            own("when-own", "Who is on duty where; what changed on the way to school."),
        ),
    ]


def _what_we_do(facts: Facts) -> list[Section | None]:
    return [
        section(
            "signs",
            "Step 4: what to look for (2 minutes)",
            _spoken("signs-said", facts, say.SIGNS),
            own("signs-own", "What staff noticed here lately, without names."),
        ),
        section(
            "say",
            "Step 5: what to say to a child, and what not (2 minutes)",
            _spoken("say-said", facts, say.SAY),
            own("say-own", "Words that your school has agreed on."),
        ),
        section(
            "tell",
            "Step 6: who to tell, and one question (2 minutes)",
            _spoken("tell-said", facts, say.TELL, say.DISCUSS),
            sentences(NOT_FOR_LIVE_CASES),
            shortened(facts.contacts, _ROWS),
            own("tell-own", "The names and numbers of your safeguarding lead and deputy."),
        ),
        section(
            "teaching",
            "To read on",
            _topics("What staff should know", [one for one in facts.teaching if one[0].startswith(_OF_STAFF)]),
            _topics("What to teach", [one for one in facts.teaching if not one[0].startswith(_OF_STAFF)]),
            own("teaching-own", "What your school teaches already, and when."),
        ),
        section(
            "limits",
            "What the figures cannot say",
            sentences(*facts.limits[:_TOLD]),
            own("limits-own", "What else staff should keep in mind."),
        ),
    ]


def _spoken(key: str, facts: Facts, *texts: str) -> Words:
    ours = "our school" if facts.is_school else "our schools"
    return Words(key, paragraphs(*(text.format(our_school=ours) for text in texts)), "What the speaker says.", True)


def _topics(caption: str, rows: Sequence[tuple[str, str]]) -> Table | None:
    return shortened(Table(caption, (PaperColumn("Topic"), PaperColumn("What")), tuple(rows)), _TAUGHT)
