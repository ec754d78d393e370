"""Lists of an organisation's own, from any file that holds a table: who to tell, and what to teach.

Columns that a list does not know are left unread, so that nothing of them, a name least of all, is stored.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd

from data.formats import cells, sheet_reader
from data.formats.sheets import Sheet
from data.formats.sources import Source
from data.records import dates
from data.screening import detectors
from data.screening.identifier_kinds import Confidence
from data.screening.screen import kinds_in, require_clean
from geo.arrays import Bools
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.register.closed_lists import code_of
from geo.register.teaching_list import AUDIENCES

_MOST: Final = 500  # rows: a list that people keep by hand
_LONGEST: Final = 400  # characters of one cell
_CONTACTS: Final[dict[str, tuple[str, ...]]] = {
    "service": ("service", "team", "service or team", "organisation"),
    "harms": ("harm groups", "harm group", "who it is for", "for", "harms"),
    "area": ("area", "area or borough", "borough", "covers"),
    "phone": ("phone", "telephone", "tel", "number"),
    "email": ("email", "e mail", "email address"),
    "web": ("web", "website", "web address", "url"),
    "hours": ("hours", "opening hours", "when"),
    "checked_on": ("date checked", "checked on", "checked", "last checked"),
}
_TEACHING: Final[dict[str, tuple[str, ...]]] = {
    "harm": ("harm group", "harm"),
    "audience": ("audience", "year group", "for whom"),
    "topic": ("topic",),
    "what": ("what", "what to teach", "what to teach or know"),
    "how": ("how", "how and when"),
    "source": ("source", "guidance"),
    "reviewed_on": ("reviewed on", "date of review", "reviewed", "review date"),
    "warning": ("warning", "known to do harm"),
}
_REACHED_BY: Final = {
    "phone": (re.compile(r"[+(]?\d[\d ()+-]{1,24}(?: ?(?:ext|x)\.? ?\d{1,6})?"), "a phone number"),
    "email": (re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+"), "an e-mail address"),
    "web": (re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE), "a web address"),
}


def read_contacts(source: Source, sheet_name: str | None, today: date, progress: Any) -> list[dict[str, Any]]:
    """Return the contacts of a file as entries (a job of ``data.sandbox``): the fields of ``Contact``, harms as a list.

    Raises InputError for missing columns, a service without a name or any way to reach it, a harm group that is none, a
    number or an address that is none, one that seems to be a person's, and words that tell who a person is.
    """
    progress(0.0, f"Reading {source.name}")
    sheet, found = _sheet(source, sheet_name, _CONTACTS, ("service",))
    _screen(sheet, found, days="checked_on", unscreened=tuple(_REACHED_BY))
    frame = _frame(sheet, found, "checked_on", today)
    _require(sheet, frame, "service")
    for name, (form, called) in _REACHED_BY.items():
        texts = frame[name]
        _refuse(
            sheet, texts.notna() & ~texts.fillna("").str.fullmatch(form), f"“{found.get(name)}” must hold {called} or "
            "be blank, but it does not", "correct it",
        )  # fmt: skip
    unreachable = frame["service"].notna() & frame[list(_REACHED_BY)].isna().all(axis=1)
    _refuse(sheet, unreachable, "every service must have a phone, an e-mail or a web address, but there is none",
            "fill one in")  # fmt: skip
    _require_teams(sheet, frame["email"])
    frame["harms"] = frame["harms"].map(lambda text: _harms(text), na_action="ignore")
    strange = frame["harms"].map(lambda codes: isinstance(codes, list) and None in codes)
    _refuse(sheet, strange, "harm groups must be blank for all, or of the list with “;” between, but they are not",
            f"write {cells.say_names(list(HARM_GROUPS.values()))}")  # fmt: skip
    entries = _entries(sheet, frame)
    return [one | {"harms": one["harms"] or []} for one in entries]


def read_teaching(source: Source, sheet_name: str | None, today: date, progress: Any) -> list[dict[str, Any]]:
    """Return what to teach, of a file, as entries (a job of ``data.sandbox``): the fields of ``TeachingRow``.

    Raises InputError for missing columns, a blank audience, topic, content or source, a harm group or an audience that
    is none, and words that tell who a person is.
    """
    progress(0.0, f"Reading {source.name}")
    needed = ("audience", "topic", "what", "source")
    sheet, found = _sheet(source, sheet_name, _TEACHING, needed)
    _screen(sheet, found, days="reviewed_on", texts=("what", "how", "source", "warning", "topic"))
    frame = _frame(sheet, found, "reviewed_on", today)
    for name in needed:
        _require(sheet, frame, name)
    frame["audience"] = _codes(sheet, frame["audience"], AUDIENCES, "an audience")
    every = frame["harm"].str.casefold().eq("all")
    frame["harm"] = _codes(sheet, frame["harm"].mask(every), HARM_GROUPS, "a harm group")
    return _entries(sheet, frame)


def _sheet(
    source: Source, sheet_name: str | None, synonyms: Mapping[str, tuple[str, ...]], needed: Sequence[str]
) -> tuple[Sheet, dict[str, str]]:
    """Return the rows of a file that hold anything, by the columns that a list knows."""
    sheet = sheet_reader.choose_sheet(sheet_reader.read_sheets(source), sheet_name)
    found = cells.find_columns(sheet.columns, dict(synonyms))
    missing = [name for name in needed if name not in found]
    if missing:
        needs, lacks = (cells.say_names([synonyms[name][0] for name in some]) for some in (needed, missing))
        raise InputError(
            f"{sheet.where}: a list needs the columns {needs}, but the file has {cells.say_names(sheet.columns)}; add "
            f"or rename {lacks}."
        )
    return replace(sheet, table=sheet.table.select(list(found.values())), annotations=()), found


def _screen(
    sheet: Sheet,
    found: Mapping[str, str],
    *,
    days: str,
    unscreened: Sequence[str] = (),
    texts: Sequence[str] = (),
) -> None:
    """Refuse identifiers of people in all columns but those by which a service is reached.

    Columns of guidance (``texts``) are of whole sentences, which would be taken for stories; each cell is judged alone
    when it is stored.
    """
    left = [column for name, column in found.items() if name not in (*unscreened, *texts)]
    dated = [found[days]] if days in found else []
    places = [found["area"]] if "area" in found else []
    require_clean([replace(sheet, table=sheet.table.select(left))], dates=dated, places=places)
    for name in texts:
        if name in found:
            column = cells.texts(sheet.table.column(found[name])).to_pylist()
            kinds = [set(some) - {detectors.FREE_TEXT} for some in kinds_in([text or "" for text in column])]
            bad = pd.Series([bool(some) for some in kinds], dtype=bool)
            _refuse(sheet, bad, f"“{found[name]}” must hold nothing that tells who a person is, but it seems to",
                    "leave that out")  # fmt: skip


def _frame(sheet: Sheet, found: Mapping[str, str], days: str, today: date) -> pd.DataFrame:
    synonyms = _CONTACTS if days == "checked_on" else _TEACHING
    frame = pd.DataFrame({name: _texts(sheet, found.get(name)) for name in synonyms if name != days})
    too_long = frame.apply(lambda column: column.str.len() > _LONGEST).any(axis=1)
    _refuse(sheet, too_long, f"every cell must have {_LONGEST} characters at most, but one has more", "shorten it")
    frame[days] = None
    if days in found:
        moments, faults = dates.read_moments(sheet.table.column(found[days]), found[days], today)
        cells.refuse(faults, where=sheet.where, say=sheet.say)
        frame[days] = moments.at.dt.strftime("%Y-%m-%d")
    if len(frame) > _MOST:
        raise InputError(
            f"{sheet.where}: a list must have {_MOST} rows at most, and this one has {len(frame):,}; keep what is used."
        )
    return frame


def _require(sheet: Sheet, frame: pd.DataFrame, name: str) -> None:
    filled = pd.Series(cells.filled(sheet.table))
    _refuse(
        sheet, filled & frame[name].isna(), f"every row must have something in “{name}”, but it is blank", "fill it"
    )


def _require_teams(sheet: Sheet, emails: pd.Series) -> None:
    """Refuse addresses that seem to be a person's: a list of contacts holds services and teams."""
    names = [re.sub(r"[^A-Za-z]+", " ", str(text).split("@")[0]).title() if text else "" for text in emails.fillna("")]
    kinds = kinds_in(names, Confidence.LIKELY)
    _refuse(sheet, pd.Series([bool(some) for some in kinds], dtype=bool),
            "an e-mail must be that of a team, but it seems to be a person’s", "give the team’s")  # fmt: skip


def _harms(text: str) -> list[str | None]:
    return [code_of(part, HARM_GROUPS) for part in re.split(r"[;|]", text) if part.strip()]


def _codes(sheet: Sheet, texts: pd.Series, words: dict[str, str], called: str) -> pd.Series:
    codes = texts.map(lambda text: code_of(text, words), na_action="ignore")
    listed = cells.say_names(list(words.values()))
    _refuse(sheet, texts.notna() & codes.isna(), f"{called} must be one of {listed}, but it is not", "choose one")
    return codes


def _entries(sheet: Sheet, frame: pd.DataFrame) -> list[dict[str, Any]]:
    filled = frame[frame.notna().any(axis=1)]
    if filled.empty:
        raise InputError(f"{sheet.where}: a list must have a row, and this one has none; fill it in.")
    return [
        {str(name): value if isinstance(value, list) or pd.notna(value) else None for name, value in row.items()}
        for row in filled.to_dict("records")
    ]


def _texts(sheet: Sheet, column: str | None) -> pd.Series:
    if column is None:
        return pd.Series([None] * len(sheet.table), dtype=object)
    return pd.Series(cells.texts(sheet.table.column(column)).to_pylist(), dtype=object)


def _refuse(sheet: Sheet, bad: "pd.Series | Bools", must: str, remedy: str) -> None:
    mask = pd.Series(bad).fillna(False).to_numpy(dtype=bool)
    if mask.any():
        raise InputError(f"{sheet.where}: {must} in {sheet.say(mask)}; {remedy}.")
