"""Real places are found among all that is loaded, by what people type, and names of a county are few bytes."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data.formats.sources import from_paths
from data.principal import LOCAL_USER
from data.records.place_lists import read_places
from data.records.schools import read_schools
from data.services import open_points, place_search
from data.store import area_sets, datasets
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.areas.drawing import backdrop_drawing, pack_drawing
from geo.areas.gazetteer import Gazetteer, ready_gazetteer, search
from geo.areas.known_names import known_names, schools_by_name
from geo.areas.name_labels import name_labels

pytestmark = pytest.mark.acceptance

OAKWOOD = (-1.3472, 53.4138)  # where Oakwood High School stands
MOST_BYTES = 300_000


def places_in(*paths: Path) -> list[pd.DataFrame]:
    found = [read_places(source) for source in from_paths(list(paths))]
    return [one for one in found if one is not None]


@pytest.fixture(scope="module")
def yorkshire_places(real_data: Path, yorkshire_store: Store) -> Gazetteer:
    place = real_data / "south_yorkshire"
    areas = area_sets.load_area_set(yorkshire_store, LOCAL_USER, 1)
    schools, _ = read_schools(from_paths([place / "schools" / "schools.csv"])[0])
    lists = places_in(
        place / "transport" / "370Stops.csv.gz",
        place / "postcodes" / "codepoint_open_2014-08_south_yorkshire.csv.gz",
    )
    assert [len(one) for one in lists] == [8375, 32257]
    streets = place_search.gather_names(yorkshire_store, LOCAL_USER, 1)
    return ready_gazetteer(known_names(areas, [schools_by_name(schools), streets, *lists]))


@pytest.fixture(scope="module")
def leeds_places(real_data: Path) -> Gazetteer:
    place = real_data / "leeds_chapeltown"
    named = {"ward22_code": "area", "ward22_name": "name"}
    frame = gpd.read_file(place / "boundaries" / "wards22.geojson").rename(columns=named)
    schools, _ = read_schools(from_paths([place / "schools" / "schools.csv"])[0])
    files = ("transport/stops_bus_from_osm.csv", "transport/stops_rail.csv", "postcodes/postcodes.csv")
    lists = places_in(*(place / file for file in files))
    return ready_gazetteer(known_names(AreaSet("Leeds", "ward", frame), [schools_by_name(schools), *lists]))


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("Moorgate Avenue", "Moorgate Avenue", "street"),
        ("moorgate av", "Moorgate Avenue", "street"),
        ("Morgate Avenue", "Moorgate Avenue", "street"),
        ("queensway ct", "Queensway Court", "street"),
        ("S60 2", "S60 2", "postcode"),
        ("s602uh", "S60 2UH", "postcode"),
        ("S60", "S60", "postcode"),
        ("oakwood high", "Oakwood High School", "school"),
        ("rotherham central", "Rotherham Central Rail Station", "station"),
        ("rotherham interchange", "Rotherham Interchange", "station"),
        ("moorgate road/oakwood road w", "Moorgate Road/Oakwood Road West", "stop"),
        ("Rotherham 017B", "Rotherham 017B", "area"),
        ("E01007763", "Rotherham 020E", "area"),
        ("sheffield", "Sheffield", "district"),
    ],
)
def test_places_of_south_yorkshire_come_first(yorkshire_places: Gazetteer, typed: str, name: str, kind: str) -> None:
    first = search(yorkshire_places, typed, OAKWOOD)[0]
    assert (first.name, first.kind) == (name, kind)


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("ls7 3", "LS7 3", "postcode"),
        ("burley park", "Burley Park Rail Station", "station"),
        ("oakwood clock wetherby", "Oakwood Clock, Wetherby Road", "stop"),
        ("roundhay school", "Roundhay School", "school"),
        ("gipton", "Gipton & Harehills", "ward"),
    ],
)
def test_places_of_leeds_come_first(leeds_places: Gazetteer, typed: str, name: str, kind: str) -> None:
    first = search(leeds_places, typed, (-1.53, 53.82))[0]
    assert (first.name, first.kind) == (name, kind)


def test_every_street_of_the_police_is_found_where_it_is(yorkshire_places: Gazetteer) -> None:
    listed = [at for at, kind in enumerate(yorkshire_places.kinds) if kind == "street"][::50]
    assert len(listed) > 300
    for at in listed:
        here = (yorkshire_places.lon[at], yorkshire_places.lat[at])
        found = search(yorkshire_places, yorkshire_places.names[at], here)
        assert yorkshire_places.names[at] in [one.name for one in found]


def test_names_on_a_map_of_a_county_are_few_bytes(yorkshire_store: Store) -> None:
    dataset = datasets.load_dataset(yorkshire_store, LOCAL_USER, 1)
    areas = area_sets.load_area_set(yorkshire_store, LOCAL_USER, dataset.area_set_id)
    points = open_points.named_places(yorkshire_store, LOCAL_USER, dataset)
    assert len(points) == 18_633
    named = name_labels(areas, points)
    assert {"Moorgate Avenue", "Queensway Court"} <= set(named["name"])
    assert len(named) > 17_000
    assert len(pack_drawing(backdrop_drawing(named))[1]) <= MOST_BYTES
