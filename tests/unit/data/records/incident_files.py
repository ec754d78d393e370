"""Reads the incidents of files as an import does: every file into sheets, one of them into rows."""

from collections.abc import Sequence
from datetime import date

from data.formats.sheet_reader import choose_sheet, read_sheets
from data.formats.sources import Source
from data.records.incidents import SheetPart, incidents_of, together
from data.records.mapping import ColumnMapping
from data.records.problems import Faulty
from data.records.rows import Rows


def read_incidents(
    source: Source, mapping: ColumnMapping | None = None, *, today: date, faulty: Faulty = Faulty.REFUSE
) -> Rows:
    """Return the incidents of one file."""
    return incidents_of(choose_sheet(read_sheets(source)), mapping, today=today, faulty=faulty)


def read_incident_files(
    sources: Sequence[Source], mapping: ColumnMapping | None = None, *, today: date, faulty: Faulty = Faulty.REFUSE
) -> Rows:
    """Return the incidents of several files together."""
    return together(
        [
            SheetPart(source.name, f"“{source.name}”", read_incidents(source, mapping, today=today, faulty=faulty))
            for source in sources
        ]
    )
