"""Schools, term dates and the register at rest: replaced by their reference, and each organisation's own."""

import pytest
import shapely

from data import setting_up
from data.principal import LOCAL_USER, Principal
from data.store import places
from data.store import tables as t
from data.store.store import Store
from tests.unit.data.persons import STRANGER, welcome
from tests.unit.data.small_place import CALENDAR, HOTSPOTS, SCHOOLS, collection, feature, upload
from tests.unit.data.store.inside import rows


def put_hotspots(store: Store, text: str = HOTSPOTS, person: Principal = LOCAL_USER) -> int:
    return setting_up.add_hotspots(store, person, [upload("spots.csv", text)])


def test_schools_come_back_by_name(store: Store) -> None:
    text = SCHOOLS + "100002,Dale School,,-1.46,53.38\n"
    setting_up.add_schools(store, LOCAL_USER, upload("schools.csv", text))
    kept = places.schools(store, LOCAL_USER)
    assert kept.to_dict("list") == {
        "urn": ["100002", "100001"],
        "name": ["Dale School", "Hill School"],
        "phase": ["Not stated", "Secondary"],
        "lon": [-1.46, -1.474],
        "lat": [53.38, 53.374],
    }


def test_a_school_is_replaced_by_its_number_and_others_stay(store: Store) -> None:
    setting_up.add_schools(store, LOCAL_USER, upload("a.csv", SCHOOLS + "100002,Dale School,,-1.46,53.38\n"))
    setting_up.add_schools(store, LOCAL_USER, upload("b.csv", SCHOOLS.replace("Hill School", "Hill Academy")))
    assert places.schools(store, LOCAL_USER)["name"].tolist() == ["Dale School", "Hill Academy"]


def test_an_empty_store_lists_no_schools_and_no_hotspots(store: Store) -> None:
    assert places.schools(store, LOCAL_USER).empty
    spots = places.hotspots(store, LOCAL_USER)
    assert len(spots) == 0
    assert spots.crs == "EPSG:4326"


def test_term_dates_are_kept_in_their_order_as_days(store: Store) -> None:
    text = CALENDAR + "Spring term,04/01/2022,01/04/2022,term\n"
    number = setting_up.add_calendar(store, LOCAL_USER, upload("terms.csv", text))
    assert [tuple(row.values())[:-1] for row in rows(store, t.calendar_entry)] == [
        (number, 0, "Autumn term", "2021-09-01", "2021-12-17", "term"),
        (number, 1, "Spring term", "2022-01-04", "2022-04-01", "term"),
    ]


def test_hotspots_come_back_with_their_shapes_and_days(store: Store) -> None:
    spot = feature(4)
    known = {"ref": "Z", "name": "Estate", "type": "estate", "harm": "cce", "status": "closed"}
    dated = {**known, "last reported": "01/09/2021", "watched by": "Wardens"}
    source = upload("a.geojson", collection([spot | {"properties": dated}]))
    setting_up.add_hotspots(store, LOCAL_USER, [source])
    kept = places.hotspots(store, LOCAL_USER).iloc[0]
    assert kept["type"] == "housing estate"
    assert kept["last_reported"] == "2021-09-01"
    assert kept["next_review"] is None
    assert kept["watched_by"] == "Wardens"
    assert kept.geometry.equals(shapely.from_geojson(str(spot["geometry"]).replace("'", '"')))


def test_a_hotspot_is_replaced_by_its_reference_and_others_stay(store: Store) -> None:
    put_hotspots(store)
    header, first, _ = HOTSPOTS.splitlines()
    put_hotspots(store, f"{header}\n{first.replace('active', 'closed')}\n")
    assert places.hotspots(store, LOCAL_USER)["status"].tolist() == ["closed", "proposed"]


def test_each_organisation_has_a_register_of_its_own(store: Store) -> None:
    welcome(store)
    put_hotspots(store)
    assert len(places.hotspots(store, STRANGER)) == 0
    put_hotspots(store, HOTSPOTS.replace("active", "closed"), STRANGER)
    assert places.hotspots(store, LOCAL_USER)["status"].tolist() == ["active", "proposed"]
    assert places.hotspots(store, STRANGER)["status"].tolist() == ["closed", "proposed"]


@pytest.mark.parametrize("name", ["O'Brien's", "Robert'); DROP TABLE hotspot;--", "Café “Zoë”"])
def test_names_are_kept_as_they_are_written(store: Store, name: str) -> None:
    put_hotspots(store, HOTSPOTS.replace("The Bandstand", f'"{name}"'))
    assert name in places.hotspots(store, LOCAL_USER)["name"].tolist()
