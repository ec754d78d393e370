"""Calendar months written "2021-09": ranges, gaps, the same months a year before, and how people read them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_FULL: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NAMES: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_month(text: str) -> bool:
    """Return whether ``text`` is a month such as "2021-09"."""
    return _MONTH.fullmatch(text) is not None


def shift(month: str, by: int) -> str:
    """Return the month ``by`` months later (earlier when negative)."""
    year, number = int(month[:4]), int(month[5:])
    years, index = divmod(number - 1 + by, 12)
    return f"{year + years:04d}-{index + 1:02d}"


def between(first: str, last: str) -> list[str]:
    """List every month from ``first`` to ``last``, both included; empty when ``last`` is before ``first``."""
    span = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])
    return [shift(first, step) for step in range(span + 1)]


def gaps(months: Iterable[str]) -> list[str]:
    """List the months missing between the first and the last of ``months``."""
    have = set(months)
    return [month for month in between(min(have), max(have)) if month not in have] if have else []


def year_before(months: Iterable[str]) -> list[str]:
    """Return the same months of the year before."""
    return [shift(month, -12) for month in months]


def say(month: str) -> str:
    """Write one month as people do: "Sep 2021"."""
    return f"{_NAMES[int(month[5:]) - 1]} {month[:4]}"


def say_in_full(month: str) -> str:
    """Write one month with its whole name: "September 2021"."""
    return f"{_FULL[int(month[5:]) - 1]} {month[:4]}"


def say_range(months: Sequence[str]) -> str:
    """Write a run of months as people do: "Jul–Sep 2021", "Nov 2020 – Jan 2021", "Sep 2021"."""
    first, last = months[0], months[-1]
    if first == last:
        return say(first)
    if first[:4] == last[:4]:
        return f"{_NAMES[int(first[5:]) - 1]}–{say(last)}"
    return f"{say(first)} – {say(last)}"


def runs(listed: Iterable[str]) -> list[list[str]]:
    """Return months in order, those that follow each other as one run."""
    found: list[list[str]] = []
    for month in sorted(set(listed)):
        if found and shift(found[-1][-1], 1) == month:
            found[-1].append(month)
        else:
            found.append([month])
    return found
