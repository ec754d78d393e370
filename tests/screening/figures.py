"""The figures of the screening: what is found of what was planted, and what is blocked of what is clean."""

from collections import Counter
from collections.abc import Iterable

import pyarrow as pa

from data.formats.sheets import Sheet
from data.screening import IdentifierFound, screen
from tests.screening.clean_files import Clean
from tests.screening.planting import Planted

Tally = dict[tuple[str, int], tuple[int, int]]


def kinds_found(planted: Planted) -> set[str]:
    """Screen one planted column beside a column of days, and give the kinds found in it."""
    table = pa.table({"Date": pa.array(planted.days), planted.header: pa.array(planted.cells, pa.string())})
    found = screen([Sheet("planted.csv", None, table)], dates=["Date"])
    return {each.what for each in found if each.column == planted.header}


def recall(columns: Iterable[Planted]) -> Tally:
    """Count for each kind and spelling the columns in which the kind was found, and all columns."""
    tried: Counter[tuple[str, int]] = Counter()
    hit: Counter[tuple[str, int]] = Counter()
    for planted in columns:
        key = planted.what, planted.spelling
        tried[key] += 1
        hit[key] += planted.what in kinds_found(planted)
    return {key: (hit[key], count) for key, count in tried.items()}


def by_kind(tally: Tally) -> dict[str, tuple[int, int]]:
    """Sum a tally over the spellings."""
    sums: dict[str, tuple[int, int]] = {}
    for (what, _), (hit, tried) in tally.items():
        before = sums.get(what, (0, 0))
        sums[what] = before[0] + hit, before[1] + tried
    return sums


def wrongly_blocked(files: Iterable[Clean]) -> dict[str, list[IdentifierFound]]:
    """Screen clean files, and give the findings of those that are blocked, by name."""
    found = {file.name: screen(file.sheets, dates=file.dates, places=file.places) for file in files}
    return {name: each for name, each in found.items() if each}
