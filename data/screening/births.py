"""Dates of birth: named as such, or a column of days that lie a childhood before the incidents."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.screening.distinct import Distinct, matches
from data.screening.identifier_kinds import MIN_OTHERS, MIN_SHARE, MIN_TEXTS, Confidence
from geo.arrays import Bools

Days = npt.NDArray[np.datetime64]

MIN_YEARS: Final = 3  # years before the incident
MAX_YEARS: Final = 25
_DAYS_A_YEAR: Final = 365.25
_FIRST_YEAR: Final = 1900
_PIVOT: Final = 90  # years of two digits lie in 1990–2089, as data/records/dates.py reads them

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_CLOCK: Final = (
    r"(?:(?:t|,? +(?:at +|- *)?)\d{1,2}(?:[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?| ?[ap]\.?m\.?)"
    r"(?:z|[+-]\d\d:?\d\d)?)?"
)
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +)?"
_DAY_FORMS: Final = (
    r"(?P<year>[12]\d{3})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    r"(?P<day>\d{1,2}) ?(?P<mark>[/.\-]) ?(?P<month>\d{1,2}) ?(?P=mark) ?(?P<year>[12]\d{3}|\d{2})",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -](?P<name>{_NAMES}),?[ -](?P<year>[12]\d{{3}}|\d{{2}})",
)
_WHOLE_DAYS: Final = tuple(re.compile(f"(?i){_WEEKDAY}{form}{_CLOCK}") for form in _DAY_FORMS)
_SOLID: Final = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
)
_MONTH: Final = re.compile(
    rf"(?i)(?P<year>[12]\d{{3}})-(?P<month>\d{{1,2}})|(?P<m2>\d{{1,2}})/(?P<y2>[12]\d{{3}})"
    rf"|(?P<name>{_NAMES})[ -](?P<y3>[12]\d{{3}}|\d{{2}})"
)
_NUMBERED: Final = re.compile(r"([3-6]\d{4})(?:\.\d+)?")  # days as a spreadsheet numbers them
_SERIAL_ZERO: Final = np.datetime64("1899-12-30", "D")
_ANY_DAY: Final = (
    r"(?:[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2} ?[/.\- ] ?\d{1,2} ?[/.\- ] ?(?:[12]\d{3}|\d{2})\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -](?:{_NAMES}),?[ -](?:[12]\d{{3}}|\d{{2}}\b)"
    rf"|(?:{_NAMES}) \d{{1,2}}(?:st|nd|rd|th)?,? [12]\d{{3}}|\d{{8}}\b|\d{{6}}\b)"
)
_LABELLED: Final = re.compile(
    r"(?i)(?:\bd ?\.? ?o ?\.? ?b\b\.?|\bdate of birth\b|\bbirth ?dates?\b|\bborn\b|\bbirthdays?\b|\bb\.|\bdofb\b)"
    rf"(?: ?[:=(\-]| is| was| on| the)* ?{_ANY_DAY}"
)
_DAY_PATTERN: Final = rf"^{_WEEKDAY}\d{{1,4}} ?(?:[ /.\-]|st|nd|rd|th)[ of]* ?[a-z\d]{{1,9}},? ?[ /.\-] ?\d{{1,4}}"
_MONTH_PATTERN: Final = r"^\d{5}(?:\.\d+)?$|^\d{4}-\d{1,2}$|^\d{1,2}/\d{4}$|^[a-z]{3,9}[ -]\d{2,4}$"
PREFILTER: Final = rf"(?i){_DAY_PATTERN}|^\d{{8}}$|(?:birth|born|\bd ?\.? ?o ?\.? ?b\b|\bdofb|\bb\.).*\d"
# Days that a list keeps of its places and cases, and that may well lie years back.
_ADMINISTRATIVE: Final = re.compile(
    r"\b(?:reviews?|reviewed|open(?:ed|ing)?|closed|established|inspect(?:ed|ion)|built|expir(?:y|es)|valid|reported|updated|"
    r"created|issued|installed)\b"
)


def detect_birth(text: str) -> Confidence:
    """Return how surely a text is a date of birth: certain where named so; a date alone is ``SHAPED`` as one."""
    if _LABELLED.search(text):
        return Confidence.SURE
    return Confidence.SHAPED if _SOLID.fullmatch(text) or not np.isnat(_day(text)) else Confidence.NOTHING


def births_by_distance(column: Distinct, header: str, incidents: Days) -> Bools:
    """Return for each row whether its day lies a childhood before its incident; for none unless often enough so.

    A column of days on which a place or a case was opened, reviewed or reported has none.
    """
    if _ADMINISTRATIVE.search(header):
        return np.zeros(len(incidents), dtype=np.bool_)
    days = days_of(column)
    young = look_like_births(days, incidents)
    return young if young.any() else _alone_among_words(column, days, incidents)


def incident_days(columns: Mapping[str, Distinct], dates: Collection[str]) -> Days | None:
    """Return the latest day of each row in the columns ``dates``, or else in any column; None where there is none."""
    for names in (dates, columns):
        found = [days_of(columns[name], months=names is dates) for name in names if name in columns]
        if found and not np.isnat(latest := np.fmax.reduce(found)).all():
            return latest
    return None


def days_of(column: Distinct, *, months: bool = False) -> Days:
    """Return the day of each row (datetime64[D]), NaT for none; with ``months``, a month stands for its first day."""
    texts = column.texts
    pattern = rf"(?i){_DAY_PATTERN}|{_MONTH_PATTERN}" if months else rf"(?i){_DAY_PATTERN}"
    prefilter = np.flatnonzero(matches(texts, pattern))
    days = np.full(len(texts) + 1, np.datetime64("NaT", "D"))
    read = _day_or_month if months else _day
    days[prefilter] = [read(text) for text in texts.take(pa.array(prefilter)).to_pylist()]
    return days[column.rows]


def look_like_births(days: Days, incidents: Days) -> Bools:
    """Return for each row whether ``days`` lies a childhood before the row's incident; none unless often enough so."""
    young = _young(days, incidents)
    count = int(np.count_nonzero(young))
    if count < MIN_TEXTS or count < MIN_SHARE * np.count_nonzero(~np.isnat(days)):
        return np.zeros(len(young), dtype=np.bool_)
    return young


def _alone_among_words(column: Distinct, days: Days, incidents: Days) -> Bools:
    """Return the few days a childhood before the incident in a column that else holds no days; none in one of days."""
    known, young = ~np.isnat(days), _young(days, incidents)
    others = column.filled - np.count_nonzero(known)
    if others < MIN_OTHERS or np.count_nonzero(known) > MIN_SHARE * column.filled:
        return np.zeros(len(young), dtype=np.bool_)
    return young


def _young(days: Days, incidents: Days) -> Bools:
    years = (incidents - days).astype("timedelta64[D]").astype(np.float64) / _DAYS_A_YEAR
    with np.errstate(invalid="ignore"):
        return ~np.isnat(days) & ~np.isnat(incidents) & (years >= MIN_YEARS) & (years <= MAX_YEARS)


def _day(text: str) -> np.datetime64:
    for pattern in _WHOLE_DAYS:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            month = _MONTHS.index(parts["name"][:3].casefold()) + 1 if "name" in parts else int(parts["month"])
            return _date(int(parts["year"]), month, int(parts["day"]))
    return np.datetime64("NaT", "D")


def _day_or_month(text: str) -> np.datetime64:
    if numbered := _NUMBERED.fullmatch(text):
        return _SERIAL_ZERO + np.timedelta64(int(numbered[1]), "D")
    found = _MONTH.fullmatch(text)
    if found is None:
        return _day(text)
    year = int(found["year"] or found["y2"] or found["y3"])
    named = found["name"]
    month = _MONTHS.index(named[:3].casefold()) + 1 if named else int(found["month"] or found["m2"])
    return _date(year, month, 1)


def _date(year: int, month: int, day: int) -> np.datetime64:
    if year < 100:
        year += 1900 if year >= _PIVOT else 2000
    try:
        return np.datetime64(date(max(year, _FIRST_YEAR), month, day), "D")
    except ValueError:
        return np.datetime64("NaT", "D")
