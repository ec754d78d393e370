"""What staff type in after a session is read by the squares of its map, each checked, and no value is repeated."""

from datetime import date

import pyarrow as pa
import pyproj
import pytest

from data.formats.sheets import Sheet
from data.records.marks import UNDATED, guess_marks, read_marks
from data.records.rows import Rows
from geo import columns as c
from tests.unit.data.records.refusals import CELL, refusal

TODAY = date(2026, 1, 5)
HEADER = "map,cell,mark,session date,number"
CODE = "SK42309240-100"


def sheet(*lines: str, header: str = HEADER) -> Sheet:
    rows = [line.split(",") for line in lines]
    columns = {name: [row[at] or None for row in rows] for at, name in enumerate(header.split(","))}
    return Sheet("log.csv", None, pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}))


def read(*lines: str, header: str = HEADER) -> Rows:
    return read_marks(sheet(*lines, header=header), today=TODAY)


def test_a_mark_lies_in_the_middle_of_its_square() -> None:
    rows = read(f"{CODE},C7,unsafe,14/09/2025,")
    to_metres = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    [one] = rows.table.to_pylist()
    east, north = to_metres.transform(one[c.LON], one[c.LAT])
    assert (round(east), round(north)) == (442550, 392400 + 500 + 50)
    assert (one[c.CATEGORY], one[c.MONTH], one[c.START].date()) == ("Unsafe", "2025-09", date(2025, 9, 14))


def test_a_line_stands_for_as_many_marks_as_it_says_and_for_one_where_it_does_not() -> None:
    rows = read(f"{CODE},C7,unsafe,14/09/2025,3", f"{CODE},C8,Safe,14/09/2025,")
    assert rows.table[c.CATEGORY].to_pylist() == ["Unsafe"] * 3 + ["Safe"]
    assert (rows.read, dict(rows.not_kept), rows.problems) == (4, {}, ())


def test_code_and_date_may_be_typed_once_and_free_lines_of_the_template_are_passed_over() -> None:
    rows = read(f"{CODE},a1,safe,14/09/2025,", ",Q 12,unsafe,,", f"{CODE},,,,")
    assert rows.table[c.MONTH].to_pylist() == ["2025-09"] * 2
    assert rows.notes == ()


@pytest.mark.parametrize("header", [HEADER, "map,cell,mark"])
def test_without_a_date_the_session_counts_as_held_today_and_that_is_said(header: str) -> None:
    rows = read(f"{CODE},C7,safe" + ",," * (header == HEADER), header=header)
    assert rows.table[c.MONTH].to_pylist() == ["2026-01"]
    assert rows.notes == (UNDATED,)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (f"{CODE},{CELL},safe,14/09/2025,1", "cell"),
        (f"{CODE},R1,safe,14/09/2025,1", "cell"),
        (f"{CODE},A13,safe,14/09/2025,1", "cell"),
        (f"{CODE},,safe,14/09/2025,1", "cell"),
        (f"{CELL},C7,safe,14/09/2025,1", "map"),
        ("SK42309240-150,C7,safe,14/09/2025,1", "map"),
        (f"{CODE},C7,,14/09/2025,1", "mark"),
        (f"{CODE},C7,{CELL},14/09/2025,1", "mark"),
        (f"{CODE},C7,safe,14/09/2025,0", "number"),
        (f"{CODE},C7,safe,14/09/2025,201", "number"),
        (f"{CODE},C7,safe,14/09/2025,{CELL}", "number"),
        (f"{CODE},C7,safe,{CELL},1", "date of the session"),
    ],
)
def test_a_line_that_cannot_be_read_refuses_the_file_by_column_and_row(line: str, column: str) -> None:
    message = refusal(lambda: read(f"{CODE},C6,safe,14/09/2025,1", line))
    assert f"column “{column}”" in message
    assert "row 3" in message
    assert CELL not in message


def test_columns_of_squares_are_known_by_their_names_and_others_are_not_read() -> None:
    guessed = guess_marks([*HEADER.split(","), "Year group"])
    assert (guessed.map_code, guessed.cell, guessed.feeling, guessed.number) == ("map", "cell", "mark", "number")
    rows = read(f"{CODE},C7,safe,14/09/2025,1,{CELL}", header=f"{HEADER},Year group")
    assert CELL not in str(rows.table.to_pylist())
    assert rows.notes == ("Not saved: column Year group.",)


def test_a_file_of_points_keeps_to_its_points() -> None:
    guessed = guess_marks(["Map", "Session date", "Longitude", "Latitude", "Feeling"])
    assert guessed.squares is None
    assert guessed.map_code is None
