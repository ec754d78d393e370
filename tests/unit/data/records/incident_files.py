"""Reads the incidents of files as an import does: every file into sheets, one of them into rows."""

from collections.abc import Sequence
from datetime import date

from data.formats.sheet_reader import choose_sheet, read_sheets
from data.formats.sources import Source
from data.records.incidents import SheetPart, combine, read_incidents
from data.records.mapping import ColumnMapping
from data.records.problems import Faulty
from data.records.rows import Rows


def read_incident_file(
    source: Source, mapping: ColumnMapping | None = None, *, today: date, faulty: Faulty = Faulty.REFUSE
) -> Rows:
    """Return the incidents of one file."""
    return read_incidents(choose_sheet(read_sheets(source)), mapping, today=today, faulty=faulty)


def read_incident_files(
    sources: Sequence[Source], mapping: ColumnMapping | None = None, *, today: date, faulty: Faulty = Faulty.REFUSE
) -> Rows:
    """Return the incidents of several files together."""
    return combine(
        [
            SheetPart(source.name, f"“{source.name}”", read_incident_file(source, mapping, today=today, faulty=faulty))
            for source in sources
        ]
    )
