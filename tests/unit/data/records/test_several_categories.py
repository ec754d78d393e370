"""A cell of several categories counts once, and a category with a mark in its name stays whole."""

import pyarrow as pa
import pytest

from data.records.several_categories import one_each


@pytest.mark.parametrize(
    ("cells", "harms", "expected", "several"),
    [
        (["Bullying; Drugs"], {}, ["Bullying"], 1),
        (["Drugs | Child sexual exploitation"], {}, ["Child sexual exploitation"], 1),
        (["Bullying\nKnife crime"], {}, ["Knife crime"], 1),
        (["Drugs/Alcohol", "Drugs/Alcohol"], {}, ["Drugs/Alcohol"] * 2, 0),
        (["Bullying, Drugs", "Drugs"], {}, ["Bullying", "Drugs"], 1),
        (["Theft, burglary and fraud"], {}, ["Theft, burglary and fraud"], 0),
        (["Attendance; Bullying"], {"Attendance; Bullying": "other"}, ["Attendance; Bullying"], 0),
        (["Smoking, vaping", "Smoking"], {"Smoking, vaping": "substances"}, ["Smoking, vaping", "Smoking"], 0),
        (["Late; Mood"], {"Mood": "cce"}, ["Mood"], 1),
        (["Late; Mood", None, " ; "], {}, ["Late", None, ";"], 1),
    ],
)
def test_one_category_of_each_cell(
    cells: list[str | None], harms: dict[str, str], expected: list[str | None], several: int
) -> None:
    found = one_each(pa.array(cells, pa.string()), harms)
    assert found.categories.to_pylist() == expected
    assert found.several == several
