"""Made-up exports of eight school systems: people, narratives, postcodes, names of places, and several categories."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import pandas as pd

from data.formats.sources import Source, from_upload
from data.principal import LOCAL_USER
from data.store import base_maps
from data.store.store import Store
from geo import columns as c
from tests.unit.data.records.making_files import xlsx
from tests.unit.data.store import bringing

ROWS: Final = 36
PUPILS: Final = ("Aisha Khan", "Jack Smith", "Olivia Brown", "Mohammed Hussain", "Chloe Wilson", "Liam O'Connor")
STAFF: Final = ("Mrs Patel", "Mr Thompson", "Miss Begum")
NHS: Final = "943 476 5919"
PHONE: Final = "07700 900123"
STORY: Final = "{pupil} said that he was followed home by a man near the shops, NHS {nhs}, mum rang from {phone}"
LISTED: Final = ("S60 1AA", "S60 1AB", "S60 2UH")  # on the list of postcodes that is loaded
UNLISTED: Final = "S99 9ZZ"
HOME: Final = "14 Oak Road"
FIRST: Final = datetime(2025, 1, 6, 8, 35)
_POINTS: Final = ((-1.475, 53.375), (-1.465, 53.375), (-1.455, 53.385))
_NAMED: Final = (
    ("High Street", "street", -1.475, 53.385), ("Hill Park", "park", -1.465, 53.385),
    ("Interchange", "station", -1.455, 53.375), ("Woodhouse", "place", -1.455, 53.385),
)  # fmt: skip


@dataclass(frozen=True)
class Export:
    """A file of one system, what is expected of it, and what must be found nowhere afterwards."""

    system: str
    source: Source
    placed: int  # rows in a hundred
    people: tuple[str, ...]
    narrative: tuple[str, ...]
    several: int = 0
    site: str | None = None


def add_map(store: Store) -> None:
    """Load a base map with names and postcodes into a store of the small place."""
    postcodes = [(name, "postcode", lon, lat) for name, (lon, lat) in zip(LISTED, _POINTS, strict=True)]
    named = pd.DataFrame([*_NAMED, *postcodes], columns=[c.NAME, c.KIND, c.LON, c.LAT])
    base_maps.add_base_map(store, LOCAL_USER, replace(bringing.base_map(), names=named), "made up")


def needles() -> list[str]:
    """Return what must stand nowhere once an export was brought in."""
    words = [
        *PUPILS,
        *STAFF,
        NHS,
        NHS.replace(" ", ""),
        PHONE,
        "followed home by a man",
        HOME,
        UNLISTED,
        "Jack Smith's",
    ]
    return [*words, UNLISTED.replace(" ", ""), *LISTED[1:], *(code.replace(" ", "") for code in LISTED[1:])]


def exports() -> list[Export]:
    """Return a file of each system."""
    return [_cpoms(), _my_concern(), _safeguard(), _arbor(), _bromcom(), _class_charts(), _sims(), _template()]


def _export(
    system: str, header: str, rows: Sequence[Sequence[object]], placed: int, people: str, narrative: str, **more: object
) -> Export:
    table = [tuple(header.split(",")), *rows]
    name = f"{system.lower().replace(' ', '-')}-export.xlsx"
    split = (tuple(part.split(",")) if part else () for part in (people, narrative))
    return Export(system, from_upload(name, xlsx(table)), placed, *split, **more)  # type: ignore[arg-type]


def _when(at: int) -> datetime:
    return FIRST + timedelta(days=4 * at + at % 3, minutes=37 * at)


def _pupil(at: int) -> str:
    return PUPILS[at % len(PUPILS)]


def _staff(at: int) -> str:
    return STAFF[at % len(STAFF)]


def _story(at: int) -> str:
    return STORY.format(pupil=_pupil(at), nhs=NHS, phone=PHONE) + f" on day {at}"


def _cpoms() -> Export:
    categories = ("Bullying", "Bullying; Online safety", "Drugs", "Child criminal exploitation, Drugs", "Knife crime")
    places = ("Canteen", "Top field", "High St", "Bus station", "Hill Park", HOME, "Playground", "", "Y9 block")
    rows = [
        (_pupil(at), 7 + at % 5, f"{7 + at % 5}A", f"{_when(at):%d/%m/%Y %H:%M}", categories[at % 5], places[at % 9],
         _story(at), "Rang " + PHONE, _staff(at), _pupil(at + 1), "Open")
        for at in range(ROWS)
    ]  # fmt: skip
    return _export(
        "CPOMS", "Student,Year Group,Reg Group,Date/Time,Categories,Location,Incident,Action Taken,Added By,"
        "Linked Students,Status", rows, 77, "Student,Year Group,Reg Group,Added By,Linked Students",
        "Incident,Action Taken", several=14,
    )  # fmt: skip


def _my_concern() -> Export:
    types = ("Child sexual exploitation", "Substance misuse", "Peer on peer abuse")
    codes = (*LISTED, LISTED[0].replace(" ", "").lower(), UNLISTED, "")
    rows = [
        (1000 + at, f"{_when(at):%a %d %B %Y at %H:%M}", types[at % 3], _pupil(at), _story(at), "Closed", codes[at % 6],
         _staff(at))
        for at in range(ROWS)
    ]  # fmt: skip
    return _export(
        "MyConcern", "Concern ID,Concern date,Concern type,Pupil,Concern summary,Status,Postcode,Raised by", rows, 66,
        "Pupil,Raised by", "Concern summary",
    )  # fmt: skip


def _safeguard() -> Export:
    reasons = ("Bullying|Physical assault", "Drugs", "Sexual harassment", "Anti-social behaviour")
    rows = [
        (f"{_when(at):%d/%m/%Y}", f"{_when(at):%H:%M}", _story(at), reasons[at % 4], "High", "Open", _pupil(at))
        for at in range(ROWS)
    ]
    return _export(
        "Safeguard My School", "Incident date,Incident time,Concerns,Reasons for concern,Priority,Status,Student", rows,
        100, "Student", "Concerns", several=9, site="100001",
    )  # fmt: skip


def _arbor() -> Export:
    types = ("Fighting", "Vaping", "Bullying", "Vandalism")
    places = ("Corridor B2", "Science lab 4", "Sports hall", "High Street", "The Bandstand", "Interchange")
    rows = [
        (types[at % 4], f"{_when(at):%-d %b %Y} {_when(at):%I:%M%p}".lower().title(), places[at % 6], _pupil(at),
         -(at % 5), _story(at), _staff(at))
        for at in range(ROWS)
    ]  # fmt: skip
    return _export(
        "Arbor", "Behaviour type,Date and time,Location,Students,Severity,Narrative,Logged by", rows, 100,
        "Students,Logged by", "Narrative",
    )  # fmt: skip


def _bromcom() -> Export:
    events = ("Physical assault", "Smoking/Vaping", "Verbal abuse", "Damage to property")
    places = ("Room 12", "Maths corridor", "School gates", "Online", "Jack Smith's house", "Woodhouse")
    rows = [
        (
            events[at % 4],
            "Detention",
            -(at % 4),
            places[at % 6],
            f"{_when(at):%Y-%m-%dT%H:%M:%S}",
            "Negative",
            _story(at),
        )
        for at in range(ROWS)
    ]
    return _export(
        "Bromcom", "Event,Outcomes,Points,Location,Date/Time,Classification,Comment", rows, 66, "", "Comment"
    )  # fmt: skip


def _class_charts() -> Export:
    reasons = ("Fighting", "Homophobic bullying", "Vaping", "Disruption")
    places = ("S4", "Room 3", "Canteen", "Playground", "Hall", "")
    rows = [
        (
            reasons[at % 4],
            "negative",
            -1,
            f"{_when(at):%Y-%m-%d %H:%M:%S}",
            "Maths",
            places[at % 6],
            _story(at),
            _pupil(at),
        )
        for at in range(ROWS)
    ]
    return _export(
        "Class Charts", "reason,polarity,score,timestamp,lesson_name,room_name,note,pupil_name", rows, 83, "pupil_name",
        "note",
    )  # fmt: skip


def _sims() -> Export:
    types = ("Bullying", "Assault", "Drugs", "Racist incident")
    places = ("Classroom", "Corridor", "Changing rooms", "Off site", "High Street", "Bus station")
    rows = [
        (types[at % 4], "Lesson", places[at % 6], "Resolved", f"{_when(at):%d/%m/%Y}", f"{_when(at):%H:%M}", _pupil(at),
         _pupil(at).split()[1], _story(at), _staff(at), "4")
        for at in range(ROWS)
    ]  # fmt: skip
    return _export(
        "SIMS", "Type,Activity,Location,Status,Date,Time,Forename,Surname,Comments,Recorded by,Points", rows, 83,
        "Forename,Surname,Recorded by", "Comments",
    )  # fmt: skip


def _template() -> Export:
    rows = [
        (f"{_when(at):%d/%m/%Y}", f"{_when(at):%H.%M}", ("Violence and weapons", "Drugs and alcohol")[at % 2],
         ("On school site", "Hill Park", "")[at % 3], "" if at % 3 < 2 else LISTED[at % 2], _story(at))
        for at in range(ROWS)
    ]  # fmt: skip
    return _export("Plain template", "Date,Time,Category,Place or site,Postcode,Notes", rows, 100, "", "Notes")
