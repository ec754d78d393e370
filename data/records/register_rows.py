"""Rows of a register file: text columns and one shape a row, whether the file is a table or holds shapes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from data.formats import cells
from data.formats.csv_output import may_be_formula
from data.formats.layers import Layer
from data.formats.shapes import repair, to_degrees
from data.formats.sheet_reader import choose_layer, choose_sheet, read_layers, read_sheets
from data.formats.sheets import Sheet
from data.formats.sources import Source
from data.records import dates
from data.records.positions import guess_place, positions_of
from geo.arrays import Bools, Shapes
from geo.errors import InputError
from geo.register.place_types import AREA_ONLY

_WKT: Final = ("wkt", "geometry", "geom")
_DRAWN: Final = frozenset(shapely.GeometryType) - {
    shapely.GeometryType.MISSING, shapely.GeometryType.GEOMETRYCOLLECTION, shapely.GeometryType.LINEARRING,
}  # fmt: skip
_GROUND: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_SEVERAL: Final = r"[;,\n]"  # what stands between the words of one cell
_WHOLE: Final = r"\d{1,6}(?:\.0)?"

CodeOf = Callable[[str], str | None]


@dataclass(frozen=True)
class RegisterRows:
    """What a file holds: text columns, one geometry a row, and how its rows are called.

    Each way to read a column returns one value a row, blanks as missing, and raises InputError that names the column
    and the rows for what it cannot read.
    """

    where: str
    table: pa.Table
    geometries: Shapes
    say: Callable[[Bools], str]

    def texts(self, column: str | None) -> pd.Series:
        """Return trimmed texts, without the mark by which a spreadsheet takes what looks like a formula for text."""
        if column is None:
            return pd.Series([None] * len(self.table), dtype="str")
        listed = cells.texts(self.table.column(column)).to_pylist()
        return pd.Series([None if one is None else _unguarded(one) for one in listed], dtype="str")

    def filled(self, column: str) -> pd.Series:
        """Return the texts of a column that must have one in every row."""
        texts = self.texts(column)
        blank = texts.isna().to_numpy()
        if blank.any():
            raise InputError(
                f"“{self.where}”: every hotspot must have something in “{column}”, but it is blank in "
                f"{self.say(blank)}; fill it."
            )
        return texts

    def coded(self, column: str, texts: pd.Series, code_of: CodeOf, allowed: Iterable[str]) -> pd.Series:
        """Return the codes of a closed list for the words of a column."""
        codes = texts.map(code_of, na_action="ignore")
        self._require_listed(column, (codes.isna() & texts.notna()).to_numpy(), allowed)
        return codes.astype("str")

    def several(self, column: str, code_of: CodeOf, words: Iterable[str], allowed: Iterable[str]) -> pd.Series:
        """Return the codes of a list for the words of a column, several in a cell, with spaces between the codes.

        ``words`` are all codes of the list, in whose order they come.
        """
        texts, order = self.texts(column), list(words)
        parts = texts.str.split(_SEVERAL, regex=True)
        coded = [
            [code_of(part.strip()) for part in own if part.strip()] if isinstance(own, list) else [] for own in parts
        ]
        self._require_listed(column, np.array([None in own for own in coded], dtype=np.bool_), allowed)
        joined = [" ".join(code for code in order if code in own) or None for own in coded]
        return pd.Series(joined, dtype="str")

    def days(self, column: str | None) -> pd.Series:
        """Return days; a review lies ahead, and a reader knows no clock to hold a report against."""
        texts = self.texts(column)
        moments = dates.parse_moments(texts, where=self.where, column=column or "", today=None, say=self.say)
        return moments.astype("datetime64[s]").dt.floor("D")

    def numbers(self, column: str | None) -> pd.Series:
        """Return whole numbers."""
        texts = self.texts(column)
        bad = (texts.notna() & ~texts.str.fullmatch(_WHOLE).fillna(False).astype(bool)).to_numpy()
        if bad.any():
            raise InputError(
                f"“{self.where}”: “{column}” must be a whole number such as 3, but it is something else in "
                f"{self.say(bad)}; correct it."
            )
        return pd.to_numeric(texts, errors="raise").astype("Int64")

    def places(self, types: pd.Series) -> Shapes:
        """Return valid shapes, refusing hotspots without one and homes that are not drawn as an area."""
        found = self.geometries
        kinds = shapely.get_type_id(found)
        nowhere = shapely.is_missing(found) | shapely.is_empty(found) | ~np.isin(kinds, list(_DRAWN))
        if nowhere.any():
            raise InputError(
                f"“{self.where}”: every hotspot must be a point, a line or a polygon, but there is none in "
                f"{self.say(nowhere)}; add its position."
            )
        shapes, _ = repair(self.where, found)
        shown = types.isin(AREA_ONLY).to_numpy() & ~np.isin(shapely.get_type_id(shapes), _GROUND)
        if shown.any():
            raise InputError(
                f"“{self.where}”: a residential address must be kept as an area only, but it is a point or line in "
                f"{self.say(shown)}; draw a polygon around the streets instead."
            )
        return shapes

    def _require_listed(self, column: str, unknown: Bools, allowed: Iterable[str]) -> None:
        if unknown.any():
            raise InputError(
                f"“{self.where}”: “{column}” must be one of {cells.say_names(allowed, 'or')}, but it "
                f"is none of them in {self.say(unknown)}; choose the nearest."
            )


def rows_of(source: Source, sheet: str | None) -> RegisterRows:
    """Return the rows of a file: of a named sheet or layer, else of the first that has any.

    Raises InputError as ``read_sheets`` does, and for a table without positions.
    """
    layers = read_layers(source)
    if layers and choose_layer(layers, sheet).drawn:
        return _of_layer(choose_layer(layers, sheet))
    sheets = [layer.sheet() for layer in layers] or read_sheets(source)
    return _of_sheet(choose_sheet(sheets, sheet))


def _of_layer(layer: Layer) -> RegisterRows:
    return RegisterRows(_named(layer.sheet().where), layer.table, layer.shapes, layer.say)


def _of_sheet(sheet: Sheet) -> RegisterRows:
    names = sheet.columns
    wkt, pair = cells.find_column(names, _WKT), guess_place(names).pair
    if wkt is None and pair is None:
        raise InputError(
            f"{sheet.where}: hotspots need longitude and latitude, easting and northing, or a column “WKT”, but "
            f"the file has the columns {cells.say_names(names)}; add or rename what is missing."
        )
    geometries = np.full(len(sheet.table), None, dtype=object)
    if pair is not None:
        found = positions_of(sheet.table, pair)
        cells.refuse(found.faults, where=sheet.where, say=sheet.say)
        known = ~np.isnan(found.lon)
        geometries[known] = shapely.points(found.lon[known], found.lat[known])
    if wkt is not None:
        drawn = _from_wkt(sheet, wkt)
        geometries = np.where(shapely.is_missing(drawn), geometries, drawn)
    return RegisterRows(_named(sheet.where), sheet.table, geometries, sheet.say)


def _named(where: str) -> str:
    """Return the name of a file (and sheet) without its outer quotation marks, which every sentence adds itself."""
    return where.removeprefix("“").removesuffix("”")


def _from_wkt(sheet: Sheet, column: str) -> Shapes:
    texts = cells.texts(sheet.table.column(column)).to_numpy(zero_copy_only=False)
    shapes: Shapes = shapely.from_wkt(texts, on_invalid="ignore")
    unread = shapely.is_missing(shapes) & ~pd.isna(texts)
    if unread.any():
        raise InputError(
            f"{sheet.where}: column “{column}” must hold shapes such as POINT (-1.47 53.38), but it holds something "
            f"else in {sheet.say(unread)}; correct those cells."
        )
    return to_degrees(_named(sheet.where), shapes)


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and may_be_formula(text[1:]) else text
