"""Periods: months written "2021-09" and half-terms written "2025/26-1", used alike; a run holds one kind only.

Half-terms count from 1, the first of the autumn, to 6, the second of the summer. Both kinds sort in time as text.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from geo import months

HALVES: Final = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
_HALF_TERM: Final = re.compile(r"([0-9]{4})/([0-9]{2})-[1-6]")


def half_term(year: int, number: int) -> str:
    """Name a half-term of the school year that begins in ``year``: (2025, 1) gives "2025/26-1"."""
    return f"{year:04d}/{(year + 1) % 100:02d}-{number}"


def is_half_term(text: str) -> bool:
    """Answer whether ``text`` is a half-term such as "2025/26-1", its second year the one after its first."""
    found = _HALF_TERM.fullmatch(text)
    return found is not None and (int(found[1]) + 1) % 100 == int(found[2])


def is_period(text: str) -> bool:
    """Answer whether ``text`` is a month or a half-term."""
    return months.is_month(text) or is_half_term(text)


def unit_of(periods: Iterable[str]) -> Literal["month", "half-term"]:
    """Give the word for one of the periods; "month" when there are none."""
    return "half-term" if any(is_half_term(period) for period in periods) else "month"


def school_year(half_term: str) -> str:
    """Give the school year of a half-term: "2025/26"."""
    return half_term[:7]


def between(first: str, last: str) -> list[str]:
    """List every period from ``first`` to ``last``, both included; empty when ``last`` is before ``first``.

    Raises ValueError when they are not of one kind.
    """
    if is_half_term(first) and is_half_term(last):
        return [_nth(at) for at in range(_order(first), _order(last) + 1)]
    return months.between(first, last)


def year_before(periods: Iterable[str]) -> list[str]:
    """Give the same months, or half-terms, of the year before."""
    return [
        _nth(_order(period) - len(HALVES)) if is_half_term(period) else months.shift(period, -12) for period in periods
    ]


def say(period: str) -> str:
    """Write one period as people do: "Sep 2021", "Autumn 1, 2025/26"."""
    return f"{_half(period)}, {school_year(period)}" if is_half_term(period) else months.say(period)


def say_range(periods: Sequence[str]) -> str:
    """Write a run of periods as people do.

    Months as ``geo.months.say_range`` does; half-terms "Autumn 1, 2025/26", "Autumn 1 – Spring 2, 2025/26",
    "Autumn 1, 2024/25 – Spring 1, 2025/26", and whole years "school year 2025/26", "school years 2024/25 – 2025/26".
    """
    first, last = periods[0], periods[-1]
    if not is_half_term(first):
        return months.say_range(periods)
    one_year = school_year(first) == school_year(last)
    if _half(first) == HALVES[0] and _half(last) == HALVES[-1]:
        years = f"{school_year(first)} – {school_year(last)}"
        return f"school year {school_year(first)}" if one_year else f"school years {years}"
    if first == last:
        return say(first)
    return f"{_half(first) if one_year else say(first)} – {say(last)}"


def usual(covered: Sequence[str]) -> Sequence[str]:
    """Give the periods that a page starts with, of all that data cover (one at least).

    The last three months; or the newest school year of which three half-terms are there, else the last six.
    """
    if not is_half_term(covered[-1]):
        return covered[-3:]
    for year in sorted({school_year(period) for period in covered}, reverse=True):
        of_year = [period for period in covered if school_year(period) == year]
        if len(of_year) >= len(HALVES) // 2:
            return of_year
    return covered[-len(HALVES) :]


def _half(half_term: str) -> str:
    return HALVES[int(half_term[-1]) - 1]


def _order(half_term: str) -> int:
    """Number a half-term among those of all years."""
    return int(half_term[:4]) * len(HALVES) + int(half_term[-1]) - 1


def _nth(order: int) -> str:
    year, index = divmod(order, len(HALVES))
    return half_term(year, index + 1)
