"""Each row keeps whose it is as a number alone: the same for one school, another for another, and never its name."""

from datetime import date

import pytest

from data.formats.sources import Source
from data.records.contributors import MAX_SCHOOLS
from data.records.incidents import SheetPart, combine
from data.records.mapping import ColumnMapping
from data.records.problems import Faulty, grouped
from data.records.reading_jobs import Reading, read_rows
from data.records.rows import CONTRIBUTOR_FIELD, REQUIRED_FIELDS, TIME_FIELDS, DatasetKind, Rows
from geo import columns as c
from tests.unit.data.records.incident_files import read_incident_file
from tests.unit.data.records.refusals import CELL, FILE, refusal, upload

TODAY = date(2026, 1, 5)
SAINTS = ["St Mary's", "King Edward", "Grace Owen", "Samuel Rhodes"]


def log(*schools: str, name: str = FILE, column: str = "School") -> Source:
    rows = "".join(f"01/09/2021,E01,a,{school}\n" for school in schools)
    return upload(f"Date,Area,Type,{column}\n{rows}", name)


def read(*sources: Source, mapping: ColumnMapping | None = None, faulty: Faulty = Faulty.REFUSE) -> Rows:
    return combine(
        [
            SheetPart(source.name, f"“{source.name}”", read_incident_file(source, mapping, today=TODAY, faulty=faulty))
            for source in sources
        ]
    )


def numbers(rows: Rows) -> list[str]:
    return rows.table[c.CONTRIBUTOR].to_pylist()


def taken_in(source: Source, mapping: ColumnMapping | None = None) -> Rows:
    return read_rows(Reading(DatasetKind.INCIDENTS, [source], mapping, today=TODAY), lambda _share, _what: None)


def test_schools_become_numbers_in_the_order_of_their_names() -> None:
    rows = read(log("Tapton", "Abbey Lane", "Tapton", "Mercia"))
    assert numbers(rows) == ["3", "1", "3", "2"]
    assert list(rows.table.schema) == [*REQUIRED_FIELDS, *TIME_FIELDS, CONTRIBUTOR_FIELD]
    assert rows.schools == 3


def test_the_order_of_rows_changes_no_number() -> None:
    schools = ["b", "c", "", "a", "b"]
    assert numbers(read(log(*schools[::-1])))[::-1] == numbers(read(log(*schools)))


def test_nothing_of_a_name_is_kept() -> None:
    rows = read(log(CELL, f"{CELL} 2", CELL))
    assert CELL not in str(rows)
    assert CELL not in str([column.chunks for column in rows.table.columns])


def test_only_schools_whose_rows_are_kept_have_a_number() -> None:
    rows = read(upload("Date,Area,Type,School\n,E01,a,A\n01/09/2021,E01,,B\n01/09/2021,E01,a,C\n"))
    assert numbers(rows) == ["1"]


def test_rows_that_do_not_say_their_school_are_one_more_contributor() -> None:
    rows = read(log("A", "", "  ", "B"))
    assert numbers(rows) == ["1", "0", "0", "2"]
    assert rows.schools == 2
    (group,) = grouped(rows.problems)
    assert (group["what"], group["column"], group["count"], group["rows"], group["happens"]) == (
        "no school", "School", 2, "3 and 4", "kept, counted as no school",
    )  # fmt: skip


def test_a_row_left_out_is_not_told_again_for_its_school() -> None:
    rows = read(upload("Date,Area,Type,School\nx,E01,a,\n01/09/2021,E01,a,A\n"), faulty=Faulty.LEAVE_OUT)
    assert [problem.what for problem in rows.problems] == ["a date that cannot be read"]


@pytest.mark.parametrize("same", ["st marys", "ST. MARY’S", " St  Mary's ", "St-Mary's", "St. Mary's."])
def test_one_school_written_in_several_ways_is_one_school(same: str) -> None:
    assert numbers(read(log("St Mary's", same, "King Edward"))) == ["2", "2", "1"]


def test_a_number_that_a_spreadsheet_made_decimal_is_the_same_school() -> None:
    assert numbers(read(log("107140.0", "107140", "107141"))) == ["1", "1", "2"]


def test_one_school_has_one_number_in_all_files() -> None:
    rows = read(log("B", "C"), log("A", "C", name="two.csv"))
    assert numbers(rows) == ["2", "3", "1", "3"]


@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
def test_a_file_that_says_no_school_is_one_more_contributor(first: bool) -> None:
    files = [upload("Date,Area,Type\n01/09/2021,E01,a\n", "alone.csv"), log("A", "B")]
    rows = read(*(files if first else files[::-1]))
    assert numbers(rows) == (["0", "1", "2"] if first else ["1", "2", "0"])
    assert rows.schools == 2


def test_rows_without_a_column_of_schools_have_no_contributor() -> None:
    rows = read(upload("Date,Area,Type,Nearest school\n01/09/2021,E01,a,x\n"))
    assert c.CONTRIBUTOR not in rows.table.column_names
    assert rows.schools is None


def test_any_column_can_be_named_as_that_of_schools() -> None:
    mapping = ColumnMapping(date="Date", area="Area", category="Type", contributor="URN")
    assert numbers(read(log("107140", "107140", column="URN"), mapping=mapping)) == ["1", "1"]


def test_months_may_have_contributors_too() -> None:
    rows = read(upload("Month,Area,Type,Academy\n2021-09,E01,a,A\n"))
    assert list(rows.table.schema) == [*REQUIRED_FIELDS, CONTRIBUTOR_FIELD]


def refs(count: int, times: int = 1) -> Source:
    return log(*(f"{CELL}{at}" for at in range(count) for _ in range(times)))


def test_a_column_that_hardly_repeats_itself_is_refused_as_none_of_schools() -> None:
    message = refusal(lambda: read(log(*(f"{CELL}{at % 11}" for at in range(21)))))
    assert "“log.csv”: a column of schools must name at most 1,000 of them" in message
    assert "holds 11 different texts in 21 rows" in message
    assert read(log(*(f"{CELL}{at % 10}" for at in range(20)))).schools == 10


def test_a_few_rows_may_each_come_from_another_school() -> None:
    assert read(refs(19)).schools == 19


def test_more_texts_than_there_are_schools_anywhere_near_are_refused() -> None:
    assert read(refs(MAX_SCHOOLS, times=2)).schools == MAX_SCHOOLS
    assert "1,001 different texts" in refusal(lambda: read(refs(MAX_SCHOOLS + 1, times=3)))


def test_files_are_judged_together() -> None:
    once, again = refs(20), upload(refs(20).read().decode(), "two.csv")
    assert read(once, again).schools == 20
    assert "“log.csv” and 1 more:" in refusal(lambda: read(once, log("", name="two.csv")))


@pytest.mark.parametrize("column", ["School", "School name", "Academy"])
def test_schools_named_after_people_are_no_names_of_people(column: str) -> None:
    rows = taken_in(log(*SAINTS, "Jamie Walker", "Aisha Khan", column=column))
    assert rows.schools == 6
    assert not any(name in str(rows) for name in SAINTS)


def test_the_same_names_in_a_column_that_says_something_else_are_blocked() -> None:
    message = refusal(lambda: taken_in(log("Jamie Walker", "Aisha Khan", "Grace Owen", column="Seen with")))
    assert "names of people in column “Seen with”" in message


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("head@example.com", "e-mail addresses"),
        ("St Mary's 07700 900123", "telephone numbers"),
        ("St Mary's S10 2TN", "full postcodes"),
        ("943 476 5870", "NHS numbers"),
        ("https://example.com/a", "web addresses"),
    ],
)
def test_a_column_of_schools_is_asked_for_everything_else(cell: str, what: str) -> None:
    message = refusal(lambda: taken_in(log("King Edward", cell, cell, cell)))
    assert f"{what} in column “School”" in message
    assert cell not in message
