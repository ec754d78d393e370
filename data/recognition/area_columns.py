"""Columns that hold the codes and names of official areas, of any level, vintage and way of writing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from data.recognition.peek import PeekedTable, key

# From small to large; OAs are known, and nothing is counted by them.
LEVELS: Final = ("oa", "lsoa", "msoa", "ward", "district")
PLURALS: Final = {
    "oa": "output areas", "lsoa": "LSOAs", "msoa": "MSOAs", "ward": "wards", "district": "districts",
    "area": "areas",
}  # fmt: skip
_WORDS: Final = {
    **dict.fromkeys(("oa", "outputarea", "outputareas"), "oa"),
    **dict.fromkeys(("lsoa", "lowerlayersuperoutputarea", "lowerlayersuperoutputareas"), "lsoa"),
    **dict.fromkeys(("msoa", "middlelayersuperoutputarea", "middlelayersuperoutputareas"), "msoa"),
    **dict.fromkeys(("wd", "ward", "wards", "electoralward", "electoralwards"), "ward"),
    **dict.fromkeys(
        ("lad", "ltla", "la", "laua", "localauthority", "localauthoritydistrict", "lowertierlocalauthority", "lagss",
         "lowertierlocalauthorities", "localauthoritydistricts", "localauthorities", "district"),
        "district",
    ),
}  # fmt: skip
_LEVEL: Final = "|".join(sorted(_WORDS, key=len, reverse=True))
_CODE: Final = re.compile(rf"({_LEVEL})(\d{{4}}|\d\d)?(?:cd|code|codes)(\d{{4}}|\d\d)?")
_NAME: Final = re.compile(rf"({_LEVEL})(\d{{4}}|\d\d)?(hcl)?(?:nm|name|names)(\d{{4}}|\d\d)?")
_ANY_CODE: Final = re.compile(r"(?:area|geo|geography|gss|ons)?(?:code|cd|id)|geographycode|areacd")
_ANY_NAME: Final = re.compile(r"(?:area|geo|geography|zone)?(?:name|nm|title)|geography|label")
_GSS: Final = re.compile(r"([EWSNK]\d\d)\d{6}")
_PREFIXES: Final = {
    "E00": "oa", "W00": "oa", "E01": "lsoa", "W01": "lsoa", "S01": "lsoa", "E02": "msoa", "W02": "msoa",
    "E05": "ward", "W05": "ward", "E06": "district", "E07": "district", "E08": "district", "E09": "district",
    "W06": "district",
}  # fmt: skip


@dataclass(frozen=True)
class AreaColumn:
    """One column of codes of areas, and that of their names where there is one; ``vintage`` is a year, "2021".

    ``told_by_values`` says that the codes themselves, and not the name of the column, tell the level.
    """

    level: str
    vintage: str | None
    code: str
    name: str | None = None
    common: str | None = None  # the names that people use, of the House of Commons Library
    told_by_values: bool = False

    @property
    def named_by(self) -> str | None:
        """The column of the best names."""
        return self.common or self.name


def area_columns(table: PeekedTable) -> list[AreaColumn]:
    """Return the columns of codes in a table, from the smallest areas to the largest, the newest of each first.

    A name that says another level than the codes beneath it is not believed.
    """
    found = [one for column in table.columns if (one := _code_column(table, column))]
    named = [_with_names(table, one) for one in found]
    ordered = sorted(named, key=lambda one: (LEVELS.index(one.level), -int(one.vintage or 0)))
    if ordered and ordered[0].told_by_values and ordered[0].name is None:  # a bare "name" is that of the smallest
        ordered[0] = replace(ordered[0], name=some_name(table))
    return ordered


def of_level(columns: Iterable[AreaColumn], level: str) -> AreaColumn | None:
    """Return the first column of a level."""
    return next((one for one in columns if one.level == level), None)


def own_column(table: PeekedTable, columns: Sequence[AreaColumn]) -> AreaColumn | None:
    """Return the column that names each row of a table: the smallest level, and of it one that never comes again."""
    for one in columns:
        values = table.values(one.code)
        if len(set(values)) == len(values):
            return one
    return None


def some_code(table: PeekedTable) -> str | None:
    """Return a column of codes of areas of no official kind: filled throughout, and each row with its own."""
    for column, _ in table.matching(_ANY_CODE):
        values = table.values(column)
        if values and len(set(values)) == len(values) == len(table.rows):
            return column
    return None


def some_name(table: PeekedTable) -> str | None:
    """Return a column of names of areas of no official kind."""
    return next((column for column, _ in table.matching(_ANY_NAME)), None)


def level_of_codes(values: Iterable[str]) -> str | None:
    """Return the level that official codes are of; None where they differ, or are none."""
    levels = {_PREFIXES.get(found[1]) if (found := _GSS.fullmatch(value)) else None for value in values}
    return levels.pop() if len(levels) == 1 else None


def year(digits: str | None) -> str | None:
    """Return a year in four digits: "21" is 2021."""
    return digits if digits is None or len(digits) == len("2021") else f"20{digits}"


def _code_column(table: PeekedTable, column: str) -> AreaColumn | None:
    found = _CODE.fullmatch(key(column))
    values = table.values(column)
    told = level_of_codes(values)
    if found is None:
        return AreaColumn(told, None, column, told_by_values=True) if told else None
    level, vintage = _WORDS[found[1]], year(found[2] or found[3])
    if values and told is None:
        return None  # "LA (code)" of the register of schools is 370
    if told in (None, level):
        return AreaColumn(level, vintage, column)
    return AreaColumn(told, vintage, column, told_by_values=True)


def _with_names(table: PeekedTable, one: AreaColumn) -> AreaColumn:
    """Return a column of codes with that of the names: of the same level and vintage, or the only one there is."""
    name = common = None
    stem = _stem(one.code)
    for column, found in table.matching(_NAME):
        if _WORDS[found[1]] != one.level:
            continue
        same = year(found[2] or found[4]) in (one.vintage, None) or one.vintage is None
        if same and found[3]:
            common = common or column
        elif same and (name is None or _stem(column) == stem):
            name = column
    return AreaColumn(one.level, one.vintage, one.code, name, common, one.told_by_values)


def _stem(column: str) -> str:
    return re.sub(r"(?:cd|code|nm|name)", "", key(column))
