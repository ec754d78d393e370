"""Periods: months "2021-09", half-terms "2025/26-1", terms "2025/26-T1" and school years "2025/26", used alike.

A run holds one kind only. Half-terms count from 1, the first of the autumn, to 6, the second of the summer, and terms
from 1, the autumn, to 3, the summer. Each kind sorts in time as text. Counts are kept by months or by half-terms;
``geo.counts.regrouping`` makes the larger kinds of them, and says which months a half-term holds.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

from geo.calendar import months

Unit: TypeAlias = Literal["month", "half-term", "term", "school year"]

UNITS: Final[tuple[Unit, ...]] = ("month", "half-term", "term", "school year")
HALVES: Final = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
TERMS: Final = ("Autumn term", "Spring term", "Summer term")
_OF_YEARS: Final = re.compile(r"([0-9]{4})/([0-9]{2})(-[1-6]|-T[1-3])?")
_NAMES: Final[dict[Unit, tuple[str, ...]]] = {"half-term": HALVES, "term": TERMS, "school year": ("school year",)}
_MARKS: Final[dict[Unit, str]] = {"half-term": "-", "term": "-T"}  # what stands between a year and a number within it


def half_term(year: int, number: int) -> str:
    """Name a half-term of the school year that begins in ``year``: (2025, 1) gives "2025/26-1"."""
    return _nth("half-term", year * len(HALVES) + number - 1)


def is_half_term(text: str) -> bool:
    """Return whether ``text`` is a half-term such as "2025/26-1", its second year the one after its first."""
    return _kind(text) == "half-term"


def is_school_year(text: str) -> bool:
    """Return whether ``text`` is a school year such as "2025/26", its second year the one after its first."""
    return _kind(text) == "school year"


def is_period(text: str) -> bool:
    """Return whether ``text`` is a month or a half-term: a period that counts are kept by."""
    return _kind(text) in ("month", "half-term")


def kind_of(period: str) -> Unit:
    """Return the word for the kind of one period. Raises ValueError when it is of none."""
    kind = _kind(period)
    if kind is None:
        raise ValueError("A period must be a month, half-term, term or school year, and one is none of these.")
    return kind


def unit_of(periods: Iterable[str]) -> Unit:
    """Return the word for one of the periods; "month" when there are none."""
    return next((kind_of(period) for period in periods), "month")


def larger(base: Unit) -> tuple[Unit, ...]:
    """List the units that counts by ``base`` can be shown in, smallest first: itself and every larger one."""
    return UNITS[UNITS.index(base) :]


def school_year(period: str) -> str:
    """Return the school year of a half-term, a term or a school year: "2025/26"."""
    return period[:7]


def school_year_of_month(month: str) -> str:
    """Return the school year that a month is in, from September on: "2025-09" is in "2025/26"."""
    year = int(month[:4]) - (int(month[5:]) < 9)
    return _nth("school year", year)


def around(period: str, unit: Unit) -> str:
    """Return the period of ``unit`` that a half-term, term or school year is in: ("2025/26-3", "term") "2025/26-T2".

    Raises ValueError when it is a month, which has no fixed place in a school year, and when ``unit`` is smaller.
    """
    times = _times(kind_of(period), unit)
    return _nth(unit, _order(period) // times)


def inside(period: str, unit: Unit) -> tuple[str, ...]:
    """List the half-terms, terms or school years that a period holds: ("2025/26-T2", "half-term") two half-terms.

    Raises ValueError when either is a month, which has no fixed place in a school year, and when ``unit`` is larger.
    """
    times = _times(unit, kind_of(period))
    first = _order(period) * times
    return tuple(_nth(unit, order) for order in range(first, first + times))


def between(first: str, last: str) -> list[str]:
    """List every period from ``first`` to ``last``, both included; empty when ``last`` is before ``first``.

    Raises ValueError when they are not of one kind.
    """
    kind = kind_of(first)
    if kind != kind_of(last):
        raise ValueError("A run must have periods of one kind, and its first and last are of two.")
    if kind == "month":
        return months.between(first, last)
    return [_nth(kind, order) for order in range(_order(first), _order(last) + 1)]


def year_before(periods: Iterable[str]) -> list[str]:
    """Return the same months, half-terms or terms of the year before, or the school years before."""
    return [_year_before(period) for period in periods]


def say(period: str) -> str:
    """Write one period as people do: "Sep 2021", "Autumn 1, 2025/26", "Autumn term, 2025/26", "school year 2025/26"."""
    kind = kind_of(period)
    if kind == "month":
        return months.say(period)
    return f"school year {period}" if kind == "school year" else f"{_name(period)}, {school_year(period)}"


def say_range(periods: Sequence[str]) -> str:
    """Write a run of periods as people do.

    Months as ``geo.calendar.months.say_range`` does; half-terms "Autumn 1, 2025/26", "Autumn 1 – Spring 2, 2025/26",
    "Autumn 1, 2024/25 – Spring 1, 2025/26", terms in the same way, and whole years, of whichever kind the periods are,
    "school year 2025/26", "school years 2024/25 – 2025/26".
    """
    first, last = periods[0], periods[-1]
    kind = kind_of(first)
    if kind == "month":
        return months.say_range(periods)
    one_year = school_year(first) == school_year(last)
    if _name(first) == _NAMES[kind][0] and _name(last) == _NAMES[kind][-1]:
        years = f"{school_year(first)} – {school_year(last)}"
        return f"school year {school_year(first)}" if one_year else f"school years {years}"
    if first == last:
        return say(first)
    return f"{_name(first) if one_year else say(first)} – {say(last)}"


def _kind(text: str) -> Unit | None:
    if months.is_month(text):
        return "month"
    found = _OF_YEARS.fullmatch(text)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    if found[3] is None:
        return "school year"
    return "term" if found[3].startswith(_MARKS["term"]) else "half-term"


def _times(small: Unit, large: Unit) -> int:
    """Say how many of one kind the other holds."""
    if small == "month" or UNITS.index(small) > UNITS.index(large):
        raise ValueError(f"A {large} holds no fixed number of {small}s.")
    return len(_NAMES[small]) // len(_NAMES[large])


def _year_before(period: str) -> str:
    kind = kind_of(period)
    return months.shift(period, -12) if kind == "month" else _nth(kind, _order(period) - len(_NAMES[kind]))


def _index(period: str) -> int:
    """Return the place of a half-term, term or school year among those of its kind in its year, from 0."""
    return 0 if kind_of(period) == "school year" else int(period[-1]) - 1


def _name(period: str) -> str:
    return _NAMES[kind_of(period)][_index(period)]


def _order(period: str) -> int:
    """Number a half-term, term or school year among those of its kind in all years."""
    return int(period[:4]) * len(_NAMES[kind_of(period)]) + _index(period)


def _nth(kind: Unit, order: int) -> str:
    year, index = divmod(order, len(_NAMES[kind]))
    named = f"{year:04d}/{(year + 1) % 100:02d}"
    return f"{named}{_MARKS[kind]}{index + 1}" if kind in _MARKS else named


def missing_periods(absent: Sequence[str]) -> str | None:
    """Say which of the chosen periods the data lacks, or None."""
    if not absent:
        return None
    listed = ", ".join(say(period) for period in absent)
    return f"The data has no figures for {listed}: a gap, not zero."


def missing_months(gaps: Sequence[str]) -> str | None:
    """Say which months of a series lack figures, so that the half-terms that hold them are incomplete; or None."""
    if not gaps:
        return None
    listed = ", ".join(say(month) for month in gaps)
    return f"The data has no figures for {listed}: a half-term or a year that holds such a month is incomplete."
