"""What a case of bad input is, and the parts that many of them share."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from tests.unit.data import small_place
from tests.unit.data.small_place import STREET_HEADER, collection, feature, grid, table

CELL = "Zebedee99"  # stands for what a row says; it must never be repeated
STREET_FILE = "2021-11-anytown-street.csv"
GOOD_ROW = ("", "2021-11", "-1.475", "53.375", "E01000001", "Drugs")
ACTION_HEADER = "reference,what,due on,done on"
TERM_HEADER = "label,first day,last day,kind"
XLSX_NAME = "[Content_Types].xml"


@dataclass(frozen=True)
class Case:
    """One command with input that cannot be used.

    ``arguments`` name files of ``files`` by their names. The message must hold every one of ``says`` and, of what the
    rows hold, nothing in ``hides``.
    """

    name: str
    arguments: tuple[str, ...]
    files: Mapping[str, str | bytes]
    says: tuple[str, ...]
    hides: tuple[str, ...] = field(default=(CELL,))


def tabled(cases: list[Case], *marks: pytest.MarkDecorator) -> list[object]:
    """Return cases as parameters, each by its name."""
    return [pytest.param(case, id=case.name.replace(" ", "-"), marks=marks) for case in cases]


def police(name: str, content: str | bytes, *says: str, file: str = STREET_FILE, hides: tuple[str, ...] = ()) -> Case:
    """Return a case of one police file."""
    return Case(name, ("import", file), {file: content}, (file, *says), (CELL, *hides))


def street(*rows: tuple[str, ...]) -> str:
    """Return rows of police data, after one good row, as the text of a CSV file."""
    return table(STREET_HEADER, [GOOD_ROW, *rows])


def incident(name: str, content: str, *says: str, hides: tuple[str, ...] = ()) -> Case:
    """Return a case of one file of incidents."""
    arguments = ("import", "log.csv", "--kind", "incidents")
    return Case(name, arguments, {"log.csv": content}, ("log.csv", *says), (CELL, *hides))


def mapped(name: str, mapping: str, *says: str, hides: tuple[str, ...] = ()) -> Case:
    """Return a case of a mapping file beside good incidents."""
    arguments = ("import", "log.csv", "--kind", "incidents", "--map", "map.json")
    return Case(name, arguments, {"log.csv": small_place.INCIDENTS, "map.json": mapping}, says, (CELL, *hides))


def areas(name: str, content: str | bytes, *says: str, options: tuple[str, ...] = ()) -> Case:
    """Return a case of one boundary file."""
    arguments = ("areas", "new.geojson", "--code", "code", "--name", "name", *options)
    return Case(name, arguments, {"new.geojson": content}, says)


def hotspots(name: str, *rows: str, says: tuple[str, ...]) -> Case:
    """Return a case of a register of hotspots, after one good row."""
    content = small_place.HOTSPOTS + "".join(f"{row}\n" for row in rows)
    return Case(name, ("import", "spots.csv", "--kind", "hotspots"), {"spots.csv": content}, ("spots.csv", *says))


def actions(name: str, content: str | bytes, *says: str, file: str = "done.csv", hides: tuple[str, ...] = ()) -> Case:
    """Return a case of one list of actions."""
    return Case(name, ("import", file, "--kind", "actions"), {file: content}, (file, *says), (CELL, *hides))


def action(*rows: str) -> str:
    """Return actions, after a good one, as the text of a CSV file."""
    return "".join(f"{row}\n" for row in (ACTION_HEADER, "P1,Extra patrols,,01/05/2021", *rows))


def terms(name: str, content: str | bytes, *says: str, file: str = "t.csv", hides: tuple[str, ...] = ()) -> Case:
    """Return a case of one file of term dates, for one school."""
    return Case(name, ("calendar", file, "--school", "100001"), {file: content}, (file, *says), (CELL, *hides))


def term(*rows: str) -> str:
    """Return term dates, after a good period, as the text of a CSV file."""
    return "".join(f"{row}\n" for row in (TERM_HEADER, "Autumn 1,01/09/2022,21/10/2022,half-term", *rows))


def zipped(**entries: str) -> bytes:
    """Return a .zip whose files are named as the keywords are, ``__`` for a point."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name.replace("__", "."), text)
    return content.getvalue()


def workbook() -> bytes:
    """Return what begins like an Excel workbook."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(XLSX_NAME, "<Types/>")
        archive.writestr("xl/workbook.xml", f"<workbook>{CELL}</workbook>")
    return content.getvalue()


def areas_with(**changed: object) -> str:
    """Return the grid, the fourth area of which has other properties."""
    return collection(feature(number, **(changed if number == 3 else {})) for number in range(6))


def turned_grid() -> str:
    """Return the grid with latitude before longitude."""
    content = json.loads(grid())
    for each in content["features"]:
        each["geometry"]["coordinates"] = [[[y, x] for x, y in ring] for ring in each["geometry"]["coordinates"]]
    return json.dumps(content)
