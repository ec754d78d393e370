"""The age of data: how long ago their last period ended, said where it is long enough ago to mislead."""

from datetime import date
from typing import Final

from geo.calendar import months, periods
from geo.calendar.school_years import national_pattern

FRESH: Final = 3  # months before this one; police data are published two months later
_YEAR: Final = 12
_NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def data_age(last: str, today: date) -> str | None:
    """Say of which period the latest data are and how old, where it ended more than three months before ``today``.

    ``last`` is a month or a half-term. "Latest data: September 2021, five years old." None for data that are younger.
    """
    at = last if periods.kind_of(last) == "month" else _last_month(last)
    old = _YEAR * (today.year - int(at[:4])) + today.month - int(at[5:])
    if old <= FRESH:
        return None
    said = months.say_in_full(last) if at == last else periods.say(last)
    return f"Latest data: {said}, {_say_age(old)} old."


def _last_month(half_term: str) -> str:
    """Return the month in which a half-term's last day is taught, as is usual in England."""
    _, last = national_pattern(int(half_term[:4])).taught[int(half_term[-1]) - 1]
    return f"{last:%Y-%m}"


def _say_age(old: int) -> str:
    """Say a number of months in words, whole years from two years on."""
    number, unit = (old, "month") if old < 2 * _YEAR else (old // _YEAR, "year")
    return f"{_NUMBERS[number] if number < len(_NUMBERS) else number} {unit}s"
