"""CSV as it is written: text that a spreadsheet opens as text and numbers, never as formulas."""

import csv
import io
from typing import Final

import pandas as pd

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def frame_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV that a spreadsheet opens as text and numbers, never as formulas."""
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
