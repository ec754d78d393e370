"""Whose incident it is: which of the schools that bring rows together each row comes from, as an opaque number.

What protects a dataset of several schools is how many of them stand behind a figure, and never which. So numbers take
the place of what the column of schools says before a reader returns anything, and it is kept nowhere.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from data.records.rows import CONTRIBUTOR_FIELD, NO_CONTRIBUTOR, TEXT
from data.screening.distinct import Distinct
from geo import columns as c
from geo.errors import InputError

NO_SCHOOL: Final = "no school"
MAX_SCHOOLS: Final = 1_000  # more than a trust or a council has
_MIN_ROWS: Final = 20  # in fewer, a school may well stand on one row only


def raw_contributors(column: cells.Column) -> pa.Array:
    """Return the texts of a column of schools, blanks as empty text: a row without a school has a contributor too."""
    return pc.fill_null(cells.texts(column), "")


def number_contributors(tables: Sequence[pa.Table], where: str) -> pa.Table:
    """Return tables of rows as one, with a number in ``c.CONTRIBUTOR`` for each school that they name there.

    The numbers are "1", "2", … in the order of the texts of all tables, and ``NO_CONTRIBUTOR`` where a row names none
    or its table has no such column. Where no table has one, the result has none. A school is the same however its name
    is spaced, capitalised and punctuated. The same rows give the same numbers in any order; other rows may give
    others, so a number means nothing outside its table. Raises ``InputError``, naming files by ``where``, for a column
    that cannot be one of schools: more than ``MAX_SCHOOLS`` texts, or (from 20 rows on) more than one for every two
    rows.
    """
    if not any(c.CONTRIBUTOR in table.column_names for table in tables):
        return pa.concat_tables(tables).unify_dictionaries()
    whole = pa.concat_tables([_with_column(table) for table in tables]).unify_dictionaries()
    stated = Distinct.of(whole[c.CONTRIBUTOR].cast(pa.string()))
    keys = [_key(text) for text in stated.texts.to_pylist()]
    schools = sorted(set(keys) - {""})
    _require_schools(len(schools), stated.filled, where)
    number = {school: str(at) for at, school in enumerate(schools, start=1)}
    # A row that says nothing stands at -1, the last.
    texts = np.array([*(number.get(key, NO_CONTRIBUTOR) for key in keys), NO_CONTRIBUTOR], dtype=object)
    column = pa.array(texts[stated.rows], pa.string()).dictionary_encode()
    return whole.set_column(whole.column_names.index(c.CONTRIBUTOR), CONTRIBUTOR_FIELD, column.cast(TEXT))


def _with_column(table: pa.Table) -> pa.Table:
    if c.CONTRIBUTOR in table.column_names:
        return table
    nothing = pa.array([""] * table.num_rows, pa.string())
    return table.append_column(CONTRIBUTOR_FIELD, nothing.dictionary_encode())


def _key(text: str) -> str:
    return cells.normalised(text.replace("'", "").replace(",", " "))


def _require_schools(schools: int, rows: int, where: str) -> None:
    if schools > MAX_SCHOOLS or (rows >= _MIN_ROWS and 2 * schools > rows):
        raise InputError(
            f"{where}: a column of schools must name at most {MAX_SCHOOLS:,} of them, each on two rows or more as a "
            "rule, but "
            f"this one holds {schools:,} different texts in {rows:,} rows and seems to be something else; choose the "
            "column that says which school a row comes from, or none (in a mapping file: leave “school” out)."
        )
