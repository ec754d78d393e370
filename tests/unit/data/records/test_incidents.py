"""Incidents of any organisation: what is kept, what is not and why, and that nothing else is ever read."""

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from data.formats.sheets import Sheet
from data.formats.sources import from_paths
from data.records.incidents import SheetPart, combine, read_incidents
from data.records.mapping import ColumnMapping
from data.records.rows import REQUIRED_FIELDS, TIME_FIELDS, Rows
from geo import columns as c
from tests.unit.data.records.incident_files import read_incident_file, read_incident_files
from tests.unit.data.records.refusals import CELL, FILE, refusal, upload

TODAY = date(2026, 1, 5)
DAY = datetime(2021, 9, 1)


def read(text: str, mapping: ColumnMapping | None = None) -> Rows:
    return read_incident_file(upload(text), mapping, today=TODAY)


def refused(text: str, mapping: ColumnMapping | None = None) -> str:
    return refusal(lambda: read(text, mapping))


def spans(text: str) -> list[tuple[datetime | None, datetime | None]]:
    table = read(text).table
    return list(zip(table[c.START].to_pylist(), table[c.END].to_pylist(), strict=True))


def test_rows_with_days_have_the_fields_of_the_one_shape() -> None:
    rows = read("Date,From,To,Easting,Northing,LSOA code,Type\n01/09/2021,15:10,15:40,435419,407352,E01,Knife crime\n")
    assert list(rows.table.schema) == [*REQUIRED_FIELDS, *TIME_FIELDS]
    assert rows.has_times
    row = rows.table.to_pylist()[0]
    assert (row[c.MONTH], row[c.CATEGORY], row[c.STATED]) == ("2021-09", "Knife crime", "E01")
    assert (row[c.LON], row[c.LAT]) == (pytest.approx(-1.466748, abs=1e-6), pytest.approx(53.561597, abs=1e-6))
    assert (row[c.START], row[c.END]) == (datetime(2021, 9, 1, 15, 10), datetime(2021, 9, 1, 15, 40))


def test_rows_with_months_alone_have_no_times() -> None:
    rows = read("Month,Area code,Category\nSep 2021,E01,a\n2021-10,E02,b\n")
    assert list(rows.table.schema) == list(REQUIRED_FIELDS)
    assert not rows.has_times
    assert rows.table[c.MONTH].to_pylist() == ["2021-09", "2021-10"]
    assert rows.table[c.LON].null_count == 2


def test_rows_without_a_date_or_a_category_are_counted_and_not_kept() -> None:
    rows = read("Date,Area,Type\n01/09/2021,E01,a\n,E01,a\n02/09/2021,E01,\n,E01,\n03/09/2021,,b\n")
    assert rows.read == 5
    assert rows.not_kept == {"no date": 2, "no category": 1}
    assert rows.table[c.CATEGORY].to_pylist() == ["a", "b"]
    assert rows.read == rows.table.num_rows + rows.not_kept.total()


def test_rows_without_a_place_are_kept() -> None:
    rows = read("Date,Lat,Long,Area,Type\n01/09/2021,,,,a\n01/09/2021,53.4,-1.4,,a\n")
    assert rows.table[c.LON].to_pylist() == [None, -1.4]
    assert rows.table[c.STATED].to_pylist() == [None, None]


def test_months_without_incidents_are_no_gaps() -> None:
    assert read("Month,Area,Type\n2021-01,E01,a\n2021-12,E01,a\n").gaps == ()


def test_columns_that_are_not_mapped_are_never_read_and_their_names_are_noted() -> None:
    rows = read(f"Reference,Date,Area,Type,Severity,Outcome\n{CELL},01/09/2021,E01,a,{CELL},{CELL}\n")
    assert rows.notes == ("Not saved: columns Reference, Severity, Outcome.",)
    assert CELL not in str(rows.table.to_pylist())
    assert read("Date,Area,Type\n01/09/2021,E01,a\n").notes == ()


@pytest.mark.parametrize(
    ("row", "start", "end"),
    [
        ("01/09/2021,15:10,15:40", datetime(2021, 9, 1, 15, 10), datetime(2021, 9, 1, 15, 40)),
        ("01/09/2021,23:10,00:40", datetime(2021, 9, 1, 23, 10), datetime(2021, 9, 2, 0, 40)),
        ("01/09/2021,15:10,", datetime(2021, 9, 1, 15, 10), None),
        ("01/09/2021,15:10,15:10", datetime(2021, 9, 1, 15, 10), datetime(2021, 9, 1, 15, 10)),
        ("01/09/2021,,15:40", DAY, datetime(2021, 9, 1, 15, 40)),
        ("01/09/2021,,", DAY, datetime(2021, 9, 1, 23, 59, 59)),
        ("01/09/2021,15:10,03/09/2021 01:00", datetime(2021, 9, 1, 15, 10), datetime(2021, 9, 3, 1)),
        ("01/09/2021,15:10,03/09/2021", datetime(2021, 9, 1, 15, 10), datetime(2021, 9, 3, 23, 59, 59)),
        ("01/09/2021 12:00,15:10,15:40", datetime(2021, 9, 1, 15, 10), datetime(2021, 9, 1, 15, 40)),
        (",02/09/2021 15:10,15:40", datetime(2021, 9, 2, 15, 10), datetime(2021, 9, 2, 15, 40)),
    ],
)
def test_times_of_day_are_put_on_their_day(row: str, start: datetime, end: datetime | None) -> None:
    assert spans(f"Date,From,To,Area,Type\n{row},E01,a\n") == [(start, end)]


def test_a_day_without_a_time_is_that_whole_day_so_that_no_time_is_invented() -> None:
    whole = (DAY, datetime(2021, 9, 1, 23, 59, 59))
    assert spans("Date,Area,Type\n01/09/2021,E01,a\n") == [whole]
    assert spans("Date,Area,Type\n2021-09-01T00:00:00,E01,a\n2021-09-01T00:00:00,E01,b\n") == [whole, whole]
    assert spans("Date,Area,Type\n01/09/2021 00:00,E01,a\n01/09/2021 15:10,E01,b\n")[0] == (DAY, None)


def test_from_and_to_may_stand_without_a_date() -> None:
    text = "From,To,Area,Type\n31/08/2021 23:00,01/09/2021 07:00,E01,a\n"
    assert spans(text) == [(datetime(2021, 8, 31, 23), datetime(2021, 9, 1, 7))]
    assert read(text).table[c.MONTH].to_pylist() == ["2021-08"]


def test_an_end_before_the_start_is_refused() -> None:
    message = refused("Date,From,To,Area,Type\n01/09/2021,15:10,15:20,E,a\n01/09/2021,15:10,31/08/2021 16:11,E,a\n")
    assert "“To” must not be before “From”, but it is in row 3" in message
    assert "16:11" not in message


def test_a_time_of_day_without_a_date_is_refused() -> None:
    message = refused("From,Area,Type\n01/09/2021 15:10,E,a\n15:59,E,a\n")
    assert "“From” must say the day, but it holds only a time of day in row 3" in message
    assert "15:59" not in message


@pytest.mark.parametrize(
    ("header", "needs"),
    [
        ("Area,Type", "need a date (or from and to, or a month), but"),
        ("Date,Type", "need a place (longitude and latitude, easting and northing, an area code, a postcode, or the"),
        ("Date,Lat,Type", "need a place"),
        ("Date,Area", "need a category, but"),
        ("Colour,Shape", "the name of a place) and a category, but"),
    ],
)
def test_what_is_missing_is_said_with_the_columns_found_and_the_remedy(header: str, needs: str) -> None:
    names = header.split(",")
    message = refused(f"{header}\n{','.join([CELL] * len(names))}\n")
    assert needs in message
    assert all(f"“{name}”" in message for name in names)
    assert "under “Match columns”" in message


def test_a_mapping_that_names_an_absent_column_is_refused() -> None:
    message = refused("Date,Area,Type\n01/09/2021,E,a\n", ColumnMapping(date="Day", area="Area", category="Sort"))
    assert "the mapping names “Day” and “Sort”, but the file has the columns “Date”, “Area” and “Type”" in message


def test_a_mapping_of_days_and_months_at_once_is_refused() -> None:
    mapping = ColumnMapping(date="Date", month="Month", area="Area", category="Type")
    assert "names both" in refused("Date,Month,Area,Type\n01/09/2021,2021-09,E,a\n", mapping)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (f"{CELL},53.4,-1.4,a", "Date"),
        (f"01/09/2021,{CELL},-1.4,a", "Lat"),
        (f"01/09/2021,53.4,{CELL},a", "Long"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_by_file_column_and_row(row: str, column: str) -> None:
    message = refused(f"Date,Lat,Long,Type\n01/09/2021,53.4,-1.4,a\n{row}\n")
    assert f"column “{column}”" in message
    assert "row 3" in message


def test_files_are_read_together_in_their_order() -> None:
    one = upload("Date,Area,Type,Note\n01/09/2021,E01,a,x\n,E01,a,x\n")
    two = upload("Day,Area,Kind\n02/10/2021,E02,b\n", "two.csv")
    first = read_incident_file(one, today=TODAY)
    rows = read_incident_files([one, upload("Date,Area,Type\n02/10/2021,E02,b\n,E02,b\n", "b.csv")], today=TODAY)
    assert rows.table.slice(0, 1).to_pylist() == first.table.to_pylist()
    assert rows.table[c.CATEGORY].to_pylist() == ["a", "b"]
    assert (rows.read, rows.not_kept) == (4, {"no date": 2})
    assert rows.notes == ("Not saved: column Note (what somebody wrote).",)
    mapping = ColumnMapping(date="Day", area="Area", category="Kind")
    assert read_incident_files([two], mapping, today=TODAY).table[c.MONTH].to_pylist() == ["2021-10"]


def test_files_that_know_days_and_files_that_know_months_are_not_mixed() -> None:
    days, months = upload("Date,Area,Type\n01/09/2021,E,a\n"), upload("Month,Area,Type\n2021-09,E,a\n", "months.csv")
    message = refusal(lambda: read_incident_files([days, months], today=TODAY), "months.csv")
    assert "bring them as two datasets" in message
    assert FILE not in message


def sheet(name: str | None, columns: dict[str, list[str | None]], first: int = 2) -> Sheet:
    return Sheet(FILE, name, pa.table({column: pa.array(cells) for column, cells in columns.items()}), first)


def test_a_sheet_is_read_as_the_same_file_of_text_is() -> None:
    columns = {"Date": ["01/09/2021", None, " 02/09/2021 "], "Area": ["E01", "E01", " "], "Type": ["a", "a", "b"],
               "Note": [CELL, CELL, CELL]}  # fmt: skip
    rows = read_incidents(sheet(None, columns), today=TODAY)
    same = read(f"Date,Area,Type,Note\n01/09/2021,E01,a,{CELL}\n,E01,a,{CELL}\n 02/09/2021 , ,b,{CELL}\n")
    assert rows.table == same.table
    assert (rows.read, rows.not_kept, rows.notes) == (same.read, same.not_kept, same.notes)


def test_a_fault_in_a_workbook_is_named_by_its_sheet_and_by_the_row_that_the_workbook_shows() -> None:
    bad = sheet("May", {"Date": ["01/09/2021", CELL], "Area": ["E", "E"], "Type": ["a", "a"]}, first=5)
    message = refusal(lambda: read_incidents(bad, today=TODAY))
    assert message.startswith("“log.csv”, sheet “May”: column “Date” must hold")
    assert "in row 6;" in message
    missing = refusal(lambda: read_incidents(sheet("May", {"Area": ["E"]}), today=TODAY))
    assert missing.startswith("“log.csv”, sheet “May”: incidents need a date")


def test_the_sheets_of_a_workbook_are_put_together() -> None:
    days = {"Date": ["01/09/2021", None], "Area": ["E", "E"], "Type": ["a", "a"]}
    months = {"Month": ["2021-09"], "Area": ["E"], "Type": ["a"]}
    may, june, july = (
        SheetPart(one.file, one.where, read_incidents(one, today=TODAY))
        for one in (sheet("May", days), sheet("June", days), sheet("July", months))
    )
    rows = combine([may, june])
    assert (rows.read, rows.table.num_rows, rows.not_kept) == (4, 2, {"no date": 2})
    assert [(problem.file, problem.sheet) for problem in rows.problems] == [(FILE, "May"), (FILE, "June")]
    message = refusal(lambda: combine([may, july]))
    assert message.startswith("“log.csv”, sheet “July”: the files of one dataset must all know days")


@pytest.mark.acceptance
def test_stop_and_search_files_are_read_with_a_mapping(real_data: Path) -> None:
    files = sorted((real_data / "city_of_london" / "police_stop_and_search").glob("*.csv"))
    mapping = ColumnMapping(date="Date", longitude="Longitude", latitude="Latitude", category="Type")
    rows = read_incident_files(from_paths(files), mapping, today=TODAY)
    assert (rows.read, rows.table.num_rows, rows.table[c.LON].null_count) == (6449, 6449, 1937)
    first = rows.table.slice(0, 1).to_pylist()[0]
    assert first[c.START] == datetime(2018, 4, 1, 1, 8, 42)  # written 00:08:42 with the offset of UTC
    assert first[c.END] is None
    by_object = ColumnMapping(date="Date", longitude="Longitude", latitude="Latitude", category="Object of search")
    assert read_incident_files(from_paths(files), by_object, today=TODAY).not_kept == {"no category": 99}
