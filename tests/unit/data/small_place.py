"""A place small enough to count by hand: six areas in two larger ones, and nine rows of police data.

E01000004  E01000005  E01000006     north, MSOA E02000002
E01000001  E01000002  E01000003     south, MSOA E02000001
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from data.formats.sources import Source, from_upload
from data.principal import LOCAL_USER, Principal
from data.records.area_files import AreasFound, read_area_set
from data.records.mapping import ColumnMapping
from data.records.rows import DatasetKind
from data.sandbox import run_sandboxed
from data.services import importing, setting_up
from data.services.importing import ImportRequest, PreparedImport
from data.services.setting_up import AreaFiles
from data.store.store import Store

WEST, SOUTH, SIDE = -1.48, 53.37, 0.01
CODES = tuple(f"E0100000{number}" for number in range(1, 7))
PARENTS = {"msoa": ("msoa", "msoa_name"), "district": ("district", "district")}
AREAS_FILE, STREET_FILES = "areas.geojson", ("2021-08-anytown-street.csv", "2021-10-anytown-street.csv")
STREET_HEADER = ("Crime ID", "Month", "Longitude", "Latitude", "LSOA code", "Crime type")
ASB = "Anti-social behaviour"

AUGUST = [
    ("", "2021-08", "-1.475", "53.375", "E01000001", ASB),
    ("", "2021-08", "-1.475", "53.375", "E01000001", ASB),  # alike, and another incident
    ("a1", "2021-08", "-1.465", "53.375", "E01000002", "Drugs"),
    ("a2", "2021-08", "", "", "", "Drugs"),  # no location
    ("a3", "2021-08", "-1.0", "53.0", "E01999999", "Burglary"),  # outside
]
OCTOBER = [
    ("b1", "2021-10", "-1.455", "53.375", "", "Robbery"),  # in E01000003 by its point
    ("b1", "2021-10", "-1.455", "53.375", "E01000003", "Robbery"),  # the same Crime ID
    ("b2", "2021-10", "-1.475", "53.385", "E01888888", "Drugs"),  # in E01000004 by its point
    ("b3", "2021-10", "", "", "E01000005", "Burglary"),  # by its code alone
]
CELLS = [  # what the nine rows come to, as `counts --by area,period,category` lists it
    ("E01000001", "2021-08", ASB, 2),
    ("E01000002", "2021-08", "Drugs", 1),
    ("E01000003", "2021-10", "Robbery", 2),
    ("E01000004", "2021-10", "Drugs", 1),
    ("E01000005", "2021-10", "Burglary", 1),
]
INCIDENTS = "Date,From,Area code,Type\n01/09/2021,15:10,E01000001,Knife crime\n02/09/2021,,E01000002,Drugs\n"
HOTSPOTS = (
    "Reference,Name,Type,Harm group,Status,Longitude,Latitude\n"
    "P1,The Bandstand,park or open space,asb,active,-1.475,53.375\n"
    "P2,Bus station,bus station,cce,proposed,-1.465,53.385\n"
)
SCHOOLS = "URN,Name,Phase,Longitude,Latitude\n100001,Hill School,Secondary,-1.474,53.374\n"
ADDRESSED = "URN,Name,Phase,Longitude,Latitude,Town\n100001,Hill School,Secondary,-1.474,53.374,Anytown\n"
FIRST = 1  # the id of the areas of a store that was empty
_PREPARED: list[PreparedImport] = []
CALENDAR = "label,first_day,last_day,kind\nAutumn term,01/09/2021,17/12/2021,term\n"


def feature(number: int, west: float = WEST, south: float = SOUTH, **properties: object) -> dict[str, object]:
    """Return one square of the grid, counted from the south-west, as GeoJSON."""
    x, y = west + SIDE * (number % 3), south + SIDE * (number // 3)
    ring = [[x, y], [x + SIDE, y], [x + SIDE, y + SIDE], [x, y + SIDE], [x, y]]
    half = number // 3
    own = {
        "code": CODES[number],
        "name": f"Anytown {number + 1}",
        "msoa": f"E0200000{half + 1}",
        "msoa_name": ("South", "North")[half],
        "district": "E08000001",
    }
    rounded = [[round(lon, 6), round(lat, 6)] for lon, lat in ring]
    return {
        "type": "Feature",
        "properties": own | properties,
        "geometry": {"type": "Polygon", "coordinates": [rounded]},
    }


def collection(features: Iterable[object]) -> str:
    """Return features as the text of a GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def grid() -> str:
    """Return the six areas as the text of a GeoJSON file."""
    return collection(feature(number) for number in range(6))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a header and rows as the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()


def street() -> dict[str, str]:
    """Return the two months of police data by the names of their files; the month between them is missing."""
    return {name: table(STREET_HEADER, rows) for name, rows in zip(STREET_FILES, (AUGUST, OCTOBER), strict=True)}


def upload(name: str, text: str) -> Source:
    """Return a text as a file that was brought."""
    return from_upload(name, text.encode())


def area_files(**changed: object) -> AreaFiles:
    """Return the files of the six areas."""
    usual = {"code": "code", "name": "name", "level": "lsoa", "title": "Anytown", "parents": PARENTS}
    return AreaFiles(**{"boundaries": upload(AREAS_FILE, grid()), **usual, **changed})


def police(**changed: object) -> ImportRequest:
    """Ask for the import of the nine rows of police data; a version of them may lose what is there."""
    sources = [upload(name, text) for name, text in street().items()]
    return ImportRequest(**{"kind": DatasetKind.POLICE, "sources": sources, "lose_months": True, **changed})


def incidents(text: str = INCIDENTS, **changed: object) -> ImportRequest:
    """Ask for the import of incidents; a version of them may lose what is there."""
    usual = {"kind": DatasetKind.INCIDENTS, "sources": [upload("log.csv", text)], "lose_months": True}
    return ImportRequest(**{**usual, **changed})


def add(store: Store, request: ImportRequest, person: Principal = LOCAL_USER) -> int:
    """Import into a store that has areas; give the dataset's id."""
    return importing.keep(store, person, importing.prepare(store, person, request))


def add_areas(store: Store) -> int:
    """Keep the six areas, which are read once for all stores; give their id."""
    return setting_up.keep_areas(store, LOCAL_USER, area_files(), _areas())[0]


def settle(store: Store) -> int:
    """Load areas and police data into an empty store; give the dataset's id."""
    if add_areas(store) != FIRST:
        raise ValueError("The store must be empty.")
    return importing.keep(store, LOCAL_USER, _police(store))


@cache
def _areas() -> AreasFound:
    return run_sandboxed(read_area_set, area_files())


def _police(store: Store) -> PreparedImport:
    """Prepare the police data by the first store's areas; they have the same id in every other."""
    if not _PREPARED:
        _PREPARED.append(importing.prepare(store, LOCAL_USER, police()))
    return _PREPARED[0]


def write(folder: Path) -> dict[str, Path]:
    """Write every file of the place into a folder; give each by its name."""
    texts = {
        AREAS_FILE: grid(),
        **street(),
        "log.csv": INCIDENTS,
        "hotspots.csv": HOTSPOTS,
        "schools.csv": SCHOOLS,
        "terms.csv": CALENDAR,
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {name: folder / name for name in texts}


AREA_OPTIONS = (
    *("--code", "code", "--name", "name", "--level", "lsoa", "--title", "Anytown"),
    *("--parent", "msoa=msoa,msoa_name", "--parent", "district=district"),
)


def mapping(**named: object) -> ColumnMapping:
    """Say what the columns of the incidents mean."""
    usual = {"date": "Date", "start": "From", "area": "Area code", "category": "Type"}
    return ColumnMapping.model_validate(usual | named)


def add_prepared(store: Store, keeper: Principal) -> int:
    """Prepare an import as the local user and keep it as someone else."""
    return importing.keep(store, keeper, importing.prepare(store, LOCAL_USER, incidents()))
