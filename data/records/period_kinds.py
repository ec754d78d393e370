"""What kind of period the label and the days of a term date say: a term, a half of one, a holiday or an inset day."""

import re
from datetime import date, timedelta
from typing import Final

TERM: Final = "term"
HALF_TERM: Final = "half-term"
HOLIDAY: Final = "holiday"
INSET: Final = "inset"
KINDS: Final = (TERM, HALF_TERM, HOLIDAY, INSET)

_INSET: Final = re.compile(
    r"\b(inset|baker days?|training|twilight|(?:professional|staff) (?:development|days?)|non[- ]?pupil|"
    r"pupil[- ]free|disaggregated|occasional days?)\b",
    re.IGNORECASE,
)
_HOLIDAY: Final = re.compile(
    r"\b(holidays?|breaks?|vacation|closed|closure|bank|may day|good friday|new year)\b", re.IGNORECASE
)
_FEAST: Final = re.compile(r"\b(christmas|xmas|easter|whitsun|february|october|may)\b", re.IGNORECASE)
_TAUGHT: Final = re.compile(
    r"\b(terms?|autumn|spring|summer|michaelmas|lent|trinity|hilary|half[- ]?terms?)\b", re.IGNORECASE
)
# Halves of a term take five to nine weeks, terms ten to sixteen; a holiday within the year takes three at most.
_SHORT: Final = timedelta(days=21)
_HALF: Final = timedelta(days=63)
_LATE_JULY, _MID_SEPTEMBER = (7, 10), (9, 15)


def kind_of_period(label: str, first: date, last: date) -> str:
    """Return the kind of a period, one of ``KINDS``: as its label says, else as its length does (both days included).

    What people call "half term" is a holiday of a week or two, and a half of a term where it is longer.
    """
    length = last - first + timedelta(days=1)
    if _INSET.search(label):
        return INSET
    if _HOLIDAY.search(label) or length <= _SHORT or _is_summer(label, first, last):
        return HOLIDAY
    return HALF_TERM if length <= _HALF else TERM


def is_about_terms(label: str, first: date, last: date) -> bool:
    """Return whether an event of a school's calendar is a period of its year, and not a concert or a parents' evening.

    Single days count where they are called an inset day or a holiday; longer periods also where they are named after a
    season or a feast, as terms and holidays are.
    """
    if _INSET.search(label) or _HOLIDAY.search(label):
        return True
    return last > first + timedelta(days=2) and bool(_TAUGHT.search(label) or _FEAST.search(label))


def _is_summer(label: str, first: date, last: date) -> bool:
    """Return whether a period lies in the summer holidays and is not called a term."""
    inside = (first.month, first.day) >= _LATE_JULY and (last.month, last.day) <= _MID_SEPTEMBER
    return inside and first.year == last.year and not re.search(r"\bterm\b", label, re.IGNORECASE)
