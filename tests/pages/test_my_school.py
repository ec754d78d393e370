"""A newcomer finds their school first; it is remembered on this computer, and the address wins over what is."""

import re
import shutil
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.components.frame import my_school
from tests.pages.conftest import BROOKFIELD, Open, again, turn_to
from tests.pages.facts import POLICE
from tests.pages.shown import Shown
from tests.pages.stores import NAMES, TEMPLATE, TITLE, add_hamlet

ACADEMY: Final = "Castlebrook Academy"
PAGES: Final = ("local_context", "area_map", "trends", "clock")
BOX: Final = "_find"


@pytest.fixture
def newcomer(open_demo: Open, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A function that opens a page of the town on a computer that remembers no school."""
    monkeypatch.setattr(my_school, "remembered", lambda: None)
    return open_demo


@pytest.fixture(scope="module")
def two_places(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> Path:
    """A store with the town, and a newer dataset of a hamlet elsewhere, with one school."""
    home = tmp_path_factory.mktemp("two") / "places"
    shutil.copytree(demo_home, home)
    add_hamlet(home)
    return home


def typed(shown: Shown, text: str) -> Shown:
    shown.app.text_input(key=BOX).set_value(text)
    return again(shown)


def found(shown: Shown) -> dict[str, str]:
    """Return where each school leads that is offered, by its name."""
    (piece,) = (piece for piece in shown.markup if "lc-schools" in piece.html)
    links = re.findall(r'<a href="([^"]+)"[^>]*><strong>(.*?)</strong>', piece.html)
    return {unescape(name): unescape(address) for address, name in links}


def sidebar(shown: Shown) -> str:
    said = (piece.text for piece in shown.markup if "lc-mine" in piece.html or "No school" in piece.text)
    return " ".join(" ".join(said).split())


@pytest.mark.parametrize("text", ["Castlebrook Academy", "castelbrook acadmy", "academy millbank", "ZZ2 4QA", "900001"])
def test_a_newcomer_is_asked_for_their_school_and_finds_it(newcomer: Open, text: str) -> None:
    shown = newcomer("local_context")
    assert shown.failed == []
    assert "Find your school: name, town, postcode or URN" in [one.label for one in shown.app.text_input]
    assert [link.label for link in shown.app.main.get("page_link")] == ["Look at everything instead"]
    shown = typed(shown, text)
    name, address = next(iter(found(shown).items()))
    assert name == ACADEMY
    asked = parse_qs(urlsplit(address).query)
    assert urlsplit(address).path == "/app/my-school"
    assert (asked["urn"], asked["school"], asked["page"]) == (["900001"], [ACADEMY], ["local-context"])


def test_what_fits_no_school_is_said_with_what_helps(newcomer: Open) -> None:
    shown = typed(newcomer("local_context"), "<i>Xyzzy</i>")
    assert "No school fits “<i>Xyzzy</i>”. Try its town" in shown.text
    assert "6 schools are loaded" in shown.text


def test_other_pages_do_without_a_school(newcomer: Open) -> None:
    for page in PAGES[1:]:
        shown = newcomer(page)
        assert shown.failed == []
        assert "No school is chosen" in sidebar(shown)
        assert BOX not in [one.key for one in shown.app.text_input]


def test_the_remembered_school_is_shown_and_gets_into_the_address(open_demo: Open) -> None:
    shown = open_demo("local_context")
    assert "Brookfield School" in shown.headline
    assert "My school: Brookfield School" in sidebar(shown)
    assert shown.app.query_params["school"] == "Brookfield School"


@pytest.mark.parametrize("said", [ACADEMY, "900001", f"{ACADEMY} (900001)", f"{ACADEMY} of old (900001)"])
def test_the_address_wins_over_what_is_remembered(open_demo: Open, said: str) -> None:
    shown = open_demo("local_context", {"school": said})
    assert ACADEMY in shown.headline
    assert f"School: {ACADEMY}" in sidebar(shown)
    assert "My school" not in sidebar(shown)


def test_an_address_of_no_school_shows_the_remembered_one(open_demo: Open) -> None:
    assert "Brookfield School" in open_demo("local_context", {"school": "No Such School"}).headline


def test_a_remembered_number_of_no_school_is_forgotten(open_demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(my_school, "remembered", lambda: "123456")
    shown = open_demo("local_context")
    assert BOX in [one.key for one in shown.app.text_input]
    assert "Forget" not in shown.text


@pytest.mark.parametrize("page", PAGES)
def test_another_school_can_be_found_from_every_page_and_the_search_closed(open_demo: Open, page: str) -> None:
    shown = open_demo(page)
    before = shown.headline
    shown.app.button(key="_find_school").click()
    shown = again(shown)
    assert shown.failed == []
    assert "Forget my school on this computer" in shown.text
    shown = typed(shown, "academy")
    assert ACADEMY in found(shown)
    next(one for one in shown.buttons if one.label == "Cancel").click()
    assert again(shown).headline == before


def test_the_search_does_not_follow_to_another_page(open_demo: Open) -> None:
    shown = open_demo("area_map")
    shown.app.button(key="_find_school").click()
    shown = turn_to(again(shown), "trends")
    assert BOX not in [one.key for one in shown.app.text_input]
    assert BOX not in [one.key for one in turn_to(shown, "area_map").app.text_input]


def test_filters_go_along_to_another_school(open_demo: Open) -> None:
    shown = open_demo("local_context", {"from": "Jan 2026", "to": "Feb 2026", "harm": "Drugs and alcohol"})
    shown.app.button(key="_find_school").click()
    asked = parse_qs(urlsplit(found(typed(again(shown), "academy"))[ACADEMY]).query)
    assert (asked["from"], asked["to"], asked["harm"]) == (["Jan 2026"], ["Feb 2026"], ["Drugs and alcohol"])


def test_of_several_datasets_the_newest_that_covers_the_school_is_shown(open_page: Open, two_places: Path) -> None:
    assert open_page(two_places, "area_map").app.selectbox(key="dataset").value == POLICE
    shown = open_page(two_places, "area_map", {"school": TEMPLATE})
    assert shown.app.selectbox(key="dataset").value == TITLE


def test_a_school_outside_the_areas_says_so(open_page: Open, two_places: Path) -> None:
    shown = open_page(two_places, "local_context", {"school": ACADEMY, "dataset": TITLE})
    assert shown.failed == []
    assert f"{ACADEMY} lies outside the areas of “{TITLE}”, so nothing can be said" in shown.text
    assert "School: Castlebrook Academy" in sidebar(shown)


def test_a_school_without_a_town_is_found_by_the_place_where_it_stands(open_page: Open, two_places: Path) -> None:
    shown = open_page(two_places, "local_context", {"school": ACADEMY, "dataset": TITLE})
    offered = typed(shown, "alert").text
    assert TEMPLATE in offered
    assert any(f"{name} · URN 1" in offered for name in NAMES)


def test_the_tests_computer_remembers_a_school_of_the_town(open_demo: Open) -> None:
    assert open_demo("area_map").app.text_input(key="school").value == "Brookfield School"
    assert my_school.remembered() == BROOKFIELD
