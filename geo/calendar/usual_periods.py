"""The usual periods: what a page shows before anybody has chosen a period. Never a holiday alone."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from geo.calendar.periods import Unit, around, inside, is_half_term

# The months of which a school year, a term and a half-term are made up where only months are known. August is holiday.
_AUGUST: Final = "-08"
_FIRST: Final = 9  # the month in which a school year begins
_OF_MONTHS: Final[dict[Unit, tuple[tuple[int, ...], ...]]] = {
    "school year": ((9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7),),
    "term": ((9, 10, 11, 12), (1, 2, 3), (4, 5, 6, 7)),
    "half-term": ((9, 10), (11, 12), (1, 2), (3,), (4, 5), (6, 7)),
}


def usual(covered: Sequence[str], missing: Collection[str] = ()) -> Sequence[str]:
    """Return the periods that a page starts with, of all months or half-terms that data cover (one at least).

    The last school year that is complete, without any of the ``missing`` periods; else the last complete term, else the
    last complete half-term. A school year of months is complete from September to July, and holds August where the
    data do. Of data that cover no half-term the last month is returned that is not August, if there is one.
    """
    there = frozenset(covered).difference(missing)
    for unit in _OF_MONTHS:
        complete = [run for run in _runs(covered, unit) if there.issuperset(run)]
        if complete:
            first, last = complete[-1][0], complete[-1][-1]
            end = f"{last[:4]}{_AUGUST}" if unit == "school year" and not is_half_term(last) else last
            return [period for period in covered if first <= period <= end]
    at_school = [period for period in covered if not period.endswith(_AUGUST)]
    return (at_school or covered)[-1:]


def _runs(covered: Sequence[str], unit: Unit) -> Iterator[tuple[str, ...]]:
    """List the runs of periods that would make up each ``unit`` that begins while the data go on, in order."""
    if is_half_term(covered[0]):
        yield from (inside(one, "half-term") for one in dict.fromkeys(around(period, unit) for period in covered))
        return
    for year in range(int(covered[0][:4]) - 1, int(covered[-1][:4]) + 1):
        for numbers in _OF_MONTHS[unit]:
            yield tuple(f"{year if number >= _FIRST else year + 1}-{number:02d}" for number in numbers)
