"""Exports: released counts as CSV or JSON. Nothing else can be exported, and the types say so."""

import csv
import io
import json
from typing import Final

import pandas as pd

from geo import columns as c
from geo.areas import AreaSet
from geo.contiguity import graph_of
from geo.listing import SHOWN, Listing, listed
from geo.measures.choosing import Asked, covering, measured_by
from geo.release import display
from geo.released import Released
from geo.scene import scene_of
from geo.selecting import Choice
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
