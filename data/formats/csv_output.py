"""CSV as it is written: text that a spreadsheet opens as text and numbers, never as formulas."""

import csv
import io
import unicodedata
from typing import Final

import pandas as pd

# A spreadsheet reads wide, small and raised forms of these as the signs themselves, and a minus as a hyphen.
_FORMULA_SIGNS: Final = frozenset("=+-@\u2212")
_MARKS: Final = ("Cc", "Cf", "Zs")  # Unicode's categories of controls, of what is not seen, and of spaces


def frame_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV that a spreadsheet opens as text and numbers, never as formulas."""
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow([_cell(name) for name in frame.columns])
    writer.writerows([_cell(value) for value in row] for row in frame.itertuples(index=False))
    return content.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str):
        # Before Python 3.13 the csv module leaves a lone carriage return unquoted, and it would end the row.
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return f"'{text}" if may_be_formula(value) else text
    if pd.isna(value):
        return ""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def may_be_formula(text: str) -> bool:
    """Return whether a spreadsheet could read a text as a formula, or loses what stands before one."""
    if text.startswith(("\t", "\r", "\n")):
        return True
    first = next((sign for sign in text if unicodedata.category(sign) not in _MARKS), "")
    return unicodedata.normalize("NFKC", first)[:1] in _FORMULA_SIGNS if first else False
