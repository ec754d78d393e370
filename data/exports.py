"""Exports: released counts as CSV or JSON. Nothing else can be exported, and the types say so."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Final

import pandas as pd

from data.store.datasets import Dataset
from geo import columns as c
from geo.areas import AreaSet
from geo.clock import listing as clock_listing
from geo.clock.clock import Clock, Lens
from geo.contiguity import graph_of
from geo.harms import HARM_GROUPS
from geo.listing import SHOWN, Listing, listed
from geo.measures.choosing import Asked, covering, measured_by
from geo.release import display
from geo.released import Released
from geo.scene import scene_of
from geo.selecting import Choice
from geo.trends import listing as trend_listing
from geo.trends.anew import Kept
from geo.trends.compared import compared
from geo.viewing import periods, view, years_of

# A spreadsheet runs a cell that starts with one of these as a formula.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def counts_csv(released: Released, areas: AreaSet, asked: Listing) -> str:
    """Write released counts as CSV with a header: see ``geo.listing.listed`` for its columns and its errors."""
    return frame_csv(listed(_released(released), areas, asked))


def counts_json(released: Released, areas: AreaSet, asked: Listing) -> str:
    """Write released counts as a JSON list of objects, whose keys are the columns of ``counts_csv``."""
    table = listed(_released(released), areas, asked)
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return json.dumps(rows, ensure_ascii=False, indent=0)


def areas_csv(released: Released, areas: AreaSet, level: str, choice: Choice, asked: Asked, source: str) -> str:
    """Write every unit of a level, ranked by one measure, as CSV: the table of the map with its period and source.

    Raises ThinDataError where a statistic has too little to go by.
    """
    covered = covering(asked, choice, periods(_released(released)))
    seen = view(released, areas, level, years_of(released, covered))
    scene = scene_of(seen, areas, graph_of(areas.metres.to_numpy()), choice.periods[-1])
    found = measured_by(scene, choice, asked)
    table = found.table.assign(period=f"{choice.periods[0]} to {choice.periods[-1]}", source=source)
    return frame_csv(_as_told(table) if found.protected else table)


def trend_csv(
    released: Released,
    areas: AreaSet,
    asked: trend_listing.Listing,
    dataset: Dataset,
    entries: pd.DataFrame | None,
    anew: Sequence[Kept],
) -> str:
    """Write counts by period with their usual range and signals as CSV, oldest first.

    ``entries`` are term dates, and ``anew`` the limits that were set anew for the dataset. See
    ``geo.trends.listing.listed`` for the columns, before which the harm groups stand, and for the errors.
    """
    listed = trend_listing.listed(_released(released), areas, asked, dataset.gaps, entries, anew)
    listed.insert(0, c.HARM, _say_harms(asked.harms))
    return frame_csv(listed.assign(source=dataset.source))


def compared_csv(released: Released, areas: AreaSet, level: str, choice: Choice, source: str) -> str:
    """Write how the units of a level compare, in alphabetical order, as CSV: the table of the funnel plot.

    Of protected counts, units with fewer than 10 are left out, as there. Raises ThinDataError where they cannot be
    compared.
    """
    seen = view(_released(released), areas, level, years_of(released, periods(released)))
    period = f"{choice.periods[0]} to {choice.periods[-1]}"
    found = compared(seen, choice).rows.assign(harm=_say_harms(choice.harms), period=period, source=source)
    return frame_csv(_as_told(found) if seen.cube.protected else found)


def clock_csv(clock: Clock, period: str, harms: Sequence[str], source: str) -> str:
    """Write a clock of an open dataset or of a release as CSV: see ``geo.clock.listing.listed`` for its columns."""
    if clock.lens is Lens.EXACT:
        raise TypeError("Only released figures can be exported.")
    listed = clock_listing.listed(clock)
    return frame_csv(listed.assign(harm=_say_harms(harms), period=period, source=source))


def _say_harms(harms: Sequence[str]) -> str:
    every = set(harms) == set(HARM_GROUPS)
    return "All harm groups" if every else "; ".join(HARM_GROUPS[code] for code in harms)


def _as_told(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table of protected counts without those under 10, and every count in words."""
    shown = ["" if pd.isna(n) else display.say(n) for n in table[c.COUNT]]
    return table.assign(**{c.COUNT: table[c.COUNT].where(table[c.COUNT] >= display.LEAST), SHOWN: shown})


def _released(counts: Released) -> Released:
    """Refuse exact counts where the type checker was not asked."""
    if not isinstance(counts, Released):
        raise TypeError("Only released counts can be exported.")
    return counts


def frame_csv(frame: pd.DataFrame) -> str:
    """Write a frame of released figures as CSV that a spreadsheet opens as text and numbers, never as formulas."""
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([_cell(value) for value in row] for row in frame.itertuples(index=False))
    return content.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str):
        # Before Python 3.13 the csv module leaves a lone carriage return unquoted, and it would end the row.
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return f"'{text}" if value.startswith(_FORMULA_STARTS) else text
    if pd.isna(value):
        return ""
    return int(value) if isinstance(value, float) and value.is_integer() else value
