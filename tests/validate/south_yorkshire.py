"""South Yorkshire as it is: its areas, counts by month, published points and six schools, read by pandas alone."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.areas.area_set import AreaSet
from geo.areas.contiguity import graph_of
from geo.areas.proximity import Place
from geo.calendar import months
from geo.findings.landmarks import in_metres
from geo.harms import SCHOOL_DEFAULT, harm_of
from tests.conftest import REAL_DATA
from tests.validate.around_school import Points
from tests.validate.world import Counts, World

FOLDER: Final = REAL_DATA / "south_yorkshire"
ABSENT: Final = f"The nulls of South Yorkshire need its data in {FOLDER.parent.name}/{FOLDER.name}, and there are none."
TRUTH: Final = REAL_DATA / "truth" / "south_yorkshire_lsoa11_month_crime_type.csv.gz"
GAP: Final = "2019-07"
# Two secondary schools in Sheffield, two in Rotherham, one in Barnsley, one in Doncaster: town, estate and small town.
SCHOOLS: Final = ("107140", "131896", "140459", "145848", "146455", "137842")
_COLUMNS: Final = {"LSOA11CD": "area", "LSOA11NM": "name", "LADCD": "district_code", "LADNM": "district_name"}


def there() -> bool:
    """Return whether the real data lie beside the checkout."""
    return FOLDER.is_dir() and TRUTH.is_file()


@cache
def area_set() -> AreaSet:
    """Return the 853 areas of 2011 with their larger areas and residents."""
    frame = gpd.read_file(FOLDER / "boundaries" / "lsoa11.geojson").rename(columns=_COLUMNS)
    larger = pd.read_csv(FOLDER / "lookups" / "lsoa11_msoa11.csv").set_index("lsoa11_code")
    people = pd.read_csv(FOLDER / "population" / "lsoa11_mid2020.csv").set_index("lsoa11_code")["total_population"]
    frame["msoa_code"], frame["msoa_name"] = (frame["area"].map(larger[f"msoa11_{what}"]) for what in ("code", "name"))
    frame["residents"] = frame["area"].map(people).astype(float)
    return AreaSet("LSOA 2011", "lsoa", frame)


@cache
def world() -> World:
    """Return the counts of the harm groups that are looked at first, as the truth counts them."""
    cells = pd.read_csv(TRUTH)
    cells["harm"] = cells["Crime type"].map(harm_of)
    periods = tuple(months.between(min(cells["Month"]), max(cells["Month"])))
    harms = tuple(code for code in SCHOOL_DEFAULT if code in set(cells["harm"]))
    n = _counted(cells.rename(columns={"area": "unit"}), area_set().codes, periods, harms)
    points = dict(zip(SCHOOLS, in_metres(schools()), strict=True))
    return World(area_set(), graph_of(area_set().metres.to_numpy()), points, periods, harms, frozenset({GAP}), n)


@cache
def schools() -> tuple[Place, ...]:
    """Return the six schools."""
    listed = pd.read_csv(FOLDER / "schools" / "schools.csv", dtype={"URN": str}).set_index("URN").loc[list(SCHOOLS)]
    return tuple(
        Place(name, float(lon), float(lat), urn)
        for urn, name, lon, lat in zip(
            listed.index, listed["EstablishmentName"], listed["Longitude"], listed["Latitude"], strict=True
        )
    )


@cache
def points() -> Points:
    """Return the published points of the same harm groups, a place for each point and name."""
    columns = ["Month", "Longitude", "Latitude", "Location", "Crime type"]
    files = sorted((FOLDER / "police_street").glob("*-street.csv.gz"))
    rows = pd.concat([pd.read_csv(file, usecols=columns) for file in files]).dropna(subset=["Longitude"])
    rows["harm"] = rows["Crime type"].map(harm_of)
    places = rows[["Longitude", "Latitude", "Location"]].drop_duplicates()
    rows["unit"] = rows.groupby(["Longitude", "Latitude", "Location"], sort=False).ngroup()
    like = world()
    n = _counted(rows.assign(n=1), range(len(places)), like.months, like.harms)
    where = in_metres([Place("", lon, lat) for lon, lat in zip(places["Longitude"], places["Latitude"], strict=True)])
    return Points(where, tuple(places["Location"]), like.months, like.harms, like.missing, n)


def _counted(cells: pd.DataFrame, units: Sequence[object], periods: Sequence[str], harms: Sequence[str]) -> Counts:
    """Add up cells with ``unit``, ``Month``, ``harm`` and ``n``; other harm groups are left out."""
    cells = cells[cells["harm"].isin(harms)]
    n = np.zeros((len(units), len(periods), len(harms)), dtype=np.int64)
    columns = (("unit", units), ("Month", periods), ("harm", harms))
    np.add.at(n, tuple(pd.Index(known).get_indexer(cells[name]) for name, known in columns), cells["n"])
    return n
