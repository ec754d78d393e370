"""Facts about areas from other tables: parents, residents and deprivation, joined by area code."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from data.formats import cells
from data.formats.csv_text import header, read_text_table
from data.formats.headers import list_names
from data.formats.sheets import Sheet
from data.formats.sources import Source
from data.records.edition_lookups import bridged_note, read_links
from data.records.fact_tables import FactTable, Find, read_facts
from geo import columns as c
from geo.areas.editions_bridge import EditionLinks, bridged_counts, bridged_ratings
from geo.arrays import Floats
from geo.errors import InputError

# Names by which a column is known, as ``cells.normalised`` writes them, the most specific first.
_RESIDENTS: Final = ("total population", "population", "residents", "usual residents", "all ages")
_MID_YEAR: Final = re.compile(r"(?:mid (\d{4}) population|total population mid (\d{4})(?: .*)?)")
_TOTALS: Final = (  # said of residents only where nothing else is
    "total", "all persons", "total persons", "persons", "all people", "residence type total; measures value",
)  # fmt: skip
_INDEX: Final = "index of multiple deprivation imd"
_DEPRIVATION: Final = (
    "imd score", f"{_INDEX} score",
    "imd rank", f"{_INDEX} rank", f"{_INDEX} rank where 1 is most deprived",
    "imd decile", f"{_INDEX} decile", f"{_INDEX} decile where 1 is most deprived 10% of lsoas",
    "deprivation", "deprivation score", "deprivation rank", "deprivation decile",
)  # fmt: skip


def join_lookup(areas: pd.DataFrame, source: Source, columns: Sequence[str]) -> pd.DataFrame:
    """Return ``areas`` with those of ``columns`` (text) that a CSV has joined to it, in place of its own if it has any.

    The column of the file that holds most of the codes in ``c.AREA`` is the one joined by. Areas that the file does
    not have stay missing. Raises ``InputError`` when the file has none of ``columns``, when none of its columns holds
    codes of these areas, and when an area's rows differ in a wanted column.
    """
    names = header(source)
    wanted = [name for name in dict.fromkeys(columns) if name in names]
    if columns and not wanted:
        raise InputError(
            f"“{source.name}”: the lookup must have a column {cells.say_names(columns, 'or')}, but it has "
            f"{cells.say_names(names)}; correct the name or bring another file."
        )
    return _joined(areas, source, wanted) if wanted else areas


def read_residents(
    areas: pd.DataFrame, source: Source, column: str | None = None, lookup: Source | None = None
) -> tuple[pd.Series, list[str]]:
    """Return the residents of each area (float64, people, on the index of ``areas``), and notes.

    ``source`` is a CSV, with titles above its column names or without, or the workbook of the ONS, whose latest year is
    taken. ``column`` None takes a column named as populations are ("total_population", "Population", "Residents"), the
    latest "Mid-2022: Population", or "Total". ``lookup`` says which areas of another edition share ground with which of
    these: areas that ``source`` lacks get their residents from those (``geo.areas.editions_bridge``), and a note says
    how many do. Areas without a figure stay NaN and are counted in a note. Raises ``InputError`` as ``join_lookup``
    does, and for figures that are no numbers or negative.
    """
    facts = read_facts(source, partial(_named_or, column, _latest_population))
    chosen = column or _require_column(source, facts, "residents", "population")
    links = None if lookup is None else read_links(lookup, areas[c.AREA])
    figures, notes = _figures(areas, facts, chosen, "residents", links)
    if links is not None and lookup is not None:
        lacking = areas.loc[np.isnan(figures.values), c.AREA]
        own = bridged_counts(links, figures.known, lacking).dropna()
        notes += bridged_note(lookup, links, own.index, "residents")
        figures = figures.with_more(areas, own)
    return figures.series(areas, c.RESIDENTS), [*notes, *figures.missing("residents")]


def read_deprivation(
    areas: pd.DataFrame, source: Source, column: str | None = None, lookup: Source | None = None
) -> tuple[pd.Series, list[str]]:
    """Return the deprivation of each area (float64, on the index of ``areas``) as the file states it, and notes.

    ``source`` is a CSV or a workbook of the Index of Multiple Deprivation. ``column`` None takes its score, else its
    rank, else its decile, else a column named "deprivation"; a note says which, since a high score but a low rank or
    decile is more deprived. A score comes first since it tells most, and alone can be averaged. ``lookup`` is as in
    ``read_residents``; an area made of several has the mean of theirs, weighted by the residents that the file may
    state. Areas without a figure stay NaN and are counted in a note. Raises ``InputError`` as ``read_residents`` does.
    """
    facts = read_facts(source, partial(_named_or, column, _most_telling), _latest_population)
    chosen = column or _require_column(source, facts, "deprivation", "IMD_score")
    links = None if lookup is None else read_links(lookup, areas[c.AREA])
    figures, notes = _figures(areas, facts, chosen, "deprivation", links)
    if links is not None and lookup is not None:
        lacking = areas.loc[np.isnan(figures.values), c.AREA]
        weighed = _latest_population(facts.sheet.columns)
        weights = None if weighed is None else _by_code(facts, figures.key, facts.figures(weighed))
        own = bridged_ratings(links, figures.known, weights, lacking).dropna()
        notes += bridged_note(lookup, links, own.index, "deprivation", weighted=weights is not None)
        figures = figures.with_more(areas, own)
    return figures.series(areas, c.DEPRIVATION), [*notes, *figures.missing("deprivation")]


def _named_or(column: str | None, find: Find, names: Sequence[str]) -> str | None:
    """Return the column that was asked for where it is among some names, else, if none was, the one that is found."""
    return find(names) if column is None else column if column in names else None


def _latest_population(names: Sequence[str]) -> str | None:
    """Return the column of residents, the latest year's first where there are several."""
    named = cells.find_column(names, _RESIDENTS)
    years = {
        found[1] or found[2]: name for name in names if (found := _MID_YEAR.fullmatch(cells.normalised(name)))
    }  # fmt: skip
    return named or (years[max(years)] if years else None) or cells.find_column(names, _TOTALS)


def _most_telling(names: Sequence[str]) -> str | None:
    return cells.find_column(names, _DEPRIVATION)


def _require_column(source: Source, facts: FactTable, meaning: str, example: str) -> str:
    if facts.column is None:
        raise InputError(
            f"“{source.name}”: a file of {meaning} must have a column named as such, for example “{example}”, but "
            f"it has {cells.say_names(facts.sheet.columns)}; name the column."
        )
    return facts.column


@dataclass(frozen=True, eq=False)
class _Figures:
    """Figures of areas (NaN where unknown), of every code of the file, and where they are from."""

    values: Floats
    known: Mapping[str, float]
    file: str
    key: str

    def with_more(self, areas: pd.DataFrame, more: pd.Series) -> "_Figures":
        """Return the figures with ``more`` of them, by the codes of areas that had none."""
        added = areas[c.AREA].map(more.to_dict()).astype(np.float64).to_numpy()
        return replace(self, values=np.where(np.isnan(self.values), added, self.values))

    def series(self, areas: pd.DataFrame, name: str) -> pd.Series:
        """Return the figures on the index of ``areas``."""
        return pd.Series(self.values, index=areas.index, name=name)

    def missing(self, meaning: str) -> list[str]:
        """Say how many areas have no figure."""
        missing = int(np.isnan(self.values).sum())
        if not missing:
            return []
        return [f"{missing:,} of {len(self.values):,} areas have no {meaning} in “{self.file}”."]


def _figures(
    areas: pd.DataFrame, facts: FactTable, column: str, meaning: str, links: EditionLinks | None
) -> tuple[_Figures, list[str]]:
    """Return one column of figures of zero or more, by area, and what joined them."""
    if column not in facts.sheet.columns:
        raise InputError(
            f"{facts.sheet.where} must have the column “{column}”, and it has "
            f"{list_names(facts.sheet.columns)}; add or rename what is missing, or choose another file."
        )
    values = facts.figures(column)
    codes = set(areas[c.AREA]) | (set() if links is None else set(links.given))
    key = facts.key(codes)
    facts.by_code(key, [column], codes)
    known = _by_code(facts, key, values)
    own = areas[c.AREA].map(known).astype(np.float64).to_numpy()
    note = f"{facts.sheet.where} gives {meaning} in its column “{column}”, joined by its column “{key}”."
    return _Figures(own, known, facts.sheet.file, key), [note]


def _by_code(facts: FactTable, key: str, values: Floats) -> dict[str, float]:
    codes = cells.texts(facts.sheet.table.column(key)).to_pylist()
    return {code: value for code, value in zip(reversed(codes), values[::-1].tolist(), strict=True) if code is not None}


def _joined(areas: pd.DataFrame, source: Source, columns: Sequence[str]) -> pd.DataFrame:
    """Return ``areas`` with ``columns`` of a file."""
    facts = FactTable(Sheet(source.name, None, read_text_table(source)), None)
    by_code = facts.by_code(facts.key(areas[c.AREA].unique()), columns, set(areas[c.AREA]))
    found = by_code.reindex(areas[c.AREA].to_numpy()).set_axis(areas.index)
    return areas.drop(columns=[name for name in columns if name in areas.columns]).join(found)
