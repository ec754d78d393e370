"""The board paper: two pages to decide on, and an appendix to look things up in."""

from typing import Final

from geo.briefing.decisions import NOTE, proposals
from geo.briefing.facts import Decision, Facts
from geo.briefing.paper import Section, Sentences, Told
from geo.briefing.parts import (
    NOT_FOR_LIVE_CASES,
    NOTHING_DONE,
    all_of,
    and_more,
    first_of,
    nothing_changed,
    of_all_areas,
    own,
    paragraphs,
    section,
    sentences,
    shortened,
)
from geo.register.markers import say_day

_APPENDED: Final = 2  # charts: one stands in the body, and behind it those with a signal; the table says the rest
_COMPARED: Final = 2
_HEARD: Final = 2
_TOLD: Final = 3  # sentences of one list in the body
_DONE: Final = 2
_CLUSTERS: Final = 2
_HOTSPOTS: Final = 4  # rows in the body
_ROWS: Final = 4  # rows of areas and places in the appendix
_KINDS: Final = 7
_NONE_NEAR: Final = "Nothing is on the register of known hotspots near by."
_NO_SESSION: Final = "Nothing has come from young people themselves yet: no session has marked safe and unsafe places."
_NOTHING_BEFORE: Final = "Nothing was decided on an earlier paper, or this is the first one."


def board_sections(facts: Facts) -> tuple[Section, ...]:
    """Write the sections of the board paper."""
    return all_of(*_what_is_seen(facts), *_what_is_known(facts), *_what_is_done(facts), *_appendix(facts))


def _what_is_seen(facts: Facts) -> list[Section | None]:
    return [
        section(
            "headline",
            "Headline and limits",
            sentences(of_all_areas(facts), facts.headline, *facts.limits[:1]),
            own("opening", "What matters most to this board, in your own words."),
        ),
        section(
            "changed",
            "What changed",
            sentences(*first_of(facts.changes, _TOLD, "Trends"), nothing_changed(facts)),
            own("changed-own", "What you know of these changes: an event, a new way of recording, a police operation."),
        ),
        section(
            "compared",
            "Beside the district and similar surroundings",
            sentences(*facts.compared[:_COMPARED]),
            own("compared-own", "What makes this place different from those around it."),
        ),
        section(
            "trends",
            "Over time",
            _courses(facts),
            *(one.picture for one in facts.trends[:1]),
            own("trends-own", "What the charts do not show."),
        ),
    ]


def _what_is_known(facts: Facts) -> list[Section | None]:
    return [
        section(
            "hotspots",
            "Known hotspots",
            sentences(_hotspots_told(facts), *first_of(facts.clusters, _CLUSTERS, "Local context")),
            shortened(facts.hotspots, _HOTSPOTS),
            own("hotspots-own", "What is known of these places since; no names and nothing about a child."),
        ),
        section(
            "when",
            "When it happens",
            sentences(facts.when),
            own("when-own", "What you see at these times."),
        ),
        section(
            "young-people",
            "Young people’s voice",
            sentences(*(first_of(facts.young_people, _HEARD, "Safe and unsafe places") or (Told(_NO_SESSION),))),
            own("young-people-own", "What pupils told you, together and without names, and what you told them back."),
        ),
    ]


def _what_is_done(facts: Facts) -> list[Section | None]:
    return [
        section(
            "last-time",
            "Decided last time",
            _last_time(facts),
            own("last-time-own", "How each of these stands."),
        ),
        section(
            "actions",
            "Done, owed, and what followed",
            _actions(facts),
            own("actions-own", "What helped, what did not, and what stands in the way."),
        ),
        section(
            "decisions",
            "Decisions asked for",
            own(
                "decisions",
                "What the board is asked to decide, one paragraph for each: what, who leads, and by when.",
                paragraphs(*(one.asked for one in proposals(facts))) or NOTE,
            ),
        ),
    ]


def _appendix(facts: Facts) -> list[Section | None]:
    """Write the appendix; the map comes last, as what is as high as a page would leave another half empty."""
    return [
        section(
            "more-charts",
            "Kinds of harm, and more charts",
            shortened(facts.kinds, _KINDS),
            *[one.picture for one in facts.trends[1:] if one.side][:_APPENDED],
            facts.clock,
            own("more-charts-own", "What to look at in these charts."),
            appendix=True,
        ),
        section(
            "methods",
            "How these figures were made",
            sentences(*facts.methods),
            own("methods-own", "Who made this paper, and whom to ask about it."),
            appendix=True,
        ),
        section(
            "limits",
            "What else these figures cannot say",
            sentences(*facts.limits[1:], NOT_FOR_LIVE_CASES),
            own("limits-own", "What else readers should keep in mind."),
            appendix=True,
        ),
        section(
            "map",
            "Where it happens",
            facts.area_map,
            shortened(facts.areas, _ROWS),
            shortened(facts.places, _ROWS),
            own("map-own", "What readers should know of these areas."),
            appendix=True,
        ),
    ]


def _courses(facts: Facts) -> Sentences:
    """Say the course of the first kind of harm and of each that holds a signal, without what is said of changes."""
    told = [one.told for at, one in enumerate(facts.trends) if at == 0 or one.side]
    return sentences(*(one for one in told if one not in facts.changes))


def _hotspots_told(facts: Facts) -> Told:
    return facts.hotspots_told if facts.hotspots_told.sentence.strip() else Told(_NONE_NEAR)


def _last_time(facts: Facts) -> Sentences:
    if facts.before is None or not facts.before.decisions:
        return sentences(_NOTHING_BEFORE)
    return sentences(*(Told(_stands(one, facts.today)) for one in facts.before.decisions))


def _stands(one: Decision, today: str) -> str:
    lead = f"{one.lead} leads" if one.lead else "nobody leads it yet"
    if one.done:
        return f"{one.said}: done."
    if not one.due_on:
        return f"{one.said}: not done; {lead}."
    due = say_day(one.due_on)
    return f"{one.said}: not done, {'was due' if one.due_on < today else 'due'} {due}; {lead}."


def _actions(facts: Facts) -> Sentences:
    told = (*facts.done[:_DONE], *facts.owed[:_TOLD], *facts.followed[:1])
    more = len(facts.done) + len(facts.owed) + len(facts.followed) - len(told)
    return sentences(*(and_more(told, more, "What we did and owe") or (NOTHING_DONE,)))
