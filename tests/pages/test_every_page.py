"""Every page answers, on a full store and on an empty one, and says what it is not for."""

import json
from pathlib import Path
from typing import Final

import pytest

from tests.pages.conftest import Open, again, turn_to

PAGES: Final = (
    "local_context", "area_map", "known_hotspots", "way_home", "safe_places", "trends", "clock", "did_and_owe",
    "briefing", "set_up", "upload", "datasets", "guide",
)  # fmt: skip
FOOT: Final = "Not for live cases. Worried about a child? Follow your school’s procedure. In danger now: 999."


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_a_headline_and_no_error(open_demo: Open, page: str) -> None:
    shown = open_demo(page)
    assert shown.failed == []
    assert shown.headline.endswith(".")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_it_is_not_for(open_demo: Open, page: str) -> None:
    assert FOOT in open_demo(page).text


def test_every_page_can_be_reached_from_every_other(open_demo: Open) -> None:
    shown = open_demo(PAGES[0])
    for page in (*PAGES, *reversed(PAGES)):
        shown = turn_to(shown, page)
        assert shown.failed == []


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_store_tells_a_newcomer_what_to_do(open_page: Open, tmp_path: Path, page: str) -> None:
    shown = open_page(tmp_path, page)
    assert shown.failed == []
    assert FOOT in shown.text
    assert shown.app.button or shown.app.main.get("page_link") or page == "guide"


def test_the_demonstration_town_is_one_button_away(open_page: Open, tmp_path: Path) -> None:
    shown = open_page(tmp_path, "local_context")
    (build,) = shown.app.button
    assert "Set up your place" in [link.label for link in shown.app.main.get("page_link")]
    build.click()
    shown = again(shown)
    assert shown.failed == []
    assert " in a straight line: " in shown.headline


@pytest.mark.parametrize("page", ["local_context", "area_map", "known_hotspots"])
def test_a_map_names_no_other_host(open_demo: Open, page: str) -> None:
    (sent,) = open_demo(page).maps
    written = json.dumps(sent).replace("http://www.w3.org/", "")
    assert "http:" not in written
    assert "https:" not in written
    assert '"//' not in written


@pytest.mark.parametrize("page", ["local_context", "area_map"])
def test_a_map_is_sent_as_little_as_promised(open_demo: Open, page: str) -> None:
    (sent,) = open_demo(page).maps
    assert len(json.dumps(sent)) <= 17_000
