"""Street files of data.police.uk: every row kept, months and forces chosen, faults named by file, column and row."""

import gzip
import io
import itertools
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from data.formats.sources import Source, from_paths, from_upload
from data.records.police import OTHER_MONTHS, STREET_COLUMNS, forces_in, months_in, read_police
from data.records.rows import EDITION_FIELD, FORCE_FIELD, REQUIRED_FIELDS, Rows
from geo import columns as c
from geo.errors import InputError

TODAY = date(2021, 12, 10)
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)


def row(
    crime_id: str = "",
    month: str = "2021-01",
    lon: str = "-1.452850",
    lat: str = "53.603213",
    area: str = "E01007434",
    category: str = "Anti-social behaviour",
    location: str = "On or near Kent Close",
) -> str:
    return f"{crime_id},{month},Some Police,Some Police,{lon},{lat},{location},{area},A 001A,{category},,\n"


def street(*rows: str, month: str = "2021-01", force: str = "south-yorkshire") -> Source:
    content = (HEADER + "".join(rows or (row(month=month),))).encode()
    return from_upload(f"{month}-{force}-street.csv", content)


def read(*sources: Source, **options: object) -> Rows:
    return read_police(sources, today=TODAY, **options)  # type: ignore[arg-type]


def refusal(*sources: Source, **options: object) -> str:
    with pytest.raises(InputError) as refused:
        read(*sources, **options)
    return str(refused.value)


def archive(
    months: Iterable[str] = ("2021-01", "2021-02", "2021-03"),
    forces: Iterable[str] = ("city-of-london", "south-yorkshire"),
) -> Source:
    """Build a .zip as data.police.uk serves it, one distinct street row for each force and month."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as built:
        for month, force in itertools.product(months, forces):
            stem = f"{month}/{month}-{force}"
            built.writestr(f"{stem}-street.csv", HEADER + row(month=month, area=f"{force} {month}"))
            built.writestr(f"{stem}-outcomes.csv", "Crime ID,Month,Outcome type\n1,2021-01,none\n")
            built.writestr(f"{stem}-stop-and-search.csv", "Type,Date\nPerson search,2021-01-01\n")
    return from_upload("police.zip", packed.getvalue())


def test_columns_are_those_every_reader_hands_on() -> None:
    rows = read(street(row("a1", lon="-1.5", lat="53.5", area="E01000001", category="Drugs")))
    assert rows.table.schema == pa.schema([*REQUIRED_FIELDS, FORCE_FIELD, EDITION_FIELD])
    assert rows.table.to_pylist() == [
        {
            c.MONTH: "2021-01",
            c.CATEGORY: "Drugs",
            c.STATED: "E01000001",
            c.LON: -1.5,
            c.LAT: 53.5,
            c.FORCE: "south-yorkshire",
            c.EDITION: "",  # how new a month by itself is, nothing says
        }
    ]
    assert (rows.read, rows.not_kept.total(), rows.notes, rows.gaps, rows.has_times) == (1, 0, (), (), False)


def test_blank_crime_ids_are_kept() -> None:
    rows = read(street(row(""), row("x"), row("")))
    assert (rows.table.num_rows, rows.notes) == (3, ())


def test_identical_rows_are_kept() -> None:
    assert read(street(*[row()] * 5)).table.num_rows == 5


def test_rows_without_location_are_kept_with_nulls() -> None:
    table = read(street(row(lon="", lat="", area=""), row())).table
    assert [table[name][0].as_py() for name in (c.STATED, c.LON, c.LAT)] == [None, None, None]
    assert table.num_rows == 2


def test_repeated_crime_ids_are_kept_and_reported() -> None:
    rows = read(street(row("x"), row("x"), row("x"), row("y"), row("y"), row("z"), row(""), row("")))
    assert rows.table.num_rows == 8
    assert rows.notes == (
        "2 Crime IDs stand in more than one row of a month, 3 rows more than IDs; all rows are kept.",
    )


def test_a_crime_id_repeated_in_another_month_is_not_a_repetition() -> None:
    one_file = street(row("x"), row("x", month="2021-02"), row("y"))
    assert read(one_file).notes == ()
    assert read(street(row("x")), street(row("x", month="2021-02"), month="2021-02")).notes == ()


def test_a_crime_id_repeated_in_another_file_of_the_month_is_reported() -> None:
    rows = read(street(row("x")), street(row("x"), row("y"), force="british-transport"))
    assert rows.notes == ("1 Crime ID stands in more than one row of a month, 1 row more than IDs; all rows are kept.",)


def test_rows_come_in_the_order_of_the_files() -> None:
    sources = [street(row(month=month, area=month), month=month) for month in ("2021-03", "2021-01", "2021-02")]
    assert read(*sources).table[c.STATED].to_pylist() == ["2021-03", "2021-01", "2021-02"]


def test_dictionaries_hold_each_word_once_and_no_others() -> None:
    rows = read(street(row(), row(month="2021-02", category="Drugs")), street(month="2021-03"), last="2021-01")
    for name, words in ((c.MONTH, ["2021-01"]), (c.CATEGORY, ["Anti-social behaviour"])):
        assert rows.table[name].combine_chunks().dictionary.to_pylist() == words
        assert rows.table[name].num_chunks == 1


def test_gzip_and_plain_files_read_the_same(tmp_path: Path) -> None:
    plain = street(row("x"), row(lon="", lat=""))
    packed = tmp_path / "2021-01-south-yorkshire-street.csv.gz"
    packed.write_bytes(gzip.compress(plain.read()))
    assert read(*from_paths([packed])).table.equals(read(plain).table)


def test_missing_months_between_first_and_last_are_gaps() -> None:
    assert read(street(), street(month="2021-04"), street(month="2021-05")).gaps == ("2021-02", "2021-03")


def test_a_zip_is_read_for_its_street_files_only() -> None:
    rows = read(archive())
    assert rows.read == 6
    assert rows.table[c.STATED].to_pylist() == [
        f"{force} 2021-0{month}" for month in (1, 2, 3) for force in ("city-of-london", "south-yorkshire")
    ]


def test_a_zip_on_disk_is_read_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "police.zip"
    path.write_bytes(archive().read())
    assert read(*from_paths([path])).table.equals(read(archive()).table)
    assert [file.name for file in tmp_path.iterdir()] == ["police.zip"]


def test_a_zip_tells_its_forces_and_months() -> None:
    assert forces_in(archive()) == ["city-of-london", "south-yorkshire"]
    assert months_in(archive()) == ["2021-01", "2021-02", "2021-03"]


def test_a_plain_file_tells_its_force_and_month_by_its_name() -> None:
    assert (forces_in(street()), months_in(street())) == (["south-yorkshire"], ["2021-01"])
    other = from_upload("incidents.csv", street().read())
    assert (forces_in(other), months_in(other)) == ([], [])


def test_forces_and_months_are_chosen_from_a_zip() -> None:
    rows = read(archive(), forces=["south-yorkshire"], first="2021-02", last="2021-03")
    assert rows.table[c.STATED].to_pylist() == ["south-yorkshire 2021-02", "south-yorkshire 2021-03"]
    assert rows.not_kept.total() == 0


def test_a_file_not_chosen_from_a_zip_is_not_even_opened() -> None:
    packed = io.BytesIO(archive().read())
    with zipfile.ZipFile(packed, "a") as built:
        built.writestr("2021-04/2021-04-kent-street.csv", "no street file")
    assert read(from_upload("police.zip", packed.getvalue()), forces=["city-of-london"]).read == 3


def test_an_unknown_force_is_refused_with_those_found() -> None:
    message = refusal(archive(), forces=["south-yorkshire", "wiltshire"])
    assert "must hold the force wiltshire, and they hold city-of-london and south-yorkshire" in message


def test_a_zip_without_street_files_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as built:
        built.writestr("2021-01/2021-01-kent-outcomes.csv", "Crime ID\n1\n")
    assert "“police.zip” must hold files named like" in refusal(from_upload("police.zip", packed.getvalue()))


def test_plain_files_are_chosen_by_force_in_their_name() -> None:
    sources = (street(), street(force="kent"))
    assert read(*sources, forces=["kent"]).read == 1
    unnamed = from_upload("incidents.csv", street().read())
    assert "to be chosen by force, and it is not" in refusal(unnamed, street(), forces=["south-yorkshire"])


def test_plain_files_are_chosen_by_the_months_of_their_rows() -> None:
    merged = from_upload("merged.csv", street(*(row(month=f"2021-0{month}") for month in (1, 2, 2, 3, 4))).read())
    rows = read(merged, first="2021-02", last="2021-03")
    assert rows.table[c.MONTH].to_pylist() == ["2021-02", "2021-02", "2021-03"]
    assert (rows.read, dict(rows.not_kept)) == (5, {OTHER_MONTHS: 2})
    assert rows.read == rows.table.num_rows + rows.not_kept.total()


@pytest.mark.parametrize(("first", "last"), [("2022-01", None), (None, "2020-12")])
def test_a_range_without_any_file_is_refused_with_the_months_found(first: str | None, last: str | None) -> None:
    assert "they are Jan–Mar 2021" in refusal(archive(), first=first, last=last)


def test_a_range_without_any_row_is_refused() -> None:
    assert "have none there" in refusal(street(), first="2021-05")


@pytest.mark.parametrize("month", ["2021", "2021-13", "Jan 2021"])
def test_a_range_that_is_no_month_is_refused(month: str) -> None:
    assert "written like 2021-01" in refusal(street(), first=month)
    assert "written like 2021-01" in refusal(street(), last=month)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    assert "must begin before it ends" in refusal(street(), first="2021-03", last="2021-01")


def test_no_file_at_all_is_refused() -> None:
    assert "at least one file" in refusal()


def test_the_same_content_given_twice_is_read_once_and_noted() -> None:
    plain = street(row("x"), row())
    packed = from_upload("copy.csv.gz", gzip.compress(plain.read()))
    rows = read(plain, packed, plain)
    assert rows.read == 2
    assert rows.notes == ("2 files were given twice with the same content and read once.",)


def test_files_of_one_length_that_differ_are_both_read() -> None:
    rows = read(street(row("x")), street(row("y"), force="other-yorkshire"))
    assert (rows.read, rows.notes) == (2, ())


def test_two_editions_of_one_month_and_force_are_refused() -> None:
    message = refusal(street(row("x")), street(row("x"), row("y")))
    assert "south-yorkshire 2021-01 comes in 2 files that differ" in message


def test_progress_is_told_file_by_file() -> None:
    told: list[tuple[int, int]] = []
    read(archive(), progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 6) for done in range(1, 7)]


FAULTY = {
    "no month": (row(month="2021-1"), "a month such as 2021-09 in the column “Month”, and row 3"),
    "13th month": (row(month="2021-13"), "a month such as 2021-09 in the column “Month”, and row 3"),
    "future": (row(month="2022-01"), "months that have begun in the column “Month”, and row 3"),
    "too early": (row(month="2010-11"), "months from December 2010 on in the column “Month”, and row 3"),
    "blank month": (row(month=""), "column “Month” in every row, and it is blank in row 3"),
    "blank type": (row(category=""), "column “Crime type” in every row, and it is blank in row 3"),
    "spaces as type": (row(category="  "), "column “Crime type” in every row, and it is blank in row 3"),
    "text": (row(lon="west"), "column “Longitude” must hold numbers"),
    "not a number": (row(lat="nan"), "column “Latitude” must hold numbers"),
    "endless": (row(lat="inf"), "column “Latitude” must hold numbers"),
    "half blank lon": (row(lon=""), "both be blank"),
    "half blank lat": (row(lat=""), "both be blank"),
    "swapped": (row(lon="53.6", lat="-1.45"), "swapped"),
    "latitude": (row(lat="91"), "no such place exists"),
    "longitude": (row(lon="-181"), "no such place exists"),
    "ragged": ("x,2021-01\n", "row 3 has 2"),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_fault_is_named_by_file_and_row(fault: str) -> None:
    line, found = FAULTY[fault]
    message = refusal(street(month="2021-05"), street(row(), line, row()))
    assert found in message
    assert "2021-01-south-yorkshire-street.csv" in message
    assert "row 3" in message
    assert message.count(". ") == 0


def test_eastings_and_northings_are_named_as_such() -> None:
    message = refusal(street(*[row(lon="436000", lat="406000")] * 3))
    assert "metres" in message
    assert "“Longitude” and “Latitude”" in message


def test_no_refusal_holds_a_cell() -> None:
    for secret in (row(lon="987654"), row(lat="secret"), row(month="secret"), row(month="9876-54"), row(lon="")):
        message = refusal(street(row(), secret))
        assert not any(cell in message for cell in ("secret", "9876", "E01007434", "53.603213", "Kent Close"))


def test_a_few_points_outside_britain_are_kept_for_placing_to_count() -> None:
    table = read(street(row(), row(), row(lon="10.5", lat="44.25"))).table
    assert table[c.LON].to_pylist() == [-1.45285, -1.45285, 10.5]


def test_spaces_around_cells_change_nothing() -> None:
    spaced = row("x", lon=" -1.452850 ", lat=" 53.603213", area=" E01007434", category="Drugs ")
    assert read(street(spaced)).table.equals(read(street(row("x", category="Drugs"))).table)


def test_a_blank_row_at_the_end_is_no_incident() -> None:
    assert read(street(row(), row(), "\n", ",,,,,,,,,,,\n")).read == 2


def test_a_spreadsheet_copy_reads_as_the_original() -> None:
    plain = street(row("x"), row(lon="", lat="", area=""))
    saved = plain.read().decode().replace(",", ";").replace("\n", "\r\n").encode("utf-16")
    copy = read(from_upload("copy.csv", saved)).table
    assert copy[c.FORCE].to_pylist() == ["some"] * 2  # as “Falls within” says, where the name says nothing
    assert copy.drop_columns([c.FORCE]).equals(read(plain).table.drop_columns([c.FORCE]))


def test_other_police_files_are_refused_by_their_columns() -> None:
    stops = from_upload(
        "2021-01-kent-stop-and-search.csv", b"Type,Date,Longitude,Latitude\nPerson search,2021-01-01,0,52\n"
    )
    message = refusal(stops)
    assert "must have the columns “Crime ID”, “Month”, “LSOA code”, “Crime type”" in message


def test_only_needed_columns_are_asked_for() -> None:
    lean = ",".join(STREET_COLUMNS) + "\n,2021-01,-1.5,53.5,E1,Drugs\n"
    assert read(from_upload("lean.csv", lean.encode())).read == 1


@pytest.mark.acceptance
def test_real_repetitions_of_crime_ids_are_counted(real_data: Path) -> None:
    for folder, ids, surplus in (("police_street", 285, 296), ("police_street_2024_2025", 254, 273)):
        files = sorted((real_data / "city_of_london" / folder).glob("*.csv.gz"))
        (note,) = read_police(from_paths(files), today=date(2026, 1, 1)).notes
        assert note.startswith(f"{ids} Crime IDs stand in more than one row of a month, {surplus} rows more")


@pytest.mark.acceptance
def test_real_files_are_read_whole_and_their_gap_is_seen(real_data: Path) -> None:
    files = sorted((real_data / "south_yorkshire" / "police_street").glob("*.csv.gz"))
    rows = read_police(from_paths(files), today=TODAY)
    assert (rows.read, rows.table.num_rows, rows.gaps, rows.notes) == (652_082, 652_082, ("2019-07",), ())
    assert rows.table[c.LON].null_count == rows.table[c.STATED].null_count == 25_147
