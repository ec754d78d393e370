"""Examples of official files are read by what reads the official files."""

from data.demo import example_files
from data.formats.sources import Source, from_upload
from data.records.boundaries import read_boundaries
from data.records.place_lists import read_places
from data.records.schools import read_schools
from geo import columns as c


def source(kind: str) -> Source:
    found = example_files.example(kind)
    return from_upload(found.name, found.content)


def test_the_example_of_areas_is_read_as_areas() -> None:
    areas, _ = read_boundaries(source("areas"), code="LSOA21CD", name="LSOA21NM")
    assert list(areas[c.AREA]) == ["X01000001", "X01000002"]


def test_the_example_of_schools_is_read_as_schools() -> None:
    schools, _ = read_schools(source("schools"))
    assert list(schools[c.NAME]) == ["Castlebrook Academy"]


def test_the_examples_of_places_are_read_as_places() -> None:
    stops, postcodes = read_places(source("stops")), read_places(source("postcodes"))
    assert stops is not None
    assert postcodes is not None
    assert list(stops[c.NAME]) == ["Market Square, Stop A"]
    assert list(postcodes[c.NAME]) == ["ZZ1 1AA"]
