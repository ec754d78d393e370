"""Chips say what is shown on every page; each that is not as usual can be taken off, and Reset keeps the school."""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, SCHOOL
from tests.pages.shown import Shown

PAGES: Final = ("local_context", "area_map", "trends", "clock")
ADDRESSES: Final = {
    "local_context": "local-context",
    "area_map": "area-map",
    "trends": "trends",
    "clock": "school-day-clock",
}
USUAL: Final = ["Brookfield School", POLICE, "Sep 2025 – Aug 2026"]
AROUND: Final = {"where": "Around my school"}
every_page = pytest.mark.parametrize("page", PAGES)


def said(shown: Shown) -> list[str]:
    """Return the chips that are only said."""
    (piece,) = (piece for piece in shown.markup if "lc-chips" in piece.html)
    return re.findall(r"<li>(.*?)</li>", piece.html)


def removable(shown: Shown) -> dict[str, str]:
    """Return the chips that can be taken off, by the pickers they belong to."""
    chips = [one for one in shown.app.main.button if (one.key or "").startswith("_chip_")]
    return {str(one.key).removeprefix("_chip_"): one.label for one in chips}


def taken_off(shown: Shown, key: str) -> Shown:
    shown.app.button(key=f"_chip_{key}").click()
    return again(shown)


def reset(shown: Shown) -> str:
    (address,) = (
        str(held["href"]) for piece in shown.markup for tag, held in piece.tags if held.get("class") == "lc-reset"
    )
    return address


@every_page
def test_what_is_shown_as_usual_is_said_and_has_no_buttons(open_demo: Open, page: str) -> None:
    shown = open_demo(page, AROUND)
    assert said(shown) == USUAL
    assert removable(shown) == {}


@every_page
def test_what_is_not_as_usual_can_be_taken_off_chip_by_chip(open_demo: Open, page: str) -> None:
    chosen = AROUND | {"dataset": SCHOOL, "board": "true", "from": "Autumn 1, 2024/25", "to": "Spring 1, 2024/25"}
    shown = open_demo(page, chosen | {"harm": "Drugs and alcohol"})
    assert said(shown) == ["Brookfield School", SCHOOL]
    assert removable(shown) == {
        "from": "Autumn 1 – Spring 1, 2024/25", "harm": "Drugs and alcohol", "board": "As a board would see it",
    }  # fmt: skip
    shown = taken_off(shown, "harm")
    assert list(removable(shown)) == ["from", "board"]
    shown = taken_off(shown, "from")
    assert said(shown) == ["Brookfield School", SCHOOL, "School year 2025/26"]
    assert list(removable(shown)) == ["board"]
    shown = taken_off(shown, "board")
    assert shown.failed == []
    assert said(shown) == ["Brookfield School", SCHOOL, "Sep 2025 – Aug 2026"]
    assert removable(shown) == {}


@every_page
def test_reset_leads_to_the_page_as_it_opens_for_the_same_school(open_demo: Open, page: str) -> None:
    shown = open_demo(page, {"school": "Castlebrook Academy", "from": "Jan 2026", "harm": "Drugs and alcohol"})
    address = urlsplit(reset(shown))
    assert address.path == ADDRESSES[page]
    held = {key: value for key, (value,) in parse_qs(address.query).items()}
    assert held == {"school": "Castlebrook Academy"}
    again_shown = open_demo(page, AROUND | held)
    assert again_shown.headline == open_demo(page, AROUND | {"school": "Castlebrook Academy"}).headline
    assert removable(again_shown) == {}


@pytest.mark.parametrize("page", ["upload", "datasets", "guide"])
def test_pages_without_figures_have_no_chips(open_demo: Open, page: str) -> None:
    assert not [piece for piece in open_demo(page).markup if "lc-chips" in piece.html]
