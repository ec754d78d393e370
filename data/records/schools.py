"""Schools with their positions, as the Department for Education lists them or under plain column names."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from data.formats.few_columns import names_of, read_few
from data.formats.sheet_reader import choose_sheet, read_sheets
from data.formats.sources import Source
from data.records.locality import Locality
from data.records.positions import Pair, guess_place, read_positions
from geo import columns as c
from geo.arrays import Bools, Floats
from geo.errors import InputError

NOT_STATED: Final = "Not stated"
_DISTRICT, _DISTRICT_NAME = "district", "district_name"
_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    c.URN: ("urn",),
    c.NAME: ("establishmentname", "establishment name", "school name", "school", "name"),
    c.PHASE: ("phaseofeducation name", "phase of education name", "phaseofeducation", "phase of education", "phase"),
    c.TOWN: ("town", "town name", "post town", "posttown"),
    c.POSTCODE: ("postcode", "post code"),
    c.AUTHORITY: ("la name", "local authority name", "local authority", "authority"),
    c.STATUS: ("establishmentstatus name", "establishment status name", "establishmentstatus", "status"),
    _DISTRICT: ("districtadministrative code", "district administrative code", "lad code", "district code"),
    _DISTRICT_NAME: ("districtadministrative name", "district administrative name", "lad name", "district"),
}
_COUNCILS: Final = (c.AUTHORITY, _DISTRICT, _DISTRICT_NAME)
_ADDRESS: Final = (c.TOWN, c.POSTCODE, c.AUTHORITY)
_KEPT: Final = (c.URN, c.NAME, c.PHASE, c.LON, c.LAT, *_ADDRESS)
_NOT_SAID: Final = frozenset(("..", "supp", "not applicable", "does not apply"))  # what the register writes for nothing
_CLOSED: Final = "closed"
_PLANNED: Final = "proposed to open"


def read_schools(source: Source, locality: Locality | None = None) -> tuple[pd.DataFrame, list[str]]:
    """Return the schools of a CSV or a workbook with their positions, and notes.

    The columns are ``c.URN`` (text), ``c.NAME``, ``c.PHASE`` ("Not stated" where blank), ``c.LON`` and ``c.LAT``
    (EPSG:4326), and ``c.TOWN``, ``c.POSTCODE`` ("S60 2UH") and ``c.AUTHORITY``, missing where the file does not say.
    Easting and northing win over longitude and latitude. Of the register of England, as it is downloaded, only these
    columns are read, piece by piece. ``locality`` keeps the schools of some councils, by the name of their authority or
    the code or name of their district, or near some points. Schools that are closed or not open yet, and those without
    a position, are left out and counted in the notes. Raises ``InputError`` for missing columns, blank names or URNs,
    URNs that occur twice, and a locality without a school.
    """
    table, found, pair = _table(source)
    filled = cells.filled(table)
    text = {meaning: cells.texts(table.column(name)) for meaning, name in found.items()}
    for meaning in (c.URN, c.NAME):
        _require_filled(source.name, found[meaning], filled & cells.mask(pc.is_null(text[meaning])))
    schools = pd.DataFrame({meaning: pd.Series(texts.to_pylist(), dtype="str") for meaning, texts in text.items()})
    _require_once(source.name, found[c.URN], schools[c.URN])
    schools[c.PHASE] = schools[c.PHASE].fillna(NOT_STATED) if c.PHASE in schools else NOT_STATED
    _tidy_addresses(schools)
    closed, planned = _has_status(schools, _CLOSED), _has_status(schools, _PLANNED)
    if closed.all():
        raise InputError(
            f"“{source.name}”: some school must be open, but all are closed; bring a list of open schools."
        )
    wanted = filled & ~closed & ~planned
    schools[c.LON], schools[c.LAT] = _positions(source.name, table, pair, wanted)
    near = _in_locality(source.name, schools, wanted, locality)
    placed = schools[c.LON].notna().to_numpy()
    if not (near & wanted & placed).any():
        raise _no_positions(source.name, pair)
    left_out = {
        "that are closed": filled & closed & near,
        "that are not open yet": filled & planned & near,
        "without a position": wanted & ~placed & near,
    }
    notes = [
        f"Not saved: schools {which}, in {cells.say_rows(rows)}." for which, rows in left_out.items() if rows.any()
    ]
    if locality is not None and not locality.is_everywhere:
        notes.append(f"Not saved: {int((wanted & ~near).sum()):,} open schools of other places.")
    return schools.loc[wanted & near & placed, list(_KEPT)].reset_index(drop=True), notes


def _table(source: Source) -> tuple[pa.Table, dict[str, str], Pair]:
    """Return the columns that are needed, those of facts by meaning, and those of positions."""
    if source.name.lower().endswith((".xlsx", ".ods")):
        table = choose_sheet(read_sheets(source)).table
        found, pair = _columns(source.name, table.column_names)
        return table.select(list(dict.fromkeys([*found.values(), pair.east, pair.north]))), found, pair
    found, pair = _columns(source.name, names_of(source))
    return read_few(source, list(dict.fromkeys([*found.values(), pair.east, pair.north]))), found, pair


def _positions(where: str, table: pa.Table, pair: Pair, wanted: Bools) -> tuple[Floats, Floats]:
    """Return the positions of the schools that are wanted; the register writes 0 or a word for none."""
    columns = {}
    for name in (pair.east, pair.north):
        text = cells.texts(table.column(name))
        none = pc.is_in(pc.utf8_lower(text), value_set=pa.array([*_NOT_SAID, *(["0"] if pair.grid else [])]))
        columns[name] = pc.if_else(pc.and_(pa.array(wanted), pc.invert(none)), text, pa.scalar(None, pa.string()))
    return read_positions(pa.table(columns), pair, where=where)


def _in_locality(where: str, schools: pd.DataFrame, wanted: Bools, locality: Locality | None) -> Bools:
    if locality is None or locality.is_everywhere:
        return np.ones(len(schools), dtype=np.bool_)
    found = locality.near(schools[c.LON].to_numpy(), schools[c.LAT].to_numpy())
    for name in _COUNCILS:
        if name in schools:
            known = {one: locality.names(one) for one in schools[name].dropna().unique()}
            found |= schools[name].map(known).fillna(value=False).to_numpy(dtype=np.bool_)
    if not (found & wanted).any():
        raise InputError(
            f"“{where}”: some open school must lie in the place that was chosen, but none does; choose another council "
            "or a larger distance."
        )
    return found


def _tidy_addresses(schools: pd.DataFrame) -> None:
    """Write postcodes in one way, and leave missing what the register says is not there."""
    for name in _ADDRESS:
        said = schools[name] if name in schools else pd.Series(index=schools.index, dtype="str")
        schools[name] = said.mask(said.str.casefold().isin(_NOT_SAID))
    compact = schools[c.POSTCODE].str.upper().str.replace(r"\s", "", regex=True)
    schools[c.POSTCODE] = (compact.str[:-3] + " " + compact.str[-3:]).str.strip()


def _has_status(schools: pd.DataFrame, status: str) -> Bools:
    if c.STATUS not in schools:
        return np.zeros(len(schools), dtype=np.bool_)
    return schools[c.STATUS].str.casefold().eq(status).to_numpy(dtype=np.bool_, na_value=False)


def _no_positions(where: str, pair: Pair) -> InputError:
    return InputError(
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
