"""Files of areas: boundaries of any level and vintage, lookups between them, residents and deprivation."""

import re
from typing import Final

from data.formats.cells import say_words
from data.recognition.area_columns import (
    LEVELS,
    PLURALS,
    AreaColumn,
    area_columns,
    of_level,
    own_column,
    some_code,
    some_name,
)
from data.recognition.file_role import FileRole, Recognised
from data.recognition.peek import Peek, PeekedTable, PeekKind

ONS: Final = "Office for National Statistics"
MINISTRY: Final = "Ministry of Housing, Communities and Local Government"
_SMALL: Final = ("lsoa", "oa")
_POPULATION: Final = re.compile(
    r"(?:all|total|usual|resident|census\d{0,4}|mid\d{4})*(?:population|residents|persons)(?:total|mid|in|of|estimate)*"
    r"(?:\d{4})?|allages|allpersons|residencetypetotalmeasuresvalue|pop(?:ulation)?(?:\d{4})?|total"
)
_MID: Final = re.compile(r"mid[-_ ]?(\d{4})", re.IGNORECASE)
_CENSUS: Final = re.compile(r"census[-_ ]?(\d{4})", re.IGNORECASE)
_INDEX: Final = re.compile(
    r"(?:indexofmultipledeprivation)?imd(?:\d{2,4})?(score|rank|decile)\d{0,4}.*|imd(?:\d{2,4})?"
)
_DEPRIVATION: Final = re.compile(r"deprivation(score|rank|decile)?")
_INDEX_YEAR: Final = re.compile(r"(?:imd|iod|id)[-_ ]?(20\d\d)", re.IGNORECASE)
_CHANGE: Final = re.compile(r"chgind|changecode|changeindicator|change")
_AREAL: Final = ("Polygon", "MultiPolygon")
# The vintage of the LSOAs that an index of deprivation is made for, and its own.
_INDEX_OF: Final = {"2021": "2025", "2011": "2019"}


def boundary_file(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return what a layer of polygons is, or None where it has no code that each of them has alone."""
    if table.shapes is not None and not table.shapes.endswith("Polygon"):
        return None
    columns = area_columns(table)
    own = own_column(table, columns)
    layer = {"layer": table.sheet} if table.sheet is not None else {}
    if own is None or own.level == "oa":
        return None if own else _zones(peek, table, layer)
    role = FileRole.AREAS if own.level in _SMALL else FileRole.LARGER_AREAS
    name = own.named_by or own.code
    details = {"code": own.code, "name": name, "level": own.level, **layer}
    if own.vintage:
        details["vintage"] = own.vintage
    for level in LEVELS[LEVELS.index(own.level) + 1 :]:
        if parent := of_level(columns, level):
            details |= {f"{level} code": parent.code, f"{level} name": parent.named_by or parent.code}
            details |= {f"{level} vintage": parent.vintage} if parent.vintage else {}
    what = f"Boundaries of {PLURALS[own.level]}{_edition(own.vintage)}"
    return Recognised(peek.file, role, what, _why(own), own.vintage, ONS, details=details)


def _zones(peek: Peek, table: PeekedTable, layer: dict[str, str]) -> Recognised | None:
    """Return areas of no official kind, where each has a code and a name."""
    code, name = some_code(table), some_name(table)
    if code is None or name is None or table.shapes not in _AREAL:
        return None
    details = {"code": code, "name": name, "level": "area", **layer}
    why = f"its columns {code} and {name}, and codes that are of no official areas"
    return Recognised(peek.file, FileRole.AREAS, "Boundaries of areas of your own", why, details=details)


def deprivation_file(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table has the index of deprivation of LSOAs; None for any other."""
    own = _key_column(table)
    figures = {found[1] or "score": column for column, found in table.matching(_INDEX)}
    figures = figures or {found[1] or "score": column for column, found in table.matching(_DEPRIVATION)}
    if own is None or not figures:
        return None
    column = next(figures[kind] for kind in ("score", "rank", "decile") if kind in figures)
    named = _INDEX_YEAR.search(f"{peek.file} {table.sheet or ''}")
    edition = named[1] if named else _INDEX_OF.get(own.vintage or "")
    details = {"key": own.code, "column": column} | _place(peek, table, own)
    what = (
        f"Index of Multiple Deprivation{f' {edition}' if edition else ''}, of {PLURALS['lsoa']}{_edition(own.vintage)}"
    )
    why = f"its columns {own.code} and {column}"
    return Recognised(peek.file, FileRole.DEPRIVATION, what, why, edition, MINISTRY, details=details)


def residents_file(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table has the residents of LSOAs; None for any other."""
    own = _key_column(table)
    figures = [column for column, _ in table.matching(_POPULATION)]
    if own is None or not figures:
        return None
    column = max(figures, key=lambda name: (year[1] if (year := _MID.search(name)) else "", -figures.index(name)))
    mid = _MID.search(column) or _MID.search(table.sheet or "") or _MID.search(peek.file)
    census = _CENSUS.search(f"{column} {peek.file}")
    edition = f"mid-{mid[1]}" if mid else f"census {census[1]}" if census else None
    details = {"key": own.code, "column": column} | _place(peek, table, own)
    what = f"Residents of {PLURALS['lsoa']}{_edition(own.vintage)}{f', {edition}' if edition else ''}"
    why = f"its columns {own.code} and {column}"
    return Recognised(peek.file, FileRole.RESIDENTS, what, why, edition, ONS, details=details)


def lookup_file(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table says which areas lie in which, or what became of them; None for any other."""
    columns = area_columns(table)
    details: dict[str, str] = {}
    for one in columns:
        stem = f"{one.level} {one.vintage}" if one.vintage else one.level
        details.setdefault(f"{stem} code", one.code)
        if one.named_by:
            details.setdefault(f"{stem} name", one.named_by)
    change = next((column for column, _ in table.matching(_CHANGE)), None)
    if change is not None:
        details["change"] = change
    if len(columns) >= 2:
        named = [f"{_said(one)}" for one in columns]
        what = f"Lookup from {named[0]} to {' and '.join(named[1:3])}"
        why = f"its columns {say_words([one.code for one in columns[:3]])}"
    elif columns and columns[0].common:
        what, why = f"Names of {PLURALS[columns[0].level]} that people use", f"its column {columns[0].common}"
    else:
        return None
    return Recognised(peek.file, FileRole.LOOKUP, what, why, columns[0].vintage, ONS, details=details)


def _key_column(table: PeekedTable) -> AreaColumn | None:
    """Return the column of LSOAs by which a table of figures is joined."""
    columns = area_columns(table)
    own = of_level(columns, "lsoa")
    return None if own is None or len([one for one in columns if one.level == "lsoa"]) > 1 else own


def _place(peek: Peek, table: PeekedTable, own: AreaColumn) -> dict[str, str]:
    details = {"vintage": own.vintage} if own.vintage else {}
    if peek.kind is PeekKind.WORKBOOK and table.sheet is not None:
        details["sheet"] = table.sheet
    return details


def _said(one: AreaColumn) -> str:
    return f"{PLURALS[one.level]}{f' of {one.vintage}' if one.vintage else ''}"


def _edition(vintage: str | None) -> str:
    return f", {vintage} edition" if vintage else ""


def _why(own: AreaColumn) -> str:
    if own.told_by_values:
        return f"the codes in its column {own.code}, which are those of {PLURALS[own.level]}"
    return f"its column{'s' if own.named_by else ''} {' and '.join(filter(None, (own.code, own.named_by)))}"
