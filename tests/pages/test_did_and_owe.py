"""What we did and owe: late first, anybody but a board acts on each, and nothing that is removed is lost at once."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from data.principal import LOCAL_USER
from data.store import actions
from data.store.store import Store
from geo.register.action import Action
from pages.components.actions import what_followed
from pages.routes import action_downloads
from tests.pages.conftest import Open, again
from tests.pages.shown import Shown

PAGE: Final = "did_and_owe"
LATE: Final = "Lessons on the way home in Years 7 to 9"
ASKED: Final = "Lamps repaired and hedge cut back"


def kept(home: Path) -> dict[str, Action]:
    """Return the actions of a store by what they are."""
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        return {one.what: one for one in actions.actions(store, LOCAL_USER)}
    finally:
        store.close()


def listed(shown: Shown) -> list[str]:
    """Return what the list says of each action, in order."""
    return [" ".join(piece.text.split()) for piece in shown.markup if "lc-stands" in piece.html]


def field(shown: Shown, kind: str, key: str) -> Any:
    return next(each for each in shown.app.main.get(kind) if each.key == key)


def pressed(shown: Shown, label: str) -> Shown:
    next(each for each in shown.app.main.button if each.label == label).click()
    return again(shown)


def opened(open_page: Open, home: Path, what: str) -> tuple[Shown, int]:
    """Open the page with one action unfolded; return its number too."""
    number = kept(home)[what].id
    shown = open_page(home, PAGE)
    shown.app.session_state[f"open_{number}"] = True
    return again(shown), number


def test_the_headline_counts_and_the_latest_comes_first(open_demo: Open) -> None:
    shown = open_demo(PAGE)
    assert shown.failed == []
    assert shown.headline.startswith("4 actions are owed, 2 are late; 2 wait for “did it help?”; ")
    said = listed(shown)
    assert [LATE in one for one in said][:2] == [False, True]
    assert "Late by " in said[0]
    assert "Late by " in said[1]
    assert len(said) == 9
    assert "Reviews of known hotspots" in shown.text
    assert "Overdue by " in shown.text


def test_filters_stand_in_the_address_and_narrow_the_list(open_demo: Open) -> None:
    shown = open_demo(PAGE, {"action_state": "Did it help?", "led": "Council community safety team"})
    assert len(listed(shown)) == 2
    assert all("did it help?" in one for one in listed(shown))
    none = open_demo(PAGE, {"action_state": "Late", "led": "Headteacher"})
    assert "No action fits these filters." in none.text


def test_an_action_is_recorded_anywhere(open_page: Open, home: Path) -> None:
    shown = open_page(home, PAGE)
    field(shown, "text_input", "what_new_0").set_value("Adults at the underpass")
    field(shown, "text_input", "place_new_0").set_value("Quay Road")
    field(shown, "date_input", "due_new_0").set_value(date(2027, 1, 8))
    shown = pressed(shown, "Save this action")
    assert shown.failed == []
    assert "The action is recorded." in shown.text
    made = kept(home)["Adults at the underpass"]
    assert (made.reference, made.place, made.due_on, made.done_on) == (None, "Quay Road", "2027-01-08", None)
    assert field(shown, "text_input", "what_new_1").value == ""


def test_what_names_somebody_is_refused_and_what_was_typed_stays(open_page: Open, home: Path) -> None:
    before = kept(home)
    shown = open_page(home, PAGE)
    field(shown, "text_input", "what_new_0").set_value("Jane Smith was moved")
    shown = pressed(shown, "Save this action")
    (told,) = shown.failed
    assert told.startswith("An action must")
    assert "Jane" not in told
    assert field(shown, "text_input", "what_new_0").value == "Jane Smith was moved"
    assert kept(home) == before


def test_an_action_is_marked_done_and_is_late_no_more(open_page: Open, home: Path) -> None:
    shown, _ = opened(open_page, home, LATE)
    shown = pressed(shown, "Mark done")
    assert shown.failed == []
    assert kept(home)[LATE].done_on == date.today().isoformat()
    assert "1 is late" in shown.headline


def test_whether_it_helped_is_answered_with_a_note(open_page: Open, home: Path) -> None:
    shown, number = opened(open_page, home, ASKED)
    refused = pressed(shown, "Save the answer")
    assert refused.failed == ["An answer must be one of the four; choose one."]
    field(refused, "radio", f"helped_{number}").set_value("partly")
    field(refused, "text_input", f"note_{number}").set_value("Fewer pupils turn back")
    shown = pressed(refused, "Save the answer")
    assert shown.failed == []
    answered = kept(home)[ASKED]
    assert (answered.helped, answered.helped_note) == ("partly", "Fewer pupils turn back")
    assert answered.helped_on == date.today().isoformat()
    assert "1 waits for “did it help?”" in shown.headline


def test_a_change_made_meanwhile_is_told_and_nothing_is_lost(open_page: Open, home: Path) -> None:
    shown, number = opened(open_page, home, LATE)
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    actions.finish_action(store, LOCAL_USER, number, date(2026, 11, 2))
    store.close()
    what = field(shown, "text_input", f"what_edit_{number}_1")
    what.set_value("Lessons put off")
    shown = pressed(shown, "Save the changes")
    assert kept(home)[LATE].done_on == "2026-11-02"
    assert "Lessons put off" not in kept(home)
    assert shown.failed == [] or "after you opened it" in shown.failed[0]


def test_a_removed_action_comes_back_whole(open_page: Open, home: Path) -> None:
    before = kept(home)["Letter to families about vapes"]
    shown, _ = opened(open_page, home, before.what)
    shown = pressed(shown, "Remove this action")
    assert before.what not in kept(home)
    shown = pressed(shown, "Undo")
    assert shown.failed == []
    back = kept(home)[before.what]
    assert vars(back) | {"id": 0} == vars(before) | {"id": 0}


def test_what_the_data_say_is_told_beside_the_answer(open_page: Open, home: Path) -> None:
    what = next(one.what for one in kept(home).values() if one.reference == "CBH-02")
    shown, _ = opened(open_page, home, what)
    assert shown.failed == []
    assert "A real fall followed: " in shown.text
    assert "cannot show why" in shown.text
    elsewhere, _ = opened(open_page, home, ASKED)
    assert what_followed._NOWHERE in elsewhere.text


def test_a_board_reads_and_has_no_button(open_demo: Open) -> None:
    shown = open_demo(PAGE, {"board": "true"})
    assert shown.failed == []
    assert len(listed(shown)) == 9
    labels = {each.label for each in shown.app.main.button}
    assert not labels & {"Mark done", "Remove this action", "Save this action", "Undo"}
    assert "Record an action" not in {each.label for each in shown.app.main.get("expander")}


def test_without_any_action_the_page_says_what_to_do_first(open_page: Open, tmp_path: Path) -> None:
    shown = open_page(tmp_path, PAGE)
    assert shown.failed == []
    assert shown.headline == "Nothing is recorded yet."
    assert "Record the first thing" in shown.text


@pytest.mark.parametrize("path", [action_downloads.ACTIONS, action_downloads.OWED, action_downloads.TEACHING])
def test_downloads_are_files_that_nothing_keeps(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert path.rpartition("/")[2] in answer.headers["content-disposition"]
    if path == action_downloads.OWED:
        assert len(Calendar.from_ical(answer.content).walk("VEVENT")) >= 8
