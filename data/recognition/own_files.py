"""Files of an organisation's own: term dates, known hotspots, actions, young people's marks, and incidents."""

import re
from typing import Final

from data.formats import cells
from data.recognition.file_role import FileRole, Recognised
from data.recognition.peek import Peek, PeekedTable, PeekKind, key
from data.recognition.place_files import position
from data.records.mapping import guess_mapping
from data.records.marks import guess_marks
from data.records.school_systems import recognise_system

_FIRST: Final = ("firstday", "start", "startdate", "starts", "from", "begins", "termstarts", "opens", "startofterm")
_LAST: Final = (
    "lastday",
    "end",
    "enddate",
    "ends",
    "to",
    "termends",
    "closes",
    "endofterm",
    "finish",
    "finishes",
    "finishdate",
)
_LABEL: Final = ("label", "name", "period", "title", "term", "event", "description", "what")
_PLACE_NAME: Final = ("name", "placename", "place", "hotspot", "location")
_PLACE_TYPE: Final = ("type", "placetype", "typeofplace")
_HARM: Final = ("harmgroup", "harm", "harmtype")
_REFERENCE: Final = ("reference", "ref", "hotspot", "hotspotreference")
_WHAT: Final = ("what", "action", "actiontaken", "whatwasdone", "response")
_LED_BY: Final = ("ledby", "wholeads", "leadrole", "ownerrole")
_DUE: Final = ("dueon", "due", "duedate", "dueby", "plannedfor", "planned", "doneon", "done", "datedone",
               "completedon", "completed", "date")  # fmt: skip
_SHAPE: Final = ("wkt", "geometry", "geom")
_WHEN: Final = re.compile(r".*(?:date|datetime|when|timestamp|occurred|month|day|logged|reportedon).*")
_KIND: Final = re.compile(
    r".*(?:categor|concern|behaviour|incidenttype|typeofincident|eventtype|reason|activity|classification|harm|offence"
    r"|crimetype).*|type|kind|event|events"
)
_INCIDENTS: Final = "its rows are protected, and a person matches its columns on the Upload page"


def calendar_file(peek: Peek) -> Recognised:
    """Return that a file is a calendar of term dates."""
    return Recognised(peek.file, FileRole.TERM_DATES, "Term dates, as a calendar", "it begins as calendars (.ics) do")


def term_dates(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table holds term dates: a first and a last day with a label, and no place; None for any other."""
    first, last, label = table.find(*_FIRST), table.find(*_LAST), table.find(*_LABEL)
    if first is None or last is None or label is None or position(table) is not None:
        return None
    if table.find("category", "location", "place", "lsoacode", "postcode", "reference"):
        return None
    return Recognised(peek.file, FileRole.TERM_DATES, "Term dates", f"its columns {label}, {first} and {last}")


def hotspot_register(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a file is a register of known hotspots; None for any other."""
    needed = [table.find(*names) for names in (_PLACE_NAME, _PLACE_TYPE, _HARM, ("status",))]
    placed = peek.kind is PeekKind.SHAPES or position(table) or table.find(*_SHAPE) or table.find("x")
    if None in needed or len(set(needed)) < len(needed) or not placed:
        return None
    why = f"its columns {', '.join(str(one) for one in needed)}"
    return Recognised(peek.file, FileRole.HOTSPOTS, "Known hotspots", why, details=_sheet(peek, table))


def action_list(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table lists actions, at known hotspots or with who leads on each; None for any other."""
    where = table.find(*_REFERENCE) or table.find(*_LED_BY)
    what, due = table.find(*_WHAT), table.find(*_DUE)
    if where is None or what is None or due is None or peek.kind is PeekKind.SHAPES:
        return None
    if table.find("category", "categories", "incidenttype", "concerntype", "student", "pupil"):
        return None
    why = f"its columns {where}, {what} and {due}"
    return Recognised(peek.file, FileRole.ACTIONS, "Actions", why, details=_sheet(peek, table))


def contact_list(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table lists services to tell; None for any other."""
    service, reached = table.find("service", "serviceorteam"), table.find("phone", "telephone", "email", "web")
    if service is None or reached is None or position(table) is not None or peek.kind is PeekKind.SHAPES:
        return None
    if table.find("category", "incidenttype", "student", "pupil"):
        return None
    why = f"its columns {service} and {reached}"
    return Recognised(peek.file, FileRole.CONTACTS, "Contacts: who to tell", why, details=_sheet(peek, table))


def teaching_list(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table lists what to teach; None for any other."""
    found = [table.find("audience", "yeargroup"), table.find("topic"), table.find("source", "guidance")]
    if None in found or peek.kind is PeekKind.SHAPES or position(table) is not None:
        return None
    why = f"its columns {cells.say_words([str(one) for one in found])}"
    return Recognised(peek.file, FileRole.TEACHING, "What to teach", why, details=_sheet(peek, table))


def marks_file(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a file holds young people's marks of safe and unsafe places; None for any other."""
    guess = guess_marks(table.columns)
    if guess.squares is not None:
        why = f"its columns {guess.map_code}, {guess.cell} and {guess.feeling}, the squares of a printed map"
        return Recognised(peek.file, FileRole.MARKS, "Young people’s safety marks", why, details=_sheet(peek, table))
    when = guess.date or guess.month
    if guess.feeling is None or when is None or (guess.pair is None and peek.kind is not PeekKind.SHAPES):
        return None
    why = f"its columns {guess.feeling} and {when}, with places"
    return Recognised(peek.file, FileRole.MARKS, "Young people’s safety marks", why, details=_sheet(peek, table))


def incidents_file(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table seems to hold an organisation's own incidents: a date and a category; None for any other.

    ``details`` has "whole" where its columns are guessed so fully that it can be read without a person's look.
    """
    guess = guess_mapping(table.columns)
    when = guess.date or guess.start or guess.month or _first(table, _WHEN)
    what = guess.category or _first(table, _KIND, but=when)
    if when is None or what is None or when == what:
        return None
    timed = guess.date or guess.start or guess.month
    placed = guess.pair is not None or guess.area is not None
    whole = {"whole": "yes"} if timed and guess.category and placed else {}
    system = recognise_system(table.columns)
    columns = (str(when), str(what)) if system is None else system.columns
    taken_for = "Incidents of your own" if system is None else f"Incidents, as {system.system.name} exports them"
    why = f"its columns {cells.say_words(columns)}; {_INCIDENTS}"
    return Recognised(peek.file, FileRole.INCIDENTS, taken_for, why, details={**_sheet(peek, table), **whole})


def _first(table: PeekedTable, pattern: re.Pattern[str], but: str | None = None) -> str | None:
    return next((column for column in table.columns if column != but and pattern.fullmatch(key(column))), None)


def _sheet(peek: Peek, table: PeekedTable) -> dict[str, str]:
    return {"sheet": table.sheet} if table.sheet is not None and peek.kind is not PeekKind.TEXT else {}
