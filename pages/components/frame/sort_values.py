"""What texts of a table are sorted by, where that is not their letters: numbers in words, periods, days."""

import re
from collections.abc import Sequence
from typing import Final

from geo.calendar import periods
from geo.disclosure import FEWER_THAN

MISSING: Final = ("", "–", "no figures", None)  # what stands where nothing is known: always last

_NUMBER: Final = re.compile(r"(?:about )?([-−+]?\d[\d,]*(?:\.\d+)?)(.*)", re.DOTALL)
_OF_A_YEAR: Final = re.compile(r"(?:(.+), |school year )?(\d{4})/\d{2}")
_DAY: Final = re.compile(r"(?:(\d{1,2}) )?([A-Z][a-z]{2})[a-z]* (\d{4})")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS: Final = {name: at for names in (periods.TERMS, periods.HALVES) for at, name in enumerate(names, 1)}


def sort_values(texts: Sequence[str | None]) -> list[float | None] | None:
    """Return the number that each text is sorted by, None where it is missing; or None where letters sort them.

    All must be of one kind: figures ("1,204", "about 15", "fewer than 10", or "12 to 30", by its low end), all with the
    same words behind them; periods ("Sep 2021", "Autumn 1, 2025/26"); days ("3 Sep 2021"); or days of the week.
    """
    there = [text for text in texts if text not in MISSING]
    for read in (_day, _of_a_year, _of_the_week, _figure):
        values: dict[str | None, float | None] = {text: read(text or "") for text in there}
        if values and None not in values.values():
            same = read is not _figure or len({_behind(text or "") for text in there} - {None}) <= 1
            return [values.get(text) for text in texts] if same else None
    return None


def _day(text: str) -> float | None:
    found = _DAY.fullmatch(text)
    if found is None or found[2] not in _MONTHS:
        return None
    return int(found[3]) * 372 + _MONTHS.index(found[2]) * 31 + int(found[1] or 0)


def _of_a_year(text: str) -> float | None:
    found = _OF_A_YEAR.fullmatch(text)
    if found is None or (found[1] and found[1] not in _PARTS):
        return None
    return int(found[2]) * 10 + _PARTS.get(found[1], 0)


def _of_the_week(text: str) -> float | None:
    return _WEEK.index(text) if text in _WEEK else None


def _figure(text: str) -> float | None:
    if text == FEWER_THAN:
        return 0
    found = _NUMBER.match(text)
    return float(found[1].replace(",", "").replace("−", "-")) if found else None


def _behind(text: str) -> str | None:
    """Return the words behind a figure, other figures among them as one sign; None where any words will do."""
    if text == FEWER_THAN:
        return None
    found = _NUMBER.match(text)
    return re.sub(r"[\d,.]+", "0", found[2]) if found else ""
