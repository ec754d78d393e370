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


@dataclass(frozen=True)
class _Template:
    """The columns of a template with how each is filled in, those with a list to choose from, and further words."""

    file: str
    sheet: str
    columns: dict[str, str]
    choices: dict[str, Sequence[str]] = field(default_factory=dict)
    open_choices: frozenset[str] = frozenset()  # where another word than those of the list may be written
    words: tuple[str, ...] = ()


_HARMS: Final = tuple(HARM_GROUPS.values())
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
        },
        {"Type": PLACE_TYPES, "Harm group": _HARMS, "Status": STATUSES},
    ),
    "actions": _Template(
        "actions-template.xlsx",
        "Actions",
        {
            "Reference": "Of the known hotspot",
            "What": "The action in a few words",
            "Due on": _DAY,
            "Done on": _DAY + ", or blank",
        },
    ),
    "term-dates": _Template(
        "term-dates-template.xlsx",
        "Term dates",
        {"Label": "Autumn term", "First day": _DAY, "Last day": _DAY, "Kind": "From the list"},
        {"Kind": ("term", "half-term", "holiday", "inset")},
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

    Kinds are "incidents", "hotspots", "actions", "term-dates" and "marks"; raises InputError for any other.
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
