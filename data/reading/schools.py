"""Schools with their positions, as the Department for Education lists them or under plain column names."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from data.reading import cells
from data.reading.csvfile import header, read_text_table
from data.reading.positions import guess_positions, read_positions
from data.reading.sources import Source
from geo import columns as c
from geo.errors import InputError

NOT_STATED: Final = "Not stated"
_TELLS: Final[dict[str, tuple[str, ...]]] = {
    c.URN: ("urn",),
    c.NAME: ("establishmentname", "establishment name", "school name", "school", "name"),
    c.PHASE: ("phaseofeducation name", "phase of education name", "phaseofeducation", "phase of education", "phase"),
}


def read_schools(source: Source) -> tuple[pd.DataFrame, list[str]]:
    """Read schools from CSV: URN, name, phase and position.

    Gives ``c.URN`` (text), ``c.NAME``, ``c.PHASE`` ("Not stated" where blank), ``c.LON`` and ``c.LAT`` (EPSG:4326), and
    notes. Easting and northing win over longitude and latitude. Schools without a position are left out and counted
    in the notes. Raises ``InputError`` for missing columns, blank names or URNs, and URNs that occur twice.
    """
    names = header(source)
    found = {meaning: name for meaning, tells in _TELLS.items() if (name := cells.choose(names, tells)) is not None}
    pair = guess_positions(names)
    if c.URN not in found or c.NAME not in found or not pair:
        raise InputError(
            f"“{source.name}”: schools need “URN”, “EstablishmentName” and “Easting” with “Northing” (or "
            "“Longitude” with "
            f"“Latitude”), but the file has the columns {cells.say_names(names)}; add or rename what is missing."
        )
    table = read_text_table(source, columns=list(dict.fromkeys([*found.values(), *pair.values()])))
    filled = cells.filled(table)
    text = {meaning: cells.texts(table.column(name)) for meaning, name in found.items()}
    for meaning in (c.URN, c.NAME):
        _require(source.name, found[meaning], filled & cells.mask(pc.is_null(text[meaning])))
    urns = pd.Series(text[c.URN].to_pylist(), dtype="str")
    again = (urns.duplicated() & urns.notna()).to_numpy()
    if again.any():
        raise InputError(
            f"“{source.name}”: every school must have its own “{found[c.URN]}”, but one that came before comes "
            "again in "
            f"{cells.say_rows(again)}; remove the repeated rows."
        )
    lon, lat = read_positions(table, where=source.name, **pair)
    placed = ~np.isnan(lon)
    if not placed.any():
        raise InputError(
            f"“{source.name}”: schools must have positions, but {cells.say_names(pair.values())} are blank in "
            "every row; "
            "export the file with positions."
        )
    phases = text[c.PHASE].to_pylist() if c.PHASE in text else [None] * len(table)
    schools = pd.DataFrame({c.URN: urns, c.NAME: pd.Series(text[c.NAME].to_pylist(), dtype="str")})
    schools[c.PHASE] = pd.Series(phases, dtype="str").fillna(NOT_STATED)
    schools[c.LON], schools[c.LAT] = lon, lat
    lost = filled & ~placed
    return schools[placed].reset_index(drop=True), _notes(lost)


def _require(where: str, column: str, blank: cells.Mask) -> None:
    if blank.any():
        raise InputError(
            f"“{where}”: every school must have something in “{column}”, but it is blank in {cells.say_rows(blank)}; "
            "fill it."
        )


def _notes(lost: cells.Mask) -> list[str]:
    return [f"Not kept: schools without a position, in {cells.say_rows(lost)}."] if lost.any() else []
