"""What a person can search for: what is loaded around a dataset's areas, and never anything of protected data."""

from datetime import date

import pytest

from data.principal import LOCAL_USER
from data.records.rows import DatasetKind
from data.services import base_mapping, importing, place_search, setting_up
from data.services.importing import ImportRequest
from data.store.datasets import Access
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.persons import STRANGER, welcome
from tests.unit.data.small_place import STREET_HEADER, table, upload

PLANTED = "Zebedee"  # stands in everything that is protected, and in what professionals keep
WHEN = date(2021, 12, 1)


def police(street: str, **changed: object) -> ImportRequest:
    """Ask for the import of one row of police data in the street."""
    row = ("a1", "2021-08", "-1.465", "53.375", "E01000002", "Drugs", f"On or near {street}")
    source = upload("2021-08-anytown-street.csv", table((*STREET_HEADER, "Location"), [row]))
    return ImportRequest(DatasetKind.POLICE, [source], today=WHEN, **changed)


def found(store: Store, dataset: int, typed: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.kind, one.where) for one in place_search.find_places(store, LOCAL_USER, dataset, typed)]


@pytest.fixture
def dataset(store: Store) -> int:
    """A store with areas, a school and open police data in Mill Lane; the dataset's number."""
    small_place.add_areas(store)
    schools = "URN,Name,Longitude,Latitude,Postcode\n1,Hill School,-1.474,53.374,S60 2UH\n"
    setting_up.add_schools(store, LOCAL_USER, upload("schools.csv", schools))
    return small_place.add(store, police("Mill Lane"))


def test_schools_areas_and_published_streets_are_found(store: Store, dataset: int) -> None:
    assert found(store, dataset, "mill ln") == [("Mill Lane", "street", "South, E08000001")]
    assert found(store, dataset, "s602uh") == [("Hill School", "school", "South, E08000001")]
    assert found(store, dataset, "E01000004") == [("North (Anytown 4)", "area", "E08000001")]
    assert found(store, dataset, "E08000001")[0][:2] == ("E08000001", "district")


def test_nothing_of_protected_data_or_of_the_register_is_ever_found(store: Store, dataset: int) -> None:
    protected = small_place.add(store, police(f"{PLANTED} Close", access=Access.PROTECTED, title=f"{PLANTED} log"))
    log = f"Date,Area code,Type\n01/09/2021,E01000001,{PLANTED}\n"
    small_place.add(store, small_place.incidents(log, access=Access.PROTECTED, source=PLANTED, today=WHEN))
    register = small_place.HOTSPOTS.replace("The Bandstand", PLANTED)
    setting_up.add_hotspots(store, LOCAL_USER, [upload("hotspots.csv", register)])
    for number in (dataset, protected):
        assert found(store, number, PLANTED) == []
        assert found(store, number, "mill lane") != []
    gathered = place_search.gather_names(store, LOCAL_USER, small_place.FIRST)
    assert PLANTED.casefold() not in gathered.to_csv().casefold()


def test_streets_of_another_organisation_are_not_read(store: Store, dataset: int) -> None:
    welcome(store)
    gathered = place_search.gather_names(store, STRANGER, small_place.FIRST)
    assert "street" not in set(gathered["kind"])
    assert place_search.find_places(store, STRANGER, dataset, "anytown 1") != []


def test_what_is_brought_later_is_found_at_once(store: Store, dataset: int) -> None:
    assert found(store, dataset, "weir road") == []
    before = place_search.gazetteer_of(store, LOCAL_USER, small_place.FIRST)
    assert place_search.gazetteer_of(store, LOCAL_USER, small_place.FIRST) is before
    importing.keep(store, LOCAL_USER, importing.prepare(store, LOCAL_USER, police("Weir Road", title="Next")))
    assert found(store, dataset, "weir road") != []


def test_stops_and_postcodes_of_a_base_map_are_found(store: Store, dataset: int) -> None:
    lists = [
        upload("stops.csv", "ATCOCode,CommonName,Longitude,Latitude,StopType\n1,Bus Garage,-1.465,53.375,BCT\n"),
        upload("codes.csv", "pcds,lat,long\nS60 9AA,53.375,-1.465\nLS7 1AA,53.8,-1.5\n"),
    ]
    files = base_mapping.request(store, LOCAL_USER, lists)
    base_mapping.keep(store, LOCAL_USER, files, base_mapping.prepare(store, LOCAL_USER, files))
    assert found(store, dataset, "bus garage") == [("Bus Garage", "stop", "South, E08000001")]
    assert found(store, dataset, "s609aa") == [("S60 9AA", "postcode", "South, E08000001")]
    assert found(store, dataset, "LS7 1AA") == []


def test_a_dataset_that_is_not_there_is_refused(store: Store, dataset: int) -> None:
    for number in (dataset + 9, 0, -1, 10**30):
        with pytest.raises(InputError):
            place_search.find_places(store, LOCAL_USER, number, "mill lane")
