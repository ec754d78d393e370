"""Schools, term dates and the register at rest: replaced by their reference, and each organisation's own."""

import pytest
import shapely

from data.principal import LOCAL_USER, Principal
from data.services import setting_up
from data.store import hotspots, integrity, places
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.store import AlreadyThereError, Store
from geo.errors import InputError
from tests.unit.data.persons import STRANGER, welcome
from tests.unit.data.small_place import CALENDAR, HOTSPOTS, SCHOOLS, collection, feature, upload
from tests.unit.data.store.inside import change, held, rows


def put_hotspots(store: Store, text: str = HOTSPOTS, person: Principal = LOCAL_USER) -> int:
    return setting_up.add_hotspots(store, person, [upload("spots.csv", text)])


def test_schools_come_back_by_name(store: Store) -> None:
    text = SCHOOLS + "100002,Dale School,,-1.46,53.38\n"
    setting_up.add_schools(store, LOCAL_USER, upload("schools.csv", text))
    kept = places.schools(store, LOCAL_USER)
    assert kept.loc[:, ["town", "postcode", "authority"]].isna().all(axis=None)
    assert kept.iloc[:, :5].to_dict("list") == {
        "urn": ["100002", "100001"],
        "name": ["Dale School", "Hill School"],
        "phase": ["Not stated", "Secondary"],
        "lon": [-1.46, -1.474],
        "lat": [53.38, 53.374],
    }


ADDRESSED = "URN,Name,Longitude,Latitude,Town,Postcode,LA (name)\n100001,Hill School,-1.474,53.374,"


def addresses(store: Store) -> list[list[str]]:
    return places.schools(store, LOCAL_USER)[["town", "postcode", "authority"]].fillna("–").to_numpy().tolist()


def test_a_school_comes_back_with_its_address_and_a_new_list_says_it_anew(store: Store) -> None:
    setting_up.add_schools(store, LOCAL_USER, upload("a.csv", ADDRESSED + "Anytown,s12 3ab,\n"))
    assert addresses(store) == [["Anytown", "S12 3AB", "–"]]
    assert integrity.find_damage(store, LOCAL_USER) == []
    setting_up.add_schools(store, LOCAL_USER, upload("b.csv", ADDRESSED + ",,Anyshire\n"))
    assert addresses(store) == [["–", "–", "Anyshire"]]
    setting_up.add_schools(store, LOCAL_USER, upload("c.csv", SCHOOLS))
    assert addresses(store) == [["–", "–", "–"]]
    assert rows(store, t.school_address) == []


def test_an_address_that_was_changed_on_disk_is_refused(store: Store) -> None:
    setting_up.add_schools(store, LOCAL_USER, upload("a.csv", ADDRESSED + "Anytown,S12 3AB,\n"))
    change(store, t.school_address.update().values(postcode="S12 3AC"))
    with pytest.raises(DamagedError, match="the addresses of schools"):
        places.schools(store, LOCAL_USER)
    assert "“school_address”" in integrity.find_damage(store, LOCAL_USER)[0]


def test_a_school_is_replaced_by_its_number_and_others_stay(store: Store) -> None:
    setting_up.add_schools(store, LOCAL_USER, upload("a.csv", SCHOOLS + "100002,Dale School,,-1.46,53.38\n"))
    setting_up.add_schools(store, LOCAL_USER, upload("b.csv", SCHOOLS.replace("Hill School", "Hill Academy")))
    assert places.schools(store, LOCAL_USER)["name"].tolist() == ["Dale School", "Hill Academy"]


def test_an_empty_store_lists_no_schools_and_no_hotspots(store: Store) -> None:
    assert places.schools(store, LOCAL_USER).empty
    spots = hotspots.hotspots(store, LOCAL_USER)
    assert len(spots) == 0
    assert spots.crs == "EPSG:4326"


def test_term_dates_are_kept_in_their_order_as_days(store: Store) -> None:
    text = CALENDAR + "Spring term,04/01/2022,01/04/2022,term\n"
    number = setting_up.add_calendar(store, LOCAL_USER, upload("terms.csv", text))
    assert [tuple(row.values())[:-1] for row in rows(store, t.calendar_entry)] == [
        (number, 0, "Autumn term", "2021-09-01", "2021-12-17", "term"),
        (number, 1, "Spring term", "2022-01-04", "2022-04-01", "term"),
    ]


def add_calendar(store: Store, *rows: str) -> None:
    setting_up.add_calendar(store, LOCAL_USER, upload("terms.csv", "\n".join([CALENDAR.splitlines()[0], *rows, ""])))


def kept_dates(store: Store, school: str | None = None) -> list[str]:
    entries = places.term_dates(store, LOCAL_USER, school)
    assert entries.dtypes.astype("str").to_list() == ["str", "datetime64[s]", "datetime64[s]", "str"]
    return [f"{row.label}: {row.first_day:%d/%m/%Y}-{row.last_day:%d/%m/%Y}" for row in entries.itertuples()]


def test_term_dates_come_back_from_all_calendars_by_their_first_day(store: Store) -> None:
    add_calendar(store, "Spring term,04/01/2022,01/04/2022,term", "Autumn term,01/09/2021,17/12/2021,term")
    add_calendar(store, "Earlier term,04/01/2021,01/04/2021,term")
    assert kept_dates(store) == [
        "Earlier term: 04/01/2021-01/04/2021",
        "Autumn term: 01/09/2021-17/12/2021",
        "Spring term: 04/01/2022-01/04/2022",
    ]
    assert places.term_dates(store, LOCAL_USER)["kind"].tolist() == ["term"] * 3


def test_a_store_without_calendars_has_no_term_dates_in_the_same_columns(store: Store) -> None:
    assert kept_dates(store) == []
    assert places.term_dates(store, LOCAL_USER).columns.tolist() == ["label", "first_day", "last_day", "kind"]


def test_where_calendars_overlap_the_newest_is_believed(store: Store) -> None:
    add_calendar(
        store,
        "Long term,01/09/2021,22/12/2021,term",
        "Break,01/11/2021,05/11/2021,holiday",
        "Late term,04/01/2022,01/04/2022,term",
    )
    add_calendar(store, "One,20/10/2021,29/10/2021,half-term", "Two,08/11/2021,30/11/2021,half-term")
    add_calendar(store, "Newest,25/11/2021,10/01/2022,term")
    assert kept_dates(store) == [
        "Long term: 01/09/2021-19/10/2021",
        "One: 20/10/2021-29/10/2021",
        "Two: 08/11/2021-24/11/2021",
        "Newest: 25/11/2021-10/01/2022",
        "Late term: 11/01/2022-01/04/2022",
    ]


def test_a_calendar_of_days_off_alone_adds_to_the_others(store: Store) -> None:
    add_calendar(store, "Autumn term,01/09/2021,17/12/2021,term", "Training,02/09/2021,02/09/2021,inset")
    add_calendar(store, "Training,03/09/2021,03/09/2021,inset", "Break,25/10/2021,29/10/2021,holiday")
    assert kept_dates(store) == [
        "Autumn term: 01/09/2021-17/12/2021",
        "Training: 02/09/2021-02/09/2021",
        "Training: 03/09/2021-03/09/2021",
        "Break: 25/10/2021-29/10/2021",
    ]


OWN = "100001"  # the school whose term dates differ
ROW = "Autumn term,01/09/2021,17/12/2021,term"


@pytest.fixture
def listed(store: Store) -> Store:
    """A store with two schools and the term dates of all."""
    setting_up.add_schools(store, LOCAL_USER, upload("a.csv", SCHOOLS + "100002,Dale School,,-1.46,53.38\n"))
    add_calendar(store, ROW, "Spring term,04/01/2022,01/04/2022,term")
    return store


def add_own(store: Store, *rows: str, school: str = OWN) -> int:
    text = "\n".join([CALENDAR.splitlines()[0], *rows, ""])
    return setting_up.add_calendar(store, LOCAL_USER, upload("own.csv", text), school)


def test_the_dates_of_one_school_lie_over_those_of_all_and_are_in_no_others(listed: Store) -> None:
    before = kept_dates(listed)
    add_own(listed, "Late term,13/09/2021,22/12/2021,term")
    assert kept_dates(listed) == kept_dates(listed, "100002") == before
    expected = [
        "Autumn term: 01/09/2021-12/09/2021",
        "Late term: 13/09/2021-22/12/2021",
        "Spring term: 04/01/2022-01/04/2022",
    ]
    assert kept_dates(listed, OWN) == expected
    add_calendar(listed, "Newer term,06/09/2021,20/12/2021,term")
    assert kept_dates(listed, OWN)[1:] == ["Newer term: 06/09/2021-12/09/2021", *expected[1:]]


def test_days_off_of_one_school_add_to_the_dates_of_all(listed: Store) -> None:
    add_own(listed, "Training,06/09/2021,06/09/2021,inset")
    assert "Training: 06/09/2021-06/09/2021" in kept_dates(listed, OWN)
    assert len(kept_dates(listed, OWN)) == len(kept_dates(listed)) + 1


def test_the_same_dates_may_be_those_of_all_and_of_one_but_not_of_one_twice(listed: Store) -> None:
    rows = (ROW, "Spring term,04/01/2022,01/04/2022,term")
    number = add_own(listed, *rows)
    add_own(listed, *rows, school="100002")
    with pytest.raises(AlreadyThereError, match=f"calendar {number}"):
        add_own(listed, *rows)


def test_a_school_that_is_not_on_the_list_has_no_dates_of_its_own(listed: Store) -> None:
    before = held(listed)
    entries = places.term_dates(listed, LOCAL_USER)
    with pytest.raises(InputError, match="list of schools"):
        places.add_calendar(listed, LOCAL_USER, "own", entries, "f", "999999")
    assert held(listed) == before


def test_what_a_calendar_would_change_is_seen_before_it_is_kept(listed: Store) -> None:
    before = held(listed)
    entries = places.term_dates(listed, LOCAL_USER)[:1]
    entries["first_day"] = entries["last_day"]
    looked = places.term_dates_with(listed, LOCAL_USER, entries, OWN)
    assert held(listed) == before
    places.add_calendar(listed, LOCAL_USER, "own", entries, "f", OWN)
    assert places.term_dates(listed, LOCAL_USER, OWN).equals(looked)


def test_a_calendar_that_was_given_to_another_school_on_disk_is_refused(listed: Store) -> None:
    add_own(listed, "Late term,13/09/2021,22/12/2021,term")
    change(listed, t.calendar_school.update().values(urn="100002"))
    with pytest.raises(DamagedError, match="the term dates"):
        places.term_dates(listed, LOCAL_USER)
    assert "“calendar_school”" in integrity.find_damage(listed, LOCAL_USER)[0]


def test_a_school_with_dates_of_its_own_can_be_described_anew(listed: Store) -> None:
    add_own(listed, "Late term,13/09/2021,22/12/2021,term")
    setting_up.add_schools(listed, LOCAL_USER, upload("b.csv", SCHOOLS.replace("Hill School", "Hill Academy")))
    assert len(kept_dates(listed, OWN)) == 3


def test_term_dates_that_were_changed_on_disk_are_refused(store: Store) -> None:
    add_calendar(store, "Autumn term,01/09/2021,17/12/2021,term")
    with store.writing(LOCAL_USER, "change", "term dates") as connection:
        connection.execute(t.calendar_entry.update().values(last_day="2021-12-18"))
    with pytest.raises(DamagedError, match="the term dates"):
        places.term_dates(store, LOCAL_USER)


def test_hotspots_come_back_with_their_shapes_and_days(store: Store) -> None:
    spot = feature(4)
    known = {"ref": "Z", "name": "Estate", "type": "estate", "harm": "cce", "status": "closed"}
    dated = {**known, "last reported": "01/09/2021", "watched by": "Wardens"}
    source = upload("a.geojson", collection([spot | {"properties": dated}]))
    setting_up.add_hotspots(store, LOCAL_USER, [source])
    kept = hotspots.hotspots(store, LOCAL_USER).iloc[0]
    assert kept["type"] == "housing estate"
    assert kept["last_reported"] == "2021-09-01"
    assert kept["next_review"] is None
    assert kept["watched_by"] == "Wardens"
    assert kept.geometry.equals(shapely.from_geojson(str(spot["geometry"]).replace("'", '"')))


def test_a_hotspot_is_replaced_by_its_reference_and_others_stay(store: Store) -> None:
    put_hotspots(store)
    header, first, _ = HOTSPOTS.splitlines()
    put_hotspots(store, f"{header}\n{first.replace('active', 'closed')}\n")
    assert hotspots.hotspots(store, LOCAL_USER)["status"].tolist() == ["closed", "proposed"]


def test_each_organisation_has_a_register_of_its_own(store: Store) -> None:
    welcome(store)
    put_hotspots(store)
    assert len(hotspots.hotspots(store, STRANGER)) == 0
    put_hotspots(store, HOTSPOTS.replace("active", "closed"), STRANGER)
    assert hotspots.hotspots(store, LOCAL_USER)["status"].tolist() == ["active", "proposed"]
    assert hotspots.hotspots(store, STRANGER)["status"].tolist() == ["closed", "proposed"]


@pytest.mark.parametrize("name", ["O'Brien's", "Robert'); DROP TABLE hotspot;--", "Café “Zoë”"])
def test_names_are_kept_as_they_are_written(store: Store, name: str) -> None:
    put_hotspots(store, HOTSPOTS.replace("The Bandstand", f'"{name}"'))
    assert name in hotspots.hotspots(store, LOCAL_USER)["name"].tolist()
