"""What a spreadsheet could read as a formula goes out as text, however wide it is written, and numbers stay numbers."""

import csv
import io

import pandas as pd
import pytest

from data.formats.csv_output import frame_csv


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1", "﹢1", "﹣1", "﹫a", "⁺1", "−1",
     " =1", "\u3000＝1",
     "\u200b=1", "\n=1"],
)  # fmt: skip
def test_a_text_that_may_be_a_formula_is_quoted(text: str) -> None:
    [_, [cell]] = csv.reader(io.StringIO(frame_csv(pd.DataFrame({"a": [text]}))))
    assert cell.startswith("'")


@pytest.mark.parametrize("text", ["Drugs", "A-B", "1 + 1", "", "“=”", "0–5", "a@b"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert frame_csv(pd.DataFrame({"a": [text], "b": ["x"]})).splitlines()[1] == f"{text},x"


def test_numbers_below_nought_stay_numbers_and_names_of_columns_are_quoted() -> None:
    assert frame_csv(pd.DataFrame({"=n": [-1], "loss": [-0.5]})) == "'=n,loss\n-1,-0.5\n"
