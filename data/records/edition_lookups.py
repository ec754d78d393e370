"""Lookups between two editions of areas, such as LSOAs of 2011 and 2021, and what is said of areas they bridge."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from data.formats import cells
from data.formats.few_columns import names_of, read_few
from data.formats.sources import Source
from geo.areas.editions_bridge import MERGED, REDRAWN, SPLIT, UNCHANGED, EditionLinks
from geo.errors import InputError
from geo.wording import how_many

# "LSOA11CD", "lsoa11_code", "LSOA code (2011)": the kind of area, and the year of its edition.
_CODES: Final = re.compile(r"([a-z]+?) ?(\d\d)(?:cd| code)|([a-z]+) code \d\d(\d\d)")
_ORDER: Final = (UNCHANGED, MERGED, SPLIT, REDRAWN)
_WORDS: Final = {
    "residents": {
        MERGED: "merged from several, with the residents of all",
        SPLIT: "part of one that was split, with an equal share of its residents",
        REDRAWN: "drawn anew, with shares of those they share ground with",
    },
    "deprivation": {
        MERGED: "merged from several, with their mean",
        SPLIT: "part of one that was split, with its figure",
        REDRAWN: "drawn anew, with the mean of those they share ground with",
    },
}


def read_links(source: Source, codes: Collection[str]) -> EditionLinks:
    """Return the links of a lookup (CSV) from the other edition to the one that has the area ``codes``.

    Its columns are named as the ONS or others name codes of two years: ``LSOA11CD`` and ``LSOA21CD``, or
    ``lsoa11_code`` and ``lsoa21_code``. Raises ``InputError`` for a file without two such columns, and where neither
    holds any of ``codes``.
    """
    names = names_of(source)
    pair = _pair(names)
    if pair is None:
        raise InputError(
            f"“{source.name}”: a lookup between editions must have two columns of codes of one kind of area, such as "
            f"“LSOA11CD” and “LSOA21CD”, but it has {cells.say_names(names)}; bring the lookup of both years."
        )
    table = read_few(source, pair)
    columns = [cells.texts(table.column(name)).to_numpy(zero_copy_only=False) for name in pair]
    held = [len(set(codes) & set(column)) for column in columns]
    if not any(held):
        raise InputError(
            f"“{source.name}”: a lookup between editions must hold codes of these areas, but neither of "
            f"{cells.say_names(pair)} does; bring the lookup of their edition."
        )
    # Most areas are the same in both editions; the column that has more of them is of their edition.
    given, wanted = columns if held[1] >= held[0] else columns[::-1]
    return EditionLinks(np.asarray(given, dtype=object), np.asarray(wanted, dtype=object))


def bridged_note(
    source: Source, links: EditionLinks, bridged: Collection[str], meaning: str, *, weighted: bool = False
) -> list[str]:
    """Say how many areas got their figures through a lookup, and how; nothing where none did."""
    if not len(bridged):
        return []
    kinds = links.kinds()
    counted = Counter(kinds[code] for code in bridged)
    words = {UNCHANGED: "only called otherwise", **_WORDS[meaning]}
    if weighted:
        words[MERGED] += ", weighted by residents"
    parts = [f"{words[kind]}: {counted[kind]:,}" for kind in _ORDER if counted[kind]]
    areas = how_many(len(bridged), "area is", "areas are")
    return [f"{areas} of another edition than these figures, bridged by “{source.name}” ({'; '.join(parts)})."]


def _pair(names: Sequence[str]) -> tuple[str, str] | None:
    """Return the columns of codes of the earliest and the latest edition of one kind of area, the smallest first."""
    editions: dict[str, dict[str, str]] = {}
    for name in names:
        found = _CODES.fullmatch(cells.normalised(name))
        if found is not None:
            editions.setdefault(found[1] or found[3], {}).setdefault(found[2] or found[4], name)
    for years in editions.values():
        if len(years) > 1:
            return years[min(years)], years[max(years)]
    return None
