"""Workbooks: bombs in their XML, and what looks for other files, addresses and programs."""

from tests.hostile.making import (
    ODS_ROWS,
    ROWS_XML,
    Lures,
    cells_xml,
    hostile,
    ods,
    ods_row,
    raw_entry,
    raw_zip,
    sheet_xml,
    xlsx,
    zeros,
)

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHTER = f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>'


def _outside(where: str) -> str:
    return f'<!DOCTYPE x [<!ENTITY s SYSTEM "{where}">]>'


@hostile("log.xlsx")
def a_sheet_that_unpacks_without_end(_: Lures) -> bytes:
    return xlsx(sheet_xml(cells_xml("Date", "Category") + cells_xml("1", "0" * 50) * 1_000_000))


@hostile("log.xlsx")
def shared_strings_without_end(_: Lures) -> bytes:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + "<si><t>aaaaaaaa</t></si>" * 3_000_000
    )
    return xlsx(more={"xl/sharedStrings.xml": strings + "</sst>"})


@hostile("log.xlsx")
def one_shared_string_in_a_million_cells(_: Lures) -> bytes:
    long = "a" * 32_000
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{long}</t></si></sst>'
    return xlsx(
        sheet_xml(("<row>" + '<c t="s"><v>0</v></c>' * 10 + "</row>") * 100_000), {"xl/sharedStrings.xml": strings}
    )


@hostile("log.xlsx")
def a_million_columns(_: Lures) -> bytes:
    return xlsx(sheet_xml(cells_xml(*map(str, range(1_000_000)))))


@hostile("log.xlsx")
def a_cell_in_the_farthest_corner(_: Lures) -> bytes:
    return xlsx(sheet_xml(ROWS_XML + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


@hostile("log.xlsx")
def a_cell_beyond_every_corner(_: Lures) -> bytes:
    return xlsx(sheet_xml(ROWS_XML + '<row r="4294967295"><c r="ZZZZZZZ4294967295"><v>1</v></c></row>'))


@hostile("log.xlsx")
def a_dimension_that_lies(_: Lures) -> bytes:
    return xlsx(sheet_xml(ROWS_XML).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'))


@hostile("log.xlsx")
def a_billion_laughs(_: Lures) -> bytes:
    return xlsx(sheet_xml(cells_xml("Date", "Category") + cells_xml("2024-01-01", "&l9;"), LAUGHTER))


@hostile("log.xlsx")
def quadratic_laughter(_: Lures) -> bytes:
    declared = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'
    return xlsx(sheet_xml(cells_xml("Date", "Category") + cells_xml("2024-01-01", "&a;" * 100_000), declared))


@hostile("log.xlsx")
def an_entity_that_is_a_file(lures: Lures) -> bytes:
    return xlsx(sheet_xml(cells_xml("Date", "&s;") + cells_xml("2024-01-01", "&s;"), _outside(lures.secret.as_uri())))


@hostile("log.xlsx")
def an_entity_that_is_a_pipe(lures: Lures) -> bytes:
    return xlsx(sheet_xml(cells_xml("Date", "&s;"), _outside(lures.pipe.as_uri())))


@hostile("log.xlsx")
def an_entity_that_is_an_address(lures: Lures) -> bytes:
    return xlsx(sheet_xml(cells_xml("Date", "&s;"), _outside(f"{lures.url}/entity")))


@hostile("log.xlsx")
def a_document_type_in_shared_strings(lures: Lures) -> bytes:
    return xlsx(more={"xl/sharedStrings.xml": f"{_outside(lures.secret.as_uri())}<sst><si><t>&s;</t></si></sst>"})


@hostile("log.xlsx")
def a_document_type_in_the_content_types(lures: Lures) -> bytes:
    return xlsx(more={"[Content_Types].xml": f'<!DOCTYPE x SYSTEM "{lures.url}/types"><Types/>'})


@hostile("log.xlsx")
def a_document_type_in_utf_16(lures: Lures) -> bytes:
    text = f'<?xml version="1.0" encoding="utf-16"?>{_outside(lures.secret.as_uri())}' + sheet_xml(ROWS_XML)[21:]
    return xlsx(text.encode("utf-16"))


@hostile("log.xlsx")
def a_document_type_in_properties(lures: Lures) -> bytes:
    return xlsx(more={"docProps/core.xml": f"{_outside(lures.secret.as_uri())}<a:creator>&s;</a:creator>"})


@hostile("log.xlsx")
def external_links(lures: Lures) -> bytes:
    link = (
        f'<Relationships><Relationship Id="r1" Target="{lures.url}/book.xlsx" TargetMode="External"/></Relationships>'
    )
    formula = f"<row><c><f>'{lures.secret.as_uri()}'!A1</f><v>1</v></c></row>"
    return xlsx(
        sheet_xml(ROWS_XML + formula),
        {
            "xl/externalLinks/_rels/externalLink1.xml.rels": link,
            "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        },
    )


@hostile("log.xlsx")
def a_sheet_that_lies_elsewhere(lures: Lures) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    rels = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>'
        for n, target in enumerate((f"../../../../../..{lures.secret}", f"{lures.url}/sheet", str(lures.pipe)), start=1)
    )
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in (1, 2, 3))
    whole = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'
    )
    return xlsx(more={"xl/_rels/workbook.xml.rels": whole}, sheets=sheets)


@hostile("log.xlsx", "log.xlsm")
def macros(_: Lures) -> bytes:
    return xlsx(more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(5000)})


@hostile("log.xlsx")
def dynamic_data_exchange(_: Lures) -> bytes:
    return xlsx(
        sheet_xml(ROWS_XML + "<row><c><f>cmd|'/c calc'!A0</f><v>1</v></c></row>"),
        {
            "xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/>'
            "</externalLink>"
        },
    )


@hostile("log.xlsx")
def a_hidden_sheet_of_identifiers(_: Lures) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{kind}" Target="worksheets/sheet2.xml"/></Relationships>'
    )
    hidden = sheet_xml(cells_xml("NHS number") + cells_xml("943 476 5919") * 20)
    sheets = '<sheet name="Log" sheetId="1" r:id="r1"/><sheet name="Old" sheetId="2" state="veryHidden" r:id="r2"/>'
    return xlsx(more={"xl/worksheets/sheet2.xml": hidden, "xl/_rels/workbook.xml.rels": rels}, sheets=sheets)


@hostile("log.xlsx")
def a_hundred_sheets(_: Lures) -> bytes:
    return xlsx(sheets="".join(f'<sheet name="{"S" * 200}{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 101)))


@hostile("log.xlsx")
def elements_a_hundred_thousand_deep(_: Lures) -> bytes:
    return xlsx(sheet_xml("<row>" * 100_000 + "</row>" * 100_000))


@hostile("log.xlsx")
def an_attribute_of_forty_megabytes(_: Lures) -> bytes:
    return xlsx(sheet_xml(ROWS_XML).replace("<sheetData>", f'<sheetData a="{"b" * 40_000_000}">'))


@hostile("log.xlsx")
def a_number_of_a_million_digits(_: Lures) -> bytes:
    return xlsx(
        sheet_xml(ROWS_XML + f"<row><c><v>{'9' * 1_000_000}</v></c><c><v>1e999999</v></c><c><v>NaN</v></c></row>")
    )


@hostile("log.xlsx")
def a_date_beyond_all_calendars(_: Lures) -> bytes:
    row = '<row><c t="d"><v>999999-99-99T99:99:99</v></c><c t="d"><v>-0001-01-01</v></c></row>'
    return xlsx(sheet_xml(ROWS_XML + row))


@hostile("log.xlsx")
def a_shared_string_that_is_not_there(_: Lures) -> bytes:
    return xlsx(sheet_xml(ROWS_XML + '<row><c t="s"><v>4294967295</v></c><c t="s"><v>-1</v></c></row>'))


@hostile("log.xlsx")
def a_workbook_that_is_an_archive_bomb(_: Lures) -> bytes:
    return raw_zip([raw_entry(b"xl/workbook.xml", zeros(150_000_000), 150_000_000)])


@hostile("log.xlsx", "log.csv")
def an_old_workbook_of_noise(_: Lures) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 60_000


@hostile("log.ods")
def rows_repeated_two_thousand_million_times(_: Lures) -> bytes:
    return ods(f"<table:table>{ODS_ROWS}{ods_row('a', 'b', times=2**31 - 1)}</table:table>")


@hostile("log.ods")
def rows_repeated_a_million_times_with_a_long_text(_: Lures) -> bytes:
    return ods(f"<table:table>{ODS_ROWS}{ods_row('a' * 30_000, times=1_000_000)}</table:table>")


@hostile("log.ods")
def cells_repeated_without_end(_: Lures) -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="4294967295"><text:p>x</text:p></table:table-cell>'
    return ods(f"<table:table>{ODS_ROWS}<table:table-row>{cell}</table:table-row></table:table>")


@hostile("log.ods")
def repeats_that_are_no_numbers(_: Lures) -> bytes:
    rows = "".join(
        ods_row("a").replace('repeated="1"', f'repeated="{times}"') for times in ("-1", "x", "1e9", "9" * 99, "")
    )
    return ods(f"<table:table>{ODS_ROWS}{rows}</table:table>")


@hostile("log.ods")
def spaces_repeated_without_end(_: Lures) -> bytes:
    spaces = ods_row('<text:s text:c="2000000000"/>')
    return ods(f"<table:table>{ODS_ROWS}{spaces}</table:table>")


@hostile("log.ods")
def a_billion_laughs_in_ods(_: Lures) -> bytes:
    return ods(f"<table:table>{ODS_ROWS}{ods_row('&l9;')}</table:table>", before=LAUGHTER)


@hostile("log.ods")
def macros_and_links_in_ods(lures: Lures) -> bytes:
    source = f'<table:table-source xlink:href="{lures.secret.as_uri()}"/><table:dde-links/>'
    scripts = {"Basic/Standard/Module1.xml": "<script>Shell</script>", "Scripts/python/a.py": "import os"}
    return ods(f'<table:table table:name="a">{source}{ODS_ROWS}</table:table>', scripts)


@hostile("log.ods")
def an_entity_that_is_a_file_in_ods(lures: Lures) -> bytes:
    return ods(f"<table:table>{ODS_ROWS}{ods_row('&s;')}</table:table>", before=_outside(lures.secret.as_uri()))
