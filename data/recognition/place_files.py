"""Files of schools, stops, postcodes and street maps."""

import re
from typing import Final

from data.recognition.file_role import FileRole, Recognised
from data.recognition.peek import Peek, PeekedTable, PeekKind, key
from data.records.positions import guess_place

EDUCATION: Final = "Department for Education"
TRANSPORT: Final = "Department for Transport"
SURVEY: Final = "Ordnance Survey"
ONS: Final = "Office for National Statistics"
OSM: Final = "OpenStreetMap contributors"
_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? *\d[A-Z]{2}")
_POSTCODE_COLUMNS: Final = ("pcds", "pcd8", "pcd7", "pcd2", "pcd", "postcode", "pc")
_METRES: Final = (("east1m", "north1m"), ("oseast1m", "osnrth1m"), ("eastings", "northings"), ("easting", "northing"))
_DEGREES: Final = (("long", "lat"), ("longitude", "latitude"), ("lon", "lat"))
_CODE_POINT: Final = 10  # columns
_SCHOOL: Final = ("establishmentname", "schoolname", "school", "name")
_STOP_NAMES: Final = ("commonname", "name", "stopname")
_MONTH_IN_NAME: Final = re.compile(
    r"(20\d\d)-?(0[1-9]|1[0-2])(?!\d{3})|((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)[-_ ](20\d\d)"
    r"|edubasealldata(\d{8})",
    re.IGNORECASE,
)
_ROADS: Final = frozenset(("highway", "roadfunction", "fclass", "formofway", "roadclassification"))
_OS_LAYERS: Final = {
    "road_link": "OS Open Roads", "roadlink": "OS Open Roads", "roads_local": "OS Open Zoomstack",
    "roads_regional": "OS Open Zoomstack", "roads_national": "OS Open Zoomstack",
}  # fmt: skip
_REGISTER: Final = 100  # columns that the register of all schools has at least


def street_map(peek: Peek) -> Recognised | None:
    """Return that a file is a map of streets; None for any other."""
    if peek.kind is PeekKind.OPENSTREETMAP:
        why = "it begins as extracts of OpenStreetMap do"
        return Recognised(peek.file, FileRole.STREET_MAP, "Street map, an extract of OpenStreetMap", why, None, OSM)
    if peek.kind is not PeekKind.SHAPES:
        return None
    for table in peek.tables:
        if table.sheet is not None and (named := _OS_LAYERS.get(table.sheet.casefold())):
            why = f"its layer {table.sheet}"
            return Recognised(peek.file, FileRole.STREET_MAP, f"Street map, {named}", why, None, SURVEY)
        roads = next((column for column in table.columns if key(column) in _ROADS), None)
        if roads is not None and (table.shapes or "").endswith("LineString"):
            why = f"its lines with the column {roads}"
            return Recognised(peek.file, FileRole.STREET_MAP, "Street map of lines", why)
    return None


def schools_file(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table lists schools; None for any other."""
    urn, name = table.find("urn"), table.find(*_SCHOOL)
    if urn is None or name is None or guess_place(table.columns).pair is None:
        return None
    if table.find("date", "month", "incidentdate", "datetime"):  # a log of incidents that names its schools
        return None
    whole = len(table.columns) >= _REGISTER
    what = "Register of schools (Get Information about Schools)" if whole else "List of schools"
    why = f"its columns {urn} and {name}, with positions"
    return _if_csv(peek, FileRole.SCHOOLS, what, why, EDUCATION, {"code": urn, "name": name})


def stops_file(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table lists stops and stations; None for any other."""
    code, name = table.find("atcocode"), table.find(*_STOP_NAMES)
    if code is None or name is None or (position(table) is None and table.find("x") is None):
        return None
    what = "Stops and stations (NaPTAN)" if table.find("naptancode") else "List of stops"
    return _if_csv(peek, FileRole.STOPS, what, f"its columns {code} and {name}", TRANSPORT, {"key": code})


def postcodes_file(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return that a table lists postcodes with their positions; None for any other."""
    if is_code_point(table.columns):
        why = "its first row, a postcode with its quality and whole metres, as Code-Point Open has"
        return _if_csv(peek, FileRole.POSTCODES, "Postcodes (Code-Point Open)", why, SURVEY, {})
    code = table.find(*_POSTCODE_COLUMNS)
    if code is None or table.find("date", "incidentdate", "crimetype", "urn", "establishmentname", "category"):
        return None
    pair = position(table)
    details = {"key": code, "code": code}
    if pair is None:
        return _unplaced(peek, table, code)
    why = f"its columns {code}, {pair[0]} and {pair[1]}"
    if table.find("positionalqualityindicator"):
        return _if_csv(peek, FileRole.POSTCODES, "Postcodes (Code-Point Open)", why, SURVEY, details)
    official = table.find("doterm") is not None
    what = "Postcode directory (NSPL or ONSPD)" if official else "List of postcodes"
    return _if_csv(peek, FileRole.POSTCODES, what, why, ONS if official else None, details)


def position(table: PeekedTable) -> tuple[str, str] | None:
    """Return the columns of a position in degrees or metres."""
    for east, north in (*_METRES, *_DEGREES):
        pair = table.find(east), table.find(north)
        if pair[0] is not None and pair[1] is not None:
            return pair[0], pair[1]
    return None


def is_code_point(first: tuple[str, ...]) -> bool:
    """Return whether a first row is already one of Code-Point Open, which has no row of names."""
    return (
        len(first) == _CODE_POINT
        and _POSTCODE.fullmatch(first[0]) is not None
        and all(cell.isdecimal() for cell in first[1:4])
    )


def _unplaced(peek: Peek, table: PeekedTable, code: str) -> Recognised | None:
    """Return that a table of postcodes cannot be used, since it has no positions."""
    if not table.find("pcds", "pcd8", "pcd7", "pcd2", "pcd"):
        return None
    said = (
        f"“{peek.file}” must hold the position of each postcode, and its column {code} comes without one; bring the "
        "National Statistics Postcode Lookup (NSPL), the ONS Postcode Directory or Code-Point Open."
    )
    return Recognised(peek.file, FileRole.UNKNOWN, "Lookup of postcodes without positions", said, None, ONS)


def _if_csv(
    peek: Peek, role: FileRole, what: str, why: str, publisher: str | None, details: dict[str, str]
) -> Recognised:
    """Return a file for what it is, or why it cannot be read where it is no CSV."""
    if peek.kind is PeekKind.TEXT:
        return Recognised(peek.file, role, what, why, edition_in(peek.file), publisher, details=details)
    said = f"“{peek.file}” must be CSV to be read for its {role.value}, and it is {peek.kind.value}; save it as CSV."
    return Recognised(peek.file, FileRole.UNKNOWN, what, said, None, publisher)


def edition_in(file: str) -> str | None:
    """Return the edition that the name of a file says: "NSPL_MAY_2025_UK" is "May 2025"."""
    found = _MONTH_IN_NAME.search(file)
    if found is None:
        return None
    if found[5]:
        return f"{found[5][:4]}-{found[5][4:6]}-{found[5][6:]}"
    return f"{found[1]}-{found[2]}" if found[1] else f"{found[3].title()} {found[4]}"
