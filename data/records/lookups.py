"""Facts about areas from other tables: parents, residents and deprivation, joined by area code."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from data.formats.csv_text import header, read_text_table
from data.formats.sources import Source
from geo import columns as c
from geo.errors import InputError

# Names by which a column is known, as ``cells.normalised`` writes them, the most specific first.
_RESIDENTS: Final = ("total population", "population", "residents", "usual residents", "all ages")
_MID_YEAR: Final = re.compile(r"mid (\d{4}) population")
_INDEX: Final = "index of multiple deprivation imd"
_DEPRIVATION: Final = (
    "imd score", f"{_INDEX} score",
    "imd rank", f"{_INDEX} rank", f"{_INDEX} rank where 1 is most deprived",
    "imd decile", f"{_INDEX} decile", f"{_INDEX} decile where 1 is most deprived 10% of lsoas",
    "deprivation", "deprivation score", "deprivation rank", "deprivation decile",
)  # fmt: skip


def join_lookup(areas: pd.DataFrame, source: Source, columns: Sequence[str]) -> pd.DataFrame:
    """Return ``areas`` with those of ``columns`` (text) that a CSV has joined to it, in place of its own if it has any.

    The column of the file that holds most of the codes in ``c.AREA`` is the one joined by. Areas that the file does
    not have stay missing. Raises ``InputError`` when the file has none of ``columns``, when none of its columns holds
    codes of these areas, and when an area's rows differ in a wanted column.
    """
    names = header(source)
    wanted = [name for name in dict.fromkeys(columns) if name in names]
    if columns and not wanted:
        raise InputError(
            f"“{source.name}”: the lookup must have a column {cells.say_names(columns, 'or')}, but it has "
            f"{cells.say_names(names)}; correct the name or bring another file."
        )
    return _joined(areas, source, wanted)[0] if wanted else areas


def read_residents(areas: pd.DataFrame, source: Source, column: str | None = None) -> tuple[pd.Series, list[str]]:
    """Return the residents of each area (float64, people, on the index of ``areas``), and notes.

    ``column`` None takes a column named as populations are ("total_population", "Population", "Residents") or the
    latest "Mid-2022: Population". Areas without a figure stay NaN and are counted in a note. Raises ``InputError`` as
    ``join_lookup`` does, and for figures that are no numbers or negative.
    """
    chosen = column or _latest_population(header(source))
    return _figures(areas, source, chosen, c.RESIDENTS, "residents", "population")


def read_deprivation(areas: pd.DataFrame, source: Source, column: str | None = None) -> tuple[pd.Series, list[str]]:
    """Return the deprivation of each area (float64, on the index of ``areas``) as the file states it, and notes.

    ``column`` None takes the score of the Index of Multiple Deprivation, else its rank, else its decile, else a column
    named "deprivation"; a note says which, since a high score but a low rank or decile is more deprived. Areas without
    a figure stay NaN and are counted in a note. Raises ``InputError`` as ``read_residents`` does.
    """
    chosen = column or cells.find_column(header(source), _DEPRIVATION)
    return _figures(areas, source, chosen, c.DEPRIVATION, "deprivation", "IMD_score")


def _latest_population(names: Sequence[str]) -> str | None:
    named = cells.find_column(names, _RESIDENTS)
    years = {found.group(1): name for name in names if (found := _MID_YEAR.fullmatch(cells.normalised(name)))}
    return named or (years[max(years)] if years else None)


def _figures(
    areas: pd.DataFrame, source: Source, column: str | None, name: str, meaning: str, example: str
) -> tuple[pd.Series, list[str]]:
    """Return one column of figures of zero or more, joined to ``areas``, and notes."""
    if column is None:
        raise InputError(
            f"“{source.name}”: a file of {meaning} must have a column named as such, for example “{example}”, but "
            f"it has {cells.say_names(header(source))}; name the column."
        )
    _require_figures(source, column)
    joined, key = _joined(areas[[c.AREA]], source, [column])
    values = cells.numbers(pa.array(joined[column], pa.string(), from_pandas=True), where=source.name, name=column)
    missing = int(np.isnan(values).sum())
    notes = [f"“{source.name}” gives {meaning} in its column “{column}”, joined by its column “{key}”."]
    if missing:
        notes.append(f"{missing:,} of {len(areas):,} areas have no {meaning} in “{source.name}”.")
    return pd.Series(values, index=areas.index, name=name), notes


def _joined(areas: pd.DataFrame, source: Source, columns: Sequence[str]) -> tuple[pd.DataFrame, str]:
    """Return ``areas`` with ``columns`` of a file, and the column of the file that was joined by."""
    table = read_text_table(source)
    key = _key(source.name, table, areas)
    by_code = _one_row_per_area(source.name, table, key, columns, set(areas[c.AREA]))
    found = by_code.reindex(areas[c.AREA].to_numpy()).set_axis(areas.index)
    return areas.drop(columns=[name for name in columns if name in areas.columns]).join(found), key


def _require_figures(source: Source, column: str) -> None:
    """Refuse text and negative figures anywhere in the file, by the file's own row numbers."""
    values = cells.numbers(read_text_table(source, columns=[column]).column(column), where=source.name, name=column)
    negative = values < 0
    if negative.any():
        raise InputError(
            f"“{source.name}”: column “{column}” must hold figures of zero or more, but they are negative in "
            f"{cells.say_rows(negative)}; correct them or name another column."
        )


def _key(where: str, table: pa.Table, areas: pd.DataFrame) -> str:
    """Return which column holds most of the area codes; the first of equals."""
    codes = pa.array(areas[c.AREA], pa.string()).unique()
    matches: dict[str, int] = {
        name: pc.sum(pc.is_in(codes, value_set=cells.texts(table.column(name)))).as_py() or 0
        for name in table.column_names
    }
    best = max(matches, key=lambda name: matches[name])
    if not matches[best]:
        raise InputError(
            f"“{where}”: a column must hold the codes of the areas, but none of {cells.say_names(matches)} does; bring "
            "a file of the same edition of areas."
        )
    return best


def _one_row_per_area(where: str, table: pa.Table, key: str, columns: Sequence[str], codes: set[str]) -> pd.DataFrame:
    """Return the columns by area code; several rows of an area must agree, as they do where an area was split."""
    frame = pd.DataFrame({name: cells.texts(table.column(name)).to_pylist() for name in columns}, dtype="str")
    frame.index = pd.Index(cells.texts(table.column(key)).to_pylist(), dtype="str")
    wanted = frame.index.isin(list(codes))
    same = frame.reset_index().duplicated().to_numpy()
    differs = wanted & ~same & frame.index.duplicated()
    if differs.any():
        raise InputError(
            f"“{where}”: each area must have one {cells.say_names(columns)}, but an area that came before has "
            f"another in {cells.say_rows(differs)}; bring a lookup in which each area has one row."
        )
    return frame[wanted & ~frame.index.duplicated()]
