"""Actions at known hotspots, from any file that holds a table: what was done or is to be done, and when."""

from collections.abc import Collection
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from data.formats import cells
from data.formats.sheets import Sheet
from data.records import dates
from data.screening import short_texts
from geo import columns as c
from geo.arrays import Bools
from geo.errors import InputError

_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    c.REFERENCE: ("reference", "ref", "hotspot", "hotspot reference"),
    c.WHAT: ("what", "action", "action taken", "what was done", "response"),
    c.DUE_ON: ("due on", "due", "due date", "due by", "planned for", "planned"),
    c.DONE_ON: ("done on", "done", "date done", "completed on", "completed", "date"),
}
_TEXTS: Final = (c.REFERENCE, c.WHAT)
_DAYS: Final = (c.DUE_ON, c.DONE_ON)


def read_actions(sheet: Sheet, references: Collection[str], today: date) -> pd.DataFrame:
    """Return the actions of a table in the order of its rows, blank ones left out.

    ``references`` are those of the register. The columns are ``c.REFERENCE`` and ``c.WHAT`` (text), ``c.DUE_ON`` and
    ``c.DONE_ON`` (datetime64[s] days, NaT where blank; at least one of them is there). Raises ``InputError`` for
    missing columns, a blank reference or action, one whose words are too long, cannot all be seen or seem to tell who a
    person is, an action without a day, one done after ``today``, and a reference that is not on the register.
    """
    found = _columns(sheet)
    filled = cells.filled(sheet.table)
    frame = pd.DataFrame({name: _texts(sheet, found[name]) for name in _TEXTS})
    for name in _TEXTS:
        blank = filled & frame[name].isna().to_numpy()
        _refuse(sheet, blank, f"every action must have something in “{found[name]}”, but it is blank", "fill it")
    for name in _DAYS:
        frame[name] = _days(sheet, found.get(name), today if name == c.DONE_ON else None)
    undated = filled & frame[list(_DAYS)].isna().all(axis=1).to_numpy()
    _refuse(
        sheet, undated, "every action must have the day on which it is due or was done, but there is none",
        "fill in “due on” or “done on”",
    )  # fmt: skip
    strange = filled & ~frame[c.REFERENCE].isin(references).to_numpy()
    _refuse(
        sheet, strange, "every action must belong to a known hotspot, but the register has none of the reference",
        "correct it, or bring that hotspot in first",
    )  # fmt: skip
    short_texts.require_clean_cells(sheet, frame[c.WHAT], "an action")
    return frame[filled].reset_index(drop=True)


def action_day_columns(sheet: Sheet) -> list[str]:
    """List the columns that hold the days of actions, as far as there are any."""
    found = cells.find_columns(sheet.columns, _SYNONYMS)
    return [found[name] for name in _DAYS if name in found]


def _columns(sheet: Sheet) -> dict[str, str]:
    found = cells.find_columns(sheet.columns, _SYNONYMS)
    missing = [name for name in _TEXTS if name not in found]
    if missing or not any(name in found for name in _DAYS):
        needed = [*missing, *([] if any(name in found for name in _DAYS) else ["due on or done on"])]
        raise InputError(
            f"{sheet.where}: actions need the columns “reference”, “what” and “due on” or “done on”, but the file has "
            f"{cells.say_names(sheet.columns)}; add or rename {cells.say_names(needed)}."
        )
    return found


def _texts(sheet: Sheet, column: str) -> pd.Series:
    return pd.Series(cells.texts(sheet.table.column(column)).to_pylist(), dtype="str")


def _days(sheet: Sheet, column: str | None, today: date | None) -> pd.Series:
    """Return days; those up to ``today`` only, or any where it is None."""
    if column is None:
        return pd.Series(np.full(len(sheet.table), np.datetime64("NaT", "s")))
    moments, faults = dates.read_moments(sheet.table.column(column), column, today)
    cells.refuse(faults, where=sheet.where, say=sheet.say)
    return moments.at.dt.floor("D")


def _refuse(sheet: Sheet, bad: Bools, must: str, remedy: str) -> None:
    if bad.any():
        raise InputError(f"{sheet.where}: {must} in {sheet.say(bad)}; {remedy}.")
