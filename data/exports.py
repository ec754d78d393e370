"""Exports: released counts as CSV or JSON. Nothing else can be exported, and the types say so."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Final

import pandas as pd

from geo import selecting
from geo.areas import Units
from geo.counting import tabulate
from geo.measuring import Measure, measured
from geo.released import Released
from geo.selecting import Choice

# A spreadsheet runs a cell that starts with one of these as a formula.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def counts_csv(released: Released, by: Sequence[str]) -> str:
    """Write released counts as CSV with a header: the columns of ``by`` and ``n``; non-empty cells only."""
    return frame_csv(tabulate(released.cube, by))


def counts_json(released: Released, by: Sequence[str]) -> str:
    """Write released counts as a JSON list of objects: the keys of ``by`` and ``n``; non-empty cells only."""
    return json.dumps(tabulate(released.cube, by).to_dict("records"), ensure_ascii=False, indent=0)


def areas_csv(released: Released, units: Units, choice: Choice, measure: Measure, source: str) -> str:
    """Write every unit of a level, ranked by one measure, as CSV: the table of the map with its period and source."""
    counts = selecting.totals(released.cube.rolled_up(units), choice)
    table = measured(units, counts, measure).table
    period = f"{choice.months[0]} to {choice.months[-1]}"
    return frame_csv(table.assign(period=period, source=source))


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
