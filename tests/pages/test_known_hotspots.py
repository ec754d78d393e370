"""Known hotspots: the register is seen, sorted, added to, reviewed, closed and undone, and nobody's change is lost."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from data.principal import LOCAL_USER
from data.store import hotspots
from data.store.store import Store
from geo.register.concern import Concern
from geo.register.hotspot import Hotspot
from geo.register.place_shapes import area_within
from pages.components.next_steps.proposal import PROPOSAL
from tests.pages.conftest import Open, again
from tests.pages.shown import Shown

PAGE: Final = "known_hotspots"
LATE: Final = "CBH-04"
CALM: Final = "CBH-01"
BOARD: Final = {"board": "true"}
ADD: Final = {"add": "true"}
HALL: Final = "Mill Lane hall"


@contextmanager
def store_at(home: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        yield store
    finally:
        store.close()


def kept(home: Path) -> dict[str, Hotspot]:
    """Return the entries that the store holds, by reference."""
    with store_at(home) as store:
        return {one.reference: one for one in hotspots.entries(store, LOCAL_USER)}


def names(shown: Shown) -> list[str]:
    """Return the names in the list, in its order."""
    (piece,) = (piece for piece in shown.markup if "lc-register" in piece.html)
    return [text for text in piece.html.split("</a>")[:-1] for text in [text.rsplit(">", 1)[1]]]


def field(shown: Shown, kind: str, label: str) -> Any:
    return next(each for each in shown.app.main.get(kind) if each.label == label)


def pressed(shown: Shown, label: str) -> Shown:
    """Press a button of the page."""
    next(each for each in shown.app.main.button if each.label == label).click()
    return again(shown)


def test_the_headline_counts_what_is_overdue_supported_and_not_on_the_register(open_demo: Open) -> None:
    shown = open_demo(PAGE)
    assert shown.failed == []
    late = sum(row["Next review"].startswith("Overdue by ") for row in shown.table("Next review"))
    assert re.fullmatch(
        rf"{late} of \d+ known hotspots (is|are) overdue for review; \d+ (is|are) supported by recent data; "
        r"\d+ detected clusters? (is|are) not on the register\.",
        shown.headline,
    ), shown.headline


def test_the_list_begins_with_what_is_overdue_in_words_and_ends_with_what_is_closed(open_demo: Open) -> None:
    shown = open_demo(PAGE)
    listed = shown.table("Next review")
    assert listed[0]["Next review"].startswith("Overdue by ")
    assert listed[0]["Next review"].endswith(" days")
    assert listed[-1]["Next review"] == "Not needed"
    assert all(row["Data"] for row in listed)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"overdue": "true"}, ["Market Square takeaways"]),
        ({"known_status": "Closed"}, ["Quayside guest house"]),
        ({"known_harm": "Harm between children"}, ["Eastmoor High School gate"]),
        ({"known_status": "Proposed", "known_sort": "Name"}, ["Quay Road underpass", "Station car park"]),
    ],
)
def test_filters_and_order_come_with_the_address(open_demo: Open, address: dict[str, str], expected: list[str]) -> None:
    assert names(open_demo(PAGE, address)) == expected


@pytest.mark.parametrize(("typed", "expected"), [("quay", 2), ("CBH-06", 1), ("nowhere", 0)])
def test_names_and_references_are_found_by_their_beginnings(open_demo: Open, typed: str, expected: int) -> None:
    shown = open_demo(PAGE)
    shown.app.text_input(key="known_find").set_value(typed)
    shown = again(shown)
    assert shown.failed == []
    assert len(names(shown)) == expected if expected else "No known hotspot fits these filters." in shown.text


def test_a_row_opens_the_place_with_its_course_its_actions_and_every_change(open_demo: Open) -> None:
    shown = open_demo(PAGE)
    (link,) = (one for one in shown.links if f"hotspot={LATE}" in one)
    assert link.startswith("known-hotspots?")
    place = open_demo(PAGE, {"hotspot": LATE})
    assert place.failed == []
    assert "overdue by " in place.headline
    assert place.charts
    assert "Training for takeaway staff" in place.text
    (change, *_) = place.table("Before → after")
    assert change["What"] == "Brought in with a file"
    assert "Back to all known hotspots" in place.text


def test_protected_data_near_a_place_are_told_as_they_were_released_to_custodians_too(open_demo: Open) -> None:
    place = open_demo(PAGE, {"hotspot": LATE})
    told = {row["Incidents"] for row in place.table("Incidents")}
    assert told
    assert all(one == "fewer than 10" or one.startswith("about ") for one in told)
    assert "do not share" not in place.text


def test_a_review_is_recorded_and_can_be_undone(open_page: Open, home: Path) -> None:
    shown = pressed(open_page(home, PAGE, {"hotspot": LATE}), "Review")
    field(shown, "selectbox", "RAG").set_value("amber")
    field(shown, "text_input", "Reason for the RAG").set_value("Two reports since the lights were mended")
    shown = pressed(shown, "Record the review")
    assert shown.failed == []
    assert "Saved." in shown.text
    assert "overdue" not in shown.headline
    entry = kept(home)[LATE]
    assert (entry.rag, entry.next_review) == ("amber", (date.today() + timedelta(days=91)).isoformat())
    shown = pressed(shown, "Undo")
    assert shown.failed == []
    assert kept(home)[LATE].next_review == "2026-06-30"
    assert "overdue" in shown.headline


def test_what_is_refused_stays_in_the_form(open_page: Open, home: Path) -> None:
    shown = pressed(open_page(home, PAGE, {"hotspot": LATE}), "Review")
    field(shown, "selectbox", "RAG").set_value("green")
    field(shown, "text_input", "Reason for the RAG").set_value("")
    field(shown, "text_input", "Note").set_value("Asked the wardens")
    shown = pressed(shown, "Record the review")
    assert [each.value for each in shown.app.error] == [
        "A RAG needs its reason, and none is given; say in a few words why it is that colour."
    ]
    assert field(shown, "text_input", "Note").value == "Asked the wardens"
    assert kept(home)[LATE].rag == "red"


def test_a_hotspot_is_closed_with_a_reason_and_opened_again(open_page: Open, home: Path) -> None:
    shown = pressed(open_page(home, PAGE, {"hotspot": CALM}), "Close")
    shown = pressed(shown, "Close this hotspot")
    assert "needs a reason" in shown.app.error[0].value
    field(shown, "text_input", "Reason for closing").set_value("Staffed until the last bus")
    shown = pressed(shown, "Close this hotspot")
    assert kept(home)[CALM].status == "closed"
    assert shown.headline == "Bus interchange is closed: Staffed until the last bus."
    shown = pressed(pressed(shown, "Reopen"), "Open it again")
    assert shown.failed == []
    assert kept(home)[CALM].status == "active"


def test_an_edit_keeps_what_somebody_else_changed_meanwhile(open_page: Open, home: Path) -> None:
    shown = pressed(open_page(home, PAGE, {"hotspot": CALM}), "Edit")
    field(shown, "text_input", "What makes it safer").set_value("Staff on the stands")
    with store_at(home) as store:
        other = replace(hotspots.entry(store, LOCAL_USER, CALM), unsafe_because="No light behind the kiosk")
        hotspots.change(store, LOCAL_USER, other, "edited")
    shown = pressed(shown, "Save")
    rows = {row["Field"]: row for row in shown.table("As it is now")}
    assert rows["What makes it safer"]["Yours"] == "Staff on the stands"
    assert rows["What makes it unsafe"]["Changed by"] == "the other person"
    shown = pressed(shown, "Save mine over it")
    assert shown.failed == []
    entry = kept(home)[CALM]
    assert (entry.safer_because, entry.unsafe_because) == ("Staff on the stands", "No light behind the kiosk")


def test_theirs_can_be_taken_instead(open_page: Open, home: Path) -> None:
    shown = pressed(open_page(home, PAGE, {"hotspot": CALM}), "Edit")
    field(shown, "text_input", "Watched by").set_value("Wardens")
    with store_at(home) as store:
        other = replace(hotspots.entry(store, LOCAL_USER, CALM), watched_by="Bus company staff")
        hotspots.change(store, LOCAL_USER, other, "edited")
    shown = pressed(pressed(shown, "Save"), "Take theirs")
    assert shown.failed == []
    assert kept(home)[CALM].watched_by == "Bus company staff"


def filled_in(shown: Shown, place_type: str = "leisure place") -> Shown:
    """Fill in what a new entry needs besides its place, and save it."""
    field(shown, "text_input", "Name").set_value(HALL)
    field(shown, "selectbox", "Type").set_value(place_type)
    field(shown, "selectbox", "Harm group").set_value("asb")
    return pressed(shown, "Save")


def given(shown: Shown, way: str) -> Shown:
    field(shown, "segmented_control", "How do you want to say where it is?").set_value(way)
    return again(shown)


def test_a_home_is_added_by_its_coordinates_kept_as_an_area_and_undone(open_page: Open, home: Path) -> None:
    before = kept(home).keys()
    shown = given(open_page(home, PAGE, ADD), "A point")
    field(shown, "text_input", "Easting and northing, or longitude and latitude").set_value("0.9 53.9")
    shown = again(shown)
    field(shown, "text_input", "What makes it unsafe").set_value("They put themselves at risk here")
    shown = filled_in(shown, "residential address")
    assert shown.failed == []
    (made,) = kept(home).keys() - before
    entry = kept(home)[made]
    assert (entry.name, entry.status, entry.shape.geom_type) == (HALL, "proposed", "Polygon")
    assert shown.headline.startswith(f"{HALL} is proposed")
    assert "About “put themselves at risk”: " in shown.text  # advice, after it is saved
    shown = pressed(shown, "Undo")
    assert kept(home).keys() == before
    assert "Undone" in shown.text


def test_a_named_place_is_searched_for_and_its_name_suggested(open_demo: Open) -> None:
    shown = open_demo(PAGE, ADD)
    field(shown, "text_input", "Name of the place").set_value("Southfield Common")
    shown = again(shown)
    assert shown.failed == []
    assert field(shown, "text_input", "Name").value == "Southfield Common"
    assert "A point at " in shown.text


def test_a_street_is_added_along_its_line(open_page: Open, home: Path) -> None:
    before = kept(home).keys()
    shown = given(open_page(home, PAGE, ADD), "A street")
    field(shown, "text_input", "Name of the street").set_value("Quay Road")
    shown = filled_in(again(shown))
    assert shown.failed == []
    (made,) = kept(home).keys() - before
    assert (kept(home)[made].precision, kept(home)[made].shape.geom_type) == ("street", "LineString")


def test_an_area_is_drawn_corner_after_corner(open_page: Open, home: Path) -> None:
    before = kept(home).keys()
    shown = given(open_page(home, PAGE, ADD), "Drawn on the map")
    for corner in ("0.900 53.900", "0.902 53.900", "0.902 53.902", "0.950 53.950"):
        field(shown, "text_input", "A corner by its coordinates").set_value(corner)
        shown = pressed(shown, "Add corner")
    shown = pressed(shown, "Undo last corner")
    assert "3 corners so far." in shown.text
    assert len(shown.payload["draft"]["corners"]) == 3
    shown = filled_in(pressed(shown, "Finish as an area"))
    assert shown.failed == []
    (made,) = kept(home).keys() - before
    assert kept(home)[made].shape.equals(area_within([(0.9, 53.9), (0.902, 53.9), (0.902, 53.902)]))


def test_a_proposed_cluster_fills_the_form_in(open_page: Open, home: Path) -> None:
    shown = open_page(home, PAGE)
    area = area_within([(0.9, 53.9), (0.91, 53.9), (0.91, 53.91)])
    shown.app.session_state[PROPOSAL] = Concern("Millbank", ("substances", "asb"), "38 incidents there.", area)
    shown = again(shown)
    assert field(shown, "text_input", "Name").value == "Millbank"
    assert field(shown, "selectbox", "Harm group").value == "substances"
    assert field(shown, "text_input", "Note").value == "Proposed from what was detected."
    before = kept(home).keys()
    shown = pressed(shown, "Save")
    assert shown.failed == []
    (made,) = kept(home).keys() - before
    assert kept(home)[made].other_harms == ("asb",)
    assert kept(home)[made].shape.equals(area)


def test_every_detected_cluster_can_be_proposed(open_demo: Open) -> None:
    shown = open_demo(PAGE)
    assert "Not on the register" in shown.text
    assert "Propose as hotspot" in [each.label for each in shown.buttons]


@pytest.mark.parametrize("address", [{}, {"hotspot": LATE}, {"add": "true"}])
def test_a_board_reads_the_register_and_changes_nothing(open_demo: Open, address: dict[str, str]) -> None:
    shown = open_demo(PAGE, BOARD | address)
    assert shown.failed == []
    assert shown.headline.endswith(".")
    assert [each.label for each in shown.buttons] == []
    assert "local user" not in shown.text


def test_a_newcomer_is_told_what_a_register_is(open_page: Open, tmp_path: Path) -> None:
    shown = open_page(tmp_path, PAGE)
    assert shown.failed == []
    assert "A register is the list of places" in shown.text
    assert "Add the first hotspot" in [each.label for each in shown.buttons]
    assert any("hotspots" in link for link in shown.links)


def test_an_unknown_reference_leads_back_to_the_list(open_demo: Open) -> None:
    shown = open_demo(PAGE, {"hotspot": "CBH-99"})
    assert "not on the register any more" in shown.text
    assert names(shown)
