"""What an import says of itself: every figure, with nothing left out."""

from data.principal import LOCAL_USER
from data.services import import_report, importing, setting_up
from data.store.store import Store
from tests.unit.data import small_place


def test_an_import_tells_rows_read_placed_and_not_placed(store: Store) -> None:
    setting_up.add_areas(store, LOCAL_USER, small_place.area_files())
    told = import_report.of_import(importing.prepare(store, LOCAL_USER, small_place.police()))
    assert told[:2] == [
        "9 rows read, 7 placed in “Anytown” (5 by their area code, 2 by their point), 1 without location, 1 outside.",
        "Missing from the series: 2021-09.",
    ]
    assert any("1 Crime ID" in line for line in told[2:])


def test_an_import_tells_what_is_not_kept_and_why(store: Store) -> None:
    setting_up.add_areas(store, LOCAL_USER, small_place.area_files())
    text = small_place.INCIDENTS + ",,E01000001,Drugs\n"
    told = import_report.of_import(importing.prepare(store, LOCAL_USER, small_place.incidents(text)))
    assert told[0].startswith("3 rows read, 2 placed")
    assert "Not saved: 1 row with no date." in told
