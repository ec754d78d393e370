"""Young people's marks come in as safe or unsafe places of a month, and nothing else of the session is kept."""

from datetime import date, datetime

import pyarrow as pa
import pytest

from data.formats.sheets import Sheet
from data.records.marks import MarkMapping, guess_marks, read_marks
from data.records.problems import Faulty
from data.records.rows import REQUIRED_FIELDS, TIME_FIELDS, Rows
from geo import columns as c
from tests.unit.data.records.refusals import CELL, refusal

TODAY = date(2026, 1, 5)


def sheet(text: str) -> Sheet:
    header, *rows = (line.split(",") for line in text.splitlines())
    columns = {name: [row[at] or None for row in rows] for at, name in enumerate(header)}
    return Sheet("log.csv", None, pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}))


def read(text: str, mapping: MarkMapping | None = None, faulty: Faulty = Faulty.REFUSE) -> Rows:
    return read_marks(sheet(text), mapping, today=TODAY, faulty=faulty)


def feelings(column: str, *words: str) -> list[str]:
    text = f"Session date,Area code,{column}\n" + "".join(f"01/09/2021,E01,{word}\n" for word in words)
    return read(text).table[c.CATEGORY].to_pylist()


def test_marks_keep_the_day_of_their_session_and_no_hour() -> None:
    rows = read("Session date,Longitude,Latitude,Area code,Feeling\n14/09/2021 13:30,-1.4,53.4,E01,Safe\n")
    assert list(rows.table.schema) == [*REQUIRED_FIELDS, *TIME_FIELDS]
    whole_day = {c.START: datetime(2021, 9, 14), c.END: datetime(2021, 9, 14, 23, 59, 59)}
    assert rows.table.to_pylist() == [
        {c.MONTH: "2021-09", c.CATEGORY: "Safe", c.STATED: "E01", c.LON: -1.4, c.LAT: 53.4, **whole_day}
    ]


def test_a_session_may_state_its_month_alone() -> None:
    rows = read("Month,Area,Mark\nSep 2021,E01,+\n")
    assert list(rows.table.schema) == list(REQUIRED_FIELDS)
    assert rows.table[c.MONTH].to_pylist() == ["2021-09"]


@pytest.mark.parametrize(
    "word", ["Safe", "SAFE ", "feel safe", "I feel  safe", "Happy", "green", "+"]
)  # fmt: skip
def test_every_way_of_saying_safe_is_read(word: str) -> None:
    assert feelings("Feeling", word) == ["Safe"]


@pytest.mark.parametrize(
    "word", ["Unsafe", "not safe", "Feel unsafe", "don’t feel safe", "Scared", "RED", "-", "−"]
)  # fmt: skip
def test_every_way_of_saying_unsafe_is_read(word: str) -> None:
    assert feelings("Safe or unsafe", word) == ["Unsafe"]


@pytest.mark.parametrize("column", ["Safe?", "Do you feel safe?"])
def test_yes_and_no_answer_a_column_that_asks_whether_it_is_safe(column: str) -> None:
    assert feelings(column, "Yes", "no", "Unsafe") == ["Safe", "Unsafe", "Unsafe"]


@pytest.mark.parametrize("column", ["Safe or unsafe", "Feeling"])
def test_yes_and_no_say_nothing_where_the_question_is_not_known(column: str) -> None:
    assert "must say safe or unsafe" in refusal(lambda: feelings(column, "Safe", "Yes"))


@pytest.mark.parametrize("word", [CELL, "amber", "OK", "unsafe at night", "?"])
def test_other_words_are_problems_and_are_never_repeated(word: str) -> None:
    message = refusal(lambda: feelings("Feeling", "safe", word))
    assert "column “Feeling” must say safe or unsafe, but it holds something else in row 3" in message
    assert word not in message.removesuffix("?")
    rows = read(f"Month,Area,Mark\n2021-09,E01,{word}\n2021-09,E01,safe\n", faulty=Faulty.LEAVE_OUT)
    assert rows.not_kept == {"something that says neither safe nor unsafe": 1}
    assert [problem.rows.tolist() for problem in rows.problems] == [[2]]
    assert rows.table[c.CATEGORY].to_pylist() == ["Safe"]


def test_faulty_and_blank_marks_are_left_out_as_incidents_are() -> None:
    rows = read(
        "Date,Longitude,Latitude,Mark\n"
        "x,-1.4,53.4,safe\n01/09/2021,53.4,-1.4,safe\n,-1.4,53.4,safe\n01/09/2021,-1.4,53.4,\n"
        "01/09/2021,,,unsafe\n01/09/2021,-1.4,53.4,safe\n",
        faulty=Faulty.LEAVE_OUT,
    )
    assert rows.not_kept == {
        "a date that cannot be read": 1, "longitude and latitude swapped": 1, "no date": 1, "no category": 1,
    }  # fmt: skip
    assert [(problem.what, problem.severity) for problem in rows.problems][-1] == ("no location", "note")
    assert rows.table[c.CATEGORY].to_pylist() == ["Unsafe", "Safe"]


def test_what_young_people_say_is_not_kept() -> None:
    rows = read(f"Name,Date,Area,Feeling,Why\n{CELL},01/09/2021,E01,safe,{CELL}\n")
    assert CELL not in str(rows)
    assert rows.notes == ("Not saved: columns Name, Why.",)


def test_a_column_of_other_words_chosen_for_the_feeling_is_refused() -> None:
    text = f"Month,Area,Mark,Why\n2021-09,E01,safe,{CELL}\n2021-09,E01,safe,{CELL}1\n"
    mapping = MarkMapping(month="Month", area="Area", feeling="Why")
    message = refusal(lambda: read(text, mapping, Faulty.LEAVE_OUT))
    assert "2 of 2 are faulty, most often with something that says neither safe nor unsafe in “Why”" in message


@pytest.mark.parametrize(
    ("header", "needs"),
    [("Area,Mark", "a session date or month"), ("Date,Mark", "a place"), ("Date,Area", "a feeling (safe or unsafe)")],
)
def test_what_is_missing_is_said_in_the_words_of_a_session(header: str, needs: str) -> None:
    message = refusal(lambda: read(f"{header}\n{CELL},{CELL}\n"))
    assert f"young people's marks need {needs}" in message
    assert "--map" not in message


def test_columns_are_guessed_and_days_win_over_months() -> None:
    guessed = guess_marks(["Session date", "Month", "longitude", "latitude", "How it feels", "Comment"])
    assert guessed == MarkMapping(
        date="Session date", longitude="longitude", latitude="latitude", feeling="How it feels"
    )
    assert guess_marks(["Comment"]) == MarkMapping()
