"""Exports of school systems, told by the names of their columns: what each column means there.

No system publishes its export's columns, and schools choose their own; so these are likely names, each is open to
change, and any file may be read without its system being known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from data.formats import cells

TEMPLATE: Final = "Plain template"
_LEAST: Final = 2  # columns that tell a system; one alone is anybody's


@dataclass(frozen=True)
class SchoolSystem:
    """A system: the columns that tell it from others, and what columns mean in it, the likeliest name first.

    Names are as ``cells.normalised`` writes them. ``telling`` are worth two of ``usual``, which others have too.
    """

    name: str
    telling: frozenset[str]
    usual: frozenset[str] = frozenset()
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def columns(self, header: Sequence[str]) -> dict[str, str]:
        """Return the column of each meaning that this system is known to give to one of ``header``."""
        return cells.find_columns(header, self.meanings)


@dataclass(frozen=True)
class SystemFound:
    """The system that a header looks like an export of, and the columns of the header that say so."""

    system: SchoolSystem
    columns: tuple[str, ...]

    def __str__(self) -> str:
        named = cells.say_names(self.columns[:4])
        return f"Looks like an export of {self.system.name}: its columns {named} are named so there."


def _words(names: str) -> frozenset[str]:
    return frozenset(name.strip() for name in names.split(","))


SCHOOL_SYSTEMS: Final = (
    SchoolSystem(
        "CPOMS",
        _words("linked students, linked student s, linked student, alerted staff, alerted, staff alerted, body map, "
               "added by, assigned to, subcategory, sub category, subcategories, student id, maintained by"),
        _words("student, categories, category, incident, incident date, date/time, date and time, action, actions, "
               "action taken, location, status, year group, reg group"),
        {
            "date": ("incident date", "date/time", "date and time", "incident date/time", "date"),
            "category": ("categories", "category"),
        },
    ),
    SchoolSystem(
        "MyConcern",
        _words("concern date, concern type, concern id, concern ref, concern reference, concern summary, "
               "concern title, concern status, date of concern, case owner, concern category"),
        _words("category, categories, status, location, pupil, student, raised by, reported by, raised on, summary, "
               "details of concern, origin"),
        {
            "date": ("concern date", "date of concern", "concern date/time", "raised on", "date raised"),
            "category": ("concern type", "concern category", "category", "categories", "type of concern"),
        },
    ),
    SchoolSystem(
        "Safeguard My School",
        _words("reasons for concern, reason for concern, concerns, reason s for concern"),
        _words("incident date, priority, status, student, pupil, date, incident time, referred to, concern raised by"),
        {
            "date": ("incident date", "date of incident", "date"),
            "category": ("reasons for concern", "reason s for concern", "reason for concern"),
        },
    ),
    SchoolSystem(
        "Arbor",
        _words("behaviour type, behaviour incident type, incident type, students involved, severity, student s, "
               "staff involved, behaviour level, behavioural incident"),
        _words("date and time, location, students, narrative, summary, assigned to, logged by, points, "
               "incident date and time, event"),
        {
            "date": ("date and time", "incident date and time", "date/time", "incident date", "date"),
            "category": ("behaviour type", "behaviour incident type", "incident type", "behavioural incident"),
        },
    ),
    SchoolSystem(
        "Bromcom",
        _words("event, classification, outcomes, event type, event name, event date, event record"),
        _words("points, comment, comments, location, date/time, adjustment, student, internal comment"),
        {
            "date": ("date/time", "event date", "event date/time", "date and time", "date"),
            "category": ("event", "event type", "event name", "classification"),
        },
    ),
    SchoolSystem(
        "Class Charts",
        _words("polarity, lesson name, room name, pupil name, score, teacher name"),
        _words("reason, timestamp, note, behaviour, subject, awarded by"),
        {
            "date": ("timestamp", "date and time", "date/time", "date"),
            "category": ("reason", "behaviour", "behaviour reason"),
            "place": ("room name", "room", "location"),
        },
    ),
    SchoolSystem(
        "SIMS",
        _words("activity, incident type, activity type, action date, reg group, recorded by, role, points, nc year"),
        _words("type, status, location, date, time, comments, surname, forename, adno, year, outcome"),
        {
            "date": ("date", "incident date", "event date"),
            "category": ("type", "incident type", "behaviour type", "activity", "activity type"),
        },
    ),
    SchoolSystem(
        TEMPLATE,
        _words("place or site, harm group or category"),
        _words("date, time, category, postcode, school urn"),
        {
            "date": ("date",), "time": ("time",), "category": ("category",), "place": ("place or site",),
            "postcode": ("postcode",), "contributor": ("school urn",),
        },
    ),
)  # fmt: skip
UNKNOWN: Final = SchoolSystem("another system", frozenset())  # whose columns mean what their names say
BY_NAME: Final = {system.name: system for system in SCHOOL_SYSTEMS}


def recognise_system(header: Sequence[str]) -> SystemFound | None:
    """Return the system that ``header`` looks most like an export of; None where too few columns say so.

    One telling column and another of the system's, at least, must be there, and a category of its own.
    """
    by_name = {cells.normalised(column): column for column in header}
    best: tuple[float, SystemFound] | None = None
    for system in SCHOOL_SYSTEMS:
        telling = [name for name in by_name if name in system.telling]
        usual = [name for name in by_name if name in system.usual]
        if not telling or len(telling) + len(usual) < _LEAST or "category" not in system.columns(header):
            continue
        score = 2 * len(telling) + len(usual)
        if best is None or score > best[0]:
            named = (*(by_name[name] for name in telling), *(by_name[name] for name in usual))
            best = score, SystemFound(system, named)
    return None if best is None else best[1]
