"""Templates to fill in: workbooks with the columns that files of each kind need, lists to choose from, and how to.

What stands in them passes the screening of files, so that a template that is filled in comes in as it is.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.records.marks import SAFE, UNSAFE
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.register.action_kinds import ACTION_KINDS
from geo.register.closed_lists import LEADS
from geo.register.fields import FIELDS
from geo.register.place_types import PLACE_TYPES, STATUSES

_ROWS: Final = 2_000  # that have lists to choose from
_WIDTH: Final = 24
_LISTS: Final = "Lists"
_HOW: Final = "How to fill this in"
_SITES: Final = (
    "On school site", "School gates", "Playground", "Playing field", "Canteen", "Corridor", "Classroom", "Sports hall",
    "Changing rooms", "Toilets", "Online",
)  # fmt: skip
_DAY: Final = "A day: 03/09/2025"
_LISTED: Final = "From the list, or blank"
_SEVERAL: Final = "From the list; several with ; between"
_CHOSEN: Final = (
    "precision", "other_harms", "age_band", "times", "sources", "reliability", "rag", "led_by",
)  # fmt: skip


@dataclass(frozen=True)
class _Template:
    """The columns of a template with how each is filled in, those with a list to choose from, and further words."""

    file: str
    sheet: str
    columns: dict[str, str]
    choices: dict[str, Sequence[str]] = field(default_factory=dict)
    open_choices: frozenset[str] = frozenset()  # where another word than those of the list may be written
    words: tuple[str, ...] = ()
    examples: tuple[tuple[str, ...], ...] = ()  # rows that stand in it, invented


_HARMS: Final = tuple(HARM_GROUPS.values())
# Invented: numbers of Ofcom's range for drama, addresses that can belong to nobody.
CONTACT_HEADER: Final = ("Service", "Harm groups", "Area", "Phone", "Email", "Web", "Hours", "Date checked")
CONTACT_EXAMPLES: Final = (
    ("MACE (multi-agency child exploitation panel)", f"{_HARMS[0]}; {_HARMS[1]}", "Castlebrook", "01632 960101",
     "mace@castlebrook.example", "", "Weekdays 9 to 5", "2026-09-07"),
    ("Safer neighbourhood team", f"{_HARMS[2]}; {_HARMS[5]}; {_HARMS[4]}", "Castlebrook", "01632 960102",
     "neighbourhood@castlebrook.example", "", "Daily 8 to 22", "2026-09-07"),
    ("Bus and tram operator, safety desk", f"{_HARMS[2]}; {_HARMS[5]}", "Castlebrook", "01632 960103",
     "safety@transport.castlebrook.example", "", "Daily 5 to 24", "2026-09-07"),
    ("Youth services, outreach team", "", "Castlebrook", "01632 960104", "outreach@castlebrook.example", "",
     "Weekdays 12 to 20", "2026-09-07"),
    ("Local Safeguarding Children Partnership", "", "Castlebrook", "01632 960105", "",
     "www.safeguarding.castlebrook.example", "Weekdays 9 to 5", "2025-06-02"),
)  # fmt: skip
_TEMPLATES: Final[dict[str, _Template]] = {
    "incidents": _Template(
        "own-incidents-template.xlsx",
        "Incidents",
        {
            "Date": _DAY,
            "Time": "A time of day: 14:35, or blank",
            "Category": "From the list, or your own word",
            "Place or site": "A street, park, stop, shop or room",
            "Postcode": "Of the place, never of a home",
        },
        {"Category": _HARMS, "Place or site": _SITES},
        frozenset(("Category", "Place or site")),
        ("One row for each incident", "No names, dates of birth or notes", "A place or a postcode is enough"),
    ),
    "hotspots": _Template(
        "known-hotspots-template.xlsx",
        "Known hotspots",
        {
            "Reference": "Short, and each one different",
            "Name": "Of the place",
            "Type": "From the list",
            "Harm group": "From the list",
            "Status": "From the list",
            "Longitude": "In degrees: -1.5491",
            "Latitude": "In degrees: 53.8008",
            "Last reported": _DAY,
            "Next review": _DAY,
            "Watched by": "A post or a team",
            "How exact the position is": _LISTED,
            "Other harm groups": _SEVERAL,
            "What makes it unsafe": "Of the place, never of a child",
            "What makes it safer": "Of the place, in a few words",
            "Age band": _LISTED,
            "Times": _SEVERAL,
            "Sources": _SEVERAL,
            "Reliability": _LISTED,
            "First reported": _DAY,
            "Number of reports": "A whole number: 3",
            "RAG": _LISTED,
            "Reason for the RAG": "In a few words",
            "Led by": _LISTED,
            "Reason for closing": "Where it is closed",
        },
        {
            "Type": PLACE_TYPES,
            "Harm group": _HARMS,
            "Status": STATUSES,
            **{one.label: tuple(one.words.values()) for one in FIELDS if one.column in _CHOSEN},
        },
        frozenset(one.label for one in FIELDS if one.several),
        ("Only the first five columns and a position must be filled", "An area can stand in a column WKT"),
    ),
    "actions": _Template(
        "actions-template.xlsx",
        "Actions",
        {
            "Reference": "Of the known hotspot, or blank",
            "What": "The action in a few words",
            "Due on": _DAY,
            "Done on": _DAY + ", or blank",
            "Place": "Another place in words; blank for the whole school",
            "Kind": "From the list",
            "Harm group": "From the list, or blank",
            "Led by": "From the list: a role, never a name",
        },
        {
            "Kind": tuple(ACTION_KINDS.values()),
            "Harm group": _HARMS,
            "Led by": tuple(LEADS.values()),
        },
    ),
    "term-dates": _Template(
        "term-dates-template.xlsx",
        "Term dates",
        {"Label": "Autumn term", "First day": _DAY, "Last day": _DAY, "Kind": "From the list"},
        {"Kind": ("term", "half-term", "holiday", "inset")},
    ),
    "contacts": _Template(
        "contacts-template.xlsx",
        "Contacts",
        {
            "Service": "A service or a team, never a person",
            "Harm groups": "From the list, with ; between; blank for all",
            "Area": "Town, borough or county it covers",
            "Phone": "With spaces: 01632 960101",
            "Email": "The team's, never one person's",
            "Web": "www.example.org",
            "Hours": "Weekdays 9 to 5",
            "Date checked": "The day somebody last made sure: 03/09/2026",
        },
        words=("The rows in it are invented: write over them",),
        examples=CONTACT_EXAMPLES,
    ),
    "origins": _Template(
        "where-pupils-come-from-template.xlsx",
        "Postcode sectors",
        {"Sector": "A postcode without its last two letters: S60 2", "Pupils": "How many live there, 10 or more"},
        words=("One row for each postcode sector", "No whole postcodes, addresses or names", "No other column"),
    ),
    "marks": _Template(
        "safety-marks-template.xlsx",
        "Safety marks",
        {
            "Session date": _DAY,
            "Safe or unsafe": "From the list",
            "Longitude": "In degrees: -1.5491",
            "Latitude": "In degrees: 53.8008",
            "Area code": "Instead of a position: E01011234",
        },
        {"Safe or unsafe": (SAFE, UNSAFE)},
    ),
}
KINDS: Final = tuple(_TEMPLATES)


def template(kind: str) -> tuple[str, bytes]:
    """Return the name and the content of the template for a kind of file, as XLSX.

    Kinds are ``KINDS``; raises InputError for any other.
    """
    if kind not in _TEMPLATES:
        raise InputError(f"A template must be of {', '.join(KINDS)}, and this is none of them; choose one of those.")
    made = _TEMPLATES[kind]
    book = Workbook()
    book.properties.creator = ""
    filled = book.active
    filled.title = made.sheet
    for at, name in enumerate(made.columns, start=1):
        filled.cell(1, at, name).font = Font(bold=True)
        filled.column_dimensions[get_column_letter(at)].width = _WIDTH
    for row in made.examples:
        filled.append(row)
    filled.freeze_panes = "A2"
    _explain(book.create_sheet(_HOW), made)
    if made.choices:
        _offer_choices(filled, book.create_sheet(_LISTS), made)
    content = io.BytesIO()
    book.save(content)
    return made.file, content.getvalue()


def _explain(sheet: Worksheet, made: _Template) -> None:
    rows = [("Column", "What to write"), *made.columns.items(), *(("", words) for words in made.words)]
    for row in rows:
        sheet.append(row)
    for letter in ("A", "B"):
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet.column_dimensions[letter].width = 2 * _WIDTH


def _offer_choices(filled: Worksheet, lists: Worksheet, made: _Template) -> None:
    """Attach to columns their lists to choose from, which stand in a sheet of their own."""
    names = list(made.columns)
    for at, (name, choices) in enumerate(made.choices.items(), start=1):
        own, column = get_column_letter(at), get_column_letter(names.index(name) + 1)
        for row, text in enumerate((name, *choices), start=1):
            lists.cell(row, at, text)
        offered = DataValidation(
            type="list", formula1=f"={_LISTS}!${own}$2:${own}${len(choices) + 1}", allow_blank=True,
            showErrorMessage=name not in made.open_choices,
        )  # fmt: skip
        filled.add_data_validation(offered)
        offered.add(f"{column}2:{column}{_ROWS + 1}")
