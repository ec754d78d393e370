"""Any page can be bookmarked and sent: its address opens it, on a server that has just started too."""

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import serving
from tests.browser.seen import PAGES, chosen_in, go, headline, settled, turn_to

CHOSEN: Final[dict[str, str | list[str]]] = {
    "school": "Castlebrook Academy",
    "dataset": "Castlebrook schools (fictional)",
    "from": "Jan 2026",
    "to": "May 2026",
    "harm": ["Drugs and alcohol", "Harm between children"],
}
OF_THE_MAP: Final[dict[str, str | list[str]]] = {
    "measure": "Rate",
    "level": "MSOA",
    "area": "Eastmoor (Castlebrook 005)",
}
WITH_PICKERS: Final = ("local-context", "area-map", "trends")

FIRST_ASKED: Final = ("area-map", "set-up")  # each needs a server of its own; the other pages are tried thoroughly


def held(page: Page, chosen: dict[str, str | list[str]]) -> bool:
    in_address = chosen_in(page)
    return all(in_address.get(key) == ([value] if isinstance(value, str) else value) for key, value in chosen.items())


@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=() if path in FIRST_ASKED else pytest.mark.thorough) for path in PAGES]
)
def test_the_first_thing_a_fresh_server_is_asked_may_be_any_page(
    page: Page, demo_home: Path, tmp_path: Path, path: str
) -> None:
    with serving.served(demo_home, tmp_path / "server.log") as url:
        go(page, url, path, **CHOSEN)
        expect(page.locator(".lc-kicker")).to_contain_text(PAGES[path])
        if path in WITH_PICKERS:
            expect(headline(page)).to_contain_text("Jan–May 2026")
            expect(page.locator(".lc-exact").first).to_be_visible()
            expect(page.get_by_role("combobox", name="Dataset")).to_have_value(str(CHOSEN["dataset"]))
            assert held(page, CHOSEN)
        page.goto("about:blank")  # closes the connection before the server is stopped


def test_the_selection_survives_a_reload_and_every_other_page(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", **CHOSEN, **OF_THE_MAP)
    told = headline(page).inner_text()
    page.reload()
    settled(page)
    assert headline(page).inner_text() == told
    for title in ("Trends", "Datasets", "Local context", "Upload", "Guide", "Area map"):
        turn_to(page, title)
        if title in ("Trends", "Local context", "Area map"):
            expect(headline(page)).to_contain_text("Jan–May 2026")
            assert held(page, CHOSEN)
    page.reload()
    settled(page)
    expect(headline(page)).to_contain_text("Jan–May 2026")


def test_the_map_of_an_address_is_that_of_its_pickers(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", **CHOSEN, **OF_THE_MAP)
    expect(page.locator(".lc-kicker")).to_contain_text("Rate by MSOA")
    expect(page.locator(".lc-block h2").first).to_have_text("Eastmoor (Castlebrook 005)")
    assert held(page, CHOSEN | OF_THE_MAP)


def test_back_leads_to_the_page_before(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", **{"from": "Jan 2026"})
    turn_to(page, "Trends")
    page.go_back()
    expect(page.locator(".lc-kicker")).to_contain_text("Area map")
    expect(headline(page)).to_contain_text("Jan–Aug 2026")
