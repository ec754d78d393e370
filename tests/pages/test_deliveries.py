"""What came in is listed on Datasets and undone there; files that were here are known at once; and pages follow."""

from pathlib import Path

from data.principal import LOCAL_USER
from data.services import setting_up
from data.store import area_sets
from data.store.area_sets import AreaSetSummary
from data.store.deliveries import DeliveryKind
from data.store.store import Store
from tests.pages.conftest import Open, again, turn_to
from tests.pages.shown import Shown
from tests.pages.test_datasets import FIRST, TITLE, bring_first, bring_second, kept
from tests.pages.uploading import CHECK, INCIDENTS, brought, buttons, csv_file, pick, pressed
from tests.unit.data import small_place


def undo(shown: Shown, beginning: str) -> Shown:
    """Undo the newest delivery of which this is the beginning, on the page of datasets."""
    (box,) = (box for box in shown.app.selectbox if box.label == "Undo")
    shown = pick(shown, "Undo", next(option for option in box.options if option.startswith(beginning)))
    (sure,) = (box for box in shown.app.checkbox if str(box.key).startswith("_undo_sure_"))
    assert next(button for button in shown.app.button if button.label == "Undo this delivery").disabled
    sure.check()
    return pressed(again(shown), "Undo this delivery")


def test_the_place_is_listed_with_what_uses_it_and_all_that_came_in(open_page: Open, home: Path) -> None:
    shown = open_page(home, "datasets")
    assert shown.failed == []
    parts = {row["What"]: row for row in shown.table("What")}
    assert parts["Areas: Castlebrook (fictional)"]["Holds"] == "60 areas (LSOA)"
    assert parts["Areas: Castlebrook (fictional)"]["Used by"] == "3 datasets count by them"
    assert {"Schools", "Known hotspots", "Actions", "Term dates: calendar"} <= parts.keys()
    came = [row["What"].split(":")[0] for row in shown.table("Delivery")]
    lists = ["Contacts", "Actions", "Hotspots", "Term dates", "Schools", "Areas"]
    assert came == ["Incidents", "Incidents", "Incidents", "Partner layer", *lists]
    assert all("incidents.csv" not in row["Files"] for row in shown.table("Delivery"))


def test_an_undo_says_what_is_so_now_and_why_it_cannot_be(open_page: Open, home: Path) -> None:
    shown = open_page(home, "datasets")
    (box,) = (box for box in shown.app.selectbox if box.label == "Undo")
    refused = pick(shown, "Undo", next(option for option in box.options if option.startswith("Areas")))
    assert "3 datasets count by these areas; remove them first." in refused.text
    assert "Undo this delivery" not in buttons(refused)
    shown = undo(refused, "Actions: ")
    assert shown.failed == []
    assert "that were new are gone." in shown.text
    assert "Actions" not in {row["What"] for row in shown.table("What")}


def test_files_that_were_here_are_known_before_they_are_checked_and_headlines_follow(
    open_page: Open, home: Path
) -> None:
    before = open_page(home, "local_context").headline
    shown = bring_second(bring_first(open_page, home))
    assert turn_to(shown, "local_context").headline != before
    listed = turn_to(shown, "datasets")
    assert "4 datasets are loaded" in listed.headline
    back = undo(listed, f"Incidents: {TITLE}, version 2")
    assert f"Undone: version 1 of “{TITLE}” is shown again." in back.text
    assert kept(home)[0].number == 1
    gone = undo(back, f"Incidents: {TITLE}, version 1")
    assert "3 datasets are loaded" in gone.headline
    assert open_page(home, "local_context").headline == before
    again_there = brought(open_page(home, "upload"), INCIDENTS, "log.csv", csv_file(FIRST))
    said = "This file was here before: it came in on "
    assert said in again_there.text
    assert f"as version 1 of “{TITLE}”, and was undone; checking brings it in again." in again_there.text
    kept_again = pressed(pressed(again_there, CHECK), "Import")
    assert "is saved" in kept_again.text
    known = brought(open_page(home, "upload"), INCIDENTS, "log.csv", csv_file(FIRST))
    assert "This file is here already: it came in on" in known.text


def town(store: Store) -> AreaSetSummary:
    return area_sets.area_sets(store, LOCAL_USER)[0]


def rates(shown: Shown) -> list[str]:
    """Return what the map says of each area."""
    return list(shown.payload["texts"])


def test_pages_know_at_once_what_was_added_of_areas_and_taken_back(open_page: Open, home: Path) -> None:
    address = {"measure": "Rate", "level": "LSOA", "dataset": "Castlebrook police (fictional)"}
    before = open_page(home, "area_map", address)
    seen = rates(before)
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    codes = area_sets.load_area_set(store, LOCAL_USER, town(store).id).codes
    lines = "code,population\n" + "".join(f"{code},1500\n" for code in codes)
    files = setting_up.FactFiles(residents=small_place.upload("people.csv", lines))
    editions: dict[DeliveryKind, str | None] = {DeliveryKind.RESIDENTS: "mid-2022"}
    setting_up.add_facts(store, LOCAL_USER, town(store).id, files, editions=editions)
    store.close()
    after = again(before)
    assert after.failed == []
    assert rates(after) != seen
    listed = open_page(home, "datasets")
    row = next(row for row in listed.table("What") if row["What"] == "Residents of Castlebrook (fictional)")
    assert (row["Holds"], row["Edition"]) == ("60 of 60 areas", "mid-2022")
    back = undo(listed, "Residents: ")
    assert "Undone: the residents of “Castlebrook (fictional)” are as they were before." in back.text
    assert rates(open_page(home, "area_map", address)) == seen
