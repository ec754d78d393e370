"""Lists of how many pupils live in each postcode sector: sector and pupils, and nothing nearer or smaller.

What is left out is counted, and never told one by one: that nobody has to be found out by the gap.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from data.formats import cells, sheet_reader
from data.formats.sheets import Sheet
from data.formats.sources import Source
from geo.errors import InputError
from geo.walking.pupil_origin import LEAST, ROUNDED, rounded
from geo.wording import how_many

Progress = Callable[[float, str], None]
_SECTOR: Final = "sector"
_PUPILS: Final = "pupils"
_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    _SECTOR: ("sector", "postcode sector", "pc sector"),
    _PUPILS: ("pupils", "number of pupils", "count", "number", "students", "children"),
}
_IS_SECTOR: Final = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d)")
_IS_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")
_IS_NUMBER: Final = re.compile(r"\d{1,5}")


@dataclass(frozen=True)
class SectorsFound:
    """Sectors ("S60 2") with their pupils to the nearest five, and how many rows or sectors were left out."""

    pupils: dict[str, int]
    too_few: int = 0
    no_sector: int = 0
    no_number: int = 0

    @property
    def said(self) -> str:
        """Say how many were kept and left out, never which."""
        parts = [
            (self.too_few, f"with fewer than {LEAST} pupils"),
            (self.no_sector, "without a postcode sector"),
            (self.no_number, "without a whole number of pupils"),
        ]
        left = ", ".join(f"{number:,} {why}" for number, why in parts if number)
        kept = f"{how_many(len(self.pupils), 'postcode sector', 'postcode sectors')}, pupils to the nearest {ROUNDED}"
        return f"{kept}. Left out: {left}." if left else f"{kept}."


def read_pupil_sectors(source: Source, progress: Progress) -> SectorsFound:
    """Return the sectors of a file with their pupils, those with fewer than ten left out and counted.

    Rows of the same sector are added up. Raises InputError for a file without these two columns or with any other, with
    a whole postcode in any row, or without a sector of ten pupils.
    """
    progress(0.0, f"Reading {source.name}")
    return sectors_of(sheet_reader.read_sheets(source)[0])


def sectors_of(sheet: Sheet) -> SectorsFound:
    """Return the sectors of a sheet. Raises as ``read_pupil_sectors`` does."""
    named = cells.find_columns(sheet.columns, _COLUMNS)
    if set(named) != set(_COLUMNS) or len(sheet.columns) != len(_COLUMNS):
        raise InputError(
            f"{sheet.where}: a list of where pupils come from must have the two columns “sector” and “pupils” and no "
            f"other, and it has {how_many(len(sheet.columns), 'column', 'columns')}; make one of these two only, with "
            "a row for each postcode sector."
        )
    sectors, numbers = (
        [" ".join(str(text or "").upper().split()) for text in cells.texts(sheet.table.column(named[of])).to_pylist()]
        for of in (_SECTOR, _PUPILS)
    )
    if any(_IS_POSTCODE.fullmatch(text) for text in sectors):
        raise InputError(
            f"{sheet.where}: pupils must be counted by postcode sector, such as “S60 2”, and there are whole "
            "postcodes, which can be a single home; leave their last two letters out and add up."
        )
    found = _added_up(sectors, numbers)
    if not found.pupils:
        raise InputError(
            f"{sheet.where}: at least one postcode sector must have {LEAST} pupils or more, and none has; bring a list "
            "of larger sectors, or choose stops and places by hand."
        )
    return found


def _added_up(sectors: list[str], numbers: list[str]) -> SectorsFound:
    pupils: dict[str, int] = {}
    no_sector = no_number = 0
    for text, number in zip(sectors, numbers, strict=True):
        parts = _IS_SECTOR.fullmatch(text)
        if parts is None:
            no_sector += bool(text or number)
        elif _IS_NUMBER.fullmatch(number.removesuffix(".0")) is None:
            no_number += 1
        else:
            sector = f"{parts[1]} {parts[2]}"
            pupils[sector] = pupils.get(sector, 0) + int(number.removesuffix(".0"))
    kept = {sector: rounded(number) for sector, number in pupils.items() if number >= LEAST}
    return SectorsFound(kept, len(pupils) - len(kept), no_sector, no_number)
