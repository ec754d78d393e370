"""Workbooks: every sheet and row is read, cells as people see them, and what could do harm is refused."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from time import process_time

import openpyxl
import pytest
from openpyxl.comments import Comment

from data.formats import workbook_parts
from data.formats.sheet_reader import choose_sheet, read_sheets
from data.formats.sheets import Sheet
from data.formats.sources import from_upload
from data.formats.workbook_annotations import annotations_of
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, refusal

SECONDS_TO_PASS_OVER = 10  # of work, for what takes some hundredths
HEADER = ["Date", "Kind"]
PLAIN = making.xlsx([HEADER, ["2021-09-03", CELL]])
SHEET = "xl/worksheets/sheet1.xml"


def read(content: bytes, name: str = "log.xlsx") -> list[Sheet]:
    return read_sheets(from_upload(name, content))


def refused(content: bytes, name: str = "log.xlsx") -> str:
    return refusal(lambda: read(content, name), name)


def replaced(old: bytes, new: bytes) -> bytes:
    """Return the plain workbook whose sheet says something else."""
    text = making.part(PLAIN, SHEET)
    assert old in text
    return making.changed(PLAIN, {SHEET: text.replace(old, new)})


def annotations(sheets: list[Sheet]) -> set[tuple[str, str]]:
    return {(annotation.where, annotation.text) for sheet in sheets for annotation in sheet.annotations}


def test_cells_become_the_text_that_a_person_would_type() -> None:
    values = {
        date(2021, 9, 3): "2021-09-03",
        datetime(2021, 9, 3, 15, 10): "2021-09-03T15:10:00",
        datetime(2021, 9, 3, 15, 9, 59, 900_000): "2021-09-03T15:10:00",
        time(15, 10): "15:10",
        time(15, 10, 30): "15:10:30",
        timedelta(hours=30): "30:00",
        12345.0: "12345",
        9434765919.0: "9434765919",
        -1.4748: "-1.4748",
        True: "true",
        "  ": None,
        "=1/0": None,
        "007": "007",
    }
    (sheet,) = read(making.xlsx([["Value"], *([value] for value in values), ["end"]]))
    assert sheet.table["Value"].to_pylist() == [*values.values(), "end"]


def test_errors_are_blank_in_both_formats() -> None:
    book = openpyxl.Workbook()
    for row in (["a", "b"], ["#N/A", "x"]):
        book.active.append(row)
    book.active["A2"].data_type = "e"
    assert read(making.saved(book))[0].table.to_pylist() == [{"a": None, "b": "x"}]
    assert read(making.ods([["a", "b"], ["#DIV/0!", "x"]]), "log.ods")[0].table.to_pylist() == [{"a": None, "b": "x"}]


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    book = openpyxl.Workbook()
    for place, value in {"C4": "Date", "D4": "Kind", "C5": "2021-09-03", "D7": "b"}.items():
        book.active[place] = value
    (sheet,) = read(making.saved(book))
    assert (sheet.columns, sheet.first, len(sheet.table)) == (["Date", "Kind"], 5, 3)


def test_columns_without_a_name_are_called_by_their_place_and_names_twice_are_refused() -> None:
    assert read(making.xlsx([["a", None, "c"], [1, 2, 3]]))[0].columns == ["a", "(column 2)", "c"]
    message = refused(making.xlsx([["a", "a"], [CELL, 2]]))
    assert "“a” occurs more than once in row 1" in message
    assert "sheet “Log”" in message
    assert "looks like data" in refused(making.xlsx([["2021-09-03", CELL], ["2021-09-04", CELL]]))


def test_hidden_sheets_rows_and_columns_are_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(["2021-09-03", "x"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    for title, state in (("Old", "hidden"), ("Older", "veryHidden")):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append(["2020-01-01", title])
        sheet.sheet_state = state
    book.create_sheet("Blank")
    found = {sheet.name: sheet.table["Kind"].to_pylist() for sheet in read(making.saved(book))}
    assert found == {"Sheet": ["x"], "Old": ["Old"], "Older": ["Older"]}


def test_a_page_of_notes_beside_the_table_is_read_whole_and_not_chosen() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    for row in (["x", "x"], [CELL, None]):
        book.active.append(row)
    log = book.create_sheet("Log")
    log.append(HEADER)
    log.append(["2021-09-03", "y"])
    notes, table = read(making.saved(book))
    assert [notes.first, notes.columns, len(notes.table)] == [1, ["(column 1)", "(column 2)"], 2]
    assert choose_sheet([notes, table]).name == "Log"


def test_what_stands_beside_the_cells_of_an_excel_workbook_comes_along() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    sheet.append(["2021-09-03", "x"])
    sheet["B2"].comment = Comment("said by Ann &amp; Bob", "Cy")
    sheet.oddFooter.center.text = "kept by Dee"
    sheet["A2"].hyperlink = "mailto:eve@example.org"
    book.properties.creator, book.properties.title = "Fay", "Log of Gil"
    book.defined_names["Hal"] = openpyxl.workbook.defined_name.DefinedName("Hal", attr_text="Sheet!$A$1")
    threads = '<ThreadedComments><threadedComment ref="A2" id="1"><text>Ida</text></threadedComment></ThreadedComments>'
    drawing = "<xdr:wsDr><xdr:sp><a:p><a:r><a:t>Jo</a:t></a:r></a:p></xdr:sp></xdr:wsDr>"
    content = making.changed(
        making.saved(book),
        {
            "xl/threadedComments/threadedComment1.xml": threads,
            "xl/persons/person.xml": '<personList><person displayName="Kim" id="1"/></personList>',
            "xl/drawings/drawing9.xml": drawing,
            "docProps/custom.xml": '<x><property name="Owner"><vt:lpwstr>Lee</vt:lpwstr></property></x>',
            "xl/pivotCache/pivotCacheRecords1.xml": '<pivotCacheRecords><r><s v="Max"/></r></pivotCacheRecords>',
        },
    )
    found = annotations(read(content))
    for expected in (
        ("a comment at B2", "said by Ann &amp; Bob"),
        ("a comment", "Cy"),
        ("a header or footer", "&Ckept by Dee"),
        ("a link", "mailto:eve@example.org"),
        ("who saved the document", "Fay"),
        ("a property of the document", "Log of Gil"),
        ("a defined name", "Hal"),
        ("a comment at A2", "Ida"),
        ("a text box", "Jo"),
        ("a comment's author", "Kim"),
        ("a property of the document", "Owner"),
        ("a property of the document", "Lee"),
        ("a pivot table", "Max"),
    ):
        assert expected in found, found


def test_what_stands_beside_the_cells_of_an_opendocument_spreadsheet_comes_along() -> None:
    note = "<office:annotation><dc:creator>Ann</dc:creator><text:p>seen by Bob</text:p></office:annotation>"
    row = f"<table:table-row>{making.ods_cell('a')}</table:table-row>"
    noted = f"<table:table-row>{making.ods_cell('x', inner=note)}</table:table-row>"
    box = "<table:shapes><draw:frame><draw:text-box><text:p>Cy</text:p></draw:text-box></draw:frame></table:shapes>"
    parts = {
        "meta.xml": "<x><meta:initial-creator>Dee</meta:initial-creator><meta:generator>It</meta:generator></x>",
        "styles.xml": "<x><style:header><text:p>Eve</text:p></style:header></x>",
    }
    (sheet,) = read(making.ods_of(f'<table:table table:name="A">{box}{row}{noted}</table:table>', parts), "log.ods")
    assert sheet.table.to_pylist() == [{"a": "x"}]
    assert annotations([sheet]) == {
        ("a comment", "Ann seen by Bob"),
        ("a text box", "Cy"),
        ("who saved the document", "Dee"),
        ("a header or footer", "Eve"),
    }


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"[Content_Types].xml": "<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>"}, "macros"),
        ({"xl/externalLinks/externalLink1.xml": "<x/>"}, "links to other workbooks"),
        ({"xl/x.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'}, "declarations of entities"),
        ({"docProps/core.xml": "<x>\n<!entity b 'c'></x>"}, "declarations of entities"),
        ({"xl/x.xml": "<!DOCTYPE a>".encode("utf-16")}, "damaged"),
        ({"xl/workbook.xml": "<workbook"}, "damaged"),
        ({SHEET: "no sheet"}, "damaged"),
    ],
)
def test_parts_that_could_do_harm_are_refused(parts: dict[str, str | bytes], found: str) -> None:
    message = refused(making.changed(PLAIN, parts))
    assert found in message
    assert ";" in message


def test_opendocument_macros_links_and_encryption_are_refused() -> None:
    table = '<table:table table:name="A">{}</table:table>'
    assert "macros" in refused(making.ods_of(table, {"Basic/Standard/Module1.xml": "<x/>"}), "log.ods")
    assert "links to other files" in refused(making.ods_of(table.format("<table:table-source/>")), "log.ods")
    manifest = {"META-INF/manifest.xml": "<x><manifest:encryption-data/></x>", "content.xml": b"\0\1"}
    assert "encrypted" in refused(making.changed(making.ods_of(table), manifest), "log.ods")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "100 times its packed size" in refused(making.changed(PLAIN, {"xl/x.xml": b" " * 20_000_000}))
    assert "at most 50 MB" in refused(making.changed(PLAIN, {"xl/x.bin": b" " * 51_000_000}))


@pytest.mark.parametrize("piece", ["<a:p>", "<a:p", "<p{}:p>", "<", "<a:p><a:p></a:p>", '<a:p x="'])
@pytest.mark.parametrize("part", ["xl/drawings/drawing1.xml", "docProps/core.xml", "xl/comments1.xml"])
def test_texts_that_never_end_are_passed_over_once(piece: str, part: str) -> None:
    once = "".join(piece.format(number) for number in range(20_000))
    begun = process_time()
    annotations_of({part: once.encode()})  # a minute or more where each piece is followed to the end
    assert process_time() - begun < SECONDS_TO_PASS_OVER


def test_a_part_is_never_unpacked_beyond_the_size_that_it_declares() -> None:
    real = b"<x>" + b"a" * 5_000_000
    content = bytearray(making.changed(PLAIN, {"xl/x.xml": real}))
    declared = len(real).to_bytes(4, "little")
    assert content.count(declared) == 2
    lying = bytes(content).replace(declared, (10).to_bytes(4, "little"))
    assert "damaged" in refused(lying)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (b'r="B2"', b'r="XFD2"', "at most 2,000 columns"),
        (b'r="B2"', b"r='XFD2'", "at most 2,000 columns"),
        (b'<c r="B2"', b'<c x=">" r="XFD2"', "at most 2,000 columns"),
        (b'r="B2"', b'r="BXX1048576"', "at most 3,000,000 cells"),
        (b'<c r="B2"', b'<c r="CA1048576"', "at most 3,000,000 cells"),
        (b"</row></sheetData>", b"<c><v>1</v></c>" * 2001 + b"</row></sheetData>", "at most 2,000 columns"),
    ],
)
def test_a_cell_at_a_far_corner_is_refused(old: bytes, new: bytes, found: str) -> None:
    assert found in refused(replaced(old, new))


def test_blank_cells_at_a_far_corner_do_no_harm() -> None:
    content = replaced(b"</row></sheetData>", b'<c r="XFD2" s="0" /></row></sheetData>')
    assert read(content)[0].columns == HEADER


def test_one_long_text_in_very_many_cells_is_refused() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    content = making.changed(
        PLAIN,
        {
            SHEET: f"<worksheet><sheetData>{cells}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst><si><t>{'a' * 30_000}</t></si></sst>",
        },
    )
    assert "at most 200 MB of text" in refused(content)


@pytest.mark.parametrize(
    ("row", "cell", "found"),
    [
        (1_048_576, 1_024, "at most 3,000,000 cells"),
        (1, 16_384, "at most 2,000 columns"),
        (4_000_000_000, 1, "at most 2,000,000 rows"),
    ],
)
def test_cells_repeated_very_often_are_refused(row: int, cell: int, found: str) -> None:
    line = making.ods_cell(CELL, f'table:number-columns-repeated="{cell}"')
    body = f'<table:table table:name="A"><table:table-row table:number-rows-repeated="{row}">{line}</table:table-row>'
    assert found in refused(making.ods_of(f"{body}</table:table>"), "log.ods")


def test_blank_cells_repeated_to_the_end_do_no_harm() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = "".join(f"<table:table-row>{making.ods_cell(text)}{blank}</table:table-row>" for text in ("a", "x"))
    end = f'<table:table-row table:number-rows-repeated="1048574">{blank}</table:table-row>'
    (sheet,) = read(making.ods_of(f'<table:table table:name="A">{rows}{end}</table:table>'), "log.ods")
    assert sheet.table.to_pylist() == [{"a": "x"}]


def test_the_archive_given_on_holds_only_what_was_measured() -> None:
    parts = workbook_parts.open_parts("log.xlsx", making.changed(PLAIN, {"xl/media/image1.png": b"x"}))
    with zipfile.ZipFile(io.BytesIO(workbook_parts.packed(parts).read())) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert "xl/media/image1.png" not in archive.namelist()


def test_a_workbook_without_rows_is_refused() -> None:
    assert "must hold rows" in refused(making.xlsx([]))
    assert "must hold rows" in refused(making.xlsx([HEADER]))
