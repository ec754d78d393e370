"""Templates come in as they are once they are filled in."""

import io
from datetime import date
from typing import Final

import openpyxl
import pytest

from data.formats.sheet_reader import choose_sheet, read_sheets
from data.formats.sources import from_upload
from data.records.hotspot_register import read_hotspots
from data.records.mapping import guess_mapping
from data.records.marks import guess_marks
from data.records.own_list import read_contacts
from data.records.pupil_sectors import sectors_of
from data.records.term_dates import read_calendar
from data.screening import require_clean
from data.services import templates
from geo.errors import InputError
from geo.register.fields import BY_COLUMN, GIVEN, SHAPE

FILLED: Final = {
    "incidents": ("03/09/2025", "14:35", "Bullying", "Canteen", None),
    "hotspots": (
        "P1", "The Bandstand", "park or open space", "Drugs and alcohol", "active", -1.47, 53.37, "03/09/2025",
        "03/09/2041", "Park rangers", "Within about 100 m", "Anti-social behaviour; Harm between children",
        "Dark in winter, and nobody sees it from the road", "Staff at the gate when the buses leave", "11 to 13",
        "Home time; Evening", "School staff; Police", "One agency, with reason to trust it", "01/09/2024", 4,
        "Amber: act soon", "Fewer reports since the lights were mended", "Deputy DSL", None,
    ),
    "actions": ("P1", "Lighting repaired", "03/09/2025", None),
    "term-dates": ("Autumn term", "03/09/2025", "19/12/2025", "term"),
    "contacts": ("Early help hub", "", "Castlebrook", "01632 960199", "", "", "", "03/09/2026"),
    "origins": ("S60 2", 25),
    "marks": ("03/09/2025", "Safe", -1.47, 53.37, None),
}  # fmt: skip


@pytest.mark.parametrize("kind", templates.KINDS)
def test_a_template_that_is_filled_in_is_clean_and_its_columns_are_known(kind: str) -> None:
    name, content = templates.template(kind)
    book = openpyxl.load_workbook(io.BytesIO(content))
    offered = [each.sqref for each in book.active.data_validations.dataValidation]
    assert bool(offered) == (kind not in ("contacts", "origins"))
    book.active.append(FILLED[kind])
    filled = io.BytesIO()
    book.save(filled)
    source = from_upload(name, filled.getvalue())
    sheets = read_sheets(source)
    if kind != "contacts":  # what services are reached by is for its own reader alone
        require_clean(sheets)
    sheet = choose_sheet(sheets)
    known = {
        "incidents": lambda: guess_mapping(sheet.columns).columns()["place"] == "Place or site",
        "hotspots": lambda: set(read_hotspots(source)[GIVEN][0].split()) == BY_COLUMN.keys() - {SHAPE},
        "actions": lambda: sheet.columns[:2] == ["Reference", "What"],
        "term-dates": lambda: len(read_calendar(sheet)) == 1,
        "contacts": lambda: len(read_contacts(source, None, date(2026, 11, 29), lambda *_: None)) == 6,
        "origins": lambda: sectors_of(sheet).pupils == {"S60 2": 25},
        "marks": lambda: guess_marks(sheet.columns).feeling == "Safe or unsafe",
    }
    assert known[kind]()


def test_a_kind_without_a_template_is_refused() -> None:
    with pytest.raises(InputError, match="choose one of those"):
        templates.template("schools")
