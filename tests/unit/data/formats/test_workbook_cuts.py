"""A few columns of a workbook of any size: the newest sheet, below its titles, and nothing harmful."""

import struct
from collections.abc import Sequence

import openpyxl
import pytest

from data.formats import workbook_cuts
from data.formats.sheets import Sheet
from data.formats.sources import Source
from data.formats.workbook_cuts import cut_sheet
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, refusal

HEAD = ["LAD 2023 Code", "LSOA 2021 Code", "Total", "F0"]


def choose(names: Sequence[str], _below: Sequence[Sequence[str | None]]) -> list[int] | None:
    return [names.index("Total"), names.index("LSOA 2021 Code")] if "Total" in names else None


def cut(content: bytes) -> Sheet | None:
    return cut_sheet(Source("a.xlsx", content=content), choose)


def official(years: Sequence[int] = (2022, 2024, 2023)) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Contents"])
    for year in years:
        sheet = book.create_sheet(f"Mid-{year} LSOA 2021")
        for row in (["Estimates"], [], [], HEAD, ["E08", "E01000001", year, 1], ["E08", "E01000002", year + 1, None]):
            sheet.append(row)
    return making.saved(book)


def raw(rows: str, shared: str = "", **parts: str) -> bytes:
    """Return a workbook of one sheet whose XML is given."""
    space = "http://schemas.openxmlformats.org/"
    links = (
        f'<Relationship Id="r1" Type="{space}officeDocument/2006/relationships/worksheet" Target="worksheets/s.xml"/>'
    )
    return making.zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": '<workbook><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
            "xl/worksheets/s.xml": rows,
            "xl/sharedStrings.xml": f'<sst xmlns="{space}spreadsheetml/2006/main">{shared}</sst>',
            **parts,
        }
    )


def sheet_xml(*rows: str, tag: str = "") -> str:
    return f"<{tag}worksheet><{tag}sheetData>{''.join(rows)}</{tag}sheetData></{tag}worksheet>"


def test_of_the_newest_sheet_the_chosen_columns_are_read_below_the_titles() -> None:
    found = cut(official())
    assert found is not None
    assert (found.name, found.first) == ("Mid-2024 LSOA 2021", 5)
    assert found.table.to_pydict() == {"Total": ["2024", "2025"], "LSOA 2021 Code": ["E01000001", "E01000002"]}


def test_a_workbook_without_such_a_header_has_no_such_sheet() -> None:
    assert cut(making.xlsx([["a", "b"], [1, 2]])) is None


@pytest.mark.parametrize("tag", ["", "x:"])
@pytest.mark.parametrize("placed", [True, False])
def test_xml_with_prefixes_or_without_places_is_read_alike(tag: str, placed: bool) -> None:
    def cell(column: str, row: int, kind: str, value: int) -> str:
        place = f' r="{column}{row}"' if placed else ""
        return f"<{tag}c{place}{kind}><{tag}v>{value}</{tag}v></{tag}c>"

    shared = "".join(f"<si><t>{text}</t></si>" for text in ("LSOA 2021 Code", "Total", "E01000001"))
    words = ' t="s"'
    rows = (
        f'<{tag}row r="1">{cell("A", 1, words, 0)}{cell("B", 1, words, 1)}</{tag}row>',
        f'<{tag}row r="2">{cell("A", 2, words, 2)}{cell("B", 2, "", 1500)}</{tag}row>',
    )
    found = cut(raw(sheet_xml(*rows, tag=tag), shared))
    assert found is not None
    assert found.table.to_pydict() == {"Total": ["1500"], "LSOA 2021 Code": ["E01000001"]}


def test_rows_may_lie_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cut(official())
    monkeypatch.setattr(workbook_cuts, "_BLOCK", 100)
    assert cut(official()) == whole


def test_a_bomb_is_refused_by_its_size_and_by_its_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = raw(sheet_xml("<row><c><v>0</v></c></row>" * 200_000))
    assert "100 times its packed size" in refusal(lambda: cut(bomb), "a.xlsx")
    monkeypatch.setattr(workbook_cuts, "MAX_CUT", 1_000_000)
    assert "at most 1 MB" in refusal(lambda: cut(bomb), "a.xlsx")


def test_a_sheet_that_unpacks_to_more_than_it_states_is_damaged() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="str"><v>{CELL}{row}</v></c></row>' for row in range(1, 3_000))
    content = raw(sheet_xml(rows))
    size = len(sheet_xml(rows))
    assert content.count(struct.pack("<L", size)) == 2  # beside the file, and in the list of contents
    lying = content.replace(struct.pack("<L", size), struct.pack("<L", 2_000))
    assert "damaged or cut short" in refusal(lambda: cut(lying), "a.xlsx")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("<!DOCTYPE a><row><c/></row>", "damaged"),
        ("<row><c><v><![CDATA[1]]></v></c></row>", "damaged"),
        ("</row>", "damaged"),
    ],
)
def test_xml_that_no_spreadsheet_writes_is_refused(rows: str, words: str) -> None:
    assert words in refusal(lambda: cut(raw(sheet_xml(rows))), "a.xlsx")


def test_entities_and_macros_are_refused() -> None:
    shared = "<!DOCTYPE sst [<!ENTITY a 'b'>]><sst/>"
    assert "entities" in refusal(lambda: cut(raw(sheet_xml(), **{"xl/other.xml": shared})), "a.xlsx")
    assert "macros" in refusal(lambda: cut(raw(sheet_xml(), **{"xl/vbaProject.bin": "x"})), "a.xlsx")


def test_a_cell_at_the_far_corner_is_refused() -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>Total</v></c><c r="B1" t="str"><v>LSOA 2021 Code</v></c></row>'
    far = '<row r="99999999"><c r="A99999999"><v>1</v></c></row>'
    assert "rows" in refusal(lambda: cut(raw(sheet_xml(rows, far))), "a.xlsx")
