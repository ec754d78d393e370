"""Seen as a board would, no page tells an exact figure of a protected dataset; custodians find them, marked exact."""

import re
from pathlib import Path
from typing import Final

import pytest

from data.services import access_log
from geo import disclosure
from geo.calendar import months
from geo.harms import HARM_GROUPS
from tests.pages.conftest import PATHS, Open, again, turn_to
from tests.pages.facts import POLICE, SCHOOL, Facts, facts_of
from tests.pages.shown import Shown
from tests.pages.test_datasets import TITLE, bring_first, bring_second
from tests.pages.uploading import buttons

BOARD: Final[dict[str, str | list[str]]] = {"dataset": SCHOOL, "board": "true", "harm": list(HARM_GROUPS.values())}
WITH_ROWS: Final = ("set_up", "upload", "datasets")  # pages that tell rows, and have no picker of a dataset
OF_ROWS: Final = re.compile(r"no location|outside the areas|placed by their|not saved", re.IGNORECASE)


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, SCHOOL)


def exact_texts(facts: Facts) -> list[str]:
    """Write every exact figure of a dataset as pages write them."""
    one = facts.dataset
    counted = (one.rows_read, one.placed, one.by_code, one.by_point, one.no_location, int(facts.cells["n"].sum()))
    said = [f"{n:,}" for n in counted if n]
    return [*said, f"{len(one.months)} months"]


def told(texts: list[str], shown: Shown) -> list[str]:
    """List those texts that stand on a page by themselves, and not within a longer number."""
    return [text for text in texts if re.search(rf"(?<![\d,.–]){re.escape(text)}(?![\d,]|\.\d)", shown.text)]


def card_of(shown: Shown, title: str) -> str:
    return next(piece.text for piece in shown.markup if "lc-card" in piece.html and title in piece.text)


def switched(shown: Shown, *, on: bool) -> Shown:
    shown.app.toggle(key="board").set_value(on)
    return again(shown)


@pytest.mark.parametrize("page", PATHS)
def test_no_page_tells_a_board_an_exact_figure(open_demo: Open, facts: Facts, page: str) -> None:
    shown = open_demo(page, BOARD | ({"part": "Does the map predict?"} if page == "guide" else {}))
    assert shown.failed == []
    # There are 34 of many things: only of large figures it is sure what they are of.
    assert told([text for text in exact_texts(facts) if len(text) > 2], shown) == []
    if page in WITH_ROWS:
        assert "do not share" not in shown.text
        own = card_of(shown, SCHOOL) if page == "datasets" else shown.text.split("Your own incidents")[-1]
        assert OF_ROWS.search(own) is None
        assert months.say_range([facts.dataset.first_month, facts.dataset.last_month]) not in own
        assert not [one.label for one in shown.app.expander if "What others see" in one.label]


def test_a_board_is_told_roughly_how_much_there_is(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("datasets", BOARD)
    card = card_of(shown, SCHOOL)
    for n in (facts.dataset.rows_read, facts.dataset.placed):
        assert disclosure.about_rows(n) in card
    assert "School years 2023/24 – 2025/26." in card
    assert re.search(r"loaded, about [\d,]+0 rows in all", shown.headline)
    versions = [rows for heading, *rows in shown.tables if heading[0] == "Version" and "about" in rows[0][-1]][-1]
    assert versions[0][-3:] == ["School years 2023/24 – 2025/26", "about 890", "about 850"]
    police = card_of(shown, POLICE)
    assert "no location" in police  # what is published already is told as it is
    rows = {row["What"]: (row["Rows"], row["MB"]) for row in shown.table("Delivery")}
    assert rows[f"Incidents: {SCHOOL}, version 1"] == (disclosure.about_rows(facts.dataset.rows_read), "–")


@pytest.mark.parametrize("page", WITH_ROWS)
def test_a_board_brings_in_changes_and_removes_nothing(open_demo: Open, page: str) -> None:
    shown = open_demo(page, BOARD)
    assert "Turn the switch off to do so." in shown.text
    assert buttons(shown) == []
    assert not shown.app.get("file_uploader")


def test_a_custodian_finds_every_figure_marked_exact(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("datasets", {})
    card = card_of(shown, SCHOOL)
    assert "Exact: do not share." in card
    assert "Exact: do not share." not in card_of(shown, POLICE)
    assert all(text in card for text in exact_texts(facts) if "months" not in text)
    assert f"What others see of “{SCHOOL}”" in [one.label for one in shown.app.expander]
    assert "36 months, to Aug 2026" in open_demo("set_up", {}).text


def test_the_switch_stays_as_it_is_from_page_to_page_and_back(open_demo: Open) -> None:
    shown = open_demo("area_map", BOARD)
    for page in ("datasets", "set_up", "upload", "guide", "datasets", "trends", "datasets"):
        shown = turn_to(shown, page)
        assert shown.failed == []
        shown = again(shown)
        assert "Exact: do not share." not in shown.text
    assert "Exact: do not share." in switched(shown, on=False).text
    assert "Exact: do not share." not in switched(shown, on=True).text


def test_the_switch_outlives_a_look_at_an_open_dataset(open_demo: Open) -> None:
    shown = open_demo("area_map", BOARD)
    shown.app.selectbox(key="dataset").set_value(POLICE)
    shown = again(again(shown))
    assert shown.app.toggle(key="board").value  # it is there to be turned off
    assert "Exact: do not share." not in turn_to(shown, "datasets").text


def test_versions_that_came_and_went_tell_a_board_nothing_exact(open_page: Open, home: Path) -> None:
    shown = switched(turn_to(bring_second(bring_first(open_page, home)), "datasets"), on=True)
    assert shown.failed == []
    assert TITLE in shown.text
    assert "What changed" not in [box.label for box in shown.app.selectbox]
    assert [row["Rows read"] for row in shown.table("Version")][:2] == ["fewer than 10", "fewer than 10"]
    assert "Jun 2026" not in shown.text
    assert "Jul 2026" not in shown.text


def logged(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, int | None]]:
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(home))
    return [(one.access, one.where, one.dataset) for one in access_log.entries()]


def test_exact_views_are_logged_once_a_session_and_page_and_never_a_boards(
    open_page: Open, home: Path, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, number = logged(home, monkeypatch), facts.dataset.id
    shown = again(again(open_page(home, "area_map", {"dataset": SCHOOL})))
    shown = turn_to(again(turn_to(shown, "datasets")), "area_map")
    new = [one for one in logged(home, monkeypatch)[len(before) :] if one[2] == number]
    assert new == [("view", "area-map", number), ("view", "datasets", number)]
    for page in ("area_map", *WITH_ROWS):
        open_page(home, page, BOARD)
    open_page(home, "area_map", {"dataset": POLICE})
    assert len(logged(home, monkeypatch)) == len(before) + 3  # and of the marks on Datasets
    assert SCHOOL not in "".join(file.read_text() for file in access_log.folder().iterdir())


def test_what_an_import_shows_of_the_version_before_is_logged(
    open_page: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_second(bring_first(open_page, home))
    assert ("view", "upload", 4) in logged(home, monkeypatch)


def test_a_log_that_cannot_be_written_is_said(open_demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(access_log, "record", full)
    shown = open_demo("area_map", {"dataset": SCHOOL})
    assert any("access log" in each.value for each in shown.app.error)
