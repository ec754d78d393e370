"""A real school is found among the real ones by its name, place and URN, with typing errors."""

from pathlib import Path

import geopandas as gpd
import pytest

from data.formats.sources import from_paths
from data.records.schools import read_schools
from geo.areas.area_set import AreaSet
from geo.areas.localities import with_towns
from geo.areas.school_search import SchoolList, ready, search_schools

pytestmark = pytest.mark.acceptance

NAMES = {
    "LSOA11CD": "area", "LSOA11NM": "name", "LADCD": "district_code", "LADNM": "district_name",
}  # fmt: skip


@pytest.fixture(scope="module")
def yorkshire_schools(real_data: Path) -> SchoolList:
    place = real_data / "south_yorkshire"
    schools, _ = read_schools(from_paths([place / "schools" / "schools.csv"])[0])
    frame = gpd.read_file(place / "boundaries" / "lsoa11.geojson").rename(columns=NAMES)
    return ready(with_towns(schools, [AreaSet("2011", "lsoa", frame)]))


@pytest.mark.parametrize(
    ("typed", "urn"),
    [
        ("Oakwood High School", "140459"),
        ("Oakwod High", "140459"),
        ("okwood rotheram", "140459"),
        ("oakwood high, Rotherham", "140459"),
        ("140459", "140459"),
        ("wales high", "136331"),
        ("Wath Academy", "145848"),
        ("saint marys maltby", "139881"),
        ("ST. MARY’S catholic edlington", "106773"),
    ],
)
def test_a_real_school_comes_first(yorkshire_schools: SchoolList, typed: str, urn: str) -> None:
    assert search_schools(yorkshire_schools, typed).shown[0].urn == urn


def test_every_real_school_is_found_by_its_urn_alone_and_stands_in_a_district(yorkshire_schools: SchoolList) -> None:
    for school in yorkshire_schools.schools:
        found = search_schools(yorkshire_schools, school.urn)
        assert [one.urn for one in found.shown] == [school.urn]
    known = [one.town for one in yorkshire_schools.schools if one.town]
    assert len(known) >= 0.99 * len(yorkshire_schools.schools)
    assert set(known) == {"Barnsley", "Doncaster", "Rotherham", "Sheffield"}
