"""Made-up files as large as the national ones, with the same columns: areas, schools, figures and postcodes.

Their places are a grid over England of 35,672 squares, one council for each 109 of them; nothing in them is real.
"""

import math
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

AREAS: Final = 35_672
SCHOOLS: Final = 52_000
POSTCODES: Final = 2_600_000
DEPRIVED: Final = 33_755
COUNCIL: Final = "Town 150"  # the one that is kept
MIDDLE: Final = (460_000.0, 380_000.0)  # a point in the grid, EPSG:27700
_ACROSS: Final = 189
_SIDE: Final = 1_500.0  # metres
_CORNER: Final = (320_000.0, 240_000.0)  # EPSG:27700
_IN_COUNCIL: Final = 109
_YEARS: Final = (2022, 2023, 2024)
_AGES: Final = tuple(f"{sex}{age}" for sex in "FM" for age in range(91))
_SPACE: Final = "http://schemas.openxmlformats.org"


def code(number: int) -> str:
    """Return the code of an area."""
    return f"E{1_000_001 + number:08}"


def name(number: int) -> str:
    """Return the name of an area: its council, and its number there."""
    council, inside = divmod(number, _IN_COUNCIL)
    return f"Town {council} {inside:03}A"


def outlines(vertices: int) -> Iterator[np.ndarray]:
    """Yield the outline of each area, closed, EPSG:27700 in metres."""
    turn = np.linspace(0, 2 * math.pi, vertices)
    ring = np.column_stack([np.cos(turn), np.sin(turn)]) * _SIDE / 2
    ring[-1] = ring[0]
    for number in range(AREAS):
        row, column = divmod(number, _ACROSS)
        yield ring + np.array([_CORNER[0] + column * _SIDE, _CORNER[1] + row * _SIDE])


def write_geojson(path: Path, vertices: int, *, grid: bool) -> None:
    """Write the areas as the ONS serves them, in degrees or in EPSG:27700."""
    to_degrees = _transformer()
    crs = '"crs":{"type":"name","properties":{"name":"EPSG:27700"}},' if grid else ""
    with path.open("w") as file:
        file.write(f'{{"type":"FeatureCollection",{crs}"features":[\n')
        for number, ring in enumerate(outlines(vertices)):
            points = ring if grid else np.column_stack(to_degrees.transform(*ring.T))
            text = ",".join(map("[%.12f,%.12f]".__mod__, map(tuple, points.tolist())))
            east, north = ring.mean(axis=0)
            file.write(
                f'{"," if number else ""}{{"type":"Feature","id":{number + 1},"geometry":{{"type":"Polygon",'
                f'"coordinates":[[{text}]]}},"properties":{{"FID":{number + 1},"LSOA21CD":"{code(number)}",'
                f'"LSOA21NM":"{name(number)}","LSOA21NMW":" ","BNG_E":{east:.0f},"BNG_N":{north:.0f},"LAT":53.1,'
                f'"LONG":-1.2,"Shape__Area":{_SIDE**2},"Shape__Length":{4 * _SIDE},"GlobalID":"{number:036}"}}}}\n'
            )
        file.write("]}")


def write_geopackage(path: Path, vertices: int) -> None:
    """Write the areas as a GeoPackage in EPSG:27700."""
    numbers = range(AREAS)
    shapes = shapely.polygons(np.array(list(outlines(vertices))))
    frame = gpd.GeoDataFrame(
        {"LSOA21CD": map(code, numbers), "LSOA21NM": map(name, numbers), "GlobalID": [f"{n:036}" for n in numbers]},
        geometry=shapes, crs="EPSG:27700",
    )  # fmt: skip
    frame.to_file(path, layer="LSOA_2021_EW_BFC_V10", driver="GPKG")


def write_schools(path: Path) -> None:
    """Write a register of schools of 135 columns, quoted, in cp1252, more than half of it closed."""
    first = ["URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "EstablishmentStatus (name)",
             "OpenDate", "CloseDate", "PhaseOfEducation (name)", "Town", "Postcode", "HeadFirstName", "HeadLastName",
             "DistrictAdministrative (code)", "Easting", "Northing"]  # fmt: skip
    columns = [*first, *(f"Column {number} (name)" for number in range(135 - len(first)))]
    blank = ["Not applicable", "", "SUPP", "..", "Does not apply and never did, as things stand", "01-09-2009", ""]
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(_quoted(columns))
        for number in range(SCHOOLS):
            closed = number % 52 < 27
            council = number % 327
            row = [str(100_000 + number), str(council), f"Town {council}", "2001", f"École Primary {number}",
                   "Closed" if closed else "Open, but proposed to close" if number % 97 == 0 else "Open",
                   "01-09-1999", "31-08-2012" if closed else "", "Primary", "SUPP", "AB1 2CD", "Zoë", "Nobody",
                   f"E{8_000_000 + council:08}", "" if closed else str(320_000 + number % 280_000),
                   "" if closed else str(240_000 + number * 7 % 280_000)]  # fmt: skip
            file.write(_quoted([*row, *(blank[at % len(blank)] for at in range(len(columns) - len(row)))]))


def write_workbook(path: Path) -> None:
    """Write the residents of all areas by sex and single year, three sheets of 187 columns, as raw XML."""
    texts = [*("Mid-year estimates", "LAD 2023 Code", "LAD 2023 Name", "LSOA 2021 Code", "LSOA 2021 Name", "Total"),
             *_AGES]  # fmt: skip
    first = len(texts)
    texts += [text for number in range(AREAS) for text in (f"E{8_000_000 + number // _IN_COUNCIL:08}",
              f"Town {number // _IN_COUNCIL}", code(number), name(number))]  # fmt: skip
    letters = [_letters(at) for at in range(len(_AGES) + 5)]
    chance = np.random.default_rng(7)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for part, text in _parts().items():
            archive.writestr(part, text)
        archive.writestr(
            "xl/sharedStrings.xml",
            f'<sst xmlns="{_SPACE}/spreadsheetml/2006/main">'
            + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>",
        )  # fmt: skip
        for sheet, _ in enumerate(_YEARS, start=2):
            with archive.open(f"xl/worksheets/sheet{sheet}.xml", "w", force_zip64=True) as file:
                file.write(f'<worksheet xmlns="{_SPACE}/spreadsheetml/2006/main"><sheetData>'.encode())
                file.write(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
                heads = "".join(f'<c r="{column}4" t="s"><v>{at + 1}</v></c>' for at, column in enumerate(letters))
                file.write(f'<row r="4">{heads}</row>'.encode())
                for number in range(AREAS):
                    file.write(_row(number + 5, letters, first + 4 * number, chance.integers(0, 40, len(_AGES))))
                file.write(b"</sheetData></worksheet>")


def _row(row: int, letters: Sequence[str], text: int, ages: np.ndarray) -> bytes:
    words = "".join(f'<c r="{letters[at]}{row}" s="3" t="s"><v>{text + at}</v></c>' for at in range(4))
    numbers = [int(ages.sum()), *ages.tolist()]
    cells = "".join(
        f'<c r="{column}{row}" s="7"><v>{n}</v></c>' for column, n in zip(letters[4:], numbers, strict=True)
    )
    return f'<row r="{row}" spans="1:187">{words}{cells}</row>'.encode()


def _parts() -> dict[str, str]:
    sheets = "".join(
        f'<sheet name="Mid-{year} LSOA 2021" sheetId="{at}" r:id="rId{at}"/>' for at, year in enumerate(_YEARS, start=2)
    )
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_SPACE}/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{at}.xml"/>' for at, _ in enumerate(_YEARS, start=2)
    )  # fmt: skip
    return {
        "[Content_Types].xml": f'<Types xmlns="{_SPACE}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{_SPACE}/spreadsheetml/2006/main" '
        f'xmlns:r="{_SPACE}/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_SPACE}/package/2006/relationships">'
        f"{links}</Relationships>",
    }


def write_deprivation(path: Path) -> None:
    """Write File 7 of the Indices of Deprivation 2025: 33,755 areas, 57 columns."""
    heads = ["LSOA code (2021)", "LSOA name (2021)", "Local Authority District code (2024)",
             "Local Authority District name (2024)"]  # fmt: skip
    for domain in ("Index of Multiple Deprivation (IMD)", *(f"Domain {number}" for number in range(16))):
        heads += [f"{domain} Score", f"{domain} Rank (where 1 is most deprived)",
                  f"{domain} Decile (where 1 is most deprived 10% of LSOAs)"]  # fmt: skip
    heads += ["Total population: mid 2022", "Dependent Children aged 0-15: mid 2022"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(heads) + "\r\n")
        for number in range(DEPRIVED):
            council = number // _IN_COUNCIL
            figures = f"{number % 90}.125,{number + 1},{number * 10 // DEPRIVED + 1}"
            domains = ",".join([figures] * 17)
            file.write(f"{code(number)},{name(number)},E{council:08},Town {council},{domains},1500,300\r\n")


def write_postcodes(path: Path) -> None:
    """Write a directory of 2.6 million postcodes, a third of them ended, with the columns of 2025: a gigabyte."""
    heads = [
        "pcd7",
        "pcd8",
        "pcds",
        "dointr",
        "doterm",
        "cty25cd",
        "lad25cd",
        "wd25cd",
        "usrtypind",
        "east1m",
        "north1m",
        "gridind",
        "oa21cd",
        "lsoa21cd",
        "msoa21cd",
        "lat",
        "long",
        *(f"more{at}cd" for at in range(22)),
    ]
    more = ",".join(["E99999999"] * 22)
    to_degrees = _transformer()
    numbers = np.arange(POSTCODES)
    east = _CORNER[0] + numbers % 1_000 * 280.0
    north = _CORNER[1] + numbers // 1_000 * 108.0
    lon, lat = to_degrees.transform(east, north)
    with path.open("w") as file:
        file.write(",".join(heads) + "\n")
        for at in range(POSTCODES):
            postcode = _postcode(at)
            ended = "202001" if at % 3 == 0 else ""
            place = f"{lat[at]:.6f},{lon[at]:.6f}" if at % 50 else "99.999999,0.000000"
            file.write(
                f"{postcode},{postcode},{postcode},198001,{ended},E99999999,E08000018,E05001045,0,{east[at]:.0f},"
                f"{north[at]:.0f},1,E00000001,E01000001,E02000001,{place},{more}\n"
            )


def zip_postcodes(path: Path, csv: Path) -> None:
    """Pack a directory as the ONS does, with tables of names and a guide beside it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        archive.write(csv, "Data/NSPL_MAY_2025_UK.csv")
        archive.writestr("Documents/LAD names and codes UK as at 04_25.csv", "LAD25CD,LAD25NM\nE08000018,Rotherham\n")
        archive.writestr("User Guide/NSPL User Guide.pdf", b"%PDF-1.4")


def _postcode(number: int) -> str:
    digits, letters = divmod(number, 400)
    area, unit = divmod(digits, 10)
    first, second = divmod(area, 90)
    row, column = divmod(letters, 20)
    alphabet = "ABDEFGHJLNPQRSTUWXYZ"
    return f"{alphabet[first % 20]}{alphabet[first // 20 % 20]}{second + 1} {unit}{alphabet[row]}{alphabet[column]}"


def _quoted(row: Sequence[str]) -> str:
    return ",".join(f'"{cell}"' for cell in row) + "\r\n"


def _letters(column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _transformer():  # type: ignore[no-untyped-def]  # of pyproj
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
