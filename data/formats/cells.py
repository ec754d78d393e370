"""Cells of a text table: trimmed text, numbers, columns found by name, faults, and rows named without their values.

Every reader says where a fault is through this file, so that a message holds a file, a column and a row number and
never what the row says.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.formats.csv_text import row_number
from geo.arrays import Bools, Floats
from geo.errors import InputError

Column: TypeAlias = pa.Array | pa.ChunkedArray
Say: TypeAlias = Callable[[Bools], str]  # names the rows of a mask, as ``say_rows`` does

# Thousands may be set off by commas, as official population tables do; a decimal comma is not a number here.
_NUMBER: Final = r"^[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d{1,2})?$"


@dataclass(frozen=True, eq=False)
class Fault:
    """One requirement that cells of a column break: the mask of their rows, and the words for it.

    A fault is found while cells are read; ``data.records.problems`` lists the rows of those that are left out. ``what``
    names it in a list, after "3 rows with" ("a date still to come"). A sentence is made of ``must``, the
    requirement ("column “Date” must hold a date, but it holds"), ``found`` ("a date still to come"), the rows, and
    ``remedy``. ``whole`` condemns the file and not only its rows, as the wrong kind of coordinates does.
    """

    what: str
    column: str
    bad: Bools
    must: str
    found: str
    remedy: str
    whole: bool = False


def refuse(faults: Sequence[Fault], *, where: str, say: Say) -> None:
    """Raise ``InputError`` with one sentence that gathers the faults against the first requirement of ``faults``.

    ``where`` begins the sentence: the file in quotation marks, with its sheet if need be. No faults, no error.
    """
    if not faults:
        return
    first = faults[0]
    same = [first] if first.whole else [fault for fault in faults if fault.must == first.must and not fault.whole]
    found_in: dict[str, Bools] = {}
    for fault in same:
        found_in[fault.found] = found_in.get(fault.found, False) | fault.bad
    found = [what if len(found_in) == 1 else f"{what} ({np.count_nonzero(bad):,})" for what, bad in found_in.items()]
    remedies = dict.fromkeys(fault.remedy for fault in same)
    raise InputError(f"{where}: {first.must} {say_words(found)} in {say(any_of(same))}; {'; '.join(remedies)}.")


def any_of(faults: Sequence[Fault]) -> Bools:
    """Return for each row whether it has one of ``faults``, of which there is at least one."""
    return np.logical_or.reduce([fault.bad for fault in faults])


def texts(column: Column) -> pa.StringArray:
    """Return ``column`` as one array of trimmed text, blanks as null."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    trimmed = pc.utf8_trim_whitespace(whole.cast(pa.string()))
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def mask(column: Column) -> Bools:
    """Return a boolean ``column`` as an array, null as false."""
    return np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def filled(table: pa.Table) -> Bools:
    """Return for each row whether any cell holds something; blank rows between others stay in a table."""
    return mask(reduce(pc.or_, [pc.is_valid(texts(column)) for column in table.columns]))


def say_rows(bad: Bools) -> str:
    """Return the rows of ``bad`` as a spreadsheet numbers them: "row 7" or "3 rows (the first is row 7)"."""
    return _say(bad, "row", row_number(int(np.argmax(bad))))


def say_features(bad: Bools) -> str:
    """Return the features of ``bad`` in the order of a GeoJSON file: "feature 1" or "3 features (the first is …)"."""
    return _say(bad, "feature", int(np.argmax(bad)) + 1)


def _say(bad: Bools, word: str, first: int) -> str:
    count = int(np.count_nonzero(bad))
    return f"{word} {first}" if count == 1 else f"{count:,} {word}s (the first is {word} {first})"


def say_names(names: Iterable[str], last: str = "and") -> str:
    """Return names in quotation marks: “A”, “B” and “C”."""
    return say_words([f"“{name}”" for name in names], last)


def say_missing(missing: Sequence[str], there: Iterable[str]) -> str:
    """Return that names are missing from those that are there: “A” and “B” are missing from “C” and “D”."""
    found = say_names(there)
    missed = f"{say_names(missing)} {'is' if len(missing) == 1 else 'are'}"
    return f"{missed} missing from {found}" if found else f"{missed} missing, as it has none"


def say_words(words: Sequence[str], last: str = "and") -> str:
    """Return words as a sentence lists them: a, b and c."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def normalised(name: str) -> str:
    """Return a column name as synonyms are written: in lower case, its words parted by one space each."""
    return " ".join(re.sub(r"[_\-.:()]+", " ", name).casefold().split())


def find_column(header: Sequence[str], synonyms: Sequence[str]) -> str | None:
    """Return the column of ``header`` whose normalised name is among ``synonyms``, the earliest of them first."""
    by_name: dict[str, str] = {}
    for name in header:
        by_name.setdefault(normalised(name), name)
    return next((by_name[synonym] for synonym in synonyms if synonym in by_name), None)


def find_columns(header: Sequence[str], synonyms: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the column of each meaning of ``synonyms``; a meaning without a column is left out."""
    found = {meaning: find_column(header, names) for meaning, names in synonyms.items()}
    return {meaning: column for meaning, column in found.items() if column is not None}


def numbers(column: Column, *, where: str, name: str) -> Floats:
    """Return the numbers of a text column as float64, NaN where blank.

    Raises ``InputError`` for text that is no number, naming file, column and rows.
    """
    values, faults = read_numbers(column, name)
    refuse(faults, where=f"“{where}”", say=say_rows)
    return values


def read_numbers(column: Column, name: str) -> tuple[Floats, list[Fault]]:
    """Return the numbers of a text column as float64, NaN where it is blank or no number, and what is wrong with it."""
    text = texts(column)
    fits = pc.and_(pc.match_substring_regex(text, _NUMBER), pc.match_substring_regex(text, r"\d"))
    bad = ~mask(fits) & mask(pc.is_valid(text))
    faults = []
    if bad.any():
        must = f"column “{name}” must hold numbers in digits, but it holds"
        remedy = "correct or blank those cells, or name another column"
        faults = [Fault("something that is no number", name, bad, must, "something else", remedy)]
        text = pc.if_else(pa.array(bad), pa.scalar(None, pa.string()), text)
    bare = pc.replace_substring(text, ",", "").cast(pa.float64())
    return np.asarray(pc.fill_null(bare, np.nan).to_numpy(zero_copy_only=False), dtype=np.float64), faults


def day_of(text: object) -> str | None:
    """Return the day with which a moment begins, "2026-04-01"; None where it begins with none."""
    try:
        return date.fromisoformat(str(text)[:10]).isoformat()
    except ValueError:
        return None
