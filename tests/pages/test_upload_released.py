"""Upload of rows that were released as protected: refused at the check, or opened for a reason and a typed word."""

from pathlib import Path

import pytest

from data.store.datasets import Access
from tests.pages.conftest import Open, again
from tests.pages.shown import Shown
from tests.pages.uploading import CHECK, INCIDENTS, brought, kept, pressed
from tests.unit.data import logs, small_place
from tests.unit.data.running import done

LINES = logs.lines(200)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A store of the six areas and one protected dataset."""
    files, home = small_place.write(tmp_path / "files"), tmp_path / "home"
    log = tmp_path / "log.csv"
    log.write_text(logs.text(LINES), encoding="utf-8")
    done(home, "areas", files[small_place.AREAS_FILE], *small_place.AREA_OPTIONS)
    done(home, "import", log, "--kind", "incidents", "--title", "Behaviour log")
    return home


def as_new(shown: Shown) -> Shown:
    (box,) = (box for box in shown.app.selectbox if box.label == "This is")
    box.set_value("A new dataset")
    return again(shown)


def write_in(shown: Shown, label: str, text: str) -> Shown:
    (box,) = (box for box in shown.app.text_input if box.label == label)
    box.set_value(text)
    return again(shown)


def test_protected_rows_are_refused_at_the_check(open_page: Open, town: Path) -> None:
    shown = as_new(brought(open_page(town, "upload"), INCIDENTS, "again.csv", logs.text(LINES[1:]).encode()))
    shown = pressed(shown, CHECK)
    [error] = shown.app.error
    assert "were released in “Behaviour log” (dataset 1)" in error.value
    assert "choose it under “This is”" in error.value


def test_opening_them_asks_for_a_reason_and_the_word(open_page: Open, town: Path) -> None:
    shown = as_new(brought(open_page(town, "upload"), INCIDENTS, "again.csv", logs.text(LINES[1:]).encode()))
    (radio,) = (radio for radio in shown.app.radio if radio.label == "May its counts be shared?")
    radio.set_value(Access.OPEN)
    shown = pressed(again(shown), CHECK)
    assert "exact counts to everyone" in shown.text or any("exact counts" in one.value for one in shown.app.warning)
    assert [button.disabled for button in shown.app.button if button.label == "Import"] == [True]
    shown = write_in(shown, "Why are these rows opened?", "told by jo.smith@example.org")
    shown = pressed(write_in(shown, "Type OPEN to confirm", "OPEN"), "Import")
    assert any("A reason must hold nothing that tells who a person is" in error.value for error in shown.app.error)
    shown = pressed(write_in(shown, "Why are these rows opened?", "the council published them"), "Import")
    assert shown.failed == []
    assert [(one.id, one.access) for one in kept(town)] == [(2, Access.OPEN), (1, Access.PROTECTED)]
