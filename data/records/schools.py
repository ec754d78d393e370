"""Schools with their positions, as the Department for Education lists them or under plain column names."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from data.formats import cells
from data.formats.csv_text import header, read_text_table
from data.formats.sources import Source
from data.records.positions import Pair, guess_place, read_positions
from geo import columns as c
from geo.arrays import Bools
from geo.errors import InputError

NOT_STATED: Final = "Not stated"
_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    c.URN: ("urn",),
    c.NAME: ("establishmentname", "establishment name", "school name", "school", "name"),
    c.PHASE: ("phaseofeducation name", "phase of education name", "phaseofeducation", "phase of education", "phase"),
    c.TOWN: ("town", "town name", "post town", "posttown"),
    c.POSTCODE: ("postcode", "post code"),
    c.AUTHORITY: ("la name", "local authority name", "local authority", "authority"),
    c.STATUS: ("establishmentstatus name", "establishment status name", "establishmentstatus", "status"),
}
_ADDRESS: Final = (c.TOWN, c.POSTCODE, c.AUTHORITY)
_KEPT: Final = (c.URN, c.NAME, c.PHASE, c.LON, c.LAT, *_ADDRESS)
_NOT_SAID: Final = frozenset(("..", "supp", "not applicable", "does not apply"))  # what the register writes for nothing
_CLOSED: Final = "closed"


def read_schools(source: Source) -> tuple[pd.DataFrame, list[str]]:
    """Return the schools of a CSV with their positions, and notes.

    The columns are ``c.URN`` (text), ``c.NAME``, ``c.PHASE`` ("Not stated" where blank), ``c.LON`` and ``c.LAT``
    (EPSG:4326), and ``c.TOWN``, ``c.POSTCODE`` ("S60 2UH") and ``c.AUTHORITY``, missing where the file does not say.
    Easting and northing win over longitude and latitude. Schools that are closed, and those without a position, are
    left out and counted in the notes. Raises ``InputError`` for missing columns, blank names or URNs, and URNs that
    occur twice.
    """
    found, pair = _columns(source.name, header(source))
    table = read_text_table(source, columns=list(dict.fromkeys([*found.values(), pair.east, pair.north])))
    filled = cells.filled(table)
    text = {meaning: cells.texts(table.column(name)) for meaning, name in found.items()}
    for meaning in (c.URN, c.NAME):
        _require_filled(source.name, found[meaning], filled & cells.mask(pc.is_null(text[meaning])))
    schools = pd.DataFrame({meaning: pd.Series(texts.to_pylist(), dtype="str") for meaning, texts in text.items()})
    _require_once(source.name, found[c.URN], schools[c.URN])
    schools[c.PHASE] = schools[c.PHASE].fillna(NOT_STATED) if c.PHASE in schools else NOT_STATED
    _tidy_addresses(schools)
    schools[c.LON], schools[c.LAT] = read_positions(table, pair, where=source.name)
    closed, placed = _closed(schools), schools[c.LON].notna().to_numpy()
    _require_some(source.name, pair, closed, placed)
    left_out = {"that are closed": filled & closed, "without a position": filled & ~closed & ~placed}
    notes = [
        f"Not saved: schools {which}, in {cells.say_rows(rows)}." for which, rows in left_out.items() if rows.any()
    ]
    return schools.loc[placed & ~closed, list(_KEPT)].reset_index(drop=True), notes


def _tidy_addresses(schools: pd.DataFrame) -> None:
    """Write postcodes in one way, and leave missing what the register says is not there."""
    for name in _ADDRESS:
        said = schools[name] if name in schools else pd.Series(index=schools.index, dtype="str")
        schools[name] = said.mask(said.str.casefold().isin(_NOT_SAID))
    compact = schools[c.POSTCODE].str.upper().str.replace(r"\s", "", regex=True)
    schools[c.POSTCODE] = (compact.str[:-3] + " " + compact.str[-3:]).str.strip()


def _closed(schools: pd.DataFrame) -> Bools:
    if c.STATUS not in schools:
        return np.zeros(len(schools), dtype=np.bool_)
    return schools[c.STATUS].str.casefold().eq(_CLOSED).to_numpy(dtype=np.bool_, na_value=False)


def _require_some(where: str, pair: Pair, closed: Bools, placed: Bools) -> None:
    if closed.all():
        raise InputError(f"“{where}”: some school must be open, but all are closed; bring a list of open schools.")
    if not placed.any():
        raise InputError(
            f"“{where}”: schools must have positions, but {cells.say_names((pair.east, pair.north))} are always "
            "blank; bring a file with positions."
        )


def _columns(where: str, names: Sequence[str]) -> tuple[dict[str, str], Pair]:
    """Return the columns of a school's facts by meaning, and those of its position."""
    found, pair = cells.find_columns(names, _SYNONYMS), guess_place(names).pair
    if c.URN not in found or c.NAME not in found or pair is None:
        raise InputError(
            f"“{where}”: schools need “URN”, “EstablishmentName” and “Easting” with “Northing” (or “Longitude” with "
            f"“Latitude”), but the file has the columns {cells.say_names(names)}; add or rename what is missing."
        )
    return found, pair


def _require_filled(where: str, column: str, blank: Bools) -> None:
    if blank.any():
        raise InputError(
            f"“{where}”: every school must have something in “{column}”, but it is blank in {cells.say_rows(blank)}; "
            "fill it."
        )


def _require_once(where: str, column: str, urns: pd.Series) -> None:
    again = (urns.duplicated() & urns.notna()).to_numpy()
    if again.any():
        raise InputError(
            f"“{where}”: every school must have its own “{column}”, but one that came before comes again in "
            f"{cells.say_rows(again)}; remove the repeated rows."
        )
