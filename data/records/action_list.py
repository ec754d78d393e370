"""Actions, from any file that holds a table: what was done or is owed, where, by whom, and when."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from data.formats import cells
from data.formats.sheets import Sheet
from data.records import dates
from data.records.positions import PLACE_SYNONYMS
from data.screening import short_texts
from geo import columns as c
from geo.arrays import Bools
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.register.action_kinds import ACTION_KINDS, ANSWERS
from geo.register.closed_lists import LEADS, code_of

LED_BY: Final = "led_by"
HELPED: Final = "helped"
HELPED_ON: Final = "helped_on"
HELPED_NOTE: Final = "helped_note"
_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    c.REFERENCE: ("reference", "ref", "hotspot", "hotspot reference"),
    c.WHAT: ("what", "action", "action taken", "what was done", "response"),
    c.DUE_ON: ("due on", "due", "due date", "due by", "planned for", "planned"),
    c.DONE_ON: ("done on", "done", "date done", "completed on", "completed", "date"),
    c.KIND: ("kind", "kind of action", "action kind", "type"),
    c.PLACE: ("place", "where", "location"),
    c.HARM: ("harm group", "harm", "harm type"),
    LED_BY: ("led by", "who leads", "lead role", "owner role", "role"),
    HELPED: ("did it help", "helped", "did it help?"),
    HELPED_ON: ("answered on",),
    HELPED_NOTE: ("note", "what makes you say so"),
    c.LON: PLACE_SYNONYMS["longitude"],
    c.LAT: PLACE_SYNONYMS["latitude"],
}
_TEXTS: Final = (c.REFERENCE, c.WHAT, c.PLACE, HELPED_NOTE)
_DAYS: Final = (c.DUE_ON, c.DONE_ON)
_CHOSEN: Final[Mapping[str, dict[str, str]]] = {
    c.KIND: ACTION_KINDS,
    c.HARM: HARM_GROUPS,
    LED_BY: LEADS,
    HELPED: ANSWERS,
}
_DEGREES: Final = {c.LON: 180.0, c.LAT: 90.0}


def read_actions(sheet: Sheet, references: Collection[str], today: date) -> pd.DataFrame:
    """Return the actions of a table in the order of its rows, blank ones left out.

    ``references`` are those of the register. The columns are ``c.REFERENCE``, ``c.WHAT`` and ``c.PLACE`` (text),
    ``c.DUE_ON`` and ``c.DONE_ON`` (datetime64[s] days, NaT where blank; at least one of them is there), ``c.KIND``,
    ``c.HARM``, ``LED_BY`` and ``HELPED`` (codes, blank where the file does not say), ``HELPED_ON`` (days),
    ``HELPED_NOTE`` (text), and ``c.LON`` and ``c.LAT`` (degrees).
    An action without a reference is at its place, or for the whole school. Raises ``InputError`` for missing
    columns, a blank action, words that are too long, cannot all be seen or seem to tell who a person is, a choice that
    is not on its list, an action without a day, one done after ``today``, and a reference that is not on the register.
    """
    found = _columns(sheet)
    filled = cells.filled(sheet.table)
    frame = pd.DataFrame({name: _texts(sheet, found.get(name)) for name in _TEXTS})
    blank = filled & frame[c.WHAT].isna().to_numpy()
    _refuse(sheet, blank, f"every action must have something in “{found[c.WHAT]}”, but it is blank", "fill it")
    for name in _DAYS:
        frame[name] = _days(sheet, found.get(name), today if name == c.DONE_ON else None)
    undated = filled & frame[list(_DAYS)].isna().all(axis=1).to_numpy()
    _refuse(
        sheet, undated, "every action must have the day on which it is due or was done, but there is none",
        "fill in “due on” or “done on”",
    )  # fmt: skip
    strange = filled & frame[c.REFERENCE].notna().to_numpy() & ~frame[c.REFERENCE].isin(references).to_numpy()
    _refuse(
        sheet, strange, "a reference must be that of a known hotspot, but the register has none of the reference",
        "correct it, leave it blank and name the place in words, or bring that hotspot in first",
    )  # fmt: skip
    short_texts.require_clean_cells(sheet, frame[c.WHAT], "an action")
    short_texts.require_clean_cells(sheet, frame[c.PLACE], "the place of an action")
    for name, words in _CHOSEN.items():
        frame[name] = _codes(sheet, found.get(name), words)
    short_texts.require_clean_cells(sheet, frame[HELPED_NOTE], "a note")
    frame[HELPED_ON] = _days(sheet, found.get(HELPED_ON), today)
    early = frame[HELPED].notna().to_numpy() & frame[c.DONE_ON].isna().to_numpy()
    _refuse(sheet, early, "an action must be done before it is said whether it helped, but it is not", "fill “done on”")
    for name, most in _DEGREES.items():
        frame[name] = _degrees(sheet, found.get(name), most)
    half = frame[c.LON].isna().to_numpy() != frame[c.LAT].isna().to_numpy()
    _refuse(sheet, half, "a position must have a longitude and a latitude, but one is blank", "fill both or neither")
    return frame[filled].reset_index(drop=True)


def action_day_columns(sheet: Sheet) -> list[str]:
    """List the columns that hold the days of actions, as far as there are any."""
    return _named(sheet, (*_DAYS, HELPED_ON))


def action_place_columns(sheet: Sheet) -> list[str]:
    """List the columns that name the places of actions, as far as there are any."""
    return _named(sheet, (c.PLACE,))


def _named(sheet: Sheet, names: Collection[str]) -> list[str]:
    found = cells.find_columns(sheet.columns, _SYNONYMS)
    return [found[name] for name in names if name in found]


def _columns(sheet: Sheet) -> dict[str, str]:
    found = cells.find_columns(sheet.columns, _SYNONYMS)
    dated = any(name in found for name in _DAYS)
    if c.WHAT not in found or not dated:
        needed = [*([] if c.WHAT in found else [c.WHAT]), *([] if dated else ["due on or done on"])]
        raise InputError(
            f"{sheet.where}: actions need the columns “what” and “due on” or “done on”, but the file has "
            f"{cells.say_names(sheet.columns)}; add or rename {cells.say_names(needed)}."
        )
    return found


def _texts(sheet: Sheet, column: str | None) -> pd.Series:
    if column is None:
        return pd.Series([None] * len(sheet.table), dtype="str")
    return pd.Series(cells.texts(sheet.table.column(column)).to_pylist(), dtype="str")


def _codes(sheet: Sheet, column: str | None, words: dict[str, str]) -> pd.Series:
    """Return the codes that a column's words mean; raises InputError for words that are not on the list."""
    texts = _texts(sheet, column)
    codes = texts.map(lambda text: code_of(text, words), na_action="ignore")
    strange = texts.notna().to_numpy() & codes.isna().to_numpy()
    listed = cells.say_names(list(words.values()))
    _refuse(sheet, strange, f"“{column}” must be blank or one of {listed}, but it is not", "choose one of those")
    return codes


def _degrees(sheet: Sheet, column: str | None, most: float) -> pd.Series:
    texts = _texts(sheet, column)
    numbers = pd.to_numeric(texts, errors="coerce")
    bad = texts.notna().to_numpy() & ~(numbers.abs() <= most).to_numpy()
    _refuse(sheet, bad, f"“{column}” must hold degrees or be blank, but it does not", "correct it")
    return numbers.astype("float64")


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
