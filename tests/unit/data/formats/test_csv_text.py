"""The one CSV reader: every way a spreadsheet saves a table, and every refusal with its file and row."""

import codecs

import pyarrow as pa
import pytest

from data.formats import csv_text
from data.formats.csv_text import header, read_text_table, read_typed_table, row_number
from data.formats.sources import Source, from_upload
from geo.errors import InputError

PLAIN = "area,name\nE1,Ash\nE2,Elm\n"
EXPECTED = {"area": ["E1", "E2"], "name": ["Ash", "Elm"]}


def given(text: str | bytes, encoding: str = "utf-8") -> Source:
    return from_upload("areas.csv", text if isinstance(text, bytes) else text.encode(encoding))


def cells(text: str | bytes, *columns: str) -> dict[str, list[str | None]]:
    table = read_text_table(given(text), columns or None)
    assert all(field.type == pa.string() for field in table.schema)
    return table.to_pydict()


def refusal(text: str | bytes, *columns: str) -> str:
    with pytest.raises(InputError) as refused:
        read_text_table(given(text), columns or None)
    assert "areas.csv" in str(refused.value)
    return str(refused.value)


def test_the_first_row_of_data_is_row_2() -> None:
    assert [row_number(index) for index in (0, 1, 41)] == [2, 3, 43]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_way_of_saving_reads_the_same(encoding: str, end: str, separator: str) -> None:
    text = PLAIN.replace(",", separator).replace("Ash", "Ashé £5").replace("\n", end)
    table = read_text_table(given(text, encoding))
    assert table.to_pydict() == {"area": ["E1", "E2"], "name": ["Ashé £5", "Elm"]}


def test_utf_16_of_either_byte_order_is_read() -> None:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert cells(mark + PLAIN.encode(encoding)) == EXPECTED


def test_broken_utf_16_is_refused() -> None:
    assert "UTF-16 encoding is broken" in refusal(codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le")[:-1])


def test_windows_punctuation_is_not_taken_for_latin_1() -> None:
    assert cells("a,b\n“Ash”,€5\n".encode("cp1252")) == {"a": ["“Ash”"], "b": ["€5"]}


def test_bytes_that_windows_does_not_define_are_read_as_latin_1() -> None:
    assert cells(b"a,b\n\x81\xe9,1\n") == {"a": ["\x81é"], "b": ["1"]}


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert header(given(PLAIN, "utf-8-sig")) == ["area", "name"]


def test_spaces_around_names_are_left_out_and_those_around_cells_kept() -> None:
    assert cells(" area , name\nE1, Ash \n") == {"area": ["E1"], "name": [" Ash "]}


def test_quoted_commas_lines_and_marks_belong_to_their_cell() -> None:
    text = 'area,"na,me"\r\nE1,"Ash, Elm"\r\nE2,"two\r\nlines, and ""marks"""\r\n'
    assert cells(text) == {"area": ["E1", "E2"], "na,me": ["Ash, Elm", 'two\r\nlines, and "marks"']}


def test_a_header_of_two_lines_is_one_row() -> None:
    assert cells('"area\ncode",name\nE1,Ash\n') == {"area\ncode": ["E1"], "name": ["Ash"]}


def test_semicolons_inside_cells_do_not_decide_the_separator() -> None:
    assert cells("area,name\nE1,a;b;c;d\nE2,e\n") == {"area": ["E1", "E2"], "name": ["a;b;c;d", "e"]}


def test_decimal_commas_do_not_decide_the_separator() -> None:
    assert cells("area;share\nE1;0,5\nE2;1,5\n") == {"area": ["E1", "E2"], "share": ["0,5", "1,5"]}


def test_wanted_columns_decide_the_separator() -> None:
    assert cells("a;b,c;d\n1;2,3;4\n", "a", "d") == {"a": ["1"], "d": ["4"]}


def test_blank_cells_are_null_and_words_for_nothing_are_words() -> None:
    text = 'a,b,c\n, ,""\nNA,null,nan\n'
    assert cells(text) == {"a": [None, "NA"], "b": [None, "null"], "c": [None, "nan"]}


def test_numbers_and_dates_stay_as_they_are_written() -> None:
    assert cells("a,b,c\n007,1.50,2021-09\n") == {"a": ["007"], "b": ["1.50"], "c": ["2021-09"]}


@pytest.mark.parametrize("end", ["\n\n\n", "\r\n\r\n", "\n,\n , \n", "\n  ,\n", ""])
def test_blank_rows_at_the_end_are_left_out(end: str) -> None:
    assert cells("area,name\nE1,Ash\nE2,Elm" + end) == EXPECTED


def test_a_row_is_blank_only_when_every_column_is() -> None:
    assert cells("a,b\n1,\n,2\n", "a") == {"a": ["1", None]}


def test_a_blank_row_in_between_keeps_later_row_numbers() -> None:
    table = read_text_table(given("area,name\nE1,Ash\n\nE2,Elm\n"))
    index = table["area"].to_pylist().index("E2")
    assert row_number(index) == 4


def test_columns_are_given_in_the_order_asked_for() -> None:
    table = read_text_table(given("a,b,c\n1,2,3\n"), ["c", "a"])
    assert table.column_names == ["c", "a"]


def test_a_column_without_a_name_is_called_by_its_position() -> None:
    assert cells("a,,\n1,2,\n") == {"a": ["1"], "(column 2)": ["2"], "(column 3)": [None]}


def test_a_file_of_one_column_is_read() -> None:
    assert cells("area\nE1\nE2\n") == {"area": ["E1", "E2"]}


def test_names_that_occur_twice_are_refused() -> None:
    message = refusal("area,name, area\nE1,Ash,E2\n")
    assert "“area” occurs more than once in row 1" in message


@pytest.mark.parametrize(
    ("rows", "row", "has"), [("1,2\n3\n", 3, 1), ("1,2,3\n", 2, 3), ('"1\n\n",2\n\n3,4,5\n', 4, 3)]
)
def test_a_ragged_row_is_refused_with_its_number(rows: str, row: int, has: int) -> None:
    assert f"names in row 1 (2), and row {row} has {has}" in refusal("area,name\n" + rows)


@pytest.mark.parametrize("text", [b"", b"\n\n", b"  \r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(text: bytes) -> None:
    assert "it is empty" in refusal(text)


@pytest.mark.parametrize("text", ["area,name", "area,name\n", "area,name\n\n\n", "area,name\n,\n"])
def test_a_header_without_rows_is_refused(text: str) -> None:
    assert "holds a header and no rows" in refusal(text)


def test_a_missing_column_is_refused_with_those_found() -> None:
    message = refusal(PLAIN, "area", "Latitude")
    assert "must have the column “Latitude”, and it has “area”, “name”" in message


def test_a_blank_first_row_is_refused() -> None:
    assert "that row is blank" in refusal("\narea,name\nE1,Ash\n")


def test_a_quotation_mark_left_open_is_refused() -> None:
    assert "one is left open" in refusal('area,name\nE1,"Ash\nE2,Elm\n')


def test_a_quotation_mark_left_open_in_a_long_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "_BLOCK", 1000)
    assert "one is left open" in refusal('area,name\nE1,"Ash\n' + "E2,Elm\n" * 1000)


def test_a_mark_for_inches_is_only_a_mark() -> None:
    assert cells('area,name\nE1,5" pipe\nE2,Elm\n') == {"area": ["E1", "E2"], "name": ['5" pipe', "Elm"]}


def test_a_file_of_many_blocks_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "_BLOCK", 64)
    lines = [f"E{index},name {index}" for index in range(500)]
    assert cells("area,name\n" + "\n".join(lines))["area"] == [f"E{index}" for index in range(500)]
    assert "row 502 has 1" in refusal("area,name\n" + "\n".join(lines) + "\nragged\n")


def test_a_workbook_named_csv_is_refused_as_one() -> None:
    assert "looks like an old Excel workbook" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))


def test_no_refusal_holds_a_cell() -> None:
    for text in ("a,b\nsecret\n", "a,b\nsecret,secret,secret\n", 'a,b\n1,"secret\n2,secret\n', "a,a\nsecret,1\n"):
        assert "secret" not in refusal(text)


def test_typed_columns_are_read_as_their_types() -> None:
    table, size = read_typed_table(given(PLAIN.replace("Elm", "")), {"name": pa.string()})
    assert table is not None
    assert table.to_pydict() == {"name": ["Ash", None]}
    assert size == len(PLAIN) - 3


@pytest.mark.parametrize("text", ["a,b\nx,1\n", 'a,b\n1,"2\n3,4\n'])
def test_cells_unlike_their_type_are_left_to_the_reader_of_text(text: str) -> None:
    assert read_typed_table(given(text), {"a": pa.float64()})[0] is None


def test_a_typed_reading_refuses_what_text_refuses() -> None:
    for text, found in (("a,b\n1\n", "row 2 has 1"), ("b\n1\n", "the column “a”"), ("a,b\n", "no rows")):
        with pytest.raises(InputError, match=found):
            read_typed_table(given(text), {"a": pa.float64()})


@pytest.mark.parametrize("first", ["03/04/2026", "53.381", "443112", "head@school.example"])
def test_a_first_row_of_data_is_not_repeated_as_column_names(first: str) -> None:
    with pytest.raises(InputError, match="row 1 looks like data") as refused:
        header(Source("log.csv", content=f"{first},Park\n{first},Park\n".encode()))
    assert first not in str(refused.value)
